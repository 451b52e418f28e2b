/**
 * The oids of relations by name, with their partitioned ancestors. $1 schemas (null: along the search path), $2 names;
 * and of the tables that have a foreign key with a name of $3.
 * A join on names and not `to_regclass`, which fails on a schema that the user may not use. relispartition: 10+.
 */
export const resolveSql = `
WITH RECURSIVE asked AS (
  SELECT a.schema, a.name FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[])) AS a (schema, name)
), found AS (
  SELECT DISTINCT ON (a.schema, a.name) c.oid
  FROM asked AS a
  JOIN pg_catalog.pg_class AS c ON c.relname = a.name::name
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'm', 'f') AND CASE WHEN a.schema IS NULL
    THEN n.nspname = ANY (pg_catalog.current_schemas(true)) ELSE n.nspname = a.schema::name END
  ORDER BY a.schema, a.name, pg_catalog.array_position(pg_catalog.current_schemas(true), n.nspname)
), family(oid) AS (
  (SELECT f.oid FROM found AS f
  UNION
  SELECT k.conrelid FROM pg_catalog.pg_constraint AS k
  WHERE k.contype = 'f' AND k.conparentid = 0::oid AND k.conname = ANY ($3::name[]))
  UNION
  SELECT i.inhparent FROM family AS f
  JOIN pg_catalog.pg_class AS c ON c.oid = f.oid AND c.relispartition
  JOIN pg_catalog.pg_inherits AS i ON i.inhrelid = f.oid
)
SELECT f.oid FROM family AS f`;

/**
 * Version, clock and settings. $1 names of settings; one that this version does not know is left out
 * (hash_mem_multiplier: 13+; jit: 11+).
 */
export const serverSql = `
SELECT pg_catalog.current_setting('server_version_num')::int4 AS "serverVersion",
  (EXTRACT(epoch FROM pg_catalog.clock_timestamp()) * 1000)::float8 AS now,
  (SELECT pg_catalog.json_object_agg(s.name, pg_catalog.current_setting(s.name)) FROM pg_catalog.pg_settings AS s
    WHERE s.name = ANY ($1::text[])) AS settings`;

/**
 * Relations that nobody holds an ACCESS EXCLUSIVE lock on, or waits for one: the deparsing functions lock what they
 * look at, and would queue behind.
 */
const heldSql = `
  SELECT l.relation FROM pg_catalog.pg_locks AS l
  WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
    AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())`;

/**
 * Indexes of the table `c` as JSON. Expressions, predicates and definitions are empty where `t.free` is false.
 * indnkeyatts: 11+. indoption's lowest bit is DESC.
 */
const indexesSql = `
  SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
    'schema', xn.nspname, 'name', x.relname, 'method', m.amname, 'unique', i.indisunique,
    'valid', i.indisvalid AND i.indisready,
    'keys', (
      SELECT pg_catalog.json_agg(pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
        'column', a.attname,
        'expression', CASE WHEN a.attname IS NULL THEN CASE WHEN t.free
          THEN pg_catalog.pg_get_indexdef(i.indexrelid, p.n + 1, false) ELSE ''::text END END,
        'descending', (i.indoption[p.n] & 1::int2) = 1)) ORDER BY p.n)
      FROM pg_catalog.generate_series(0, i.indnkeyatts - 1) AS p (n)
      LEFT JOIN pg_catalog.pg_attribute AS a
        ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p.n] AND i.indkey[p.n] <> 0),
    'include', ARRAY(
      SELECT a.attname::text FROM pg_catalog.generate_series(i.indnkeyatts::int4, i.indnatts - 1) AS p (n)
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p.n]
      ORDER BY p.n),
    'predicate', CASE WHEN i.indpred IS NOT NULL THEN CASE WHEN t.free
      THEN COALESCE(pg_catalog.pg_get_expr(i.indpred, i.indrelid), ''::text) ELSE ''::text END END,
    'definition', CASE WHEN t.free THEN pg_catalog.pg_get_indexdef(i.indexrelid) ELSE ''::text END) ORDER BY x.relname)
  FROM pg_catalog.pg_index AS i
  JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
  JOIN pg_catalog.pg_namespace AS xn ON xn.oid = x.relnamespace
  JOIN pg_catalog.pg_am AS m ON m.oid = x.relam
  WHERE i.indrelid = c.oid`;

