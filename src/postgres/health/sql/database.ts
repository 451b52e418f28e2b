import {tookMs} from './server.ts';

/** That of this database is told with the server. */
const bytesOfOthers = `CASE WHEN d.datname <> pg_catalog.current_database()
          AND (pg_catalog.has_database_privilege(d.oid, 'CONNECT') OR pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE'))
        THEN pg_catalog.pg_database_size(d.oid) END`;

/**
 * Counters of this database, and all databases. The same columns in 14–18. `checksum_failures` is NULL where checksums
 * are off. The counters of sessions are times in ms.
 * @param measure whether to tell the sizes of the other databases, and how many ms that took
 */
export const databaseSql = (measure: boolean): string => `SELECT
  (SELECT pg_catalog.json_build_object(
      'commits', s.xact_commit,
      'rollbacks', s.xact_rollback,
      'blocksRead', s.blks_read,
      'blocksHit', s.blks_hit,
      'rowsReturned', s.tup_returned,
      'rowsFetched', s.tup_fetched,
      'rowsInserted', s.tup_inserted,
      'rowsUpdated', s.tup_updated,
      'rowsDeleted', s.tup_deleted,
      'conflicts', s.conflicts,
      'temporaryFiles', s.temp_files,
      'temporaryBytes', s.temp_bytes,
      'deadlocks', s.deadlocks,
      'checksumFailures', s.checksum_failures,
      'sessions', s.sessions,
      'sessionsAbandoned', s.sessions_abandoned,
      'sessionsFatal', s.sessions_fatal,
      'sessionsKilled', s.sessions_killed,
      'activeMs', s.active_time,
      'idleInTransactionMs', s.idle_in_transaction_time,
      'resetAt', extract(epoch FROM s.stats_reset) * 1000)
    FROM pg_catalog.pg_stat_database AS s WHERE s.datname = pg_catalog.current_database()) AS counters,
  (SELECT pg_catalog.json_agg(pg_catalog.to_json(d)) FROM (
      SELECT d.datname AS name,
        ${measure ? bytesOfOthers : 'NULL'} AS bytes,
        pg_catalog.age(d.datfrozenxid) AS "frozenAge",
        pg_catalog.mxid_age(d.datminmxid) AS "multixactAge",
        COALESCE(s.numbackends, 0) AS connections,
        d.datistemplate AS template
      FROM pg_catalog.pg_database AS d LEFT JOIN pg_catalog.pg_stat_database AS s ON s.datid = d.oid
      ORDER BY d.datname) AS d) AS databases,
  pg_catalog.current_setting('data_checksums') = 'on' AS checksums,
  COALESCE((SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
      'database', s.datname,
      'failures', s.checksum_failures,
      'last', extract(epoch FROM s.checksum_last_failure) * 1000) ORDER BY s.datname)
    FROM pg_catalog.pg_stat_database AS s WHERE s.checksum_failures > 0), '[]') AS damaged
  ${measure ? `, ${tookMs} AS took` : ''}`;
