import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {fail, ok, type Outcome} from '../../../src/core/outcome.ts';
import {IndexSampler, type Lost} from '../../../src/editor/health/indexes/index-sampler.ts';
import type {CountersRead} from '../../../src/postgres/health/index-counters.ts';

beforeEach(() => {
  vi.useFakeTimers({now: 0});
});
afterEach(() => {
  vi.useRealTimers();
});

interface Watched {
  readonly sampler: IndexSampler;
  /** Moments of looks. */
  readonly looks: number[];
  readonly lost: (Lost | undefined)[];
  read: Outcome<CountersRead>;
}

function watch(): Watched {
  const looks: number[] = [];
  const lost: (Lost | undefined)[] = [];
  const watched: Watched = {
    looks,
    lost,
    read: ok({at: 0, counters: []}),
    sampler: new IndexSampler({
      read: () => {
        looks.push(Date.now());
        return Promise.resolve(watched.read);
      },
      onRead: () => {},
      onLost: now => lost.push(now),
    }),
  };
  void watched.sampler.run();
  return watched;
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('a sampler', () => {
  it('looks at its interval, and only while somebody looks', async () => {
    const {sampler, looks} = watch();
    sampler.setInterval(10_000);
    await pass(60_000);
    expect(looks).toEqual([]);
    sampler.begin(0);
    sampler.want(true);
    await pass(25_000);
    expect(looks).toEqual([70_000, 80_000]);
    sampler.want(false);
    await pass(100_000);
    expect(looks).toHaveLength(2);
    sampler.want(true);
    await pass(0);
    expect(looks).toHaveLength(3);
    sampler.dispose();
  });

  it('looks no more when it is switched off or disposed of', async () => {
    const {sampler, looks} = watch();
    sampler.begin(0);
    sampler.want(true);
    sampler.setInterval(10_000);
    await pass(5000);
    sampler.setInterval(0);
    await pass(60_000);
    expect(looks).toHaveLength(1);
    sampler.setInterval(10_000);
    await pass(0);
    sampler.dispose();
    await pass(60_000);
    expect(looks).toHaveLength(2);
  });

  it('tries again later and later when the connection is lost, until it is there', async () => {
    const watched = watch();
    const {sampler, looks, lost} = watched;
    watched.read = fail('connection-lost', 'Gone.');
    sampler.begin(0);
    sampler.want(true);
    sampler.setInterval(10_000);
    await pass(9000);
    expect(looks).toEqual([0, 1000, 3000, 8000]);
    expect(lost.at(-1)).toMatchObject({attempts: 4, retryAt: 18_000});
    watched.read = ok({at: 5, counters: []});
    await pass(10_000);
    expect(lost.at(-1)).toBeUndefined();
    await pass(10_000);
    expect(looks).toEqual([0, 1000, 3000, 8000, 18_000, 28_000]);
    sampler.dispose();
  });
});
