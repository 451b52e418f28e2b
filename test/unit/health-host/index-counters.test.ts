import {describe, expect, it} from 'vitest';
import {IndexCounters} from '../../../src/editor/health/indexes/index-counters.ts';
import {row} from '../../webview/index-data.ts';

const counter = (
  oid: number,
  scans: number,
  tuplesRead = scans,
): {readonly oid: number; readonly scans: number; readonly tuplesRead: number} => ({oid, scans, tuplesRead});

describe('counters of indexes', () => {
  it.each<[string, Parameters<IndexCounters['take']>[0], ReturnType<IndexCounters['take']>]>([
    ['nothing when nothing changed', [counter(1, 5)], []],
    ['what was scanned', [counter(1, 7, 9)], [[1, 7, 9]]],
    ['what was reset', [counter(1, 0)], [[1, 0, 0]]],
    ['nothing of an index that is not in the list', [counter(99, 3)], []],
    [
      'the sums of partitioned indexes, at each level',
      [counter(12, 4)],
      [
        [12, 4, 4],
        [11, 4, 4],
        [10, 6, 6],
      ],
    ],
  ])('tell %s', (_, read, changed) => {
    const counters = new IndexCounters([
      row(1, 'a', {scans: 5, tuplesRead: 5}),
      row(10, 'whole', {partitioned: true, scans: 2, tuplesRead: 2}),
      row(11, 'half', {partitioned: true, parent: 10}),
      row(12, 'leaf', {parent: 11}),
      row(13, 'other leaf', {parent: 10, scans: 2, tuplesRead: 2}),
    ]);
    expect(counters.take(read)).toEqual(changed);
  });

  it('tell only what changed since the last look', () => {
    const counters = new IndexCounters([row(1, 'a')]);
    expect(counters.take([counter(1, 1)])).toEqual([[1, 1, 1]]);
    expect(counters.take([counter(1, 1)])).toEqual([]);
  });
});
