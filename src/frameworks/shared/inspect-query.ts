import {isBlank} from '../../core/golang-migrate/pieces.ts';
import type {PlanWarning} from '../../core/migrations/plan.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {isConcurrent, statementsOf} from './statements.ts';

/** @returns what to know before it runs about a file that is sent as one query, told from its text alone */
export async function inspectQuery(
  parser: Parser,
  sql: string,
  step: number,
): Promise<readonly PlanWarning[]> {
  if (isBlank(sql)) return [{kind: 'empty-file', step}];
  // Most files need no parser at all, so that it is not even loaded for them.
  const statements = /concurrently/i.test(sql) ? ((await statementsOf(parser, sql)) ?? []) : [];
  return statements.length > 1 && statements.some(isConcurrent)
    ? [{kind: 'concurrently-with-others', step}]
    : [];
}
