import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {lostSince, stumbled} from '../../../src/editor/health/lost.ts';

const now = 1_000_000;
beforeEach(() => void vi.useFakeTimers({now}));
afterEach(() => void vi.useRealTimers());

const gone = {reason: 'connection-lost', message: 'The connection is gone.'} as const;

describe('a connection that is lost', () => {
  it.each([
    [1, 1000],
    [2, 2000],
    [3, 5000],
    [4, 10_000],
    [5, 30_000],
    [6, 30_000],
    [1000, 30_000],
  ])('is tried again after attempt %i in %i ms', (attempts, wait) => {
    expect(lostSince({kind: 'live'}, gone, attempts)).toEqual({
      kind: 'lost',
      since: now,
      failure: {message: 'The connection is gone.'},
      retryAt: now + wait,
      attempts,
    });
  });

  it('is lost since the first failure', () => {
    const first = lostSince({kind: 'live'}, gone, 1);
    vi.setSystemTime(now + 60_000);
    expect(lostSince(first, {...gone, advice: 'Start it.'}, 2)).toMatchObject({
      since: now,
      failure: {advice: 'Start it.'},
      retryAt: now + 62_000,
    });
  });
});

it.each([
  [new Error('expected a number'), 'What the server answered was not understood: expected a number'],
  ['nothing', 'What the server answered was not understood: nothing'],
])('an answer that nobody expected is a failure in words', (error, message) => {
  expect(stumbled(error).message).toBe(message);
});
