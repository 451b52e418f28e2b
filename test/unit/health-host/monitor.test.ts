import {afterEach, beforeEach, expect, it, vi} from 'vitest';
import {fail} from '../../../src/core/outcome.ts';
import {HealthMonitor} from '../../../src/editor/health/monitor.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A monitor of a server that never answers, and whether somebody was asked for a password with each attempt. */
function unreachable(): {readonly monitor: HealthMonitor; readonly asked: readonly boolean[]} {
  const asked: boolean[] = [];
  const monitor = new HealthMonitor(
    {
      open: ({ask}) => {
        asked.push(ask);
        return Promise.resolve(fail('authentication', 'The password was refused.'));
      },
      pause: () => Promise.resolve(),
      options: () => ({off: new Set()}),
    },
    {interval: 1000},
  );
  void monitor.run();
  return {monitor, asked};
}

const passes = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

it('asks for a password with the first attempt, and then only when somebody tries again', async () => {
  const {monitor, asked} = unreachable();
  await passes(10_000);
  expect(asked).toEqual([true, false, false, false]);
  monitor.refresh();
  await passes(0);
  expect(asked).toEqual([true, false, false, false, true]);
  monitor.dispose();
});

it('says since when it is lost, and tells it once', async () => {
  const {monitor} = unreachable();
  await passes(0);
  const {watching: first} = monitor.state;
  await passes(10_000);
  const {watching, events} = monitor.state;
  expect(watching).toMatchObject({kind: 'lost', attempts: 4, since: first.kind === 'lost' && first.since});
  expect(events.map(({happened}) => happened)).toEqual([{kind: 'lost', why: 'The password was refused.'}]);
  monitor.dispose();
});

it('tries nothing while nobody can see it, and again as soon as somebody can', async () => {
  const {monitor, asked} = unreachable();
  await passes(0);
  monitor.rest(true);
  await passes(600_000);
  const before = asked.length;
  expect(before).toBeLessThanOrEqual(2);
  expect(vi.getTimerCount()).toBe(0);
  monitor.rest(false);
  await passes(0);
  expect(asked.length).toBe(before + 1);
  monitor.dispose();
});

it('goes on trying while it is paused', async () => {
  const {monitor, asked} = unreachable();
  await passes(0);
  monitor.pausing(true);
  await passes(10_000);
  expect(asked.length).toBe(4);
  expect(monitor.state.watching.kind).toBe('lost');
  monitor.dispose();
});

it('has no timer left once it is disposed of', async () => {
  const {monitor} = unreachable();
  await passes(0);
  monitor.dispose();
  await passes(0);
  expect(vi.getTimerCount()).toBe(0);
});
