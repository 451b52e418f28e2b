import type {Failure} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import {isControl, needsNoBlock} from '../../core/rehearse/statement-nature.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {RehearsalStep} from './request.ts';

/** @returns whether up and down can be tried in one transaction without anybody noticing a difference */
export async function fitsBlock(parser: Parser, {up, down}: RehearsalStep): Promise<boolean> {
  return (await fits(parser, up)) && (down === undefined || (await fits(parser, down)));
}

/** One piece, which is one transaction for its tool as well. */
async function fits(parser: Parser, {sql, pieces}: MigrationScript): Promise<boolean> {
  const [piece, ...more] = pieces;
  if (more.length > 0) return false;
  if (!piece) return true;
  const parsed = await parser.parse(sql.slice(piece.start, piece.end));
  // Whatever a broken file says, nothing of it runs.
  if (!parsed.ok) return true;
  const statements = parsed.value;
  if (statements.some(isControl)) return false;
  return statements.length > 1 ? piece.how !== 'bare' : !statements.some(needsNoBlock);
}

const refusals = new Set(['25001', '2D000']);

/** @returns whether the statement may run where no transaction block is: `active_sql_transaction`, or COMMIT in a DO */
export function refusesBlock({server}: Failure): boolean {
  return refusals.has(server?.sqlState ?? '');
}
