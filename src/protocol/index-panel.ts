import * as z from 'zod/mini';
import {HealthFinding} from '../core/health/finding.ts';
import {ForeignKeyRow, IndexedTable, IndexRow} from '../core/health/parts/indexes.ts';
import {amount, duration, flag, list, maybe, moment, record, text} from '../core/health/shape.ts';
import {nothing} from './channel.ts';
import {ConnectionView, Cost, HealthFailure, MaintenanceView, Notice, Unseen} from './health-model.ts';

export const IndexPhase = z.discriminatedUnion('kind', [
  record({kind: z.literal('reading'), startedAt: moment}),
  record({
    kind: z.literal('read'),
    at: moment,
    cost: Cost,
    indexes: amount,
    tables: amount,
    /** False while exact sizes are on their way; they come as another generation. */
    exact: flag,
  }),
  record({kind: z.literal('failed'), failure: HealthFailure}),
  record({kind: z.literal('cancelled')}),
]);

/** What the rows of the generation come from. */
const IndexFacts = record({
  at: moment,
  cost: Cost,
  indexes: amount,
  tables: amount,
  /** Of all indexes of tables. */
  bytes: amount,
  exact: flag,
});

/** Scans of each index that changed since the sample before: `[oid, scans, tuplesRead]`. */
export const IndexSample = record({
  at: moment,
  generation: amount,
  scans: list(z.readonly(z.tuple([amount, amount, amount]))),
});
export type IndexSample = z.infer<typeof IndexSample>;

/** A table, and maybe one index of it, whose rows the page is to show instead of what it shows. */
export const WantedRows = record({table: amount, index: maybe(amount), leastUsedFirst: flag});
export type WantedRows = z.infer<typeof WantedRows>;

/** Everything but the rows, which are fetched in pages. */
const indexView = {
  connection: ConnectionView,
  phase: IndexPhase,
  /** The reading whose rows can be asked for, while the next one is under way or failed; absent before the first. */
  last: maybe(IndexFacts),
  /** Counts up with each reading; rows of another generation are stale. */
  generation: amount,
  /** About indexes, tables and foreign keys; the same actions as in the health panel. */
  findings: list(HealthFinding),
  unseen: list(Unseen),
  /** When the counters began, and who else has counters, in words; empty for nothing to say. */
  notes: list(text),
  /** When the counters began, where that is known. */
  since: maybe(moment),
  /** Titles of the checks that found something. */
  titles: maybe(list(record({id: text, title: text}))),
  /** The connection is gone while samples are taken; it is tried again at `retryAt`. */
  lost: z.nullable(record({failure: HealthFailure, retryAt: moment, attempts: amount})),
  standby: flag,
  version: text,
  maintenance: list(MaintenanceView),
  notice: z.nullable(Notice),
  /** Samples are taken by themselves every `interval` ms; 0 is off. */
  sampling: duration,
  /** Until the page says that they are shown. */
  wanted: z.nullable(WantedRows),
};
export const IndexView = record(indexView);
export type IndexView = z.infer<typeof IndexView>;

export const indexContract = {
  requests: {
    /** The samples that were taken until now, oldest first. */
    ready: {params: nothing, result: record({view: IndexView, now: moment, samples: list(IndexSample)})},
    /** Null when the generation is gone. Tables and foreign keys come with the first page. */
    rows: {
      params: record({generation: amount, offset: amount}),
      result: z.nullable(
        record({
          items: list(IndexRow),
          tables: list(IndexedTable),
          foreignKeys: list(ForeignKeyRow),
          next: z.nullable(amount),
        }),
      ),
    },
    /** The whole definition as of pg_get_indexdef, and what is at stake when it is dropped, in words. */
    definition: {
      params: record({generation: amount, oid: amount}),
      result: z.nullable(record({definition: text, serves: list(text)})),
    },
    refresh: {params: nothing, result: nothing},
    cancel: {params: nothing, result: nothing},
    setSampling: {params: record({milliseconds: duration}), result: nothing},
    act: {params: record({generation: amount, finding: amount, action: amount}), result: nothing},
    /** Several findings of one check at once: their migrations, or else their rebuilds. */
    actOnAll: {params: record({generation: amount, findings: list(amount)}), result: nothing},
    /** From a row: a migration that drops it, or a rebuild. */
    drop: {params: record({generation: amount, oid: amount}), result: nothing},
    reindex: {params: record({generation: amount, oid: amount}), result: nothing},
    /** Reads the whole index with pgstattuple, and says how much of it is bloat. */
    measure: {params: record({generation: amount, oid: amount}), result: nothing},
    cancelMaintenance: {params: record({id: text}), result: nothing},
    dismissMaintenance: {params: record({id: text}), result: nothing},
    reveal: {params: record({generation: amount, oid: amount}), result: nothing},
    /** What was wanted is shown; from now on the filter is the user's. */
    shown: {params: nothing, result: nothing},
    openCheck: {params: record({check: text}), result: nothing},
    copy: {params: record({content: text}), result: nothing},
    /** The list as it is shown, as CSV or Markdown. */
    save: {params: record({format: z.enum(['csv', 'markdown']), content: text}), result: nothing},
  },
  events: {
    /** All but what is absent changed. */
    changed: record({view: z.partial(z.object(indexView)), now: moment}),
    sampled: IndexSample,
  },
} as const;
export type IndexContract = typeof indexContract;
