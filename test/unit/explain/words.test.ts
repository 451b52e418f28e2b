import {describe, expect, it} from 'vitest';
import type {Estimate} from '../../../src/core/explain/attribution.ts';
import type {FieldValue} from '../../../src/core/explain/plan.ts';
import {
  formatBlocks,
  formatBytes,
  formatFactor,
  formatMs,
  formatRows,
  formatWithEpsilon,
  nodeTitle,
} from '../../../src/core/explain/words.ts';
import {planOf} from './plan-of.ts';

describe('the title of a node', () => {
  it.each<[string, Readonly<Record<string, FieldValue>>]>([
    [
      'Seq Scan on orders',
      {'Node Type': 'Seq Scan', 'Relation Name': 'orders', Schema: 'public', Alias: 'orders'},
    ],
    ['Seq Scan on orders o', {'Node Type': 'Seq Scan', 'Relation Name': 'orders', Alias: 'o'}],
    [
      'Parallel Seq Scan on orders',
      {'Node Type': 'Seq Scan', 'Parallel Aware': true, 'Relation Name': 'orders'},
    ],
    [
      'Index Scan using orders_pkey on orders o',
      {
        'Node Type': 'Index Scan',
        'Index Name': 'orders_pkey',
        'Relation Name': 'orders',
        Alias: 'o',
        'Scan Direction': 'Forward',
      },
    ],
    [
      'Index Only Scan Backward using i on t',
      {'Node Type': 'Index Only Scan', 'Index Name': 'i', 'Relation Name': 't', 'Scan Direction': 'Backward'},
    ],
    ['Bitmap Index Scan on orders_status', {'Node Type': 'Bitmap Index Scan', 'Index Name': 'orders_status'}],
    [
      'Function Scan on generate_series g',
      {'Node Type': 'Function Scan', 'Function Name': 'generate_series', Alias: 'g'},
    ],
    ['Function Scan on f', {'Node Type': 'Function Scan', Alias: 'f'}],
    [
      'Table Function Scan on json_table t',
      {'Node Type': 'Table Function Scan', 'Table Function Name': 'json_table', Alias: 't'},
    ],
    ['Values Scan on *VALUES*', {'Node Type': 'Values Scan', Alias: '*VALUES*'}],
    ['CTE Scan on recent r', {'Node Type': 'CTE Scan', 'CTE Name': 'recent', Alias: 'r'}],
    ['Subquery Scan on s', {'Node Type': 'Subquery Scan', Alias: 's'}],
    ['Nested Loop', {'Node Type': 'Nested Loop', 'Join Type': 'Inner'}],
    ['Nested Loop Left Join', {'Node Type': 'Nested Loop', 'Join Type': 'Left'}],
    ['Hash Join', {'Node Type': 'Hash Join', 'Join Type': 'Inner'}],
    [
      'Parallel Hash Right Anti Join',
      {'Node Type': 'Hash Join', 'Join Type': 'Right Anti', 'Parallel Aware': true},
    ],
    ['Merge Full Join', {'Node Type': 'Merge Join', 'Join Type': 'Full'}],
    ['Aggregate', {'Node Type': 'Aggregate', Strategy: 'Plain', 'Partial Mode': 'Simple'}],
    ['Partial HashAggregate', {'Node Type': 'Aggregate', Strategy: 'Hashed', 'Partial Mode': 'Partial'}],
    ['Finalize GroupAggregate', {'Node Type': 'Aggregate', Strategy: 'Sorted', 'Partial Mode': 'Finalize'}],
    ['MixedAggregate', {'Node Type': 'Aggregate', Strategy: 'Mixed', 'Partial Mode': 'Simple'}],
    ['HashSetOp Intersect', {'Node Type': 'SetOp', Strategy: 'Hashed', Command: 'Intersect'}],
    ['SetOp Except All', {'Node Type': 'SetOp', Strategy: 'Sorted', Command: 'Except All'}],
    [
      'Update on orders o',
      {'Node Type': 'ModifyTable', Operation: 'Update', 'Relation Name': 'orders', Alias: 'o'},
    ],
    ['Foreign Scan on c', {'Node Type': 'Foreign Scan', Operation: 'Select', 'Relation Name': 'c'}],
    ['Foreign Delete on c', {'Node Type': 'Foreign Scan', Operation: 'Delete', 'Relation Name': 'c'}],
    [
      'Async Foreign Scan on c',
      {'Node Type': 'Foreign Scan', Operation: 'Select', 'Relation Name': 'c', 'Async Capable': true},
    ],
    [
      'Custom Scan (Columnar) on t',
      {'Node Type': 'Custom Scan', 'Custom Plan Provider': 'Columnar', 'Relation Name': 't'},
    ],
    ['Sort', {'Node Type': 'Sort'}],
    ['Something New', {'Node Type': 'Something New'}],
  ])('is %s', (title, fields) => {
    expect(nodeTitle(planOf(fields).root)).toBe(title);
  });
});

