import * as z from 'zod/mini';
import {nothing} from './channel.ts';

/** Version of the view's shape: a page that was saved by another one is not restored. */
export const runViewVersion = 1;

const record = <S extends z.core.$ZodLooseShape>(shape: S) => z.readonly(z.object(shape));
const list = <S extends z.ZodMiniType>(item: S) => z.readonly(z.array(item));
const milliseconds = z.number();
/** Milliseconds since 1970 by the host's clock, which may differ from the page's. */
const moment = z.number();

const WarningKind = z.enum([
  'missing-file',
  'empty-file',
  'splits-inside-quotes',
  'concurrently-with-others',
  'concurrently-in-transaction',
  'several-sections',
]);

const StepView = record({
  label: z.string(),
  title: z.string(),
  direction: z.enum(['up', 'down']),
  /** The file's name without its folder; absent where only the version moves. */
  file: z.exactOptional(z.string()),
  bytes: z.exactOptional(z.number()),
  warnings: list(WarningKind),
});

/** A migration that the framework will pass over. */
const SkippedView = record({label: z.string(), title: z.string(), hasFile: z.boolean()});

const PlanView = record({
  direction: z.enum(['up', 'down']),
  connection: record({
    name: z.string(),
    environment: z.enum(['development', 'staging', 'production']),
    readOnly: z.boolean(),
    /** Such as `app@db.example.com:5432/shop`; never a password. */
    address: z.string(),
  }),
  framework: z.string(),
  /** Relative to the workspace. */
  folder: z.string(),
  /** The version's label, or null for a database without any migration. */
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
  steps: list(StepView),
  skipped: list(SkippedView),
  /** 0 leaves the server's own setting; absent for what is no server. */
  timeouts: z.exactOptional(record({lock: milliseconds, statement: milliseconds})),
  /** What the host can do for this plan: a restored page can only be read. */
  can: record({act: z.boolean(), again: z.boolean()}),
});

const HolderView = record({
  pid: z.number(),
  user: z.exactOptional(z.string()),
  application: z.exactOptional(z.string()),
  address: z.exactOptional(z.string()),
  ageSeconds: z.exactOptional(z.number()),
});

export const FailureView = record({
  reason: z.string(),
  message: z.string(),
  advice: z.exactOptional(z.string()),
  /** The setting that helps. */
  setting: z.exactOptional(z.string()),
  server: z.exactOptional(
    record({
      sqlState: z.string(),
      severity: z.string(),
      message: z.string(),
      detail: z.exactOptional(z.string()),
      hint: z.exactOptional(z.string()),
      where: z.exactOptional(z.string()),
    }),
  ),
});

const ReportView = record({
  milliseconds,
  /** Milliseconds of each step that was done, in the plan's order. */
  done: list(milliseconds),
  stopped: z.exactOptional(
    record({
      step: z.int(),
      failure: FailureView,
      /** 1-based, as people count lines. */
      at: z.exactOptional(record({file: z.string(), line: z.int(), column: z.int()})),
    }),
  ),
  /** `failed` is the framework's own failure mark; `unknown` means that nobody could ask. */
  state: z.enum(['clean', 'failed', 'unknown']),
  words: z.string(),
});

const Phase = z.discriminatedUnion('kind', [
  record({kind: z.literal('planned')}),
  record({
    kind: z.literal('running'),
    startedAt: moment,
    done: list(milliseconds),
    current: z.exactOptional(record({step: z.int(), startedAt: moment})),
    waiting: z.exactOptional(record({since: moment, holder: z.exactOptional(HolderView)})),
    cancelling: z.boolean(),
  }),
  record({kind: z.literal('ended'), report: ReportView}),
  /** Nothing was begun. */
  record({kind: z.literal('refused'), failure: FailureView}),
  /** The host no longer knows: it was restarted, or broke. */
  record({kind: z.literal('lost'), why: z.enum(['plan-gone', 'run-gone', 'broke', 'nothing-kept'])}),
]);

