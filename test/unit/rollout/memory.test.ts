import {expect, it} from 'vitest';
import {
  saveRollout,
  savedRollout,
  type Kept,
  type SavedRollout,
} from '../../../src/editor/rollout/rollout-memory.ts';
import type {RolloutView, TargetViewState} from '../../../src/protocol/rollout-panel.ts';

/** What the editor keeps for a workspace, as JSON between two of its starts. */
class InMemory implements Kept {
  readonly #values = new Map<string, string>();

  get(key: string): unknown {
    const text = this.#values.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, JSON.stringify(value));
  }
}

const failure = {reason: 'sql', message: 'It fails.'};

function rollout(
  key: string,
  states: readonly TargetViewState[],
  phase: RolloutView['phase'] = {kind: 'planned'},
): SavedRollout {
  const target = {environment: 'production', address: 'app@db:5432/shop'} as const;
  const view = {
    key,
    group: 'tenants',
    framework: 'dbmate',
    folder: 'db',
    targets: states.map((state, index) => ({...target, id: `${index}`, name: `t${index}`, state})),
    choice: {canary: null, limit: 4},
    phase,
  };
  return {
    projectId: 'p',
    view,
    places: {'0': {path: '/a.sql', start: {line: 1, column: 2}, end: {line: 1, column: 3}}},
  };
}

it('knows after a restart what was done and what failed, and not how what was running ended', async () => {
  const kept = new InMemory();
  const running = {kind: 'running', startedAt: 1, going: 'on', asking: false} as const;
  const saved = rollout(
    'one',
    [
      {kind: 'failed', failure, steps: 1, marked: false, file: 'a.sql', at: {line: 2, column: 3}},
      {kind: 'done', steps: 2, milliseconds: 5},
      {kind: 'running', done: 1, of: 2},
      {kind: 'waiting'},
      {kind: 'planning'},
    ],
    running,
  );
  await saveRollout(kept, saved);
  const {view, places, projectId} = savedRollout(kept, 'one') ?? {};
  expect(view?.targets.map(({state}) => state.kind)).toEqual([
    'failed',
    'done',
    'unknown',
    'waiting',
    'waiting',
  ]);
  expect(view?.phase).toEqual({kind: 'ended', end: 'interrupted'});
  expect(places).toEqual(saved.places);
  expect(projectId).toBe('p');
});

it('keeps how a rollout ended, the last of each, and the last twenty of all', async () => {
  const kept = new InMemory();
  const ended = {kind: 'ended', end: 'stopped'} as const;
  await saveRollout(kept, rollout('one', []));
  await saveRollout(kept, rollout('one', [{kind: 'waiting'}], ended));
  expect(savedRollout(kept, 'one')?.view).toMatchObject({phase: ended, targets: [{name: 't0'}]});
  for (let more = 0; more < 20; more++) await saveRollout(kept, rollout(`more ${more}`, []));
  expect(savedRollout(kept, 'one')).toBeUndefined();
  expect(savedRollout(kept, 'more 0')?.view.key).toBe('more 0');
});

it.each([['nothing'], [[{version: 0, view: {key: 'one'}}]], ['[]'], [{}]])(
  'takes nothing up from %j',
  async value => {
    const kept = new InMemory();
    await kept.update('rollouts', value);
    expect(savedRollout(kept, 'one')).toBeUndefined();
  },
);
