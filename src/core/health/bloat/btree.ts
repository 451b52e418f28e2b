import type * as z from 'zod/mini';
import type {Bloat} from '../parts/indexes.ts';
import {amount, flag, oid, record} from '../shape.ts';
import {entriesOf, Keys} from './duplicates.ts';
import {bloatOf} from './estimate.ts';
import {
  aligned,
  attributes,
  CountedRows,
  dataBytes,
  endAligned,
  page,
  rowsNow,
  shareWithNulls,
  type StoredAttribute,
} from './layout.ts';

/** What is known of a btree index, from which follows how large it would be after REINDEX. */
export const BtreeFigures = record({
  oid,
  fillfactor: amount,
  /** Entries; pages are those of the index. */
  counts: CountedRows,
  columns: attributes,
  /** Equal entries are stored as one with many row addresses: from PostgreSQL 13, unless unique, INCLUDE or the type forbid it. */
  deduplicated: flag,
  keys: Keys,
});
export type BtreeFigures = z.infer<typeof BtreeFigures>;

/** Source: https://www.postgresql.org/docs/current/btree.html, nbtree.h */
const node = {header: 8, nullBitmap: 4, special: 16, innerFill: 70} as const;

/**
 * @param bytes of the index today
 * @returns undefined when the statistics of a key are missing
 */
export function btreeBloat(figures: BtreeFigures, bytes: number): Bloat | undefined {
  const entry = entryBytes(figures.columns);
  if (entry === undefined) return undefined;
  const rows = rowsNow(figures.counts, bytes);
  const leaves = figures.deduplicated
    ? entriesOf(figures.keys, rows, entry.bytes).reduce(
        (sum, {count, bytes: each}) => sum + count / perPage(each, figures.fillfactor, false),
        0,
      )
    : rows / perPage(entry.bytes, figures.fillfactor, entry.exact);
  return bloatOf(bytes, pagesOf(Math.ceil(leaves), entry.bytes) * page.size);
}

function entryBytes(
  columns: readonly StoredAttribute[],
): {readonly bytes: number; readonly exact: boolean} | undefined {
  const data = dataBytes(columns);
  if (data === undefined) return undefined;
  const header =
    node.header + shareWithNulls(columns) * (aligned(node.header + node.nullBitmap) - node.header);
  return {bytes: header + endAligned(data), exact: data.exact};
}

/** An entry goes to the next page once the room of the fillfactor is used up, and the last one becomes the page's bound. */
function perPage(bytes: number, fillfactor: number, exact: boolean): number {
  const room = page.size - page.header - node.special - (page.size * (100 - fillfactor)) / 100;
  const each = bytes + page.pointer;
  return Math.max(1, exact ? Math.ceil(room / each) - 1 : room / each - 0.5);
}

/** The leaves, the levels above them, and the page that knows the root. */
function pagesOf(leaves: number, entry: number): number {
  const fanOut = Math.max(2, perPage(entry, node.innerFill, false));
  let pages = 1 + Math.max(1, leaves);
  for (let level = leaves; level > 1; level = Math.ceil(level / fanOut)) pages += Math.ceil(level / fanOut);
  return pages;
}
