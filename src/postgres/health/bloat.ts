import {btreeBloat, BtreeFigures} from '../../core/health/bloat/btree.ts';
import {heapBloat, HeapFigures} from '../../core/health/bloat/heap.ts';
import type {Bloat, IndexRow} from '../../core/health/parts/indexes.ts';
import type {TableRow} from '../../core/health/parts/tables.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Ask} from './reader.ts';
import {btreeFiguresSql, heapFiguresSql} from './sql/bloat.ts';

/**
 * Adds what a rebuild would free, estimated from statistics, to tables and materialized views of 1 MB and more whose
 * columns this role may read. Costs one statement.
 * @returns the same rows in their order; a TOAST table and one without statistics stays as it is
 */
export async function withTableBloat(
  ask: Ask,
  rows: readonly TableRow[],
): Promise<Outcome<readonly TableRow[]>> {
  const figures = await ask.rows(heapFiguresSql, [], HeapFigures);
  if (!figures.ok) return figures;
  const byOid = new Map(figures.value.map(each => [each.oid, each]));
  return ok(
    rows.map(row => {
      const known = byOid.get(row.oid);
      return {...row, ...found(known && heapBloat(known, row.heapBytes))};
    }),
  );
}

/**
 * Adds what REINDEX would free, estimated from statistics, to valid btree indexes of 1 MB and more. Costs one statement.
 * @returns the same rows in their order; other methods, and indexes without statistics, stay as they are
 */
export async function withIndexBloat(
  ask: Ask,
  rows: readonly IndexRow[],
): Promise<Outcome<readonly IndexRow[]>> {
  const figures = await ask.rows(btreeFiguresSql, [], BtreeFigures);
  if (!figures.ok) return figures;
  const byOid = new Map(figures.value.map(each => [each.oid, each]));
  return ok(
    rows.map(row => {
      const known = byOid.get(row.oid);
      return known ? {...row, ...found(btreeBloat(known, row.bytes))} : row;
    }),
  );
}

function found(bloat: Bloat | undefined): {readonly bloat?: Bloat} {
  return bloat === undefined ? {} : {bloat};
}
