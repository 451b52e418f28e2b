import * as z from 'zod/mini';
import {lockModes} from '../core/rehearse/locks.ts';
import {environments} from '../core/connections/connection.ts';
import {FailureView} from './run-panel.ts';

/** Version of the view's shape: a page that was saved by another one is not restored. */
export const rehearsalViewVersion = 1;

const record = <S extends z.core.$ZodLooseShape>(shape: S) => z.readonly(z.object(shape));
const list = <S extends z.ZodMiniType>(item: S) => z.readonly(z.array(item));
const text = z.string();
const milliseconds = z.number();

/** In one of a migration's two files. Lines and columns are 1-based, as people count; columns are UTF-16 units. */
export const PlaceView = record({
  file: z.enum(['up', 'down']),
  line: z.int(),
  column: z.int(),
  toLine: z.int(),
  toColumn: z.int(),
});

/** The lines around a place, and what to point at in one of them. */
const SourceView = record({
  /** Number of the first of `lines`. */
  first: z.int(),
  lines: list(text),
  /** Number of the line that is pointed at, and UTF-16 units in it. */
  line: z.int(),
  start: z.int(),
  length: z.int(),
});

const LockView = record({
  relation: text,
  kind: z.enum(['table', 'index', 'sequence', 'view', 'other']),
  mode: z.enum(lockModes),
  isNew: z.boolean(),
  facts: z.exactOptional(
    record({
      bytes: z.number(),
      rows: z.exactOptional(z.number()),
      writesPerSecond: z.exactOptional(z.number()),
    }),
  ),
});

const StatementView = record({
  at: PlaceView,
  /** Its beginning, on one line. */
  text,
  command: text,
  milliseconds,
  locks: list(LockView),
  rewrites: list(text),
  scans: list(text),
  rows: list(record({relation: text, inserted: z.number(), updated: z.number(), deleted: z.number()})),
  transaction: z.enum(['block', 'alone', 'control']),
  howLocksAreKnown: z.enum(['observed', 'documented']),
  words: list(text),
});

const ChangeView = record({
  /** Such as `column public.orders.note`. */
  object: text,
  change: z.enum(['added', 'removed', 'changed']),
  before: z.exactOptional(text),
  after: z.exactOptional(text),
  attributes: list(record({name: text, before: z.nullable(text), after: z.nullable(text)})),
});

const UndoView = z.discriminatedUnion('kind', [
  record({kind: z.literal('undone')}),
  record({
    kind: z.literal('differs'),
    differences: list(
      record({
        phase: z.enum(['down', 'up-again']),
        words: text,
        at: z.exactOptional(PlaceView),
        /** It hardly ever matters. */
        grade: z.exactOptional(z.literal('low')),
      }),
    ),
  }),
  record({
    kind: z.literal('fails'),
    phase: z.enum(['down', 'up-again']),
    failure: FailureView,
    at: z.exactOptional(PlaceView),
    source: z.exactOptional(SourceView),
  }),
  record({kind: z.literal('no-down')}),
  record({kind: z.literal('not-tried'), why: text}),
]);

const LossView = record({
  direction: z.enum(['up', 'down']),
  grade: z.enum(['existing', 'since']),
  what: text,
  at: z.exactOptional(PlaceView),
  rows: z.exactOptional(z.number()),
});

const CheckView = record({
  what: text,
  at: z.exactOptional(PlaceView),
  result: z.discriminatedUnion('kind', [
    record({kind: z.literal('passes')}),
    record({kind: z.literal('offends'), rows: z.number(), example: z.exactOptional(text)}),
    record({kind: z.literal('unknown'), failure: FailureView}),
  ]),
});

const LiveDataView = z.discriminatedUnion('kind', [
  record({kind: z.literal('asking')}),
  /** `connection` is where it was asked. */
  record({kind: z.literal('checked'), connection: text, checks: list(CheckView)}),
  record({kind: z.literal('failed'), failure: FailureView}),
]);

export const StepView = record({
  /** The migration's. */
  id: text,
  label: text,
  title: text,
  /** Names of the files without their folder; absent where the direction has none. */
  up: z.exactOptional(text),
  down: z.exactOptional(text),
  state: z.enum(['waiting', 'running', 'passes', 'fails', 'not-run']),
  milliseconds,
  failure: z.exactOptional(
    record({failure: FailureView, at: z.exactOptional(PlaceView), source: z.exactOptional(SourceView)}),
  ),
  statements: list(StatementView),
  /** How many more statements there were than are kept over a restart of the editor. */
  statementsDropped: z.int(),
  changes: list(ChangeView),
  /** Absent until it was tried. */
  undo: z.exactOptional(UndoView),
  dataLoss: list(LossView),
  /** Absent until it was asked for. */
  liveData: z.exactOptional(LiveDataView),
});

