/** For the embedded PostgreSQL 18 alone, as its superuser. */

/** Source: https://www.postgresql.org/docs/18/functions-admin.html#FUNCTIONS-ADMIN-STATSMOD */
export const restoreRelationSql = `
SELECT pg_catalog.pg_restore_relation_stats('schemaname', $1::text, 'relname', $2::text,
  'relpages', $3::int4, 'reltuples', $4::float4, 'relallvisible', $5::int4) AS done`;

const attribute = `'null_frac', $5::float4, 'avg_width', $6::int4, 'n_distinct', $7::float4,
  'most_common_vals', $8::text, 'most_common_freqs', $9::float4[], 'histogram_bounds', $10::text,
  'correlation', $11::float4, 'most_common_elems', $12::text, 'most_common_elem_freqs', $13::float4[],
  'elem_count_histogram', $14::float4[], 'range_length_histogram', $15::text,
  'range_empty_frac', $16::float4, 'range_bounds_histogram', $17::text`;

/** Columns of an index are told by number, because their names are made up. */
export const restoreColumnSql = `
SELECT pg_catalog.pg_restore_attribute_stats('schemaname', $1::text, 'relname', $2::text,
  'attname', $3::text, 'inherited', $4::bool, ${attribute}) AS done`;
export const restoreIndexColumnSql = `
SELECT pg_catalog.pg_restore_attribute_stats('schemaname', $1::text, 'relname', $2::text,
  'attnum', $3::int2, 'inherited', $4::bool, ${attribute}) AS done`;

/** The index with the oid $1 and what it has on partitions. */
const wholeIndex = `
WITH RECURSIVE whole (oid) AS (
  SELECT $1::oid
  UNION
  SELECT i.inhrelid FROM whole AS w JOIN pg_catalog.pg_inherits AS i ON i.inhparent = w.oid
)`;

/** The planner leaves an index out that is not valid. $2: whether it is. */
export const setValidSql = `${wholeIndex}
UPDATE pg_catalog.pg_index SET indisvalid = $2::bool WHERE indexrelid IN (SELECT w.oid FROM whole AS w)`;

/** The oid of an index by its schema and name. */
export const indexOidSql = `
SELECT c.oid::int8 AS oid
FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relname = $2`;

/** Files of tables and indexes outside of the system's schemas. */
export const filesSql = `
SELECT n.nspname AS schema, c.relname AS name, pg_catalog.pg_relation_filepath(c.oid) AS path
FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm', 'i') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`;

/**
 * Indexes outside of the system's schemas, each with its columns and what pg_stats says of them. Statistics of an expression are those of an index that has it already; otherwise the widest column
 * it is made of stands for it. A column without any has the width of its type, or 32 bytes. Keys of which equal values
 * may look different do not share tuples, which their operator classes tell.
 * Source: https://www.postgresql.org/docs/18/btree.html#BTREE-DEDUPLICATION; get_typavgwidth in lsyscache.c
 */
export const indexShapesSql = `
SELECT x.oid::int8 AS oid, n.nspname AS schema, x.relname AS name, m.amname AS method,
  i.indisunique AS unique, pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
  t.relname AS "table", tn.nspname AS "tableSchema", ARRAY(
    SELECT pg_catalog.pg_get_indexdef(x.oid, k.number, true) FROM pg_catalog.generate_series(1, i.indnkeyatts) AS k (number)
    ORDER BY k.number) AS keys,
  (SELECT pg_catalog.jsonb_object_agg(o.option_name, o.option_value)
    FROM pg_catalog.pg_options_to_table(x.reloptions) AS o) AS options,
  (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'width', w.width,
      'alignment', CASE WHEN a.attlen < 0::int2 AND w.width < 127 THEN 1
        ELSE CASE a.attalign WHEN 'c' THEN 1 WHEN 's' THEN 2 WHEN 'i' THEN 4 ELSE 8 END END,
      'nulls', COALESCE(s.null_frac, 0),
      'distinct', CASE WHEN a.atttypid = '16'::oid THEN 2 ELSE COALESCE(s.n_distinct, -1) END,
      'key', a.attnum <= i.indnkeyatts,
      'plain', COALESCE(o.opcintype::pg_catalog.regtype::text NOT IN ('numeric', 'real', 'double precision',
        'jsonb', 'anyarray', 'anyrange', 'anymultirange', 'record'), false)
        AND COALESCE(l.collisdeterministic, true)) ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute AS a
    LEFT JOIN pg_catalog.pg_opclass AS o ON o.oid = i.indclass[a.attnum - 1] AND a.attnum <= i.indnkeyatts
    LEFT JOIN pg_catalog.pg_collation AS l ON l.oid = a.attcollation
    LEFT JOIN pg_catalog.pg_attribute AS ta
      ON ta.attrelid = i.indrelid AND ta.attnum = i.indkey[a.attnum - 1] AND ta.attnum > 0::int2
    LEFT JOIN LATERAL (
      SELECT s.avg_width, s.null_frac, s.n_distinct, 1 AS rank
      FROM pg_catalog.pg_stats AS s
      WHERE s.schemaname = tn.nspname AND s.tablename = t.relname AND s.attname = ta.attname
      UNION ALL
      SELECT s.avg_width, s.null_frac, s.n_distinct, 2
      FROM pg_catalog.pg_index AS i2
      JOIN pg_catalog.pg_class AS x2 ON x2.oid = i2.indexrelid
      JOIN pg_catalog.pg_attribute AS a2 ON a2.attrelid = i2.indexrelid
      JOIN pg_catalog.pg_stats AS s
        ON s.schemaname = n.nspname AND s.tablename = x2.relname AND s.attname = a2.attname
      WHERE ta.attnum IS NULL AND i2.indrelid = i.indrelid
        AND pg_catalog.pg_get_indexdef(i2.indexrelid, a2.attnum, true)
          = pg_catalog.pg_get_indexdef(i.indexrelid, a.attnum, true)
      UNION ALL
      SELECT s.avg_width, s.null_frac, s.n_distinct, 3
      FROM pg_catalog.pg_depend AS d
      JOIN pg_catalog.pg_attribute AS da ON da.attrelid = d.refobjid AND da.attnum = d.refobjsubid
      JOIN pg_catalog.pg_stats AS s
        ON s.schemaname = tn.nspname AND s.tablename = t.relname AND s.attname = da.attname
      WHERE ta.attnum IS NULL AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = x.oid
        AND d.refobjid = i.indrelid AND da.attnum <> ALL (i.indkey)
      ORDER BY rank, avg_width DESC LIMIT 1) AS s ON true
    CROSS JOIN LATERAL (SELECT CASE WHEN a.attlen > 0::int2 THEN a.attlen::int4
      ELSE COALESCE(s.avg_width, 32) END AS width) AS w
    WHERE a.attrelid = x.oid AND a.attnum > 0::int2) AS columns
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = x.relnamespace
JOIN pg_catalog.pg_am AS m ON m.oid = x.relam
JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.relnamespace
WHERE x.relkind = 'i' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`;

/** Oids of the index $1 and of what it has on partitions. */
export const wholeIndexSql = `${wholeIndex}
SELECT w.oid::int8 AS oid FROM whole AS w`;
