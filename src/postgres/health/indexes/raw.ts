import * as z from 'zod/mini';
import {amount, flag, list, maybe, record, text} from '../../../core/health/shape.ts';

/**
 * What the statements of `sql/indexes.ts` and `sql/index-parts.ts` answer; what is false or empty is
 * absent. Rows that come in tens of thousands are not frozen, which would take longer than parsing them.
 */
export const RawFrame = record({
  indexes: amount,
  since: maybe(amount),
  countersOff: maybe(flag),
  standbys: list(text),
});
export type RawFrame = z.infer<typeof RawFrame>;

export const RawTable = z.object({
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
export type RawTable = Readonly<z.infer<typeof RawTable>>;

export const RawIndex = z.object({
  oid: amount,
  table: amount,
  name: text,
  method: text,
  /** indkey, indclass, indcollation and indoption. */
  keys: text,
  keyCount: maybe(amount),
  /** A letter of `flags` for each thing that is so. */
  flags: maybe(text),
  /** Bytes, rows (-1 for unknown), scans, tuples read and fetched, blocks read and hit. */
  numbers: z.array(amount),
  lastScan: maybe(amount),
  parent: maybe(amount),
  /** Its name where that is not the index's. */
  constraint: maybe(text),
  options: maybe(list(text)),
  tablespace: maybe(text),
  extension: maybe(text),
  comment: maybe(text),
});
export type RawIndex = Readonly<z.infer<typeof RawIndex>>;

const flags = {
  unique: 'u',
  nullsNotDistinct: 'n',
  expressions: 'e',
  partial: 'w',
  invalid: 'i',
  notReady: 'r',
  building: 'b',
  replicaIdentity: 'y',
  clustered: 'c',
  partitioned: 'P',
  primaryKey: 'K',
  uniqueConstraint: 'U',
  exclusion: 'X',
  deferrable: 'd',
  deferred: 'D',
} as const;

export function has(index: RawIndex, flag: keyof typeof flags): boolean {
  return index.flags?.includes(flags[flag]) === true;
}

export const RawColumns = z.object({
  table: amount,
  numbers: text,
  names: z.array(text),
  quoted: maybe(z.array(amount)),
});
export type RawColumns = Readonly<z.infer<typeof RawColumns>>;

export const RawType = record({is: text, name: text});

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

/** A predicate, or the definition of an exclusion constraint. */
export const RawText = record({oid: amount, text});

export const RawForeignKey = z.object({
  oid: amount,
  name: text,
  table: amount,
  references: amount,
  columns: z.array(amount),
  referenced: z.array(amount),
  match: text,
  onDelete: text,
  onUpdate: text,
  deleteSets: maybe(z.array(amount)),
  notValidated: maybe(flag),
  notEnforced: maybe(flag),
  deferrable: maybe(flag),
  deferred: maybe(flag),
  period: maybe(flag),
  parent: maybe(amount),
  index: maybe(amount),
});
export type RawForeignKey = Readonly<z.infer<typeof RawForeignKey>>;
