/** Checkpoints have a view of their own from 17; a standby's are restartpoints, which that view counts apart. */
const checkpoints = (version: number): string =>
  version >= 170000
    ? `SELECT
      CASE WHEN pg_catalog.pg_is_in_recovery() THEN c.restartpoints_timed ELSE c.num_timed END AS timed,
      CASE WHEN pg_catalog.pg_is_in_recovery() THEN c.restartpoints_req ELSE c.num_requested END AS requested,
      c.write_time, c.sync_time, c.buffers_written, b.buffers_clean, NULL::bigint AS buffers_backend, c.stats_reset
    FROM pg_catalog.pg_stat_checkpointer AS c, pg_catalog.pg_stat_bgwriter AS b`
    : `SELECT b.checkpoints_timed AS timed, b.checkpoints_req AS requested,
      b.checkpoint_write_time AS write_time, b.checkpoint_sync_time AS sync_time,
      b.buffers_checkpoint AS buffers_written, b.buffers_clean, b.buffers_backend, b.stats_reset
    FROM pg_catalog.pg_stat_bgwriter AS b`;

export interface WritingSqlOptions {
  /** `server_version_num` */
  readonly version: number;
  /** Whether the role may execute pg_ls_waldir() and pg_ls_archive_statusdir(); naming them without is an error. */
  readonly listsWal: boolean;
}

/**
 * WAL, checkpoints and the archive. pg_stat_wal lost its times in 18; what is read of it is in 14–18.
 * Settings are read as SHOW prints them: '5min' is an interval, '1GB' a size.
 */
export function writingSql({version, listsWal}: WritingSqlOptions): string {
  return `SELECT
  w.wal_records AS "walRecords",
  w.wal_bytes AS "walBytes",
  w.wal_fpi AS "fullPageImages",
  w.wal_buffers_full AS "buffersFull",
  extract(epoch FROM w.stats_reset) * 1000 AS "walResetAt",
  COALESCE(CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
    ELSE pg_catalog.pg_current_wal_lsn() END, '0/0') - '0/0'::pg_lsn AS position,
  ${listsWal ? '(SELECT COALESCE(pg_catalog.sum(f.size), 0) FROM pg_catalog.pg_ls_waldir() AS f)' : 'NULL'} AS "walDirectoryBytes",
  pg_catalog.pg_size_bytes(pg_catalog.current_setting('max_wal_size')) AS "maxWalBytes",
  pg_catalog.pg_size_bytes(pg_catalog.current_setting('wal_keep_size')) AS "keptWalBytes",
  c.timed AS "checkpointsTimed",
  c.requested AS "checkpointsRequested",
  c.write_time AS "checkpointWriteMs",
  c.sync_time AS "checkpointSyncMs",
  c.buffers_written AS "buffersCheckpoint",
  c.buffers_clean AS "buffersBackground",
  c.buffers_backend AS "buffersBackend",
  extract(epoch FROM pg_catalog.current_setting('checkpoint_timeout')::interval) * 1000 AS "checkpointTimeoutMs",
  extract(epoch FROM c.stats_reset) * 1000 AS "resetAt",
  pg_catalog.json_build_object(
    'mode', pg_catalog.current_setting('archive_mode'),
    'archived', a.archived_count,
    'failed', a.failed_count,
    'lastArchived', extract(epoch FROM a.last_archived_time) * 1000,
    'lastFailed', extract(epoch FROM a.last_failed_time) * 1000,
    'lastFailedFile', a.last_failed_wal,
    'waiting', ${listsWal ? `(SELECT pg_catalog.count(*) FROM pg_catalog.pg_ls_archive_statusdir() AS f WHERE f.name LIKE '%.ready')` : 'NULL'},
    'resetAt', extract(epoch FROM a.stats_reset) * 1000) AS archive
FROM pg_catalog.pg_stat_wal AS w, (${checkpoints(version)}) AS c, pg_catalog.pg_stat_archiver AS a`;
}
