import type {Subject} from './finding.ts';
import type {TableRow} from './parts/tables.ts';
import {shortName} from './words.ts';

/** A table by itself, or partitions of one table that the same is to be said of, the largest first. */
export interface TableGroup {
  readonly rows: readonly [TableRow, ...TableRow[]];
  /** For a sentence: `orders`, `the TOAST table of orders`, `12 partitions of orders`. */
  readonly title: string;
  /** The table, or the largest partition. */
  readonly subject: Extract<Subject, {kind: 'table'}>;
}

/** @returns one group for each table, and one for all partitions of a table; in the order of their first rows */
export function groupTables(rows: readonly TableRow[]): readonly TableGroup[] {
  const groups = new Map<string, TableRow[]>();
  for (const row of rows) {
    const key = row.parent === undefined ? `oid ${row.oid}` : `of ${row.parent}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].flatMap(group => {
    const [first, ...others] = group.toSorted((a, b) => b.bytes - a.bytes);
    return first === undefined ? [] : [groupOf([first, ...others])];
  });
}

function groupOf(rows: TableGroup['rows']): TableGroup {
  const [first] = rows;
  const table = first.main ?? first;
  const {schema, name} = table;
  return {rows, title: titleOf(rows, table), subject: {kind: 'table', schema, name}};
}

function titleOf({length, 0: first}: TableGroup['rows'], table: Parameters<typeof shortName>[0]): string {
  if (length > 1) return `${length} partitions of ${(first.parent ?? '').replace(/^public\./, '')}`;
  return first.main ? `the TOAST table of ${shortName(table)}` : shortName(table);
}

/** @returns the sum over all rows of the group */
export function sumOf({rows}: TableGroup, of: (row: TableRow) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}
