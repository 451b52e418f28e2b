import type * as z from 'zod/mini';
import {amount, flag, list, maybe, record, text} from '../../../core/health/shape.ts';

/** What the statements of `sql/indexes.ts` and `sql/index-parts.ts` answer; what is false or empty is absent. */
export const RawFrame = record({indexes: amount, since: maybe(amount), standbys: list(text)});
export type RawFrame = z.infer<typeof RawFrame>;

export const RawTable = record({
  oid: amount,
  schema: text,
  name: text,
  kind: text,
  parent: maybe(amount),
  rows: maybe(amount),
  bytes: amount,
  inserted: amount,
  updated: amount,
  hotUpdated: amount,
  deleted: amount,
  seqScans: amount,
  seqRows: amount,
  replicaIdentity: text,
  extension: maybe(text),
});
export type RawTable = z.infer<typeof RawTable>;

export const RawIndex = record({
  oid: amount,
  table: amount,
  name: text,
  method: text,
  /** Numbers with a space between them, as of `int2vector` and `oidvector`. */
  columns: text,
  keyCount: maybe(amount),
  classes: text,
  collations: text,
  directions: text,
  unique: maybe(flag),
  nullsNotDistinct: maybe(flag),
  expressions: maybe(flag),
  partial: maybe(flag),
  invalid: maybe(flag),
  notReady: maybe(flag),
  building: maybe(flag),
  replicaIdentity: maybe(flag),
  clustered: maybe(flag),
  partitioned: maybe(flag),
  parent: maybe(amount),
  constraint: maybe(text),
  constraintType: maybe(text),
  deferrable: maybe(flag),
  deferred: maybe(flag),
  options: maybe(list(text)),
  tablespace: maybe(text),
  extension: maybe(text),
  comment: maybe(text),
  locked: maybe(flag),
  bytes: amount,
  rows: maybe(amount),
  scans: amount,
  tuplesRead: amount,
  tuplesFetched: amount,
  lastScan: maybe(amount),
  blocksRead: amount,
  blocksHit: amount,
});
export type RawIndex = z.infer<typeof RawIndex>;

export const RawColumn = record({
  table: amount,
  number: amount,
  name: text,
  quoted: maybe(text),
  type: text,
  typeOid: amount,
  collation: amount,
  nullable: maybe(flag),
});
export type RawColumn = z.infer<typeof RawColumn>;

export const RawWord = record({
  kind: text,
  oid: amount,
  type: maybe(amount),
  isDefault: maybe(flag),
  text,
});
export type RawWord = z.infer<typeof RawWord>;

export const RawKeyOptions = record({
  oid: amount,
  number: amount,
  options: maybe(flag),
  statistics: maybe(amount),
});
export type RawKeyOptions = z.infer<typeof RawKeyOptions>;

export const RawKeyTexts = record({oid: amount, definition: text, keys: list(text), types: list(text)});
export type RawKeyTexts = z.infer<typeof RawKeyTexts>;

export const RawPredicate = record({oid: amount, text});

export const RawForeignKey = record({
  oid: amount,
  name: text,
  table: amount,
  references: amount,
  columns: list(amount),
  referenced: list(amount),
  match: text,
  onDelete: text,
  onUpdate: text,
  deleteSets: maybe(list(amount)),
  notValidated: maybe(flag),
  notEnforced: maybe(flag),
  deferrable: maybe(flag),
  deferred: maybe(flag),
  period: maybe(flag),
  parent: maybe(amount),
  index: maybe(amount),
});
export type RawForeignKey = z.infer<typeof RawForeignKey>;
