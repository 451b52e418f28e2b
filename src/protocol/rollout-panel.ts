import * as z from 'zod/mini';
import {nothing} from './channel.ts';
import {FailureView} from './run-panel.ts';

/** Version of what is kept: a rollout that was kept by another one is not taken up. */
export const rolloutViewVersion = 1;

const record = <S extends z.core.$ZodLooseShape>(shape: S) => z.readonly(z.object(shape));
const list = <S extends z.ZodMiniType>(item: S) => z.readonly(z.array(item));

const Environment = z.enum(['development', 'staging', 'production']);

/** What will run on a target: versions by their labels, null for a database without any migration. */
const PlannedView = record({from: z.nullable(z.string()), to: z.nullable(z.string()), steps: z.int()});

const TargetState = z.discriminatedUnion('kind', [
  record({kind: z.literal('planning')}),
  record({kind: z.literal('waiting')}),
  record({kind: z.literal('running'), done: z.int(), of: z.int()}),
  record({kind: z.literal('done'), steps: z.int(), milliseconds: z.number()}),
  record({kind: z.literal('unchanged')}),
  record({
    kind: z.literal('failed'),
    failure: FailureView,
    steps: z.int(),
    words: z.exactOptional(z.string()),
    /** The file that failed; 1-based, as people count lines. */
    file: z.exactOptional(z.string()),
    at: z.exactOptional(record({line: z.int(), column: z.int()})),
    /** The database has the tool's own failure mark. */
    marked: z.boolean(),
  }),
  /** It could not be planned, so nothing begins as long as it is among the targets. */
  record({kind: z.literal('refused'), failure: FailureView, marked: z.boolean()}),
  /** It was running when the editor was closed. */
  record({kind: z.literal('unknown')}),
]);

const TargetView = record({
  /** Of the connection. */
  id: z.string(),
  name: z.string(),
  environment: Environment,
  /** Such as `app@db.example.com:5432/shop`; never a password. */
  address: z.string(),
  planned: z.exactOptional(PlannedView),
  state: TargetState,
});

const Phase = z.discriminatedUnion('kind', [
  /** Each target's own status is read. */
  record({kind: z.literal('planning')}),
  record({kind: z.literal('planned')}),
  record({
    kind: z.literal('running'),
    /** Milliseconds since 1970 by the host's clock, which may differ from the page's. */
    startedAt: z.number(),
    /** `stopping` starts no further one; `cancelling` ends those that run as well. */
    going: z.enum(['on', 'stopping', 'cancelling']),
    /** The canary is well, and the others wait for an answer. */
    asking: z.boolean(),
  }),
  record({
    kind: z.literal('ended'),
    /** `interrupted`: the editor was closed meanwhile; `broke`: a defect. */
    end: z.enum(['complete', 'stopped', 'held', 'cancelled', 'interrupted', 'broke']),
  }),
]);

const ChoiceView = record({
  /** Id of the target that runs alone and first; null for none. */
  canary: z.nullable(z.string()),
  /** How many run at the same time. */
  limit: z.int(),
});

export const RolloutView = record({
  /** Names this rollout to the host. */
  key: z.string(),
  group: z.nullable(z.string()),
  framework: z.string(),
  /** Relative to the workspace. */
  folder: z.string(),
  targets: list(TargetView),
  choice: ChoiceView,
  phase: Phase,
});

const Snapshot = record({view: RolloutView, now: z.number()});

const RolloutChange = z.discriminatedUnion('kind', [
  record({
    kind: z.literal('target'),
    id: z.string(),
    state: TargetState,
    planned: z.exactOptional(PlannedView),
  }),
  record({kind: z.literal('phase'), phase: Phase}),
  record({kind: z.literal('choice'), choice: ChoiceView}),
  /** These targets are no longer among them. */
  record({kind: z.literal('left-out'), ids: list(z.string())}),
]);

const OneTarget = record({id: z.string()});

/** The panel of a rollout: a table of targets, its confirmation, the run, and what came of it. */
export const rolloutContract = {
  requests: {
    ready: {params: nothing, result: Snapshot},
    choose: {params: ChoiceView, result: nothing},
    /** `typed` is what the user typed where an environment asks for it. */
    start: {
      params: record({typed: z.nullable(z.string())}),
      result: z.enum(['started', 'not-ready', 'name-differs']),
    },
    /** The answer after the canary. */
    goOn: {params: record({yes: z.boolean()}), result: nothing},
    /** The first time no further one is started, the second time those that run are cancelled. */
    stop: {params: nothing, result: nothing},
    /** Plans anew all that is not done. */
    again: {params: nothing, result: nothing},
    /** Takes the targets away that could not be planned. */
    leaveOut: {params: nothing, result: nothing},
    /** Opens the file that failed, at its place. */
    open: {params: OneTarget, result: nothing},
    showSql: {params: OneTarget, result: nothing},
    repair: {params: OneTarget, result: nothing},
    copy: {params: record({content: z.string()}), result: nothing},
    close: {params: nothing, result: nothing},
  },
  events: {
    /** Several at once when they come fast, in order. */
    changed: list(RolloutChange),
  },
} as const;

export type RolloutContract = typeof rolloutContract;
export type RolloutView = z.output<typeof RolloutView>;
export type RolloutChange = z.output<typeof RolloutChange>;
export type RolloutPhase = RolloutView['phase'];
export type RolloutChoice = RolloutView['choice'];
export type TargetView = z.output<typeof TargetView>;
export type TargetViewState = TargetView['state'];
export type PlannedView = z.output<typeof PlannedView>;
