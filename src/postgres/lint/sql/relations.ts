/**
 * Every relation of users with its parts, a row each. No privilege on the relations is needed. What has to be deparsed
 * (defaults, checks, expressions of indexes) locks its table on some of these versions, so it is left out where another
 * session holds ACCESS EXCLUSIVE or waits for it. `contype` is `n` from 18 on, for NOT NULL; `attgenerated` is `v` from
 * 18 on. Sizes are those of the last VACUUM or ANALYZE, for where the real one cannot be had. Valid on 14 to 18.
 */
export const relationsSql = `
WITH busy AS MATERIALIZED (
  SELECT DISTINCT l.relation AS oid FROM pg_catalog.pg_locks l
  WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.pid <> pg_catalog.pg_backend_pid()
    AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
), own AS MATERIALIZED (
  SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, c.relrowsecurity, c.relispartition, c.relpages,
    c.reltuples, c.relhastriggers, c.relhasindex,
    EXISTS (SELECT FROM busy WHERE busy.oid = c.oid) AS busy
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'
    AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
), columns AS (
  SELECT a.attrelid AS oid, pg_catalog.json_agg(pg_catalog.json_build_array(a.attnum, a.attname,
    pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
    CASE WHEN a.atthasdef AND NOT o.busy THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,
    a.attgenerated, a.attidentity) ORDER BY a.attnum) AS list
  FROM own o JOIN pg_catalog.pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  GROUP BY a.attrelid
), constraints AS (
  SELECT k.conrelid AS oid, pg_catalog.json_agg(pg_catalog.json_build_array(k.conname, k.contype, k.convalidated,
    k.conkey,
    CASE WHEN k.contype = 'c' AND NOT o.busy THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid) END,
    k.confrelid::text, k.confkey) ORDER BY k.conname) AS list
  FROM own o JOIN pg_catalog.pg_constraint k ON k.conrelid = o.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x', 'n')
  GROUP BY k.conrelid
), indexes AS (
  SELECT i.indrelid AS oid, pg_catalog.json_agg(pg_catalog.json_build_array(n.nspname, c.relname,
    i.indkey::int2[], i.indnkeyatts,
    CASE WHEN i.indexprs IS NOT NULL AND NOT o.busy AND NOT EXISTS (SELECT FROM busy WHERE busy.oid = i.indexrelid) THEN
      (SELECT pg_catalog.json_agg(pg_catalog.pg_get_indexdef(i.indexrelid, u.nr::int4, true) ORDER BY u.nr)
        FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY u(attnum, nr) WHERE u.attnum = 0) END,
    i.indisunique, m.amname,
    CASE WHEN i.indpred IS NOT NULL AND NOT o.busy THEN pg_catalog.pg_get_expr(i.indpred, i.indrelid) END,
    k.conname, i.indisvalid, i.indpred IS NOT NULL) ORDER BY c.relname) AS list
  FROM own o JOIN pg_catalog.pg_index i ON i.indrelid = o.oid
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_am m ON m.oid = c.relam
    LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid
      AND k.contype IN ('p', 'u', 'x')
  GROUP BY i.indrelid
), reads AS (
  SELECT r.ev_class AS oid, pg_catalog.json_agg(DISTINCT pg_catalog.jsonb_build_array(n.nspname, c.relname)) AS list
  FROM own o JOIN pg_catalog.pg_rewrite r ON r.ev_class = o.oid AND o.relkind IN ('v', 'm')
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
      AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid <> r.ev_class
    JOIN pg_catalog.pg_class c ON c.oid = d.refobjid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  GROUP BY r.ev_class
), partitions AS (
  SELECT h.inhparent AS oid, pg_catalog.json_agg(pg_catalog.json_build_array(n.nspname, c.relname) ORDER BY c.relname) AS list
  FROM own o JOIN pg_catalog.pg_inherits h ON h.inhparent = o.oid AND o.relkind = 'p'
    JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  GROUP BY h.inhparent
), parents AS (
  SELECT h.inhrelid AS oid, pn.nspname, p.relname, COALESCE(t.partdefid = h.inhrelid, false) AS is_default
  FROM own o JOIN pg_catalog.pg_inherits h ON h.inhrelid = o.oid AND o.relispartition
    JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
    JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
    LEFT JOIN pg_catalog.pg_partitioned_table t ON t.partrelid = h.inhparent
)
SELECT o.oid::text AS oid, o.nspname AS schema, o.relname AS name, o.relkind AS kind, o.relpersistence = 'u' AS unlogged,
  o.relrowsecurity AS row_security, o.busy, o.relpages::text AS pages, o.reltuples::float8 AS rows,
  columns.list AS columns, constraints.list AS constraints, indexes.list AS indexes, reads.list AS reads,
  partitions.list AS partitions, parents.nspname AS parent_schema, parents.relname AS parent,
  COALESCE(parents.is_default, false) AS is_default,
  key.partstrat AS strategy, key.partattrs::int2[] AS key,
  CASE WHEN NOT o.busy THEN pg_catalog.pg_get_expr(key.partexprs, o.oid) END AS key_expressions,
  (SELECT pg_catalog.json_agg(t.tgname ORDER BY t.tgname) FROM pg_catalog.pg_trigger t
    WHERE t.tgrelid = o.oid AND NOT t.tgisinternal) AS triggers,
  (SELECT pg_catalog.json_agg(p.polname ORDER BY p.polname) FROM pg_catalog.pg_policy p
    WHERE p.polrelid = o.oid) AS policies
FROM own o
  LEFT JOIN columns ON columns.oid = o.oid
  LEFT JOIN constraints ON constraints.oid = o.oid
  LEFT JOIN indexes ON indexes.oid = o.oid
  LEFT JOIN reads ON reads.oid = o.oid
  LEFT JOIN partitions ON partitions.oid = o.oid
  LEFT JOIN parents ON parents.oid = o.oid
  LEFT JOIN pg_catalog.pg_partitioned_table key ON key.partrelid = o.oid`;
