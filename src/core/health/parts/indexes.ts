import * as z from 'zod/mini';
import {amount, flag, list, maybe, moment, oid, record, text} from '../shape.ts';

/** One key column or expression of an index. Source: pg_index, https://www.postgresql.org/docs/current/catalog-pg-index.html */
export const IndexKey = record({
  /** As the server deparses it, without opclass, collation and order: `lower(email)`, `"Name"`. */
  text,
  /** `attnum` of a plain column; absent for an expression. */
  column: maybe(amount),
  /** Its type with modifiers. */
  type: maybe(text),
  /** Qualified only when it is not the type's default. */
  opclass: maybe(text),
  /** Options of the opclass, such as `siglen=32`. */
  opclassOptions: maybe(text),
  /** Only when it is not the column's own. */
  collation: maybe(text),
  descending: flag,
  nullsFirst: flag,
});
export type IndexKey = z.infer<typeof IndexKey>;

/** How bloat was estimated. */
export const BloatMethod = z.enum(['statistics', 'pgstattuple']);

export const Bloat = record({
  /** Bytes that a rebuild would free, estimated. */
  bytes: amount,
  /** Of the relation's size, 0 to 1. */
  share: amount,
  method: BloatMethod,
});
export type Bloat = z.infer<typeof Bloat>;

export const IndexRow = record({
  oid,
  schema: text,
  name: text,
  /** Of the table or materialized view. */
  table: text,
  tableOid: oid,
  method: text,
  keys: list(IndexKey),
  /** Columns of INCLUDE. */
  include: list(text),
  /** Deparsed, without WHERE. */
  predicate: maybe(text),
  /** As of `pg_get_indexdef`, where it was read already. */
  definition: maybe(text),
  unique: flag,
  nullsNotDistinct: flag,
  /** False for what a failed CREATE INDEX CONCURRENTLY left behind, and while one builds. */
  valid: flag,
  ready: flag,
  /** Its expressions or its predicate could not be read, because somebody locks its table exclusively. */
  incomplete: maybe(flag),
  /** True while CREATE INDEX or REINDEX works on its table: what is not valid may become so. */
  building: maybe(flag),
  /** A constraint that it serves. */
  constraint: maybe(
    record({
      name: text,
      kind: z.enum(['primary-key', 'unique', 'exclusion']),
      deferrable: flag,
      /** INITIALLY DEFERRED. */
      deferred: maybe(flag),
      /** As of `pg_get_constraintdef`, where it excludes: only that knows its operators. Absent where it could not be read. */
      definition: maybe(text),
    }),
  ),
  replicaIdentity: flag,
  /** Marked by CLUSTER. */
  clustered: flag,
  /** The index of the partitioned parent that it is attached to. */
  parent: maybe(oid),
  /** Of a partitioned table: has no storage of its own; `bytes` and counters are those of its partitions' indexes. */
  partitioned: flag,
  /** Belongs to an extension. */
  extension: maybe(text),
  /** `reloptions`, such as `fillfactor=90`. */
  options: list(text),
  /** Other than the database's own. */
  tablespace: maybe(text),
  /** Statistics targets of its columns that are set, by the column's number. */
  statistics: maybe(list(record({column: amount, target: amount}))),
  bytes: amount,
  /** Entries as of the last VACUUM or ANALYZE; absent when there was none. */
  rows: maybe(amount),
  /** Times that it was scanned since the counters were reset; checks of uniqueness are not scans. */
  scans: amount,
  /** Entries that scans returned. */
  tuplesRead: amount,
  /** Live rows that plain index scans fetched. */
  tuplesFetched: amount,
  /** From PostgreSQL 16, once it was used. */
  lastScan: maybe(moment),
  blocksRead: amount,
  blocksHit: amount,
  bloat: maybe(Bloat),
  comment: maybe(text),
});
export type IndexRow = z.infer<typeof IndexRow>;

