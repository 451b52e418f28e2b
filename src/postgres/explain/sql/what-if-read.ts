/**
 * What the embedded planner needs to know of the server's tables. Columns used are there in 14–18 unless noted.
 */

/**
 * Relations of users that the current transaction has locked: after an EXPLAIN, all that the statement names, through
 * views and partitions as well. The planner locks no partition that it has pruned.
 */
export const touchedSql = `
SELECT c.oid::int8 AS oid
FROM pg_catalog.pg_locks AS l
JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation'
  AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())
  AND c.relkind IN ('r', 'p', 'm', 'v', 'f')
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_toast'
ORDER BY c.oid`;

/** A NULL for each parameter of the prepared statement $1: `(NULL, NULL)`, or nothing. */
export const nullsSql = `
SELECT '(' || pg_catalog.array_to_string(pg_catalog.array_fill('NULL'::text,
    ARRAY[pg_catalog.cardinality(p.parameter_types)]), ', ') || ')'
FROM pg_catalog.pg_prepared_statements AS p
WHERE p.name = $1 AND pg_catalog.cardinality(p.parameter_types) > 0`;

/** The session as the statement sees it; a database's collation has a provider since 15. */
export const surroundingsSql = `
SELECT pg_catalog.current_schemas(false)::text[] AS "searchPath",
  pg_catalog.to_jsonb(d) ->> 'datlocprovider' AS provider, d.datcollate AS collation,
  pg_catalog.current_setting('block_size')::int4 AS "blockSize"
FROM pg_catalog.pg_database AS d
WHERE d.datname = pg_catalog.current_database()`;

/**
 * The relations $1 and what they inherit from, parents first. reltuples is -1 for what was never analysed.
 * "wholeBlocks" is about all partitions of a partitioned table; row_security_active is about the current user.
 */
export const relationsSql = `
WITH RECURSIVE family (oid) AS (
  SELECT u.oid FROM pg_catalog.unnest($1::oid[]) AS u (oid)
  UNION
  SELECT i.inhparent FROM family AS f JOIN pg_catalog.pg_inherits AS i ON i.inhrelid = f.oid
), ranks (oid, depth) AS (
  SELECT f.oid, 0 FROM family AS f WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_inherits AS i WHERE i.inhrelid = f.oid)
  UNION
  SELECT i.inhrelid, r.depth + 1 FROM ranks AS r JOIN pg_catalog.pg_inherits AS i ON i.inhparent = r.oid
    JOIN family AS f ON f.oid = i.inhrelid
)
SELECT c.oid::int8 AS oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
  c.reltuples::float8 AS rows, c.relpages AS pages, c.relallvisible AS "allVisible",
  CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_relation_size(c.oid) / b.size ELSE 0 END::float8 AS blocks,
  CASE WHEN c.relkind = 'p' THEN (SELECT pg_catalog.sum(pg_catalog.pg_relation_size(p.relid)) / b.size
    FROM pg_catalog.pg_partition_tree(c.oid) AS p WHERE p.isleaf) ELSE 0 END::float8 AS "wholeBlocks",
  NOT pg_catalog.has_table_privilege(c.oid, 'SELECT') AS unreadable,
  pg_catalog.row_security_active(c.oid) AS "rowSecurity"
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN (SELECT r.oid, pg_catalog.max(r.depth) AS depth FROM ranks AS r GROUP BY r.oid) AS r ON r.oid = c.oid
CROSS JOIN (SELECT pg_catalog.current_setting('block_size')::int8 AS size) AS b
ORDER BY c.relkind = 'v', r.depth, c.oid`;

/** Valid indexes of the relations $1; the others are not planned with. */
export const indexesSql = `
SELECT t.oid::int8 AS "table", n.nspname AS schema, c.relname AS name, c.relkind AS kind,
  c.reltuples::float8 AS rows, c.relpages AS pages, c.relallvisible AS "allVisible",
  CASE WHEN c.relkind = 'i' THEN pg_catalog.pg_relation_size(c.oid) / b.size ELSE 0 END::float8 AS blocks
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
CROSS JOIN (SELECT pg_catalog.current_setting('block_size')::int8 AS size) AS b
WHERE i.indrelid = ANY ($1::oid[]) AND i.indisvalid AND t.relkind IN ('r', 'p', 'm')
ORDER BY c.oid`;

/** Constraints of the relation $1 by name: what they are and, of a foreign key, what they refer to. */
export const constraintKindsSql = `
SELECT k.conname AS name, k.contype AS kind, k.confrelid::int8 AS target
FROM pg_catalog.pg_constraint AS k
WHERE k.conrelid = $1::oid`;

/** Columns of the relation $1 that sort as the database does (the collation named default has the oid 100). */
export const defaultCollationSql = `
SELECT pg_catalog.quote_ident(a.attname::text) AS name
FROM pg_catalog.pg_attribute AS a
WHERE a.attrelid = $1::oid AND a.attnum > 0::int2 AND NOT a.attisdropped AND a.attcollation = '100'::oid`;

const statistics = `s.schemaname AS schema, s.tablename AS name, s.attname AS "column", a.attnum::int4 AS number,
  c.relkind = 'i' OR c.relkind = 'I' AS index, s.inherited, s.null_frac::text AS "nullFraction",
  s.avg_width AS width, s.n_distinct::text AS "distinct",
  s.most_common_vals::text AS "commonValues", s.most_common_freqs::text AS "commonFrequencies",
  s.histogram_bounds::text AS histogram, s.correlation::text AS correlation,
  s.most_common_elems::text AS "commonElements", s.most_common_elem_freqs::text AS "elementFrequencies",
  s.elem_count_histogram::text AS "elementCounts"`;

const ofRanges = `, s.range_length_histogram::text AS "rangeLengths", s.range_empty_frac::text AS "emptyRanges",
  s.range_bounds_histogram::text AS "rangeBounds"`;

/**
 * Statistics of the relations and indexes $1, as far as the user may read them.
 * @param version `server_version_num`: the statistics of ranges are in pg_stats since 17
 */
export function statisticsRowsSql(version: number): string {
  return `
SELECT ${statistics}${version >= 170000 ? ofRanges : ''}
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_stats AS s ON s.schemaname = n.nspname AND s.tablename = c.relname
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attname = s.attname
WHERE c.oid = ANY ($1::oid[]) OR c.oid IN (
  SELECT i.indexrelid FROM pg_catalog.pg_index AS i WHERE i.indrelid = ANY ($1::oid[]) AND i.indisvalid)`;
}

const names =
  `DateStyle IntervalStyle TimeZone array_nulls bytea_output constraint_exclusion cpu_index_tuple_cost
  cpu_operator_cost cpu_tuple_cost cursor_tuple_fraction default_text_search_config effective_cache_size
  extra_float_digits from_collapse_limit geqo geqo_effort geqo_generations geqo_pool_size geqo_seed
  geqo_selection_bias geqo_threshold hash_mem_multiplier join_collapse_limit lc_monetary
  max_parallel_workers_per_gather min_parallel_index_scan_size min_parallel_table_scan_size
  parallel_leader_participation parallel_setup_cost parallel_tuple_cost plan_cache_mode random_page_cost
  recursive_worktable_factor seq_page_cost standard_conforming_strings transform_null_equals work_mem`.split(
    /\s+/,
  );

/** Settings that a plan depends on, or the meaning of values in statements and statistics. */
export const settingsSql = `
SELECT s.name, pg_catalog.current_setting(s.name) AS value
FROM pg_catalog.pg_settings AS s
WHERE s.name IN (${names.map(name => `'${name}'`).join(', ')}) OR s.name LIKE 'enable\\_%'`;
