import * as z from 'zod/mini';
import {amount, flag, list, maybe, moment, record, text} from '../shape.ts';

/** WAL, checkpoints and the archive. Sources: pg_stat_wal, pg_stat_checkpointer (17) or pg_stat_bgwriter, pg_stat_archiver. */
export const WritingPart = record({
  /** Of pg_stat_wal. */
  walRecords: amount,
  walBytes: amount,
  fullPageImages: amount,
  /** Times that WAL had to be written because the buffers were full. */
  buffersFull: amount,
  /** Position in the WAL, in bytes from its beginning: of what is written, on a standby of what is replayed. */
  position: amount,
  /** Bytes of the folder pg_wal; absent where the role may not list it. */
  walDirectoryBytes: maybe(amount),
  maxWalBytes: amount,
  /** `wal_keep_size` */
  keptWalBytes: amount,
  checkpointsTimed: amount,
  checkpointsRequested: amount,
  checkpointWriteMs: amount,
  checkpointSyncMs: amount,
  /** 8 kB buffers that checkpoints, the background writer and the sessions themselves wrote. The last only before 17. */
  buffersCheckpoint: amount,
  buffersBackground: amount,
  buffersBackend: maybe(amount),
  checkpointTimeoutMs: amount,
  /** Of the counters of checkpoints. */
  resetAt: maybe(moment),
  /** Of the counters of the WAL. */
  walResetAt: maybe(moment),
  archive: record({
    mode: z.enum(['off', 'on', 'always']),
    archived: amount,
    failed: amount,
    lastArchived: maybe(moment),
    lastFailed: maybe(moment),
    lastFailedFile: maybe(text),
    /** Finished files of WAL that wait for the archive; absent where the role may not list them. */
    waiting: maybe(amount),
    resetAt: maybe(moment),
  }),
});
export type WritingPart = z.infer<typeof WritingPart>;

/** Replication in all directions. */
export const ReplicationPart = record({
  /** What this server sends to. Source: pg_stat_replication. */
  receivers: list(
    record({
      pid: amount,
      application: text,
      client: maybe(text),
      state: maybe(text),
      sync: maybe(text),
      /** Bytes behind the end of the WAL. */
      sentLag: maybe(amount),
      flushLag: maybe(amount),
      replayLag: maybe(amount),
      /** ms, while there is traffic. */
      replayLagMs: maybe(amount),
    }),
  ),
  /** Source: pg_replication_slots. */
  slots: list(
    record({
      name: text,
      kind: z.enum(['physical', 'logical']),
      plugin: maybe(text),
      database: maybe(text),
      active: flag,
      temporary: flag,
      /** Bytes of WAL that it keeps. */
      retained: maybe(amount),
      walStatus: maybe(text),
      /** Bytes until it is lost, where max_slot_wal_keep_size limits it. */
      safe: maybe(amount),
      /** Transactions it keeps VACUUM from cleaning up: `age(xmin)` or of the catalog. */
      xminAge: maybe(amount),
      /** From 16 and 17. */
      conflicting: maybe(flag),
      invalidation: maybe(text),
      inactiveSince: maybe(moment),
      /** From 17: a copy that a standby keeps of its primary's slot, and that nothing uses until a failover. */
      synced: maybe(flag),
    }),
  ),
  /** Where this server is a standby. */
  standby: maybe(
    record({
      /** Absent where no receiver runs, or the role may not see it. */
      sender: maybe(text),
      streaming: flag,
      /** Bytes received and not replayed. */
      replayLag: maybe(amount),
      lastReplayedAt: maybe(moment),
      paused: flag,
      /** Queries that replay cancelled, of this database. */
      conflicts: amount,
    }),
  ),
  subscriptions: list(
    record({
      name: text,
      /** The database that it is in; subscriptions of all databases are seen. */
      database: text,
      enabled: flag,
      running: flag,
      lastMessageAt: maybe(moment),
      /** From 15. */
      applyErrors: maybe(amount),
      syncErrors: maybe(amount),
    }),
  ),
});
export type ReplicationPart = z.infer<typeof ReplicationPart>;
