import {afterEach, beforeEach, expect, it, vi} from 'vitest';
import {Alarm} from '../../../src/editor/health/alarm.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** @returns whether a wait has ended by now */
function ended(wait: Promise<void>): () => Promise<boolean> {
  let over = false;
  void wait.then(() => (over = true));
  return async () => {
    await vi.advanceTimersByTimeAsync(0);
    return over;
  };
}

it('waits as long as it is told', async () => {
  const over = ended(new Alarm().wait(1000));
  await vi.advanceTimersByTimeAsync(999);
  expect(await over()).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await over()).toBe(true);
});

it('ends a wait early when it is rung, and leaves no timer behind', async () => {
  const alarm = new Alarm();
  const over = ended(alarm.wait(1000));
  alarm.ring();
  expect(await over()).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

it('ends the next wait at once when it was rung while nobody waited, however often, and only that one', async () => {
  const alarm = new Alarm();
  alarm.ring();
  alarm.ring();
  expect(await ended(alarm.wait(1000))()).toBe(true);
  expect(await ended(alarm.wait(1000))()).toBe(false);
});

it('waits for ever where no time is told', async () => {
  const alarm = new Alarm();
  const over = ended(alarm.wait(Infinity));
  await vi.advanceTimersByTimeAsync(1e9);
  expect(await over()).toBe(false);
  alarm.ring();
  expect(await over()).toBe(true);
});