/**
 * Columns of the table `c` as JSON, with what pg_stats shows this user of them: rows of the whole tree for a
 * partitioned table, of the table alone otherwise. attstattarget is -1 up to 16 and null from 17 on where the default holds.
 */
const columnsSql = `
  SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
    'name', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
    'notNull', a.attnotnull OR y.typnotnull,
    'statisticsTarget', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,
    'statistics', CASE WHEN s.attname IS NOT NULL THEN pg_catalog.json_build_object(
      'nullFraction', s.null_frac, 'width', s.avg_width, 'distinct', s.n_distinct, 'correlation', s.correlation) END
    ) ORDER BY a.attnum)
  FROM pg_catalog.pg_attribute AS a
  JOIN pg_catalog.pg_type AS y ON y.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_stats AS s ON s.schemaname = n.nspname AND s.tablename = c.relname
    AND s.attname = a.attname AND s.inherited = (c.relkind = 'p')
  WHERE a.attrelid = c.oid AND a.attnum > 0::int2 AND NOT a.attisdropped`;

/** Letters of pg_statistic_ext.stxkind. Source: catalog pg_statistic_ext; expressions (e): 14+. */
const extendedSql = `
  SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', e.stxname,
    'columns', ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(e.stxkeys::int2[]) AS k (n)
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.n),
    'kinds', ARRAY(SELECT CASE k.letter WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies'
      WHEN 'm' THEN 'mcv' ELSE 'expressions' END FROM pg_catalog.unnest(e.stxkind) AS k (letter))))
  FROM pg_catalog.pg_statistic_ext AS e WHERE e.stxrelid = c.oid`;

/**
 * What the catalog knows of the relations $1 (oids); with $2 false nothing is deparsed and nothing locked.
 * A partitioned table has the sums of its leaves: its own relpages says nothing, and the statistics system counts no
 * changes for it. reltuples is -1 while unknown (14+). pg_stat_all_tables has partitioned tables from 14 on, and times of ANALYZE for them.
 */
