/** Who keeps tables of this database from being read: at most five, the oldest transaction first. */
export const locksSql = `
SELECT pg_catalog.format('%s (process %s%s)', l.relation::pg_catalog.regclass, l.pid,
  CASE WHEN a.application_name <> '' THEN pg_catalog.concat(', ', a.application_name) END) AS text
FROM pg_catalog.pg_locks AS l
LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
JOIN pg_catalog.pg_class AS c ON c.oid = l.relation AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.granted AND l.pid <> pg_catalog.pg_backend_pid()
  AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())
ORDER BY a.xact_start, c.relname
LIMIT 5`;
