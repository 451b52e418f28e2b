import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable, Signal} from '../../core/session.ts';
import {quoteWhereNeeded} from '../../core/sql/quote.ts';
import {rowCountsSql} from './sql/row-counts.ts';
import {optionalText, text} from './values.ts';

export interface RowCount {
  /** Of the planner; null where nothing was counted yet. */
  readonly estimate: number | null;
}

/**
 * Estimates how many rows the tables and materialized views of users have, without reading any.
 * @returns by qualified name, quoted where needed
 */
export async function readRowCounts(
  db: Queryable,
  signal?: Signal,
): Promise<Outcome<ReadonlyMap<string, RowCount>>> {
  const result = await db.query(rowCountsSql, [], signal);
  if (!result.ok) return result;
  return ok(
    new Map(
      result.value.rows.map(row => {
        const estimate = optionalText(row['estimate']);
        const name = [text(row['schema']), text(row['name'])].map(quoteWhereNeeded).join('.');
        return [name, {estimate: estimate === undefined ? null : Number(estimate)}];
      }),
    ),
  );
}
