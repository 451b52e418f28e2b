import type * as z from 'zod/mini';
import {amount, flag, list, record} from '../shape.ts';

/** One attribute of a row or an index entry, in its order. Sources: pg_attribute, pg_stats */
export const StoredAttribute = record({
  /** `attlen`: bytes; -1 for what varies, -2 for a C string. */
  length: amount,
  /** `attalign` in bytes: 1, 2, 4 or 8. */
  align: amount,
  /** Bytes of a value on average, with its header; -1 where nobody knows. */
  width: amount,
  /** Share of NULLs, 0 to 1; 1 for a dropped column. */
  nulls: amount,
});
export type StoredAttribute = z.infer<typeof StoredAttribute>;

/** Rows that are counted in two ways, and pages as of when one of them was. */
export const CountedRows = record({
  /** `pg_class.reltuples` and `relpages`, both as of the last VACUUM or ANALYZE. */
  rows: amount,
  pages: amount,
  /** Rows by the cumulative statistics; they are good once a VACUUM or ANALYZE told them where they are. */
  live: amount,
  counted: flag,
});
export type CountedRows = z.infer<typeof CountedRows>;

/** What a page of 8 kB has beside tuples. Source: https://www.postgresql.org/docs/current/storage-page-layout.html */
export const page = {size: 8192, header: 24, pointer: 4} as const;

export const attributes = list(StoredAttribute);

/** Everything is 8-aligned on the machines that PostgreSQL runs on today. */
export function aligned(bytes: number, to = 8): number {
  return Math.ceil(bytes / to) * to;
}

/**
 * @returns how many rows there are now: those that were counted, or else the density of the last VACUUM or ANALYZE on
 * the pages of today, as the planner does
 */
export function rowsNow({rows, pages, live, counted}: CountedRows, bytes: number): number {
  if (counted) return live;
  return pages > 0 ? rows * (bytes / page.size / pages) : rows;
}

/** A value of up to this many bytes has a header of one byte, and no alignment. */
const shortest = 127;

interface Laid {
  /** Bytes on average, before the end is aligned. */
  readonly bytes: number;
  /** Every row has exactly so many. */
  readonly exact: boolean;
}

/**
 * @returns what the attributes of a row take on average; undefined when the width of one is not known
 * Source: https://www.postgresql.org/docs/current/storage-page-layout.html#STORAGE-TUPLE-LAYOUT
 */
export function dataBytes(row: readonly StoredAttribute[]): Laid | undefined {
  let bytes = 0;
  let exact = true;
  for (const {length, align, width, nulls} of row) {
    if (nulls >= 1) continue;
    const taken = length > 0 ? length : width;
    if (taken < 0) return undefined;
    const packed = length === -1 && taken <= shortest;
    const padding = packed ? 0 : exact ? aligned(bytes, align) - bytes : (align - 1) / 2;
    bytes += (1 - nulls) * (padding + taken);
    exact &&= length > 0 && nulls === 0;
  }
  return {bytes, exact};
}

/** @returns bytes with the end aligned: exactly, or what it comes to on average */
export function endAligned({bytes, exact}: Laid): number {
  return exact ? aligned(bytes) : bytes + 3.5;
}

/** @returns the share of rows with at least one NULL */
export function shareWithNulls(row: readonly StoredAttribute[]): number {
  return 1 - row.reduce((share, {nulls}) => share * (1 - nulls), 1);
}
