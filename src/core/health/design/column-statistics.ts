import type {ColumnStatistics, IndexesPart} from '../parts/indexes.ts';

const known = new WeakMap<IndexesPart, ReadonlyMap<string, ColumnStatistics>>();

/** @returns what the statistics say of a column; undefined where there are none, or this role may not see them */
export function statisticsOf(
  part: IndexesPart,
  tableOid: number,
  column: number,
): ColumnStatistics | undefined {
  const before = known.get(part);
  const statistics =
    before ?? new Map(part.columns.map(each => [`${each.tableOid} ${each.column}`, each] as const));
  if (!before) known.set(part, statistics);
  return statistics.get(`${tableOid} ${column}`);
}

/** @returns how many different values there are; a negative number in the statistics is a share of the rows */
export function distinctValues({distinct}: Pick<ColumnStatistics, 'distinct'>, rows: number): number {
  return distinct < 0 ? -distinct * rows : distinct;
}
