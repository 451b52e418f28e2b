import * as z from 'zod/mini';
import {amount, flag, list, maybe, oid, record, text} from '../shape.ts';

/** A sequence that can run out of numbers, and the column that takes them. Those with more than 2^53 numbers are not read. */
export const SequenceRow = record({
  schema: text,
  name: text,
  type: z.enum(['smallint', 'integer', 'bigint']),
  /** Absent before its first number, and where it is hidden. Numbers beyond 2^53 lose their last digits. */
  last: maybe(amount),
  /** Why its last number was not read: this role may not, somebody is changing it, or it is unlogged and this a standby. */
  hidden: maybe(z.enum(['rights', 'locked', 'unlogged'])),
  min: amount,
  max: amount,
  increment: amount,
  cycle: flag,
  /** Its owner, or else the column whose default takes its numbers; of several the one with the smallest type. */
  column: maybe(
    record({
      schema: text,
      table: text,
      name: text,
      type: text,
      /** GENERATED AS IDENTITY. */
      identity: flag,
    }),
  ),
});
export type SequenceRow = z.infer<typeof SequenceRow>;

/** A table without a primary key, and no partition: those are their parents' matter. */
export const TableWithoutKey = record({
  schema: text,
  name: text,
  /** Of a partitioned table: those of its partitions. */
  rows: maybe(amount),
  bytes: amount,
  /** A unique index over NOT NULL columns, which does almost as well. */
  uniqueIndex: maybe(text),
  /** Of that index, where it can become the primary key as it is. */
  uniqueDefinition: maybe(text),
  partitioned: flag,
  /** In a publication that sends UPDATE and DELETE, without a replica identity: they fail. */
  published: flag,
});
export type TableWithoutKey = z.infer<typeof TableWithoutKey>;

export const LeftUnvalidated = record({
  schema: text,
  table: text,
  name: text,
  kind: z.enum(['check', 'foreign-key', 'not-null']),
  /** Rows of the table, which are read to validate it. */
  rows: maybe(amount),
  /** As of `pg_get_constraintdef`. */
  definition: text,
});
export type LeftUnvalidated = z.infer<typeof LeftUnvalidated>;

/** A column that could be NOT NULL by what it is for, and whose statistics know of no NULL. */
export const NullableColumn = record({
  schema: text,
  table: text,
  name: text,
  rows: amount,
  /** It is a flag or a moment with a default, belongs to a unique key, or is a foreign key. */
  reason: z.enum(['default', 'unique', 'foreign-key']),
});
export type NullableColumn = z.infer<typeof NullableColumn>;

/** A column of a key with the type integer or smallint that no sequence feeds, or one that this role may not read. */
export const SmallKey = record({
  schema: text,
  table: text,
  tableOid: oid,
  name: text,
  type: z.enum(['smallint', 'integer']),
  /** As of the last ANALYZE, which reads a sample of large tables. */
  smallest: amount,
  largest: amount,
  /** The column that it refers to, where it is a foreign key. */
  references: maybe(record({schema: text, table: text, name: text, type: text})),
});
export type SmallKey = z.infer<typeof SmallKey>;

/** Columns by number that one CHECK constraint looks at together, of a table with a foreign key of several columns. */
export const CheckedTogether = record({tableOid: oid, columns: list(amount)});

export const DesignPart = record({
  sequences: list(SequenceRow),
  withoutKey: list(TableWithoutKey),
  unvalidated: list(LeftUnvalidated),
  nullable: list(NullableColumn),
  /** Those that used up half of what their type holds. */
  smallKeys: list(SmallKey),
  checkedTogether: list(CheckedTogether),
});
export type DesignPart = z.infer<typeof DesignPart>;
