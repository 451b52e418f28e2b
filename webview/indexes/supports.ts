import {grouped} from '../../src/core/health/indexes/grouped.ts';
import type {ForeignKeyRow, IndexRow} from '../../src/core/health/parts/indexes.ts';

/** @returns names of the foreign keys that each index makes fast to check, by its oid */
export function supportsOf(
  rows: readonly IndexRow[],
  foreignKeys: readonly ForeignKeyRow[],
): ReadonlyMap<number, readonly string[]> {
  const byTable = grouped(foreignKeys, ({tableOid}) => tableOid);
  return new Map(
    rows.flatMap(row => {
      const names = (byTable.get(row.tableOid) ?? []).filter(key => supports(row, key)).map(({name}) => name);
      return names.length === 0 ? [] : [[row.oid, names] as const];
    }),
  );
}

function supports(row: IndexRow, key: ForeignKeyRow): boolean {
  if (!row.valid || row.predicate !== undefined || !['btree', 'hash'].includes(row.method)) return false;
  const leading = row.keys.slice(0, key.columns.length).map(({column}) => column);
  return key.columns.every(({column}) => leading.includes(column));
}
