import * as z from 'zod/mini';
import {
  RolloutView,
  rolloutViewVersion,
  type RolloutPhase,
  type TargetViewState,
} from '../../protocol/rollout-panel.ts';
import type {FailurePlace} from './rollout-session.ts';

/** What the editor keeps for a workspace. */
export interface Kept {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const mementoKey = 'rollouts';
/** How many rollouts are kept, the last ones. */
const kept = 20;

const Point = z.object({line: z.int(), column: z.int()});
const Place = z.union([z.string(), z.object({path: z.string(), start: Point, end: Point})]);

const Saved = z.object({
  version: z.literal(rolloutViewVersion),
  projectId: z.string(),
  view: RolloutView,
  places: z.record(z.string(), Place),
});

export interface SavedRollout {
  readonly projectId: string;
  readonly view: RolloutView;
  readonly places: Readonly<Record<string, FailurePlace>>;
}

/** Keeps what a rollout has come to for the editor's next start. */
export async function saveRollout(memento: Kept, rollout: SavedRollout): Promise<void> {
  const others = all(memento).filter(entry => keyOf(entry) !== rollout.view.key);
  await memento.update(mementoKey, [...others.slice(1 - kept), {version: rolloutViewVersion, ...rollout}]);
}

/** @returns what was kept, as it is known now: of a target that was running nobody here knows how it ended */
export function savedRollout(memento: Kept, key: string): SavedRollout | undefined {
  const saved = Saved.safeParse(all(memento).find(entry => keyOf(entry) === key)).data;
  if (!saved) return undefined;
  const targets = saved.view.targets.map(target => ({...target, state: stateNow(target.state)}));
  return {...saved, view: {...saved.view, targets, phase: phaseNow(saved.view.phase)}};
}

function stateNow(state: TargetViewState): TargetViewState {
  if (state.kind === 'running') return {kind: 'unknown'};
  return state.kind === 'planning' ? {kind: 'waiting'} : state;
}

function phaseNow(phase: RolloutPhase): RolloutPhase {
  return phase.kind === 'ended' ? phase : {kind: 'ended', end: 'interrupted'};
}

function all(memento: Kept): readonly unknown[] {
  return z.array(z.unknown()).safeParse(memento.get(mementoKey)).data ?? [];
}

function keyOf(entry: unknown): string | undefined {
  return z.object({view: z.object({key: z.string()})}).safeParse(entry).data?.view.key;
}
