import * as z from 'zod/mini';
import {environments} from '../core/connections/connection.ts';
import {severities} from '../core/schema/comparison.ts';
import {nothing} from './channel.ts';

const text = z.string();
const record = <S extends z.core.$ZodLooseShape>(shape: S) => z.readonly(z.object(shape));
const list = <S extends z.ZodMiniType>(item: S) => z.readonly(z.array(item));
/** Milliseconds since 1970 by the host's clock, which may differ from the page's. */
const moment = z.number();

const Severity = z.enum(severities);

const Counts = record({error: z.int(), warning: z.int(), information: z.int()});

const TargetView = record({
  name: text,
  environment: z.enum(environments),
  /** Such as `app@db.example.com:5432/shop`; never a password. */
  address: text,
});

const ExpectedView = z.discriminatedUnion('kind', [
  record({
    kind: z.literal('history'),
    framework: text,
    /** Relative to the workspace. */
    folder: text,
    /** `applied`: those that have run on the target. */
    upTo: z.enum(['applied', 'all']),
    /** Null until they were counted. */
    migrations: z.nullable(z.int()),
  }),
  record({kind: z.literal('file'), file: text}),
  record({kind: z.literal('connection'), connection: TargetView}),
]);

export const FailureWords = record({
  message: text,
  advice: z.nullable(text),
  detail: z.nullable(text),
  hint: z.nullable(text),
  sqlState: z.nullable(text),
  /** The place in a file that is to blame, 1-based. */
  at: z.nullable(record({file: text, line: z.int()})),
  /** A scratch database on the user's own server would help. */
  scratch: z.boolean(),
});

const Step = z.enum([
  'connecting',
  'reading-live',
  'waiting-for-stage',
  'replaying',
  'running-file',
  'reading-expected',
  'comparing',
]);

export const SchemaPhase = z.discriminatedUnion('kind', [
  record({
    kind: z.literal('running'),
    startedAt: moment,
    step: Step,
    /** Files that were replayed, where that is the step. */
    done: z.exactOptional(z.int()),
    of: z.exactOptional(z.int()),
    cancelling: z.boolean(),
  }),
  record({
    kind: z.literal('compared'),
    /** Names this comparison in every request about it. */
    id: text,
    at: moment,
    milliseconds: z.number(),
    /** Differences by severity. */
    counts: Counts,
    /** Objects that differ, a table with all of its parts as one. */
    objects: z.int(),
    /** Objects that took part. */
    compared: z.int(),
    tables: z.int(),
    ignored: z.int(),
    gaps: z.int(),
    /** `server_version` of each side. */
    versions: record({expected: text, live: text}),
    /** Where the expected side came to be. */
    stage: z.enum(['embedded', 'scratch', 'server']),
    /** Sentences the user should know. */
    notes: list(text),
  }),
  record({kind: z.literal('failed'), failure: FailureWords}),
  record({kind: z.literal('cancelled')}),
  /** A restored page whose comparison is gone; `before` is what it was. */
  record({
    kind: z.literal('lost'),
    before: z.nullable(record({counts: Counts, objects: z.int(), at: moment})),
  }),
]);

/** What came of an action, until the next one. */
const NoticeView = record({
  tone: z.enum(['busy', 'good', 'warning', 'bad']),
  text,
  /** More sentences below it. */
  more: list(text),
});

export const SchemaView = record({
  /** What the host finds the subject again by, after a restart. */
  key: text,
  target: TargetView,
  expected: ExpectedView,
  phase: SchemaPhase,
  notice: z.nullable(NoticeView),
});

const BlameView = record({
  kind: z.enum(['no-migration', 'edited-after-apply', 'pending', 'by-hand', 'unknown']),
  /** The migration's label and title. */
  migration: z.nullable(text),
});