export const tablesSql = `
WITH RECURSIVE held AS MATERIALIZED (${heldSql}
), tree(root, oid, relkind) AS (
  SELECT c.oid, c.oid, c.relkind FROM pg_catalog.pg_class AS c WHERE c.oid = ANY ($1::oid[])
  UNION ALL
  SELECT t.root, c.oid, c.relkind FROM tree AS t
  JOIN pg_catalog.pg_inherits AS i ON i.inhparent = t.oid
  JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
  WHERE t.relkind = 'p'
), sums AS (
  SELECT t.root, pg_catalog.sum(c.reltuples) FILTER (WHERE c.reltuples >= 0::float4) AS rows,
    pg_catalog.sum(c.relpages) AS pages, pg_catalog.sum(c.relallvisible) AS visible,
    pg_catalog.sum(pg_catalog.pg_stat_get_live_tuples(t.oid)) AS live,
    pg_catalog.sum(pg_catalog.pg_stat_get_dead_tuples(t.oid)) AS dead,
    pg_catalog.sum(pg_catalog.pg_stat_get_mod_since_analyze(t.oid)) AS changed
  FROM tree AS t JOIN pg_catalog.pg_class AS c ON c.oid = t.oid
  WHERE t.relkind <> 'p' GROUP BY t.root
), up(oid, top) AS (
  SELECT c.oid, i.inhparent FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_inherits AS i ON i.inhrelid = c.oid
  WHERE c.oid = ANY ($1::oid[]) AND c.relispartition
  UNION ALL
  SELECT u.oid, i.inhparent FROM up AS u JOIN pg_catalog.pg_inherits AS i ON i.inhrelid = u.top
), wanted AS MATERIALIZED (
  SELECT c.oid, $2::bool AND c.oid NOT IN (SELECT h.relation FROM held AS h)
    AND NOT EXISTS (SELECT FROM held AS h JOIN pg_catalog.pg_index AS i ON i.indexrelid = h.relation
      WHERE i.indrelid = c.oid) AS free
  FROM pg_catalog.pg_class AS c WHERE c.oid = ANY ($1::oid[])
)
SELECT n.nspname AS schema, c.relname AS name, c.relkind AS kind, s.rows::float8 AS rows,
  s.pages::float8 AS pages, s.visible::float8 AS "allVisiblePages",
  s.live::float8 AS "liveRows", s.dead::float8 AS "deadRows", s.changed::float8 AS "changedSinceAnalyze",
  (EXTRACT(epoch FROM GREATEST(pg_catalog.pg_stat_get_last_analyze_time(c.oid),
    pg_catalog.pg_stat_get_last_autoanalyze_time(c.oid))) * 1000)::float8 AS "lastAnalyze",
  (EXTRACT(epoch FROM GREATEST(pg_catalog.pg_stat_get_last_vacuum_time(c.oid),
    pg_catalog.pg_stat_get_last_autovacuum_time(c.oid))) * 1000)::float8 AS "lastVacuum",
  (SELECT pg_catalog.json_build_object('schema', pn.nspname, 'name', p.relname)
    FROM up AS u JOIN pg_catalog.pg_class AS p ON p.oid = u.top AND NOT p.relispartition
    JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace
    WHERE u.oid = c.oid LIMIT 1) AS "partitionOf",
  (SELECT ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.partattrs::int2[]) WITH ORDINALITY AS w (n, at)
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = w.n ORDER BY w.at)
    FROM pg_catalog.pg_partitioned_table AS k WHERE k.partrelid = c.oid) AS "partitionKey",
  (${indexesSql}) AS indexes,
  (${columnsSql}) AS columns,
  (${extendedSql}) AS "extendedStatistics",
  ARRAY(SELECT o.relname::text FROM pg_catalog.pg_class AS o
    WHERE o.relnamespace = c.relnamespace AND o.relname >= pg_catalog.left(c.relname::text, 20)::name
      AND o.relname < (pg_catalog.left(c.relname::text, 20) || pg_catalog.repeat('~', 20))::name) AS "namesTaken"
FROM wanted AS t
JOIN pg_catalog.pg_class AS c ON c.oid = t.oid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN sums AS s ON s.root = c.oid`;

/**
 * Foreign keys with the names $1. Those that PostgreSQL made for partitions (conparentid) are not the user's.
 * `indexed`: a valid, whole btree index whose first columns are the key's, in any order, finds the referencing rows.
 */
export const foreignKeysSql = `
SELECT k.conname AS constraint, n.nspname AS schema, c.relname AS name,
  rn.nspname AS "referencedSchema", r.relname AS "referencedName",
  ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS w (n, at)
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = w.n ORDER BY w.at) AS columns,
  ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS w (n, at)
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = w.n ORDER BY w.at) AS "referencedColumns",
  EXISTS (SELECT FROM pg_catalog.pg_index AS i
    JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
    JOIN pg_catalog.pg_am AS m ON m.oid = x.relam
    WHERE i.indrelid = k.conrelid AND i.indisvalid AND i.indpred IS NULL AND m.amname = 'btree'
      AND (i.indkey::int2[])[0:pg_catalog.cardinality(k.conkey) - 1] @> k.conkey) AS indexed
FROM pg_catalog.pg_constraint AS k
JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class AS r ON r.oid = k.confrelid
JOIN pg_catalog.pg_namespace AS rn ON rn.oid = r.relnamespace
WHERE k.contype = 'f' AND k.conparentid = 0::oid AND k.conname = ANY ($1::name[])`;