export const IndexedTable = record({
  oid,
  schema: text,
  name: text,
  kind: z.enum(['table', 'partitioned-table', 'materialized-view']),
  /** The partitioned table that it is a partition of. */
  parent: maybe(oid),
  /** Belongs to an extension. */
  extension: maybe(text),
  /** Rows as of the last VACUUM or ANALYZE. */
  rows: maybe(amount),
  /** Of the heap alone; rows, bytes and counters of a partitioned table are those of its partitions. */
  bytes: amount,
  inserted: amount,
  updated: amount,
  /** Of `updated`: those that left the indexes alone. */
  hotUpdated: amount,
  deleted: amount,
  seqScans: amount,
  /** Rows that sequential scans read. */
  seqRows: amount,
  indexScans: amount,
  /** `relreplident`. */
  replicaIdentity: z.enum(['default', 'nothing', 'full', 'index']),
});
export type IndexedTable = z.infer<typeof IndexedTable>;

export const ForeignKeyColumn = record({column: amount, name: text, type: text, nullable: flag});

export const ForeignKeyRow = record({
  oid,
  name: text,
  tableOid: oid,
  columns: list(ForeignKeyColumn),
  referencesOid: oid,
  referencesSchema: text,
  referencesTable: text,
  referencedColumns: list(ForeignKeyColumn),
  match: z.enum(['simple', 'full']),
  validated: flag,
  /** False from PostgreSQL 18 for NOT ENFORCED. */
  enforced: flag,
  onDelete: z.enum(['no-action', 'restrict', 'cascade', 'set-null', 'set-default']),
  onUpdate: z.enum(['no-action', 'restrict', 'cascade', 'set-null', 'set-default']),
  /** Columns of ON DELETE SET NULL (…), from PostgreSQL 15. */
  deleteSets: maybe(list(text)),
  deferrable: maybe(flag),
  /** INITIALLY DEFERRED. */
  deferred: maybe(flag),
  /** The last column is a period, from PostgreSQL 18. */
  period: maybe(flag),
  /** The unique index of the referenced table that it relies on. */
  index: maybe(oid),
  /** Of a partition's copy: the constraint of the parent. */
  parent: maybe(oid),
});
export type ForeignKeyRow = z.infer<typeof ForeignKeyRow>;

/** What the planner's statistics say of a column. Source: pg_stats, seen only by who may read the column. */
export const ColumnStatistics = record({
  tableOid: oid,
  column: amount,
  name: text,
  /** Share of NULLs, 0 to 1. */
  nulls: amount,
  /** Different values; estimated by the server as an absolute number or from the share of rows. */
  distinct: amount,
  /** Share of the most common value, 0 to 1. */
  mostCommon: maybe(amount),
  /** That value as a text, where there are at most ten different ones. */
  commonest: maybe(text),
  /** -1 to 1; absent where there is no order. */
  correlation: maybe(amount),
  /** Bytes of a value. */
  width: amount,
});
export type ColumnStatistics = z.infer<typeof ColumnStatistics>;

/** Everything about the indexes of a database, for the panel and the checks. */
export const IndexesPart = record({
  indexes: list(IndexRow),
  tables: list(IndexedTable),
  foreignKeys: list(ForeignKeyRow),
  /** Of columns that indexes have, in tables with 1,000 rows or more; of at most 2,000 tables, the largest. */
  columns: list(ColumnStatistics),
  /** When the counters of this database began: at their last reset, or with the server's own counters at initdb or after a crash. */
  since: maybe(moment),
  /** `track_counts` is off: nothing counts scans. */
  countersOff: maybe(flag),
  /** Names of standbys that are connected: each has counters of its own, which nobody sees from here. */
  standbys: list(text),
  /** Sizes and definitions are exact, not those of the last VACUUM. */
  exact: flag,
});
export type IndexesPart = z.infer<typeof IndexesPart>;
