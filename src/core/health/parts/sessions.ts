import * as z from 'zod/mini';
import {amount, duration, flag, list, maybe, moment, record, text} from '../shape.ts';

/** What a session that waits for a lock wants. Source: pg_locks, not granted. */
export const WantedLock = record({
  /** `relation`, `transactionid`, `tuple`, `advisory`, … */
  type: text,
  /** In the documentation's words, such as `ACCESS EXCLUSIVE`. */
  mode: text,
  /** Qualified and quoted where needed, of this database. */
  relation: maybe(text),
  /** From PostgreSQL 14. */
  since: maybe(moment),
});

/** One process of the server. Source: pg_stat_activity; what the role may not see is absent. */
export const SessionRow = record({
  pid: amount,
  /** `client backend`, `autovacuum worker`, `walsender`, … */
  kind: text,
  user: maybe(text),
  database: maybe(text),
  application: text,
  /** Address of the client; absent for a local socket. */
  client: maybe(text),
  state: maybe(
    z.enum([
      'active',
      'idle',
      'idle in transaction',
      'idle in transaction (aborted)',
      'fastpath function call',
      'disabled',
      'starting',
    ]),
  ),
  waitType: maybe(text),
  wait: maybe(text),
  startedAt: maybe(moment),
  transactionAt: maybe(moment),
  queryAt: maybe(moment),
  stateAt: maybe(moment),
  /**
   * Transactions that began since its own: what it keeps VACUUM from removing. The larger of `age(backend_xmin)` and
   * `age(backend_xid)`: who has written and idles has no snapshot, and keeps as much.
   */
  xminAge: maybe(amount),
  /** Absent where the role may not see it. */
  query: maybe(text),
  /** The leader of a parallel worker. */
  leader: maybe(amount),
  /** Howdah's own. */
  own: flag,
  /**
   * Who holds, or stands before it in the queue for, what it wants: pg_blocking_pids. 0 is a prepared transaction. Of those
   * that want the same in the same mode, all have the blockers of the first.
   */
  blockedBy: list(amount),
  /** Names of the prepared transactions that 0 stands for. */
  blockedByPrepared: maybe(list(text)),
  wants: maybe(WantedLock),
});
export type SessionRow = z.infer<typeof SessionRow>;

/** A transaction that was prepared and neither committed nor rolled back. */
export const PreparedTransaction = record({
  gid: text,
  owner: text,
  database: text,
  preparedAt: moment,
  age: amount,
});

export const SessionsPart = record({
  rows: list(SessionRow),
  /** Sessions whose query and state this role may not see; the server's own processes do not count. */
  hidden: amount,
  maxConnections: amount,
  /** Kept for superusers and, from 16, `reserved_connections`. */
  reserved: amount,
  prepared: list(PreparedTransaction),
  /** `deadlock_timeout`. */
  deadlockTimeout: duration,
});
export type SessionsPart = z.infer<typeof SessionsPart>;
