import type * as z from 'zod/mini';
import {amount, record} from '../shape.ts';
import {aligned} from './layout.ts';

/** How often the keys of an index are equal. Source: pg_stats, combined over its columns. */
export const Keys = record({
  /** Different keys: a number, or as a negative share of the rows. */
  distinct: amount,
  /** The share of rows with NULL in the only column, 0 to 1. */
  nulls: amount,
  /** The most common keys: how many, and which share of the rows they have; of one column only. */
  common: amount,
  commonShare: amount,
});
export type Keys = z.infer<typeof Keys>;

interface Entries {
  readonly count: number;
  /** Of each, without the pointer to it. */
  readonly bytes: number;
}

/** A row address, and what CREATE INDEX lets an entry with many of them grow to: a tenth of a page. */
const address = 6;
const largest = 808;

/** Rows that ANALYZE looks at with the default statistics target. */
const sample = 30_000;

/**
 * @param rows of the index
 * @param bytes of an entry with a single address
 * @returns the entries after equal keys were joined, in up to three groups
 */
export function entriesOf(keys: Keys, rows: number, bytes: number): readonly Entries[] {
  const {common, commonShare, nulls} = keys;
  const rest = Math.max(0, 1 - commonShare - nulls) * rows;
  return [
    joined(nulls * rows, 1, bytes),
    joined(commonShare * rows, common, bytes),
    joined(rest, Math.min(rest, restDistinct(keys, rows)), bytes),
  ].flat();
}

/**
 * ANALYZE guesses too few different keys when some are much more common than others, so many more are assumed then:
 * an index is rather taken for sound than for bloated.
 */
function restDistinct({distinct, common}: Keys, rows: number): number {
  const all = distinct < 0 ? -distinct * rows : distinct;
  const skewed = common > 0 && rows > sample;
  return Math.max(0, all - common) * (skewed ? Math.sqrt(rows / sample) : 1);
}

function joined(rows: number, distinct: number, bytes: number): readonly Entries[] {
  if (rows <= 0) return [];
  const each = Math.max(1, rows / Math.max(1, distinct));
  if (each < 1.5) return [{count: rows, bytes}];
  const most = Math.max(1, Math.floor((largest - bytes) / address));
  const full = Math.floor(each / most);
  const left = each - full * most;
  const keyCount = rows / each;
  return [
    {count: keyCount * full, bytes: aligned(bytes + most * address)},
    {count: keyCount, bytes: left > 1 ? aligned(bytes + left * address) : bytes},
  ].filter(({count}, index) => count > 0 && (index === 0 || left > 0));
}