describe('times', () => {
  it.each([
    [0, '0 ms'],
    [0.012, '0.012 ms'],
    [0.9996, '1.00 ms'],
    [1.234, '1.23 ms'],
    [9.996, '10.0 ms'],
    [12.34, '12.3 ms'],
    [99.96, '100 ms'],
    [123.4, '123 ms'],
    [999.6, '1.00 s'],
    [1234, '1.23 s'],
    [12_345, '12.3 s'],
    [59_960, '1 min 0 s'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h 0 min'],
    [3_599_700, '1 h 0 min'],
    [11_040_000, '3 h 4 min'],
    [4_000_000_000, '1,111 h 7 min'],
    [-0.002, '-0.002 ms'],
    [-0.0001, '0.000 ms'],
    [-5.25, '-5.25 ms'],
  ])('%s ms is %s', (ms, text) => {
    expect(formatMs(ms)).toBe(text);
  });

  it.each([
    [12.3, 0.0005, '12.3 ms'],
    [0.012, 0.001, '0.012 ms'],
    [0.012, 0.0015, '0.012 ± 0.002 ms'],
    [1.234, 0.5, '1.23 ± 0.50 ms'],
    [12.3, 0.05, '12.3 ± 0.1 ms'],
    [12.3, 0.049, '12.3 ms'],
    [0, 0.5, '0.000 ± 0.500 ms'],
    [-0.3, 5, '-0.30 ± 5.00 ms'],
    [4, 1200, '0.00 ± 1.20 s'],
    [125_000, 2000, '2 min 5 s'],
  ])('%s ± %s ms is %s', (ms, epsilon, text) => {
    expect(formatWithEpsilon(ms, epsilon)).toBe(text);
  });
});

describe('amounts', () => {
  it.each([
    [0, '0'],
    [0.33, '0.33'],
    [0.5, '0.5'],
    [9.999, '10'],
    [12.4, '12'],
    [999, '999'],
    [1000, '1,000'],
    [1_234_567, '1,234,567'],
    [3e9, '3,000,000,000'],
  ])('%s rows are %s', (rows, text) => {
    expect(formatRows(rows)).toBe(text);
  });

  it.each([
    [0, '0 B'],
    [512, '512 B'],
    [999, '999 B'],
    [1000, '0.98 kB'],
    [8192, '8 kB'],
    [12_897_485, '12.3 MB'],
    [1024 ** 3, '1 GB'],
    [1023.9 * 1024 ** 2, '1 GB'],
    [5 * 1024 ** 4, '5 TB'],
    [5000 * 1024 ** 5, '5,000 PB'],
  ])('%s bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [1, '8 kB'],
    [1574, '12.3 MB'],
  ])('%s blocks are %s', (blocks, text) => {
    expect(formatBlocks(blocks)).toBe(text);
  });

  it.each<[number, Estimate['direction'], string]>([
    [1, 'exact', 'exact'],
    [1.001, 'too-low', 'exact'],
    [1.5, 'too-low', '1.5× too low'],
    [12.34, 'too-high', '12.3× too high'],
    [12_000, 'too-high', '12,000× too high'],
  ])('a factor of %s, %s, is %s', (factor, direction, text) => {
    expect(formatFactor({planned: 1, actual: 1, factor, direction})).toBe(text);
  });
});
