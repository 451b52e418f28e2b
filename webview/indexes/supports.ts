import {supportsForeignKey, wantsSupport} from '../../src/core/health/indexes/foreign-key-support.ts';
import {grouped} from '../../src/core/grouped.ts';
import type {ForeignKeyRow, IndexRow} from '../../src/core/health/parts/indexes.ts';

/** @returns names of the foreign keys that each index makes fast to check, by its oid */
export function supportsOf(
  rows: readonly IndexRow[],
  foreignKeys: readonly ForeignKeyRow[],
): ReadonlyMap<number, readonly string[]> {
  const byTable = grouped(foreignKeys.filter(wantsSupport), ({tableOid}) => tableOid);
  return new Map(
    rows.flatMap(row => {
      const names = (byTable.get(row.tableOid) ?? [])
        .filter(key => supportsForeignKey(row, key))
        .map(({name}) => name);
      return names.length === 0 ? [] : [[row.oid, names] as const];
    }),
  );
}
