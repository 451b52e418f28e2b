/**
 * Who holds one of two advisory locks of this database. A key of 64 bits is split over classid and objid, objsubid is
 * then 1. Other users' rows in pg_stat_activity show pid and user only, unless one has pg_read_all_stats.
 * Reads pg_locks and pg_stat_activity, alike in PostgreSQL 14–18.
 */
export const lockHolderSql = `
SELECT lock.pid, activity.usename AS "user", activity.application_name AS application,
  host(activity.client_addr) AS address,
  extract(epoch FROM clock_timestamp() - coalesce(activity.xact_start, activity.state_change, activity.backend_start))::float8
    AS age
FROM pg_catalog.pg_locks AS lock
LEFT JOIN pg_catalog.pg_stat_activity AS activity ON activity.pid = lock.pid
WHERE lock.locktype = 'advisory' AND lock.granted AND lock.objsubid = 1
  AND lock.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND (lock.classid::int8 << 32) | lock.objid::int8 = ANY ($1::int8[])
  AND lock.pid <> pg_catalog.pg_backend_pid()
ORDER BY age DESC NULLS LAST
LIMIT 1`;
