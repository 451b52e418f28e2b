import {describe, expect, it} from 'vitest';
import {formatAge, formatBytes, formatRows, formatSize} from '../../../src/core/catalog/format.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 bytes'],
    [1023, '1023 bytes'],
    [1024, '1 kB'],
    [8192, '8 kB'],
    [1536, '1.5 kB'],
    [10_188, '9.9 kB'],
    [10_189, '10 kB'],
    [1_048_063, '1023 kB'],
    [1_048_064, '1 MB'],
    [1_288_490_189, '1.2 GB'],
    [5 * 1024 ** 4, '5 TB'],
    [2 * 1024 ** 5, '2 PB'],
    [3000 * 1024 ** 5, '3000 PB'],
  ])('%d → %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatSize', () => {
  it.each([
    [{kind: 'measured', bytes: 8192} as const, '8 kB'],
    [{kind: 'estimated', bytes: 8192} as const, '≈ 8 kB'],
  ])('%j → %s', (size, text) => {
    expect(formatSize(size)).toBe(text);
  });
});

describe('formatRows', () => {
  it.each([
    [0, '≈ 0 rows'],
    [1, '≈ 1 row'],
    [999, '≈ 999 rows'],
    [1000, '≈ 1 k rows'],
    [1234, '≈ 1.2 k rows'],
    [12_345_678, '≈ 12 M rows'],
    [999_999, '≈ 1 M rows'],
    [3e9, '≈ 3 G rows'],
  ])('%d → %s', (rows, text) => {
    expect(formatRows({kind: 'estimated', rows})).toBe(text);
  });

  it('says so when nothing is known', () => {
    expect(formatRows({kind: 'unknown'})).toBe('rows unknown');
  });
});

describe('formatAge', () => {
  const now = new Date('2025-06-01T12:00:00Z');
  it.each([
    ['2025-06-01T12:00:05Z', '0 s'],
    ['2025-06-01T11:59:15Z', '45 s'],
    ['2025-06-01T11:58:59Z', '1 min'],
    ['2025-06-01T08:30:00Z', '3 h'],
    ['2025-05-20T12:00:00Z', '12 d'],
    ['2023-01-01T00:00:00Z', '2 y'],
  ])('%s → %s', (from, text) => {
    expect(formatAge(new Date(from), now)).toBe(text);
  });
});
