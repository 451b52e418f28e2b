import {commentOf} from './comment.ts';

/** Tables and the like that are not partitions. $1 schema, $2 kinds, $3 after, $4 limit, $5 LIKE pattern or null. */
export const relationsPageSql = `
  SELECT c.* FROM pg_catalog.pg_class AS c
  WHERE c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = $1::name)
    AND c.relkind = ANY ($2::"char"[]) AND NOT c.relispartition
    AND c.relname > COALESCE($3::name, ''::name)
    AND ($5::text IS NULL OR c.relname::text COLLATE pg_catalog."default" ILIKE $5::text)
  ORDER BY c.relname LIMIT $4::int8`;

/** Direct partitions of one table. $1 oid, $2 kinds, $3 after (name), $4 limit, $5 LIKE pattern or null, $6 after (oid). */
export const partitionsPageSql = `
  SELECT c.* FROM pg_catalog.pg_inherits AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
  WHERE i.inhparent = $1::oid AND c.relispartition AND c.relkind = ANY ($2::"char"[])
    AND (c.relname, c.oid) > (COALESCE($3::name, ''::name), COALESCE($6::oid, '0'::oid))
    AND ($5::text IS NULL OR c.relname::text COLLATE pg_catalog."default" ILIKE $5::text)
  ORDER BY c.relname, c.oid LIMIT $4::int8`;

/** @returns a table of WITH RECURSIVE: relations, and with those that are partitioned all below them */
function treeOf(roots: string): string {
  return `tree(root, oid, relkind) AS (
  SELECT c.oid, c.oid, c.relkind FROM ${roots}
  UNION ALL
  SELECT t.root, c.oid, c.relkind
  FROM tree AS t
  JOIN pg_catalog.pg_inherits AS i ON i.inhparent = t.oid
  JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
  WHERE t.relkind = 'p'
)`;
}

/**
 * What the catalog alone knows of a page of relations: nothing here opens or locks a relation, so it never waits.
 * reltuples is -1 while unknown since 14. Only partitioned tables (relkind p) are summed over their leaves: a
 * parent of classic inheritance holds rows of its own. Counting instead of EXISTS, which the planner would answer by
 * reading all of pg_index and pg_inherits once. relispartition and relrowsecurity: all supported versions.
 */
export function relationsSql(pageSql: string): string {
  return `
WITH RECURSIVE page AS MATERIALIZED (${pageSql}
), ${treeOf('page AS c')}, sums AS (
  SELECT t.root, pg_catalog.sum(c.reltuples) FILTER (WHERE c.reltuples >= 0::float4) AS rows,
    pg_catalog.sum(c.relpages + COALESCE(o.relpages, 0) + (
      SELECT COALESCE(pg_catalog.sum(x.relpages), 0::int8) FROM pg_catalog.pg_index AS i
      JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
      WHERE i.indrelid = c.oid OR i.indrelid = c.reltoastrelid)) AS pages
  FROM tree AS t
  JOIN pg_catalog.pg_class AS c ON c.oid = t.oid
  LEFT JOIN pg_catalog.pg_class AS o ON o.oid = c.reltoastrelid
  WHERE t.relkind IN ('r', 'm', 'f')
  GROUP BY t.root
)
SELECT p.oid, n.nspname AS schema, p.relname AS name, pg_catalog.pg_get_userbyid(p.relowner) AS owner,
  ${commentOf('p.oid', 'pg_class')} AS comment, p.relkind AS kind, p.relpersistence AS persistence,
  p.relrowsecurity AS "rowSecurity", p.relforcerowsecurity AS "forcedRowSecurity", p.relispopulated AS populated,
  NOT p.relispartition AND (
    SELECT pg_catalog.count(*) > 0 FROM pg_catalog.pg_inherits AS i WHERE i.inhrelid = p.oid) AS inherits,
  (SELECT pg_catalog.count(*) > 0
    FROM pg_catalog.pg_index AS i WHERE i.indrelid = p.oid AND i.indisprimary) AS "hasPrimaryKey",
  (SELECT k.partstrat FROM pg_catalog.pg_partitioned_table AS k WHERE k.partrelid = p.oid) AS strategy,
  (SELECT pg_catalog.count(*) FROM pg_catalog.pg_inherits AS i WHERE p.relkind = 'p' AND i.inhparent = p.oid) AS partitions,
  (SELECT s.srvname FROM pg_catalog.pg_foreign_table AS f
    JOIN pg_catalog.pg_foreign_server AS s ON s.oid = f.ftserver WHERE f.ftrelid = p.oid) AS server,
  s.rows::float8 AS rows,
  COALESCE(s.pages, 0) * pg_catalog.current_setting('block_size')::int8 AS bytes
FROM page AS p
JOIN pg_catalog.pg_namespace AS n ON n.oid = p.relnamespace
LEFT JOIN sums AS s ON s.root = p.oid
ORDER BY p.relname, p.oid`;
}

/**
 * Sizes on disk, and bounds of partitions, of the relations $1 that nobody holds an ACCESS EXCLUSIVE lock on (or
 * waits for one: whoever came after would queue behind). Both functions lock the relation in ACCESS SHARE mode.
 * A partitioned table is the sum of its leaves; with more than a thousand of them asking the file system is too
 * slow for a list (about 0.1 ms for each), so the estimate stands. A relation that was dropped meanwhile is null.
 */
export const measuresSql = `
WITH RECURSIVE ${treeOf('pg_catalog.pg_class AS c WHERE c.oid = ANY ($1::oid[])')}, held AS MATERIALIZED (
  SELECT l.relation FROM pg_catalog.pg_locks AS l
  WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
    AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())
), free AS MATERIALIZED (
  SELECT t.root
  FROM tree AS t JOIN pg_catalog.pg_class AS c ON c.oid = t.oid
  GROUP BY t.root
  HAVING pg_catalog.count(*) <= 1000 AND NOT pg_catalog.bool_or(
    c.oid IN (SELECT h.relation FROM held AS h) OR c.reltoastrelid IN (SELECT h.relation FROM held AS h)
    OR EXISTS (SELECT FROM held AS h JOIN pg_catalog.pg_index AS i ON i.indexrelid = h.relation
      WHERE i.indrelid = c.oid OR i.indrelid = c.reltoastrelid))
)
SELECT t.root AS oid, pg_catalog.sum(pg_catalog.pg_total_relation_size(t.oid::pg_catalog.regclass)) AS bytes,
  (SELECT pg_catalog.pg_get_expr(c.relpartbound, c.oid) FROM pg_catalog.pg_class AS c
    WHERE c.oid = t.root AND c.relispartition) AS bound
FROM tree AS t JOIN free AS f ON f.root = t.root
GROUP BY t.root`;
