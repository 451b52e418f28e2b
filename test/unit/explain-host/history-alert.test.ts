import {expect, it} from 'vitest';
import {slowerThanUsual, type TimedRun} from '../../../src/core/explain/history.ts';

function runs(...times: readonly number[]): readonly TimedRun[] {
  return times.map((executionMs, index) => ({
    id: `run-${index}`,
    at: index,
    executionMs,
    shape: executionMs >= 1000 ? 'seq' : 'index',
  }));
}

it.each([
  ['is twice the usual and 10 ms more', [10, 10, 10], 20, 10],
  ['is far above the median of an even number', [10, 20, 30, 40], 50, 25],
  ['comes after one slow run among fast ones', [10, 500, 11], 100, 11],
])('tells of a run that %s', (_, earlier, executionMs, usualMs) => {
  const all = runs(...earlier, executionMs);
  const alert = slowerThanUsual(all.at(-1)!, all);
  expect(alert).toMatchObject({executionMs, usualMs, runs: earlier.length, planChanged: false});
});

it.each([
  ['there are only two earlier ones', [10, 10], 1000],
  ['it is less than twice the usual', [100, 100, 100], 199],
  ['it is twice the usual and 9 ms more', [9, 9, 9], 18],
  ['it is as usual', [100, 100, 100], 100],
])('is silent when %s', (_, earlier, executionMs) => {
  const all = runs(...earlier, executionMs);
  expect(slowerThanUsual(all.at(-1)!, all)).toBeUndefined();
});

it('compares with the earlier run that is closest to the usual, the latest of equals', () => {
  const all = runs(5, 10, 10, 400, 2000);
  expect(slowerThanUsual(all.at(-1)!, all)).toMatchObject({compareWith: 'run-2', planChanged: true});
});

it('does not count runs that came later', () => {
  const all = runs(10, 10, 100, 10, 10);
  expect(slowerThanUsual(all[2]!, all)).toBeUndefined();
});
