/** Where the WAL ends here: what was written, on a standby what was received, or replayed from an archive. */
const end = `CASE WHEN pg_catalog.pg_is_in_recovery()
    THEN GREATEST(pg_catalog.pg_last_wal_receive_lsn(), pg_catalog.pg_last_wal_replay_lsn())
    ELSE pg_catalog.pg_current_wal_lsn() END`;

const behind = (lsn: string): string => `GREATEST((SELECT e.lsn FROM here AS e) - ${lsn}, 0)`;
const behindOr = (lsn: string): string => `CASE WHEN ${lsn} IS NOT NULL THEN ${behind(lsn)} END`;

/**
 * What pg_stat_replication is made of, without looking at all sessions. The same columns in 14–18. Ordinary roles see
 * the process and its name.
 */
const receivers = `SELECT r.pid,
    COALESCE(a.application_name, '') AS application,
    COALESCE(a.client_hostname, pg_catalog.host(a.client_addr)) AS client,
    r.state,
    r.sync_state AS sync,
    ${behindOr('r.sent_lsn')} AS "sentLag",
    ${behindOr('r.flush_lsn')} AS "flushLag",
    ${behindOr('r.replay_lsn')} AS "replayLag",
    extract(epoch FROM r.replay_lag) * 1000 AS "replayLagMs"
  FROM pg_catalog.pg_stat_get_wal_senders() AS r
  CROSS JOIN LATERAL pg_catalog.pg_stat_get_activity(r.pid) AS a ORDER BY a.application_name, r.pid`;

/** `conflicting` came with 16; `invalidation_reason`, `inactive_since` and `synced` with 17. */
const slots = (version: number): string => `SELECT s.slot_name AS name,
    s.slot_type AS kind, s.plugin, s.database, s.active, s.temporary,
    ${behindOr('s.restart_lsn')} AS retained,
    s.wal_status AS "walStatus",
    s.safe_wal_size AS safe,
    GREATEST(pg_catalog.age(s.xmin), pg_catalog.age(s.catalog_xmin)) AS "xminAge",
    ${version >= 160000 ? 's.conflicting' : 'NULL'} AS conflicting,
    ${version >= 170000 ? 's.invalidation_reason' : 'NULL'} AS invalidation,
    ${version >= 170000 ? 'extract(epoch FROM s.inactive_since) * 1000' : 'NULL'} AS "inactiveSince",
    ${version >= 170000 ? 's.synced' : 'NULL'} AS synced
  FROM pg_catalog.pg_replication_slots AS s ORDER BY s.slot_name`;

/** The functions fail outside of a recovery. Ordinary roles see of the receiver only that there is one. */
const standby = `SELECT
    (SELECT w.sender_host FROM pg_catalog.pg_stat_wal_receiver AS w) AS sender,
    EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver AS w WHERE COALESCE(w.status, 'streaming') = 'streaming') AS streaming,
    GREATEST(pg_catalog.pg_last_wal_receive_lsn() - pg_catalog.pg_last_wal_replay_lsn(), 0) AS "replayLag",
    extract(epoch FROM pg_catalog.pg_last_xact_replay_timestamp()) * 1000 AS "lastReplayedAt",
    pg_catalog.pg_is_wal_replay_paused() AS paused,
    (SELECT d.conflicts FROM pg_catalog.pg_stat_database AS d
      WHERE d.datname = pg_catalog.current_database()) AS conflicts
  WHERE pg_catalog.pg_is_in_recovery()`;

/** Errors are counted from 15. A worker without a relation is the one that applies; from 16 it may lead others. */
const subscriptions = (version: number): string => `SELECT s.subname AS name,
    d.datname AS database,
    s.subenabled AS enabled,
    w.pid IS NOT NULL AS running,
    extract(epoch FROM w.last_msg_receipt_time) * 1000 AS "lastMessageAt",
    ${version >= 150000 ? 'e.apply_error_count' : 'NULL'} AS "applyErrors",
    ${version >= 150000 ? 'e.sync_error_count' : 'NULL'} AS "syncErrors"
  FROM pg_catalog.pg_subscription AS s
  JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid
  LEFT JOIN pg_catalog.pg_stat_subscription AS w
    ON w.subid = s.oid AND w.relid IS NULL ${version >= 160000 ? 'AND w.leader_pid IS NULL' : ''}
  ${version >= 150000 ? 'LEFT JOIN pg_catalog.pg_stat_subscription_stats AS e ON e.subid = s.oid' : ''}
  ORDER BY s.subname`;

const all = (sql: string): string =>
  `COALESCE((SELECT pg_catalog.json_agg(pg_catalog.to_json(a)) FROM (${sql}) AS a), '[]')`;

/** Replication in all directions. @param version `server_version_num` */
export const replicationSql = (version: number): string => `WITH here AS MATERIALIZED (SELECT ${end} AS lsn)
SELECT ${all(receivers)} AS receivers,
  ${all(slots(version))} AS slots,
  (SELECT pg_catalog.to_json(a) FROM (${standby}) AS a) AS standby,
  ${all(subscriptions(version))} AS subscriptions`;
