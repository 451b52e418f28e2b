import * as z from 'zod/mini';
import {HealthFinding} from '../core/health/finding.ts';
import {Grade} from '../core/health/grade.ts';
import {Reading} from '../core/health/parts.ts';
import {Sample} from '../core/health/series.ts';
import {amount, duration, flag, list, maybe, moment, record, text} from '../core/health/shape.ts';
import {nothing} from './channel.ts';
import {ConnectionView, Cost, HealthFailure, MaintenanceView, Notice, Unseen} from './health-model.ts';

/** Whether what is shown is still true. */
export const Watching = z.discriminatedUnion('kind', [
  record({kind: z.literal('connecting'), since: moment}),
  /** Reads by itself; `next` is when. */
  record({kind: z.literal('live')}),
  record({kind: z.literal('paused'), since: moment}),
  /** The connection is gone; it is tried again at `retryAt`, by the host's clock. */
  record({kind: z.literal('lost'), since: moment, failure: HealthFailure, retryAt: moment, attempts: amount}),
]);
export type Watching = z.infer<typeof Watching>;

/** Something that happened while the panel watched, newest last: a restart, a reset of statistics, a failover. */
export const WatchEvent = record({at: moment, text});

const Costs = record({live: maybe(Cost), whole: maybe(Cost)});

const StatementsBefore = maybe(
  record({at: moment, rows: list(record({id: text, calls: amount, totalMs: duration}))}),
);

const Titles = maybe(list(record({id: text, title: text})));

/** What a change replaces as a whole. */
const replaced = {
  connection: ConnectionView,
  watching: Watching,
  /** ms between two looks. */
  interval: duration,
  /** The first ones, where there are very many. */
  findings: list(HealthFinding),
  /** How many more there are. */
  findingsLeftOut: maybe(amount),
  grades: list(Grade),
  /** Checks that could not look, with the reason. */
  unseen: list(Unseen),
  events: list(WatchEvent),
  /** Of the last live look, and of the last one at everything. */
  cost: Costs,
  /** Everything was looked at; null while the first look is on its way. By the host's clock. */
  wholeAt: z.nullable(moment),
  /** The slow parts are being read now. */
  looking: flag,
  /** Names this state of `findings` in requests about one. */
  generation: amount,
  maintenance: list(MaintenanceView),
  notice: z.nullable(Notice),
  /** What the statements' trend is compared with: when that look was. */
  statementsBefore: StatementsBefore,
  /** Titles of the checks that found something. */
  titles: Titles,
};

export const HealthView = record({
  ...replaced,
  /** What was read last of each part; a page gets `indexes` without its rows, which are the index panel's. */
  reading: Reading,
  /** Oldest first, at most 720. */
  samples: list(Sample),
});
export type HealthView = z.infer<typeof HealthView>;

const Backend = record({pid: amount, startedAt: maybe(moment)});

export const healthContract = {
  requests: {
    ready: {params: nothing, result: record({view: HealthView, now: moment})},
    /** Looks at everything now. */
    refresh: {params: nothing, result: nothing},
    pause: {params: record({paused: flag}), result: nothing},
    setInterval: {params: record({milliseconds: duration}), result: nothing},
    retry: {params: nothing, result: nothing},
    /** Asks the user, cancels the session's query, and looks whether it is gone. The start tells sessions with one pid apart. */
    cancelBackend: {params: Backend, result: nothing},
    /** Asks the user, ends the session, and looks whether it is gone. */
    terminateBackend: {params: Backend, result: nothing},
    /** Does what a finding offers; `action` is its index. */
    act: {params: record({generation: amount, finding: amount, action: amount}), result: nothing},
    /** VACUUM, ANALYZE and their like from a row of a list. */
    maintain: {
      params: record({
        command: z.enum(['vacuum', 'vacuum-freeze', 'analyze', 'reindex-table']),
        schema: text,
        name: text,
      }),
      result: nothing,
    },
    cancelMaintenance: {params: record({id: text}), result: nothing},
    dismissMaintenance: {params: record({id: text}), result: nothing},
    /** Explains a statement of pg_stat_statements. */
    explain: {params: record({statement: text}), result: nothing},
    /** Opens a query in an editor, as text. */
    openQuery: {params: record({pid: maybe(amount), statement: maybe(text)}), result: nothing},
    /** Shows a table, an index or a sequence in the tree. */
    reveal: {
      params: record({schema: text, name: text, kind: z.enum(['relation', 'index'])}),
      result: nothing,
    },
    openIndexes: {params: nothing, result: nothing},
    /** The page about a check. */
    openCheck: {params: record({check: text}), result: nothing},
    report: {
      params: record({
        format: z.enum(['markdown', 'html', 'json']),
        to: z.enum(['editor', 'file', 'clipboard']),
      }),
      result: nothing,
    },
    /** Starts creating pg_stat_statements: a migration, or the setting that has to be made first. */
    enableStatements: {params: nothing, result: nothing},
    copy: {params: record({content: text}), result: nothing},
  },
  events: {
    /** All but what is absent changed. A part of `reading` replaces that part. */
    changed: record({
      view: z.partial(z.object(replaced)),
      reading: Reading,
      /** To append. */
      samples: list(Sample),
      now: moment,
    }),
    /** Leads to a part of the page: a session, or the findings of a check. */
    show: z.discriminatedUnion('kind', [
      record({kind: z.literal('session'), pid: amount}),
      record({kind: z.literal('check'), check: text}),
    ]),
  },
} as const;
export type HealthContract = typeof healthContract;
