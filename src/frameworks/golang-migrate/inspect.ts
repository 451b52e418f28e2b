import type {PlanWarning} from '../../core/migrations/plan.ts';
import type {Parser, Statement} from '../../core/sql/parser.ts';
import {isConcurrent, statementsOf} from '../shared/statements.ts';
import {isBlank} from '../../core/golang-migrate/pieces.ts';
import type {Settings} from './settings.ts';

/** @returns what to know about a file before it runs, told from its text alone. */
export async function inspectFile(
  parser: Parser,
  sql: string,
  step: number,
  settings: Settings,
): Promise<readonly PlanWarning[]> {
  if (isBlank(sql)) return [{kind: 'empty-file', step}];
  // Most files need no parser at all, so that it is not even loaded for them.
  const suspicious = settings.multiStatement ? sql.includes(';') : /concurrently/i.test(sql);
  const statements = suspicious ? await statementsOf(parser, sql) : [];
  if (statements === undefined) return [];
  if (settings.multiStatement)
    return splitsInside(sql, statements) ? [{kind: 'splits-inside-quotes', step}] : [];
  return statements.length > 1 && statements.some(isConcurrent)
    ? [{kind: 'concurrently-with-others', step}]
    : [];
}

/** A semicolon within a statement, or in a comment between two. */
function splitsInside(sql: string, statements: readonly Statement[]): boolean {
  if (statements.some(({start, end}) => sql.slice(start, end).includes(';'))) return true;
  const gaps = statements.map(({start}, index) => sql.slice(statements[index - 1]?.end ?? 0, start));
  const tail = sql.slice(statements.at(-1)?.end ?? 0);
  return [...gaps, tail].some(gap => /--[^\r\n]*;|\/\*[^]*?;[^]*?\*\//.test(gap));
}
