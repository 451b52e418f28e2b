import type * as z from 'zod/mini';
import type {Bloat} from '../parts/indexes.ts';
import {amount, oid, record} from '../shape.ts';
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

/** What is known of a table, from which follows how large it would be if it were written anew. */
export const HeapFigures = record({oid, fillfactor: amount, counts: CountedRows, columns: attributes});
export type HeapFigures = z.infer<typeof HeapFigures>;

/** Bytes of a row's header before its bitmap of NULLs. */
const rowHeader = 23;

/**
 * @param bytes of the heap today, without TOAST and indexes
 * @returns undefined when the statistics of a column are missing
 */
export function heapBloat({fillfactor, counts, columns}: HeapFigures, bytes: number): Bloat | undefined {
  const row = rowBytes(columns);
  if (row === undefined) return undefined;
  const pages = Math.ceil(rowsNow(counts, bytes) / rowsPerPage(row, fillfactor));
  return bloatOf(bytes, pages * page.size);
}

interface RowBytes {
  readonly bytes: number;
  readonly exact: boolean;
}

function rowBytes(columns: readonly StoredAttribute[]): RowBytes | undefined {
  const data = dataBytes(columns);
  if (data === undefined) return undefined;
  const bitmap = aligned(rowHeader + Math.ceil(columns.length / 8));
  const withNulls = shareWithNulls(columns);
  const header = withNulls * bitmap + (1 - withNulls) * aligned(rowHeader);
  return {bytes: header + endAligned(data), exact: data.exact};
}

/** A page takes rows until one does not fit: of rows of different lengths that leaves half a row free on average. */
function rowsPerPage({bytes, exact}: RowBytes, fillfactor: number): number {
  const kept = (page.size * (100 - fillfactor)) / 100;
  const room = page.size - page.header - kept;
  const each = bytes + page.pointer;
  return Math.max(1, exact ? Math.floor(room / each) : (room - bytes / 2) / each);
}
