import type {Failure} from '../outcome.ts';
import type {Statement} from './parser.ts';
import {offsetOfPosition, type Span} from './positions.ts';
import {tokenAt} from './tokens.ts';

/**
 * Where in a script an error belongs.
 * @param sql the text that was sent as one script
 * @param statements its statements, where they are known
 * @returns the token that the server's position names. Without one: in the statement that failed, if that is certain,
 * the name that the server complains of, or else the whole statement
 */
export function locateFailure(
  sql: string,
  failure: Failure,
  statements: readonly Statement[] = [],
): Span | undefined {
  const {server} = failure;
  if (server?.position !== undefined) return tokenAt(sql, offsetOfPosition(sql, server.position));
  const failed = failedStatement(sql, statements, failure);
  if (!failed) return undefined;
  return nameIn(sql, failed, namesIn(server?.message ?? '')) ?? {start: failed.start, end: failed.end};
}

function failedStatement(
  sql: string,
  statements: readonly Statement[],
  {server, completedStatements}: Failure,
): Statement | undefined {
  if (statements.length === 1) return statements[0];
  if (completedStatements !== undefined) return statements[completedStatements];
  return onlyOneThatNames(sql, statements, [server?.constraint, server?.table]);
}

/** Names stand in quotes in every language that the server speaks; what they are is not looked at. */
function namesIn(message: string): readonly string[] {
  return [...message.matchAll(/["«„“]\s*(.+?)\s*["»“”]/g)].flatMap(([, name]) => name ?? []);
}

function nameIn(sql: string, {start, end}: Statement, names: readonly string[]): Span | undefined {
  const statement = sql.slice(start, end);
  for (const name of names) {
    const at = wordIn(statement, name);
    if (at >= 0) return {start: start + at, end: start + at + name.length};
  }
  return undefined;
}

function onlyOneThatNames(
  sql: string,
  statements: readonly Statement[],
  names: readonly (string | undefined)[],
): Statement | undefined {
  for (const name of names) {
    if (name === undefined) continue;
    const naming = statements.filter(({start, end}) => mentions(sql.slice(start, end), name));
    if (naming.length === 1) return naming[0];
  }
  return undefined;
}

/** @returns whether a text has the name as a word of its own: as it is, in double quotes, or in another case. */
export function mentions(text: string, name: string): boolean {
  return wordIn(text, name) >= 0;
}

function wordIn(text: string, name: string): number {
  const word = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return text.search(new RegExp(`(?<![\\w$])${word}(?![\\w$])`, 'i'));
}
