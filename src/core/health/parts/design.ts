import * as z from 'zod/mini';
import {amount, flag, list, maybe, oid, record, text} from '../shape.ts';

/** A sequence, and the column that takes its numbers. */
export const SequenceRow = record({
  schema: text,
  name: text,
  type: z.enum(['smallint', 'integer', 'bigint']),
  /** Absent before its first number, and where the role may not read it. Numbers beyond 2^53 lose their last digits. */
  last: maybe(amount),
  min: amount,
  max: amount,
  increment: amount,
  cycle: flag,
  column: maybe(record({schema: text, table: text, name: text, type: text})),
});
export type SequenceRow = z.infer<typeof SequenceRow>;

/** A table without anything that names a row. */
export const TableWithoutKey = record({
  schema: text,
  name: text,
  rows: maybe(amount),
  bytes: amount,
  /** A unique index over NOT NULL columns, which does almost as well. */
  uniqueIndex: maybe(text),
  /** In a publication that sends UPDATE and DELETE, which then fail. */
  published: flag,
});

export const LeftUnvalidated = record({
  schema: text,
  table: text,
  name: text,
  kind: z.enum(['check', 'foreign-key', 'not-null']),
});

/** A column of a constraint or a convention that could be NOT NULL: no NULL was seen in the statistics, all rows were. */
export const NullableColumn = record({schema: text, table: text, name: text, rows: amount});

export const DesignPart = record({
  sequences: list(SequenceRow),
  withoutKey: list(TableWithoutKey),
  unvalidated: list(LeftUnvalidated),
  nullable: list(NullableColumn),
  /** Keys of the type integer or smallint that no sequence feeds, with the largest value the statistics know. */
  smallKeys: list(
    record({schema: text, table: text, tableOid: oid, name: text, type: text, largest: amount}),
  ),
});
export type DesignPart = z.infer<typeof DesignPart>;
