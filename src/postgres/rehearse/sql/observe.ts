/**
 * Looks of an observer at its own backend. They read catalogs and functions only, so that they lock nothing of the
 * user's, and name everything with its schema, because `search_path` is the file's. Valid on 14 to 18.
 *
 * The `xact` counters of pg_stat are what the backend has not reported yet, earlier transactions included: they are
 * compared before and after. It reports outside of transactions only.
 */

const counters = (oid: string): string => `
  pg_catalog.pg_stat_get_xact_numscans(${oid})::int4 AS scans,
  pg_catalog.pg_stat_get_xact_tuples_inserted(${oid})::int4 AS inserted,
  pg_catalog.pg_stat_get_xact_tuples_updated(${oid})::int4 AS updated,
  pg_catalog.pg_stat_get_xact_tuples_deleted(${oid})::int4 AS deleted`;

/** The first oid that is not one of PostgreSQL's own (FirstNormalObjectId in transam.h). */
const firstOwn = 16384;

/** Relations of the database, without TOAST and what is temporary. `table` is that of an index. */
export const relationsSql = `
SELECT c.oid::int8::text AS oid, n.nspname AS schema, c.relname AS name, c.relkind::text AS kind,
  c.relfilenode::int8::text AS file, i.indrelid::int8::text AS table
FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
WHERE c.oid >= ${firstOwn} AND c.relpersistence <> 't' AND c.relkind <> 't' AND n.nspname <> 'pg_toast'`;

/** Counters of earlier transactions that the backend has not reported. */
export const pendingCountersSql = `
SELECT * FROM (
  SELECT c.oid::int8::text AS oid, ${counters('c.oid')}
  FROM pg_catalog.pg_class c
  WHERE c.oid >= ${firstOwn} AND c.relkind IN ('r', 'm', 'p')
) AS pending WHERE scans + inserted + updated + deleted > 0`;

/**
 * What the backend holds, without what is known well enough ($1), and what it has counted there; without a name where
 * the relation is gone.
 */
export const heldSql = `
SELECT l.relation::int8::text AS oid, n.nspname AS schema, c.relname AS name, c.relkind::text AS kind,
  c.relfilenode::int8::text AS file, c.relpersistence::text AS persistence, l.level, ${counters('l.relation')}
FROM (
  SELECT relation, max(CASE mode
    WHEN 'AccessShareLock' THEN 1 WHEN 'RowShareLock' THEN 2 WHEN 'RowExclusiveLock' THEN 3
    WHEN 'ShareUpdateExclusiveLock' THEN 4 WHEN 'ShareLock' THEN 5 WHEN 'ShareRowExclusiveLock' THEN 6
    WHEN 'ExclusiveLock' THEN 7 WHEN 'AccessExclusiveLock' THEN 8 END) AS level
  FROM pg_catalog.pg_locks
  WHERE locktype = 'relation' AND pid = pg_catalog.pg_backend_pid() AND granted AND relation >= ${firstOwn}
    AND NOT EXISTS (SELECT FROM pg_catalog.unnest($1::oid[]) AS known(oid) WHERE known.oid = relation)
  GROUP BY relation
) AS l
  LEFT JOIN pg_catalog.pg_class c ON c.oid = l.relation
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace`;
