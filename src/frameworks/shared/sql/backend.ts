/**
 * The server process of this session, and whether it is the only one there can be (`standalone backend`).
 * Reads pg_stat_activity, whose own row everybody sees whole; alike in PostgreSQL 14–18.
 */
export const backendSql = `
SELECT pg_catalog.pg_backend_pid() AS pid, EXISTS (
  SELECT FROM pg_catalog.pg_stat_activity
  WHERE pid = pg_catalog.pg_backend_pid() AND backend_type = 'standalone backend') AS single`;
