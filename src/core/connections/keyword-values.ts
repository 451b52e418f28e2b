import {fail, ok, type Outcome} from '../outcome.ts';
import type {Entry} from './parsed.ts';

/** @returns whether the text is of libpq's other form, `host=… dbname=…`. */
export function isKeywordValues(text: string): boolean {
  return /^\s*[a-z_][\w.-]*\s*=/i.test(text);
}

/**
 * Reads `host=localhost dbname='my db'`.
 * Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE
 *
 * @returns the parameters in order; or `invalid-input`, without a word of what was written.
 */
export function entriesOfKeywordValues(text: string): Outcome<readonly Entry[]> {
  if (/^\s*(host|server|data source)\s*=[^'\s]*;/i.test(text)) return otherGrammar();
  const entries: Entry[] = [];
  const pair =
    /\s*([a-z_][\w.-]*)\s*=\s*(?:'((?:[^'\\]|\\.)*)'(?=\s|$)|((?:[^\s'\\]|\\.)(?:[^\s\\]|\\.)*)?(?=\s|$))/isuy;
  while (pair.lastIndex < text.trimEnd().length) {
    const match = pair.exec(text);
    if (!match) return malformed(entries.length + 1);
    entries.push([match[1] ?? '', (match[2] ?? match[3] ?? '').replaceAll(/\\(.)/gsu, '$1')]);
  }
  return ok(entries);
}

function malformed(number: number): Outcome<never> {
  return fail('invalid-input', `Parameter ${number} is not of the form name=value.`, {
    advice: "Put a value with spaces between single quotes, and write ' as \\' and \\ as \\\\ in it.",
  });
}

function otherGrammar(): Outcome<never> {
  return fail('invalid-input', 'This is a .NET connection string, which is written in another way.', {
    advice: 'Write it as postgres://user@host:5432/database, or fill in the fields.',
  });
}