/** How the files of the plan fared in a rehearsal, which runs beside the user's own look at the plan. */
const RehearsedView = z.discriminatedUnion('kind', [
  /** `doing` is a sentence. */
  record({kind: z.literal('running'), doing: z.string()}),
  record({
    kind: z.literal('passes'),
    statements: z.int(),
    /** The strongest lock in a sentence, and whether it is one to think about. */
    lock: z.string(),
    blocks: z.boolean(),
    /** Sentences on undo and data loss. */
    warnings: list(z.string()),
  }),
  record({
    kind: z.literal('fails'),
    step: z.int(),
    message: z.string(),
    /** 1-based, as people count lines. */
    at: z.exactOptional(record({file: z.string(), line: z.int()})),
  }),
  record({kind: z.literal('unknown'), why: z.string()}),
]);

const NoticeView = record({step: z.exactOptional(z.int()), text: z.string()});

export const RunView = record({
  version: z.literal(runViewVersion),
  plan: z.nullable(PlanView),
  phase: Phase,
  /** Absent where nothing is rehearsed before. */
  rehearsed: z.exactOptional(RehearsedView),
  notices: list(NoticeView),
  /** How many more notices came than are kept. */
  noticesDropped: z.int(),
});

const RunChange = z.discriminatedUnion('kind', [
  record({kind: z.literal('rehearsed'), rehearsed: RehearsedView}),
  record({kind: z.literal('run-started'), at: moment}),
  record({kind: z.literal('waiting'), at: moment, holder: z.exactOptional(HolderView)}),
  record({kind: z.literal('step-started'), at: moment, step: z.int()}),
  record({kind: z.literal('step-finished'), milliseconds}),
  record({kind: z.literal('notice'), text: z.string()}),
  record({kind: z.literal('cancelling')}),
  record({kind: z.literal('ended'), report: ReportView}),
  record({kind: z.literal('refused'), failure: FailureView}),
  record({kind: z.literal('broke')}),
]);

/** The view, and the host's clock at the time of sending. */
const Snapshot = record({view: RunView, now: moment});

const OpenTarget = z.discriminatedUnion('kind', [
  record({kind: z.literal('step'), step: z.int()}),
  record({kind: z.literal('skipped'), index: z.int()}),
  /** Where the run stopped. */
  record({kind: z.literal('stopped')}),
]);

const SqlText = z.discriminatedUnion('kind', [
  /** `hiddenLines` lines follow that are not sent. */
  record({kind: z.literal('text'), text: z.string(), hiddenLines: z.int()}),
  record({kind: z.literal('failure'), failure: FailureView}),
]);

/** The run panel: a plan, its confirmation, the run, and what came of it. The page never names a path. */
export const runContract = {
  requests: {
    ready: {params: nothing, result: Snapshot},
    /** `typedName` is what the user typed where the environment asks for the connection's name. */
    run: {
      params: record({typedName: z.nullable(z.string())}),
      result: z.enum(['started', 'already-started', 'name-differs']),
    },
    cancel: {params: nothing, result: nothing},
    sql: {params: record({step: z.int()}), result: SqlText},
    showAllSql: {params: nothing, result: nothing},
    /** The whole report of the rehearsal. */
    showRehearsal: {params: nothing, result: nothing},
    open: {params: OpenTarget, result: nothing},
    repair: {params: nothing, result: nothing},
    /** The one that the failure names because of which nothing was begun. */
    openSetting: {params: nothing, result: nothing},
    again: {params: nothing, result: nothing},
    close: {params: nothing, result: nothing},
  },
  events: {
    /** A new plan in the same panel. */
    replaced: Snapshot,
    /** In order; several at once when they come fast. */
    changed: list(RunChange),
  },
} as const;

export type RunContract = typeof runContract;
export type RunView = z.output<typeof RunView>;
export type RunChange = z.output<typeof RunChange>;
export type RehearsedView = z.output<typeof RehearsedView>;
export type RunPhase = RunView['phase'];
export type PlanView = z.output<typeof PlanView>;
export type StepView = z.output<typeof StepView>;
export type StepWarning = z.output<typeof WarningKind>;
export type HolderView = z.output<typeof HolderView>;
export type FailureView = z.output<typeof FailureView>;
export type ReportView = z.output<typeof ReportView>;
export type SqlText = z.output<typeof SqlText>;
export type OpenTarget = z.output<typeof OpenTarget>;
