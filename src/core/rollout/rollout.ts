import type {RunReport, Stopped} from '../migrations/plan.ts';
import type {Failure, Outcome} from '../outcome.ts';
import type {Signal} from '../session.ts';
import {inLanes} from './lanes.ts';

/** How one target of a rollout ended. */
export type TargetEnd =
  /** Nothing was pending. */
  | {readonly kind: 'unchanged'}
  | {readonly kind: 'done'; readonly steps: number; readonly milliseconds: number}
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      /** Migrations that ran before. */
      readonly steps: number;
      /** Absent where nothing was begun. */
      readonly stopped?: Stopped;
      /** The state of the database in words. */
      readonly words?: string;
      /** The database has the tool's own failure mark. */
      readonly marked: boolean;
    };

/** Where one target is. */
export type TargetState =
  | {readonly kind: 'waiting'}
  | {readonly kind: 'running'; readonly done: number; readonly of: number}
  | TargetEnd;

/** How far a rollout goes at once. */
export interface Waves {
  /** Runs alone and first; the others begin when it is well and `afterCanary` agrees. */
  readonly canary?: string;
  /** How many targets run at the same time, from 1. */
  readonly limit: number;
}

/** Migrates one target to its end. Never rejects: what goes wrong is a `failed` end. */
export type MigrateTarget = (
  target: string,
  onProgress: (done: number, of: number) => void,
  signal?: Signal,
) => Promise<TargetEnd>;

export interface RolloutOptions extends Waves {
  readonly migrate: MigrateTarget;
  readonly onState: (target: string, state: TargetState) => void;
  /** Asked once the canary is well; false leaves the others waiting. */
  readonly afterCanary?: (end: TargetEnd) => Promise<boolean>;
  /** An abort starts no further target; those that run go on to their end. */
  readonly stop?: Signal;
  /** An abort starts no further target and cancels those that run. */
  readonly signal?: Signal;
}

/** What a rollout came to. */
export interface RolloutEnd {
  /** `stopped`: after a failure; `held`: the user wanted no further one, after the canary or later; `cancelled`: by the signal. */
  readonly kind: 'complete' | 'stopped' | 'held' | 'cancelled';
  readonly states: ReadonlyMap<string, TargetState>;
}

/**
 * Migrates a group of targets: the canary alone, then the others with at most `limit` at a time. After the first
 * failure no further one is started; those that run go on to their end, because to cut them would fail them as well.
 * @param targets in the order in which they are started
 * @param known what an earlier rollout came to: targets that were done are not looked at again
 */
export async function rollOut(
  targets: readonly string[],
  options: RolloutOptions,
  known: ReadonlyMap<string, TargetState> = new Map(),
): Promise<RolloutEnd> {
  const states = new Map<string, TargetState>(
    targets.map(target => [target, isWell(known.get(target)) ?? {kind: 'waiting'}]),
  );
  const set = (target: string, state: TargetState): void => {
    states.set(target, state);
    options.onState(target, state);
  };
  const canary = await runCanary(states, set, options);
  if (canary) return {kind: canary, states};
  const failed = await runWaves(states, set, options);
  if (options.signal?.aborted === true && (failed || hasWaiting(states))) return {kind: 'cancelled', states};
  if (failed) return {kind: 'stopped', states};
  return {kind: hasWaiting(states) ? 'held' : 'complete', states};
}

type SetState = (target: string, state: TargetState) => void;

async function runCanary(
  states: ReadonlyMap<string, TargetState>,
  set: SetState,
  options: RolloutOptions,
): Promise<Exclude<RolloutEnd['kind'], 'complete'> | undefined> {
  const {canary, afterCanary, signal} = options;
  if (canary === undefined || states.get(canary)?.kind !== 'waiting' || mayNotStart(options))
    return undefined;
  const end = await runOne(canary, set, options);
  if (end.kind === 'failed') return signal?.aborted === true ? 'cancelled' : 'stopped';
  if (!hasWaiting(states) || !afterCanary) return undefined;
  return (await afterCanary(end)) ? undefined : 'held';
}

/** @returns whether one has failed */
async function runWaves(
  states: ReadonlyMap<string, TargetState>,
  set: SetState,
  options: RolloutOptions,
): Promise<boolean> {
  const waiting = [...states].filter(([, {kind}]) => kind === 'waiting').map(([target]) => target);
  let failed = false;
  const work = async (target: string): Promise<void> => {
    const end = await runOne(target, set, options);
    failed ||= end.kind === 'failed';
  };
  await inLanes(waiting, options.limit, work, () => !failed && !mayNotStart(options));
  return failed;
}

async function runOne(target: string, set: SetState, {migrate, signal}: RolloutOptions): Promise<TargetEnd> {
  set(target, {kind: 'running', done: 0, of: 0});
  const end = await migrate(target, (done, of) => set(target, {kind: 'running', done, of}), signal);
  set(target, end);
  return end;
}

function isWell(state: TargetState | undefined): TargetState | undefined {
  return state?.kind === 'done' || state?.kind === 'unchanged' ? state : undefined;
}

function hasWaiting(states: ReadonlyMap<string, TargetState>): boolean {
  return [...states.values()].some(({kind}) => kind === 'waiting');
}

function mayNotStart({stop, signal}: RolloutOptions): boolean {
  return stop?.aborted === true || signal?.aborted === true;
}

/** @returns what a run means for its target */
export function endOfRun(run: Outcome<RunReport>): TargetEnd {
  if (!run.ok) return failedEnd(run.failure);
  const {stopped, done, milliseconds, words, position} = run.value;
  if (!stopped) return {kind: 'done', steps: done.length, milliseconds};
  const marked = position.kind === 'failed';
  return {kind: 'failed', failure: stopped.failure, steps: done.length, stopped, words, marked};
}

/** @returns the end of a target where nothing was begun */
function failedEnd(failure: Failure): TargetEnd {
  if (failure.reason === 'nothing-to-do') return {kind: 'unchanged'};
  return {kind: 'failed', failure, steps: 0, marked: failure.reason === 'dirty'};
}
