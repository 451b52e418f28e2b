/**
 * The table, view, sequence or index that is called $2 in the schema $1, or along the search path where $1 is null;
 * where several schemas have the name and none is on the path, the first by name. For an index: its table.
 * One row for it and for each table that it is a partition of, outermost first. $3: true for an index.
 * pg_partition_ancestors: since 12; it gives nothing for what is no partition.
 */
export const pathToRelationSql = `
WITH named AS (
  SELECT c.oid FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relname = $2::name AND ($1::name IS NULL OR n.nspname = $1::name)
    AND CASE WHEN $3::bool THEN c.relkind IN ('i', 'I') ELSE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') END
  ORDER BY NOT pg_catalog.pg_table_is_visible(c.oid), n.nspname
  LIMIT 1
), wanted AS (
  SELECT CASE WHEN $3::bool
    THEN (SELECT i.indrelid FROM pg_catalog.pg_index AS i WHERE i.indexrelid = named.oid) ELSE named.oid END AS oid
  FROM named
), path AS (
  SELECT w.oid, '0'::int8 AS position FROM wanted AS w
  UNION ALL
  SELECT a.relid, a.position - 1
  FROM wanted AS w, pg_catalog.pg_partition_ancestors(w.oid::pg_catalog.regclass) WITH ORDINALITY AS a(relid, position)
  WHERE a.relid <> w.oid
)
SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relispartition AS partition
FROM path AS p JOIN pg_catalog.pg_class AS c ON c.oid = p.oid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
ORDER BY p.position DESC`;
