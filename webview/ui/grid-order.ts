/** What a column sorts by; undefined goes to the end, whichever way it is sorted. */
export type SortValue = number | string | undefined;

export interface SortKey {
  /** Id of a column. */
  readonly column: string;
  readonly descending: boolean;
}

export interface Sortable<Row> {
  readonly id: string;
  readonly align?: 'start' | 'end';
  readonly value?: (row: Row) => SortValue;
}

const words = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});

/**
 * @param further true when the column is to be sorted by after those that are already
 * @returns the sorting after a click on a column's head: figures the largest first, words from A; then the other way
 * round; then not by it at all
 */
export function nextSorting<Row>(
  sorting: readonly SortKey[],
  {id, align}: Sortable<Row>,
  further: boolean,
): readonly SortKey[] {
  const first = align === 'end';
  const before = sorting.find(({column}) => column === id);
  const alone = !further && sorting.length > 1;
  const next =
    before === undefined || alone
      ? {column: id, descending: first}
      : before.descending === first
        ? {column: id, descending: !first}
        : undefined;
  if (!further) return next === undefined ? [] : [next];
  if (before === undefined) return next === undefined ? sorting : [...sorting, next];
  return sorting.flatMap(key => (key.column === id ? (next ?? []) : key));
}

/** @returns the rows in order; rows that are equal stay as they were given. */
export function sorted<Row>(
  rows: readonly Row[],
  sorting: readonly SortKey[],
  columns: readonly Sortable<Row>[],
): readonly Row[] {
  const keys = sorting.flatMap(({column, descending}) => {
    const value = columns.find(({id}) => id === column)?.value;
    return value === undefined ? [] : [{value, sign: descending ? -1 : 1}];
  });
  if (keys.length === 0) return rows;
  const keyed = rows.map(row => ({row, values: keys.map(({value}) => value(row))}));
  return keyed
    .toSorted((a, b) => {
      for (const [index, {sign}] of keys.entries()) {
        const order = compareValues(a.values[index], b.values[index], sign);
        if (order !== 0) return order;
      }
      return 0;
    })
    .map(({row}) => row);
}

function compareValues(a: SortValue, b: SortValue, sign: number): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * words.compare(String(a), String(b));
}
