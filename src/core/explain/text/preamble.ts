import type {Collected} from './draft.ts';

interface Preamble {
  readonly firstLine: number;
  readonly queryText?: string;
  readonly fields: Collected;
}

/**
 * Reads what auto_explain prints before a plan: its query and, from PostgreSQL 16, the query's parameters.
 * @param from first line that belongs to no plan before
 * @param root the line of the plan's root
 */
export function preambleOf(lines: readonly string[], from: number, root: number): Preamble {
  const start = find(lines, from, root, 'Query Text: ');
  if (start === -1) return {firstLine: root, fields: {}};
  const values = find(lines, start, root, 'Query Parameters: ');
  const text = (first: number, end: number): string =>
    lines
      .slice(first, end)
      .join('\n')
      .replace(/^\s*Query (?:Text|Parameters): /, '');
  const queryText = text(start, values === -1 ? root : values);
  return {
    firstLine: start,
    queryText,
    fields: {
      'Query Text': queryText,
      ...(values === -1 ? {} : {'Query Parameters': text(values, root)}),
    },
  };
}

function find(lines: readonly string[], from: number, to: number, prefix: string): number {
  for (let at = from; at < to; at += 1) if (lines[at]?.trimStart().startsWith(prefix)) return at;
  return -1;
}
