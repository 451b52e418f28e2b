import {describe, expect, it} from 'vitest';
import type {RunReport, Step} from '../../../src/core/migrations/plan.ts';
import {fail, ok, type Outcome} from '../../../src/core/outcome.ts';
import {
  endOfRun,
  rollOut,
  type RolloutOptions,
  type TargetEnd,
  type TargetState,
} from '../../../src/core/rollout/rollout.ts';

const done: TargetEnd = {kind: 'done', steps: 1, milliseconds: 1};
const failed: TargetEnd = {
  kind: 'failed',
  failure: {reason: 'sql', message: 'It fails.'},
  steps: 0,
  marked: false,
};

/** Ends of targets by name; what is not named is done. Notes the starts, and how many ran at once. */
function scene(ends: Readonly<Record<string, TargetEnd>> = {}) {
  const started: string[] = [];
  let running = 0;
  let most = 0;
  const migrate: RolloutOptions['migrate'] = async (target, onProgress) => {
    started.push(target);
    running += 1;
    most = Math.max(most, running);
    onProgress(0, 1);
    await new Promise(resolve => setTimeout(resolve, 1));
    running -= 1;
    return ends[target] ?? done;
  };
  return {started, most: () => most, options: {migrate, limit: 2, onState: () => {}}};
}

const kinds = (states: ReadonlyMap<string, TargetState>): Record<string, string> =>
  Object.fromEntries([...states].map(([target, {kind}]) => [target, kind]));

describe('a rollout', () => {
  it('migrates all targets, with no more at once than the limit', async () => {
    const {started, most, options} = scene();
    const end = await rollOut(['a', 'b', 'c', 'd', 'e'], options);
    expect(end.kind).toBe('complete');
    expect(started).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(most()).toBe(2);
  });

  it('runs the canary alone and asks before the others', async () => {
    const {started, options} = scene();
    const asked: number[] = [];
    const afterCanary = async (): Promise<boolean> => {
      asked.push(started.length);
      return true;
    };
    const end = await rollOut(['a', 'b', 'c'], {...options, canary: 'c', afterCanary});
    expect(end.kind).toBe('complete');
    expect(started).toEqual(['c', 'a', 'b']);
    expect(asked).toEqual([1]);
  });

  it('leaves the others waiting when the user holds it after the canary', async () => {
    const {started, options} = scene();
    const end = await rollOut(['a', 'b'], {...options, canary: 'a', afterCanary: async () => false});
    expect(end.kind).toBe('held');
    expect(started).toEqual(['a']);
    expect(kinds(end.states)).toEqual({a: 'done', b: 'waiting'});
  });

  it('starts no other when the canary fails', async () => {
    const {options} = scene({a: failed});
    const end = await rollOut(['a', 'b'], {...options, canary: 'a'});
    expect(end.kind).toBe('stopped');
    expect(kinds(end.states)).toEqual({a: 'failed', b: 'waiting'});
  });

  it('starts no further one after a failure, and lets the one beside it end', async () => {
    const {started, options} = scene({a: failed});
    const end = await rollOut(['a', 'b', 'c', 'd'], options);
    expect(end.kind).toBe('stopped');
    expect(started).toEqual(['a', 'b']);
    expect(kinds(end.states)).toEqual({a: 'failed', b: 'done', c: 'waiting', d: 'waiting'});
  });

  it('goes on where an earlier one stopped: what is done stays, what failed is tried again', async () => {
    const first = scene({b: failed});
    const stopped = await rollOut(['a', 'b', 'c'], {...first.options, limit: 1});
    const second = scene();
    const end = await rollOut(['a', 'b', 'c'], {...second.options, limit: 1, canary: 'a'}, stopped.states);
    expect(second.started).toEqual(['b', 'c']);
    expect(end.kind).toBe('complete');
  });

  it('starts nothing after a cancel', async () => {
    const controller = new AbortController();
    const {started, options} = scene();
    const onState: RolloutOptions['onState'] = (target, {kind}) => {
      if (target === 'a' && kind === 'done') controller.abort();
    };
    const end = await rollOut(['a', 'b'], {...options, limit: 1, onState, signal: controller.signal});
    expect(end.kind).toBe('cancelled');
    expect(started).toEqual(['a']);
    expect(kinds(end.states)).toEqual({a: 'done', b: 'waiting'});
  });

  it('lets those that run go on to their end when it is told to stop, and starts no other', async () => {
    const controller = new AbortController();
    const {started, options} = scene();
    const migrate: RolloutOptions['migrate'] = (target, onProgress, signal) => {
      controller.abort();
      return options.migrate(target, onProgress, signal);
    };
    const end = await rollOut(['a', 'b', 'c'], {...options, limit: 2, migrate, stop: controller.signal});
    expect(end.kind).toBe('held');
    expect(started).toEqual(['a']);
    expect(kinds(end.states)).toEqual({a: 'done', b: 'waiting', c: 'waiting'});
  });

  it('is cancelled, and not stopped by a failure, when the cancel is what cut the last one', async () => {
    const controller = new AbortController();
    const cut: TargetEnd = {...failed, failure: {reason: 'cancelled', message: 'Cancelled.'}};
    const migrate = async (): Promise<TargetEnd> => {
      controller.abort();
      return cut;
    };
    const {options} = scene();
    const end = await rollOut(['a'], {...options, migrate, signal: controller.signal});
    expect(end.kind).toBe('cancelled');
  });
});

describe('the end of a run', () => {
  const step: Step = {
    migration: {id: '2', label: '2', title: 'b'},
    direction: 'up',
    leads: {kind: 'at', id: '2'},
  };
  const report: RunReport = {
    done: [{step, milliseconds: 3}],
    milliseconds: 5,
    position: {kind: 'at', id: '2'},
    words: 'At 2.',
  };
  const {failure} = fail('sql', 'It fails.');

  it.each<[string, Outcome<RunReport>, TargetEnd]>([
    ['all steps', ok(report), {kind: 'done', steps: 1, milliseconds: 5}],
    [
      'a failure that leaves the mark of the tool',
      ok({...report, stopped: {step, failure}, position: {kind: 'failed', id: '2'}}),
      {kind: 'failed', failure, steps: 1, stopped: {step, failure}, words: 'At 2.', marked: true},
    ],
    [
      'a failure that leaves none',
      ok({...report, stopped: {step, failure}}),
      {kind: 'failed', failure, steps: 1, stopped: {step, failure}, words: 'At 2.', marked: false},
    ],
    [
      'an earlier failure',
      fail('dirty', 'Dirty.'),
      {kind: 'failed', failure: fail('dirty', 'Dirty.').failure, steps: 0, marked: true},
    ],
    ['nothing to do', fail('nothing-to-do', 'Nothing.'), {kind: 'unchanged'}],
  ])('says so of %s', (_, run, end) => {
    expect(endOfRun(run)).toEqual(end);
  });
});
