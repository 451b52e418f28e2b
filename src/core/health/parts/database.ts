import type * as z from 'zod/mini';
import {amount, flag, list, maybe, moment, record, text} from '../shape.ts';

/** Counters of this database since they were reset. Source: pg_stat_database. */
export const DatabaseCounters = record({
  commits: amount,
  rollbacks: amount,
  /** 8 kB blocks. */
  blocksRead: amount,
  blocksHit: amount,
  rowsReturned: amount,
  rowsFetched: amount,
  rowsInserted: amount,
  rowsUpdated: amount,
  rowsDeleted: amount,
  conflicts: amount,
  temporaryFiles: amount,
  temporaryBytes: amount,
  deadlocks: amount,
  /** Absent where checksums are off. */
  checksumFailures: maybe(amount),
  /** From PostgreSQL 14: sessions that began, and those that were cut off, ended by an error of the server, or killed. */
  sessions: amount,
  sessionsAbandoned: amount,
  sessionsFatal: amount,
  sessionsKilled: amount,
  /** ms that statements ran, and that sessions were idle in a transaction. */
  activeMs: amount,
  idleInTransactionMs: amount,
  resetAt: maybe(moment),
});
export type DatabaseCounters = z.infer<typeof DatabaseCounters>;

export const OtherDatabase = record({
  name: text,
  /** Absent where the role may not connect to it. */
  bytes: maybe(amount),
  /** Transactions since its oldest row was frozen: `age(datfrozenxid)`. */
  frozenAge: amount,
  multixactAge: amount,
  connections: amount,
  template: flag,
});

export const DatabasePart = record({
  counters: DatabaseCounters,
  /** All databases of the server, this one included. */
  databases: list(OtherDatabase),
  checksums: flag,
  /** Where blocks did not match their checksums, in any database. */
  damaged: list(
    record({
      /** Absent for what all databases share. */
      database: maybe(text),
      /** Each time that such a block was read. */
      failures: amount,
      last: maybe(moment),
    }),
  ),
});
export type DatabasePart = z.infer<typeof DatabasePart>;
