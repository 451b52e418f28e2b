/** The start of another role's session is hidden from who may not read all statistics. */
const same = `COALESCE(pg_catalog.abs(extract(epoch FROM a.backend_start) * 1000 - $2::numeric) < 1, true)`;

const seen = `COALESCE(a.state, '') AS state, a.query = '<insufficient privilege>' AS hidden,
  COALESCE(extract(epoch FROM a.query_start) * 1000, 0)::float8 AS "queryAt", ${same} AS same`;

const source = 'FROM pg_catalog.pg_stat_get_activity($1::int) AS a WHERE a.pid = $1::int';

/** What the process does now. The same in 14–18. */
export const seenSql = `SELECT ${seen} ${source}`;

/**
 * Ends a session, or its query where one runs, only if the process is still the one that was meant: the look and the
 * deed are one statement.
 */
export const endSql = {
  cancel: `SELECT ${seen}, CASE WHEN ${same} AND COALESCE(a.state, '') NOT LIKE 'idle%'
    THEN pg_catalog.pg_cancel_backend(a.pid) END AS told ${source}`,
  terminate: `SELECT ${seen}, CASE WHEN ${same} THEN pg_catalog.pg_terminate_backend(a.pid) END AS told ${source}`,
} as const;

/** Whose session it is, which everybody sees; no row for the server's own processes. */
export const ownerSql = `SELECT r.rolname AS name, r.rolsuper AS superuser
  FROM pg_catalog.pg_stat_get_activity($1::int) AS a JOIN pg_catalog.pg_roles AS r ON r.oid = a.usesysid
  WHERE a.pid = $1::int`;