const DifferenceView = record({
  index: z.int(),
  /** Of the object that differs, which may be a part of the group's. */
  key: text,
  kind: text,
  what: z.enum(['missing', 'extra', 'changed']),
  severity: Severity,
  words: text,
  attribute: z.nullable(text),
  /** Null for PostgreSQL's default; of a changed attribute only. */
  expected: z.nullable(text),
  live: z.nullable(text),
  blame: BlameView,
  /** Where the files declare it, 1-based. */
  place: z.nullable(record({file: text, line: z.int()})),
  /** Whether the tree can show it. */
  inTree: z.boolean(),
});

/** An object with the differences of its own and of its parts. */
const ObjectView = record({
  key: text,
  kind: text,
  /** Qualified, quoted where needed. */
  name: text,
  /** Estimated rows of a table; null where the server has no figure. */
  rows: z.nullable(z.number()),
  differences: list(DifferenceView),
});

const IgnoredView = record({
  /** The first of the differences that the rule covers. */
  words: text,
  count: z.int(),
  rule: text,
  reason: z.nullable(text),
  /** Built in, or one of the user's settings, which can be taken back. */
  restorable: z.boolean(),
});

const TableView = record({
  name: text,
  rows: z.nullable(z.number()),
  differences: z.int(),
});

const pageOf = <S extends z.ZodMiniType>(item: S) => ({
  params: record({id: text, offset: z.int()}),
  /** Null when the comparison is not there any more; `next` is null at the end. */
  result: z.nullable(record({items: list(item), next: z.nullable(z.int())})),
});

/** The schema panel. What was found travels in pages, so that neither side is held up. The page never names a path. */
export const schemaContract = {
  requests: {
    ready: {params: nothing, result: record({view: SchemaView, now: moment})},
    objects: pageOf(ObjectView),
    tables: pageOf(TableView),
    ignored: pageOf(IgnoredView),
    gaps: pageOf(text),
    /** The full SQL of an object on both sides; null where it is not there. */
    definitions: {
      params: record({id: text, key: text}),
      result: z.nullable(record({expected: z.nullable(text), live: z.nullable(text)})),
    },
    cancel: {params: nothing, result: nothing},
    again: {params: nothing, result: nothing},
    /** Asks for another expected side. */
    choose: {params: nothing, result: nothing},
    /** Where the embedded server cannot serve: replays on the user's own. */
    useScratch: {params: nothing, result: nothing},
    openFailure: {params: nothing, result: nothing},
    /**
     * Writes a migration. `change-live` leads the database to what is expected, `describe-live` the files to what the
     * database has; `script` shows the SQL of the first instead. All differences when `differences` is null.
     */
    write: {
      params: record({
        id: text,
        how: z.enum(['change-live', 'describe-live', 'script']),
        differences: z.nullable(list(z.int())),
      }),
      result: nothing,
    },
    /** Asks how far, and why. */
    ignore: {params: record({id: text, difference: z.int()}), result: nothing},
    restoreIgnored: {params: record({id: text, index: z.int()}), result: nothing},
    goTo: {params: record({id: text, difference: z.int()}), result: nothing},
    reveal: {params: record({id: text, difference: z.int()}), result: record({found: z.boolean()})},
    report: {
      params: record({id: text, format: z.enum(['markdown', 'json']), to: z.enum(['file', 'clipboard'])}),
      result: nothing,
    },
    copy: {params: record({content: text}), result: nothing},
  },
  events: {
    changed: record({view: SchemaView, now: moment}),
  },
} as const;

export type SchemaContract = typeof schemaContract;
export type SchemaView = z.output<typeof SchemaView>;
export type SchemaPhase = z.output<typeof SchemaPhase>;
export type ComparedPhase = Extract<SchemaPhase, {kind: 'compared'}>;
export type ExpectedView = z.output<typeof ExpectedView>;
export type TargetView = z.output<typeof TargetView>;
export type SchemaFailure = z.output<typeof FailureWords>;
export type NoticeView = z.output<typeof NoticeView>;
export type BlameView = z.output<typeof BlameView>;
export type DifferenceView = z.output<typeof DifferenceView>;
export type SchemaObjectView = z.output<typeof ObjectView>;
export type IgnoredView = z.output<typeof IgnoredView>;
export type SchemaTableView = z.output<typeof TableView>;
