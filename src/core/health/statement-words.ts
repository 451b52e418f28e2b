import type {Action, Found, Subject} from './finding.ts';
import type {StatementRow, StatementsPart} from './parts/statements.ts';
import {many, msWords, percent} from './words.ts';

/** Characters of a statement that name it in a line. */
const longest = 60;
/** Characters from which on the reader cuts a statement off. */
const longestText = 20_000;

/** @returns the beginning of the statement, on one line */
export function excerpt({query = ''}: StatementRow): string {
  const line = withoutComments(query).replaceAll(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest).trimEnd()}…`;
}

function withoutComments(query: string): string {
  return query.replaceAll(/\/\*[\s\S]*?\*\/|--[^\n]*/g, ' ');
}

/** @returns whether it maintains or changes the schema: it runs once, takes long, and is meant to */
export function isMaintenance({query = ''}: StatementRow): boolean {
  return /^\s*(vacuum|analyze|create|reindex|cluster|alter|drop|truncate|checkpoint|comment|grant|import|do\b|copy\b.*\bto\b)/i.test(
    query,
  );
}

export function statementSubject({id}: StatementRow): Subject {
  return {kind: 'statement', id};
}

/** @returns EXPLAIN, for what can be explained and is there as a whole */
export function explainActions({id, query = ''}: StatementRow): readonly Action[] {
  const whole = query.length < longestText;
  return whole &&
    /^[\s(]*(select|with|insert|update|delete|merge|values|table)\b/i.test(withoutComments(query))
    ? [{kind: 'explain', statement: id}]
    : [];
}

/** What a statement did, a sentence each. */
export function statementEvidence(row: StatementRow, part: StatementsPart): Found['evidence'] {
  const {calls, totalMs, meanMs, maxMs, deviationMs, rows, user} = row;
  const blocks = row.blocksHit + row.blocksRead;
  return [
    `${many(calls, 'call')} by ${user} took ${msWords(totalMs)}, ${percent(shareOf(row, part))} of all: ${msWords(meanMs)} on average, at most ${msWords(maxMs)}, with a standard deviation of ${msWords(deviationMs)}.`,
    `A call returns or changes ${many(rows / Math.max(1, calls), 'row')} and looks at ${many(blocks / Math.max(1, calls), 'block')}${blocks < Math.max(1, calls) ? '' : `, ${percent(row.blocksHit / blocks)} of them in shared buffers`}.`,
    ...(row.readMs === undefined ? [] : [`${msWords(row.readMs)} of the time was reading.`]),
  ];
}

/** @returns its share of the time of all statements of the database, 0 to 1 */
export function shareOf({totalMs}: StatementRow, {totals}: StatementsPart): number {
  return totals.totalMs === 0 ? 0 : totalMs / totals.totalMs;
}
