/**
 * Table locks that other transactions have now, a row each for session and relation, on relations by oid ($1). Every role
 * sees all locks; of other roles' sessions one without `pg_read_all_stats` sees neither state nor time, so of those only
 * transactions are told that were seen some statements ago ($2, virtual ids; a prepared one has none to be seen by, and
 * its time is public). Whoever waits is no holder; workers and their leader are one; autovacuum gives way, except
 * against wraparound. Valid on 14 to 18.
 */
export const holdersSql = `
SELECT l.relation::text AS oid, l.pid,
  pg_catalog.json_agg(DISTINCT pg_catalog.array_position(ARRAY['AccessShareLock', 'RowShareLock', 'RowExclusiveLock',
    'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'], l.mode)) AS levels,
  COALESCE(x.gid, a.application_name) AS application, COALESCE(x.owner, a.usename) AS "user",
  CASE WHEN x.gid IS NOT NULL THEN 'prepared' ELSE a.state END AS state,
  extract(epoch FROM pg_catalog.clock_timestamp() - COALESCE(x.prepared, a.xact_start))::float8 AS seconds
FROM pg_catalog.pg_locks l
  LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
  LEFT JOIN pg_catalog.pg_locks t ON l.pid IS NULL AND t.pid IS NULL AND t.locktype = 'transactionid'
    AND t.virtualtransaction = l.virtualtransaction
  LEFT JOIN pg_catalog.pg_prepared_xacts x ON x.transaction = t.transactionid
WHERE l.locktype = 'relation' AND l.granted AND l.relation = ANY ($1::oid[])
  AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
  AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()
  AND CASE WHEN COALESCE(x.prepared, a.xact_start) IS NULL THEN a.usename IS NOT NULL AND l.virtualtransaction = ANY ($2::text[])
    ELSE pg_catalog.clock_timestamp() - COALESCE(x.prepared, a.xact_start) > interval '3 s' END
  AND a.leader_pid IS NULL
  AND (a.backend_type IS DISTINCT FROM 'autovacuum worker' OR a.query LIKE '%(to prevent wraparound)')
GROUP BY l.relation, l.pid, l.virtualtransaction, x.gid, x.owner, x.prepared, a.application_name, a.usename, a.state, a.xact_start
ORDER BY seconds DESC NULLS LAST, l.pid`;
