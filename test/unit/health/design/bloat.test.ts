import {describe, expect, it} from 'vitest';
import {btreeBloat, type BtreeFigures} from '../../../../src/core/health/bloat/btree.ts';
import {methodOf} from '../../../../src/core/health/bloat/estimate.ts';
import {heapBloat, type HeapFigures} from '../../../../src/core/health/bloat/heap.ts';
import {rowsNow, type StoredAttribute} from '../../../../src/core/health/bloat/layout.ts';

const int: StoredAttribute = {length: 4, align: 4, width: 4, nulls: 0};
const bigint: StoredAttribute = {length: 8, align: 8, width: 8, nulls: 0};
const text = (width: number): StoredAttribute => ({length: -1, align: 4, width, nulls: 0});
const counts = (rows: number): HeapFigures['counts'] => ({rows, pages: 1000, live: rows, counted: true});
const mb = 1024 * 1024;

const heap = (columns: readonly StoredAttribute[], rows: number, fillfactor = 100): HeapFigures => ({
  oid: 1,
  fillfactor,
  counts: counts(rows),
  columns,
});

const tree = (change: Partial<BtreeFigures>): BtreeFigures => ({
  oid: 1,
  fillfactor: 90,
  counts: counts(100_000),
  columns: [int],
  deduplicated: false,
  keys: {distinct: -1, nulls: 0, common: 0, commonShare: 0},
  ...change,
});

const needed = (bytes: number, bloat: {readonly bytes: number} | undefined): number | undefined =>
  bloat && (bytes - bloat.bytes) / 8192;

describe('a heap', () => {
  // Rows for each page as they are on real servers: 24 bytes of header, 4 of the pointer, everything 8-aligned.
  it.each([
    ['one integer', [int], 226],
    ['two integers share eight bytes', [int, int], 226],
    ['padding before a bigint', [int, bigint], 185],
    ['an order without padding', [bigint, int, int], 185],
    ['a dropped column takes nothing', [int, {...bigint, nulls: 1}], 226],
  ] as const)('has so many rows in a page: %s', (_, columns, each) => {
    const bytes = 100 * mb;
    expect(needed(bytes, heapBloat(heap(columns, each * 1000), bytes))).toBe(1000);
  });

  it.each([
    [100, 1000],
    [70, 1431],
    [10, 10_273],
  ])('keeps room for the fillfactor %i', (fillfactor, pages) => {
    const bytes = 100 * mb;
    expect(needed(bytes, heapBloat(heap([int], 226_000, fillfactor), bytes))).toBe(pages);
  });

  it('is not estimated without the width of a column', () => {
    expect(heapBloat(heap([int, text(-1)], 1000), mb)).toBeUndefined();
  });

  it('that is smaller than estimated has nothing to free', () => {
    expect(heapBloat(heap([int], 226_000), 8192)).toEqual({bytes: 0, share: 0, method: 'statistics'});
  });

  it('without rows is all free', () => {
    expect(heapBloat(heap([int], 0), mb)).toEqual({bytes: mb, share: 1, method: 'statistics'});
  });

  it('holds at least one row in a page', () => {
    expect(needed(100 * mb, heapBloat(heap([{...int, length: 9000}], 10), 100 * mb))).toBe(10);
  });
});

describe('a btree', () => {
  it('holds 366 integers in a leaf, and has a root and a page that knows it', () => {
    expect(needed(100 * mb, btreeBloat(tree({counts: counts(366_000)}), 100 * mb))).toBe(1000 + 4 + 1 + 1);
  });

  it('joins equal keys where it may', () => {
    const few = {distinct: 100, nulls: 0, common: 100, commonShare: 1};
    const joined = needed(100 * mb, btreeBloat(tree({deduplicated: true, keys: few}), 100 * mb)) ?? 0;
    const apart = needed(100 * mb, btreeBloat(tree({keys: few}), 100 * mb)) ?? 0;
    expect(joined / apart).toBeCloseTo(0.36, 1);
  });

  it('counts on many different keys when some are common and a sample was read', () => {
    const skewed = {distinct: 2000, nulls: 0, common: 10, commonShare: 0.1};
    const large = {counts: counts(3_000_000), deduplicated: true};
    const careful = btreeBloat(tree({...large, keys: skewed}), 100 * mb)?.bytes ?? 0;
    const bold =
      btreeBloat(tree({...large, keys: {...skewed, common: 0, commonShare: 0}}), 100 * mb)?.bytes ?? 0;
    expect(careful).toBeLessThan(bold);
  });

  it('joins NULLs', () => {
    const nulls = {...int, nulls: 0.9};
    const keys = {distinct: -0.1, nulls: 0.9, common: 0, commonShare: 0};
    const joined = needed(100 * mb, btreeBloat(tree({columns: [nulls], deduplicated: true, keys}), 100 * mb));
    const apart = needed(100 * mb, btreeBloat(tree({columns: [nulls], keys}), 100 * mb));
    expect(joined).toBeLessThan((apart ?? 0) / 2);
  });

  it('is not estimated without the width of a key', () => {
    expect(btreeBloat(tree({columns: [int, text(-1)]}), mb)).toBeUndefined();
  });
});

it.each([
  ['those that were counted', {rows: 10, pages: 1, live: 7, counted: true}, 8192, 7],
  [
    'the density of the last VACUUM on the pages of today',
    {rows: 10, pages: 1, live: 0, counted: false},
    3 * 8192,
    30,
  ],
  ['those of the last VACUUM', {rows: 10, pages: 0, live: 0, counted: false}, 8192, 10],
] as const)('takes for the rows %s', (_, rows, bytes, expected) => {
  expect(rowsNow(rows, bytes)).toBe(expected);
});

it.each([
  ['statistics', /^Estimated from/],
  ['pgstattuple', /^Measured by pgstatindex/],
] as const)('names the method %s', (method, words) => {
  expect(methodOf({bytes: 1, share: 0.5, method}, 'pgstatindex')).toMatch(words);
});