const StopView = record({
  label: text,
  title: text,
  cause: z.enum(['extension', 'version', 'language', 'backend-lost', 'cancelled', 'sql']),
  failure: FailureView,
  /** 1-based. */
  at: z.exactOptional(record({file: text, line: z.int(), column: z.int()})),
  source: z.exactOptional(SourceView),
});

/** What is going on. */
export const DoingView = z.discriminatedUnion('kind', [
  /** The server is being started, or somebody else has it. */
  record({kind: z.literal('starting')}),
  record({kind: z.literal('history'), done: z.int(), of: z.int()}),
  record({kind: z.literal('step'), step: z.int(), part: z.enum(['up', 'down', 'up-again', 'compare'])}),
]);

/** A statement that is not tried on a server, because ROLLBACK would not take it back. */
const RefusalView = record({
  step: z.int(),
  why: text,
  at: z.exactOptional(PlaceView),
  source: z.exactOptional(SourceView),
});

const Phase = z.discriminatedUnion('kind', [
  record({
    kind: z.literal('running'),
    /** Milliseconds since 1970 by the host's clock. */
    startedAt: z.number(),
    doing: DoingView,
    cancelling: z.boolean(),
  }),
  record({kind: z.literal('ended'), milliseconds}),
  record({kind: z.literal('cancelled'), milliseconds}),
  /** There is no report. */
  record({kind: z.literal('failed'), failure: FailureView}),
  /** The history before the rehearsed files does not run. */
  record({kind: z.literal('stopped'), stop: StopView}),
  /** Nothing was begun. */
  record({kind: z.literal('refused'), refused: list(RefusalView)}),
  /** The editor was restarted meanwhile. */
  record({kind: z.literal('lost')}),
]);

const AboutView = record({
  /** `server`: between BEGIN and ROLLBACK on the user's own server. */
  where: z.enum(['embedded', 'scratch', 'server']),
  /** `server_version` of where it ran, once that is known. */
  version: z.nullable(text),
  /** The target, whose figures are in the report. */
  connection: z.nullable(record({name: text, environment: z.enum(environments)})),
  framework: text,
  /** Relative to the workspace. */
  folder: text,
  /** For rehearsing the same again, also after a restart of the editor. */
  subject: record({project: text, migrations: list(text), connection: z.nullable(text)}),
});

export const RehearsalView = record({
  version: z.literal(rehearsalViewVersion),
  about: AboutView,
  phase: Phase,
  steps: list(StepView),
  /** How the history was got, once it was. */
  replay: z.nullable(record({milliseconds, files: z.int()})),
  notes: list(text),
});

export const RehearsalChange = z.discriminatedUnion('kind', [
  record({kind: z.literal('doing'), doing: DoingView}),
  record({kind: z.literal('statement'), step: z.int(), statement: StatementView}),
  record({kind: z.literal('step'), step: z.int(), view: StepView}),
  record({kind: z.literal('live-data'), step: z.int(), liveData: LiveDataView}),
  record({kind: z.literal('cancelling')}),
  /** The whole report takes the place of what came in pieces. */
  record({
    kind: z.literal('ended'),
    steps: list(StepView),
    version: text,
    connection: z.nullable(record({name: text, environment: z.enum(environments)})),
    replay: record({milliseconds, files: z.int()}),
    notes: list(text),
    milliseconds,
  }),
  record({kind: z.literal('cancelled'), milliseconds}),
  record({kind: z.literal('failed'), failure: FailureView}),
  record({kind: z.literal('stopped'), stop: StopView}),
  record({kind: z.literal('refused'), refused: list(RefusalView)}),
]);

export type RehearsalView = z.output<typeof RehearsalView>;
export type RehearsalChange = z.output<typeof RehearsalChange>;
export type RehearsalPhase = RehearsalView['phase'];
export type RehearsalAbout = RehearsalView['about'];
export type StepView = z.output<typeof StepView>;
export type StatementView = z.output<typeof StatementView>;
export type LockView = z.output<typeof LockView>;
export type ChangeView = z.output<typeof ChangeView>;
export type UndoView = z.output<typeof UndoView>;
export type LossView = z.output<typeof LossView>;
export type LiveDataView = z.output<typeof LiveDataView>;
export type CheckView = z.output<typeof CheckView>;
export type PlaceView = z.output<typeof PlaceView>;
export type SourceView = z.output<typeof SourceView>;
export type RefusalView = z.output<typeof RefusalView>;
export type StopView = z.output<typeof StopView>;
export type DoingView = z.output<typeof DoingView>;
