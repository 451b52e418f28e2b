import type {PlanWarning} from '../../core/migrations/plan.ts';
import type {Parser, Statement} from '../../core/sql/parser.ts';
import {inspectQuery} from '../shared/inspect-query.ts';
import {statementsOf} from '../shared/statements.ts';
import {isBlank} from '../../core/golang-migrate/pieces.ts';
import type {Settings} from './settings.ts';

/** @returns what to know about a file before it runs, told from its text alone. */
export async function inspectFile(
  parser: Parser,
  sql: string,
  step: number,
  settings: Settings,
): Promise<readonly PlanWarning[]> {
  if (!settings.multiStatement || isBlank(sql)) return inspectQuery(parser, sql, step);
  const statements = sql.includes(';') ? await statementsOf(parser, sql) : [];
  return statements !== undefined && splitsInside(sql, statements)
    ? [{kind: 'splits-inside-quotes', step}]
    : [];
}

/** A semicolon within a statement, or in a comment between two. */
function splitsInside(sql: string, statements: readonly Statement[]): boolean {
  if (statements.some(({start, end}) => sql.slice(start, end).includes(';'))) return true;
  const gaps = statements.map(({start}, index) => sql.slice(statements[index - 1]?.end ?? 0, start));
  const tail = sql.slice(statements.at(-1)?.end ?? 0);
  return [...gaps, tail].some(gap => /--[^\r\n]*;|\/\*[^]*?;[^]*?\*\//.test(gap));
}
