import * as z from 'zod/mini';
import {amount, flag, list, maybe, moment, oid, record, text} from '../shape.ts';
import {Bloat} from './indexes.ts';

export const TableRow = record({
  oid,
  schema: text,
  name: text,
  kind: z.enum(['table', 'materialized-view', 'toast']),
  /** The partitioned table that it is a partition of, qualified and quoted where needed. */
  parent: maybe(text),
  /** The table that a TOAST table belongs to. */
  main: maybe(record({schema: text, name: text})),
  /** With indexes and TOAST. */
  bytes: amount,
  heapBytes: amount,
  indexBytes: amount,
  toastBytes: amount,
  /** The sizes are those of the last VACUUM: somebody had the table for himself alone, or there are very many. */
  estimated: maybe(flag),
  /** Rows as of the last VACUUM or ANALYZE. */
  rows: maybe(amount),
  live: amount,
  dead: amount,
  modifiedSinceAnalyze: amount,
  insertedSinceVacuum: amount,
  lastVacuum: maybe(moment),
  lastAutovacuum: maybe(moment),
  lastAnalyze: maybe(moment),
  lastAutoanalyze: maybe(moment),
  seqScans: amount,
  seqRows: amount,
  indexScans: amount,
  inserted: amount,
  updated: amount,
  hotUpdated: amount,
  /** Of `updated`: those whose new version went to another page. From PostgreSQL 16. */
  newPageUpdated: maybe(amount),
  deleted: amount,
  /** `age(relfrozenxid)` and `mxid_age(relminmxid)`. */
  frozenAge: amount,
  multixactAge: amount,
  /** Dead rows, inserted rows and modified rows at which autovacuum acts, with this table's own settings; absent when it is off for it. */
  vacuumAt: maybe(amount),
  vacuumInsertAt: maybe(amount),
  analyzeAt: maybe(amount),
  /** Ages at which a VACUUM against wrap-around is forced. */
  freezeAt: amount,
  multixactFreezeAt: amount,
  /** False where the table's own settings switch it off. */
  autovacuum: flag,
  fillfactor: amount,
  /** `reloptions` of its own, such as `fillfactor=90`. */
  options: maybe(list(text)),
  bloat: maybe(Bloat),
  /** 8 kB blocks of the heap. */
  blocksRead: amount,
  blocksHit: amount,
});
export type TableRow = z.infer<typeof TableRow>;

/** The top of a tree of partitions. It holds no rows, and autovacuum never analyzes it. */
export const PartitionedTable = record({
  schema: text,
  name: text,
  /** As of the last ANALYZE of itself; absent when there was none. */
  rows: maybe(amount),
  partitions: amount,
  /** As of the last VACUUM or ANALYZE of each partition. */
  partitionRows: amount,
  /** Of all partitions. */
  modifiedSinceAnalyze: amount,
  lastAnalyze: maybe(moment),
});
export type PartitionedTable = z.infer<typeof PartitionedTable>;

export const TablesPart = record({
  rows: list(TableRow),
  partitioned: maybe(list(PartitionedTable)),
  /** `autovacuum` and `track_counts` are on. */
  autovacuum: flag,
  since: maybe(moment),
});
export type TablesPart = z.infer<typeof TablesPart>;
