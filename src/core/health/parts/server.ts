import type * as z from 'zod/mini';
import {amount, flag, maybe, moment, record, text} from '../shape.ts';

/** Who was asked, as whom, and what that role may see. */
export const ServerPart = record({
  /** `server_version_num`, such as 160014. */
  versionNumber: amount,
  version: text,
  database: text,
  user: text,
  /** By the server's clock, when this was read. */
  now: moment,
  startedAt: moment,
  /** `pg_is_in_recovery()`: its counters are its own, and it writes nothing. */
  standby: flag,
  superuser: flag,
  /** Has the rights of `pg_read_all_stats`, which `pg_monitor` includes: it sees everybody's queries. */
  readsAllStats: flag,
  /** Has the rights of `pg_read_all_settings`. */
  readsAllSettings: flag,
  /** May end other roles' queries: `pg_signal_backend` or a superuser. */
  signalsBackends: flag,
  /** May list the files of the WAL and of its archive, as members of `pg_monitor` may. */
  listsWal: flag,
  /** Bytes of this database; absent where the role may not connect to it. */
  databaseBytes: maybe(amount),
  /** Bytes of memory of the machine, where the server let it be read. */
  memoryBytes: maybe(amount),
  encrypted: flag,
});
export type ServerPart = z.infer<typeof ServerPart>;
