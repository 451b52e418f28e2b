import type * as z from 'zod/mini';
import {amount, duration, flag, list, maybe, moment, record, text} from '../shape.ts';

/** One normalized statement. Source: pg_stat_statements; names of its columns differ between its versions. */
export const StatementRow = record({
  /** `queryid`, which does not fit a number, with the role’s oid and whether it is nested: nothing less is unique. */
  id: text,
  user: text,
  /** With `$1` for constants; absent where the role may not see it. */
  query: maybe(text),
  calls: amount,
  totalMs: duration,
  meanMs: duration,
  minMs: duration,
  maxMs: duration,
  /** Standard deviation of the execution time. */
  deviationMs: duration,
  /** Absent unless pg_stat_statements.track_planning is on. */
  planMs: maybe(duration),
  rows: amount,
  /** 8 kB blocks. */
  blocksHit: amount,
  blocksRead: amount,
  blocksDirtied: amount,
  blocksWritten: amount,
  temporaryRead: amount,
  temporaryWritten: amount,
  /** Absent unless track_io_timing is on. */
  readMs: maybe(duration),
  writeMs: maybe(duration),
  /** Time spent on compiling, most of it within the execution; from 1.10 of the extension. */
  jitMs: maybe(duration),
  walBytes: amount,
  walRecords: amount,
  topLevel: flag,
});
export type StatementRow = z.infer<typeof StatementRow>;

export const StatementsPart = record({
  /** Of this database, those with the most execution time first. */
  rows: list(StatementRow),
  /** Of all statements of this database; the time of nested ones is counted with the statement that called them. */
  totals: record({statements: amount, calls: amount, totalMs: duration}),
  extensionVersion: text,
  resetAt: maybe(moment),
  /** Statements that were forgotten because there were more than pg_stat_statements.max. */
  deallocations: maybe(amount),
  max: amount,
  ioTiming: flag,
});
export type StatementsPart = z.infer<typeof StatementsPart>;
