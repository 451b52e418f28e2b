/**
 * Resolves names along `search_path` ($1), where `$2` says so to the table of an index, and where `$3`
 * does to the partitions as well. Valid on 14 to 18.
 */
export const resolveSql = `
SELECT a.nr::int4 AS nr, c.oid::int8::text AS oid, n.nspname AS schema, c.relname AS name, c.relkind::text AS kind
FROM unnest($1::text[], $2::bool[], $3::bool[]) WITH ORDINALITY AS a(name, to_table, all_of_it, nr)
  JOIN pg_catalog.pg_class given ON given.oid = pg_catalog.to_regclass(a.name)
  LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = given.oid AND a.to_table
  CROSS JOIN LATERAL (
    SELECT coalesce(i.indrelid, given.oid) AS oid
    UNION SELECT t.relid::oid FROM pg_catalog.pg_partition_tree(given.oid) t WHERE a.all_of_it
  ) AS each
  JOIN pg_catalog.pg_class c ON c.oid = each.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
ORDER BY a.nr, c.oid`;

/** Files of all tables, materialized views and indexes of the user's. */
export const filesSql = `
SELECT c.oid::int8::text AS oid, c.relfilenode::int8::text AS file
FROM pg_catalog.pg_class c
WHERE c.oid >= 16384 AND c.relpersistence <> 't' AND c.relkind IN ('r', 'm', 'i')`;
