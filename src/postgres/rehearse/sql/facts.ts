/**
 * Size and traffic of relations by their qualified names ($1); a partitioned table counts with its partitions. -1 in
 * `reltuples` means never analyzed. Valid on 14 to 18; `pg_total_relation_size` waits for ACCESS EXCLUSIVE.
 */
export const factsSql = `
SELECT given.name, sum(pg_catalog.pg_total_relation_size(c.oid))::text AS bytes,
  (sum(c.reltuples) FILTER (WHERE c.reltuples >= 0 AND c.relkind IN ('r', 'm')))::int8::text AS rows
FROM pg_catalog.unnest($1::text[]) AS given(name)
  CROSS JOIN LATERAL (
    SELECT pg_catalog.to_regclass(given.name)::oid AS oid
    UNION SELECT relid::oid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(given.name))
  ) AS part
  JOIN pg_catalog.pg_class c ON c.oid = part.oid
GROUP BY given.name`;

/**
 * Rows written to each table since the statistics began, and for how long they have been counted; a partitioned table
 * with its partitions. Valid on 14 to 18.
 */
export const writesSql = `
SELECT n.nspname AS schema, c.relname AS name, sum(pg_catalog.pg_stat_get_tuples_inserted(part.oid)
    + pg_catalog.pg_stat_get_tuples_updated(part.oid)
    + pg_catalog.pg_stat_get_tuples_deleted(part.oid))::text AS writes,
  extract(epoch FROM pg_catalog.clock_timestamp() - d.stats_reset)::float8 AS age
FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_stat_database d ON d.datname = pg_catalog.current_database()
  CROSS JOIN LATERAL (
    SELECT c.oid UNION SELECT p.relid::oid FROM pg_catalog.pg_partition_tree(c.oid) p WHERE c.relkind = 'p'
  ) AS part(oid)
WHERE c.relkind IN ('r', 'p') AND c.oid >= 16384 AND n.nspname <> 'pg_toast'
GROUP BY n.nspname, c.relname, d.stats_reset`;
