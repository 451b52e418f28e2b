import {fail, type Outcome} from '../../outcome.ts';
import {scanJson} from './json-scan.ts';

const paste = 'Give what EXPLAIN printed, as text or as JSON, or a server log with plans of auto_explain.';

interface Kind {
  readonly pattern: RegExp;
  readonly message: string;
  readonly advice: string;
}

const statement =
  /^(?:select|with|insert|update|delete|merge|values|table|create|alter|drop|begin|set|explain|execute|declare|refresh)\b/i;

/** Texts that people take for a plan; the first that fits is named. */
const kinds: readonly Kind[] = [
  {
    pattern: /<explain\b|<Node-Type>/,
    message: "This is EXPLAIN's XML format.",
    advice: 'Run EXPLAIN (FORMAT JSON) or EXPLAIN with its usual text instead.',
  },
  {
    pattern: /^[ \t|]*(?:- )?Plan:[ +|]*$|^[ \t|]*(?:- )?Node Type: "/m,
    message: "This is EXPLAIN's YAML format.",
    advice: 'Run EXPLAIN (FORMAT JSON) or EXPLAIN with its usual text instead.',
  },
  {
    pattern: /^[^\w\n]*Utility statements have no plan structure\b/m,
    message: 'The server says that this statement has no plan.',
    advice: 'Explain a SELECT, INSERT, UPDATE, DELETE, MERGE or CREATE TABLE AS.',
  },
  {
    pattern: /^[^\w\n]*Query rewrites to nothing\b/m,
    message: 'The server says that a rule rewrites this statement to nothing, so that it has no plan.',
    advice: 'Explain a statement on a table without such a rule.',
  },
  {
    pattern: statement,
    message: 'This is an SQL statement, not its plan.',
    advice: 'Explain the statement first, or give what EXPLAIN printed for it.',
  },
  {
    pattern: /^(?:.*\s)?(?:LOG|STATEMENT|DETAIL): {2}/m,
    message: 'This is a server log without a plan in it.',
    advice:
      'Load auto_explain on the server and set auto_explain.log_min_duration, so that it logs the plans of slow statements.',
  },
  {
    pattern: /^(?:.*\s)?(?:ERROR|FATAL|PANIC): {2}/m,
    message: "This is a server's error message, not a plan.",
    advice: 'Mend what the error says, and explain the statement again.',
  },
  {pattern: /\0/, message: 'This is a binary file, not text.', advice: paste},
];

/** @returns the failure for a text in which no plan was found: what it is instead, and what to do */
export function notAPlan(text: string): Outcome<never> {
  const sample = text.slice(0, 100_000);
  const start = startOfSql(sample);
  const kind = kinds.find(({pattern}) => pattern.test(pattern === statement ? sample.slice(start) : sample));
  return kind
    ? fail('invalid-input', kind.message, {advice: kind.advice})
    : fail('invalid-input', 'There is no plan in this text.', {advice: paste});
}

const skipped = /\s+|--.*|\/\*|\S{0,100}[=-][#>] /y;

/** @returns where SQL would begin: after comments and psql's prompt */
function startOfSql(text: string): number {
  let at = 0;
  for (;;) {
    skipped.lastIndex = at;
    const found = skipped.exec(text)?.[0];
    if (found === undefined) {
      // A prompt can begin with a word of its own: `[local] postgres=#`.
      const prompt = at === 0 ? /^\[\w+\] /.exec(text)?.[0].length : undefined;
      if (prompt === undefined) return at;
      at = prompt;
    } else if (found === '/*') {
      const end = text.indexOf('*/', at + 2);
      if (end === -1) return at;
      at = end + 2;
    } else at += found.length;
  }
}

export function emptyText(): Outcome<never> {
  return fail('invalid-input', 'The text is empty.', {advice: paste});
}

/**
 * @param start offset of the value's first bracket
 * @returns the failure for JSON that JSON.parse does not take: where it ends, or where it is damaged
 */
export function notJson(text: string, start: number): Outcome<never> {
  const scan = scanJson(text, start);
  const advice = 'Copy the whole output of EXPLAIN (FORMAT JSON), from its first bracket to its last.';
  if (scan.kind === 'cut') {
    const brackets = scan.open === 1 ? 'one bracket is' : `${scan.open} brackets are`;
    const message = `This is JSON that is cut off at ${placeOf(text, scan.end)}, where ${brackets} still open.`;
    return fail('invalid-input', message, {advice});
  }
  // What follows a whole value is no part of it.
  const at = scan.kind === 'damaged' ? scan.at : scan.end;
  return fail('invalid-input', `This is JSON that is damaged at ${placeOf(text, at)}.`, {advice});
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const lines = before.split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}
