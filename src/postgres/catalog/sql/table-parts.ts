import {commentOf} from './comment.ts';

/**
 * Columns of the relation $1. attgenerated is `v` for virtual columns from 18 on. A generated column's expression is
 * kept where defaults are. conkey has the key's columns without those of INCLUDE. pg_get_expr locks the table in ACCESS SHARE mode.
 */
export const columnsSql = `
SELECT a.attnum AS position, a.attname AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
  NOT a.attnotnull AND NOT t.typnotnull AS nullable, a.attidentity AS identity, a.attgenerated AS generated,
  pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression,
  EXISTS (SELECT FROM pg_catalog.pg_constraint AS k
    WHERE k.conrelid = a.attrelid AND k.contype = 'p' AND a.attnum = ANY (k.conkey)) AS "inPrimaryKey",
  (SELECT pg_catalog.quote_ident(n.nspname::text) || '.'::text || pg_catalog.quote_ident(c.collname::text)
    FROM pg_catalog.pg_collation AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.collnamespace
    WHERE c.oid = a.attcollation AND a.attcollation <> t.typcollation) AS collation,
  ${commentOf('a.attrelid', 'pg_class', 'a.attnum::int4')} AS comment
FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = $1::oid AND a.attnum > 0::int2 AND NOT a.attisdropped
ORDER BY a.attnum`;

/**
 * Indexes of the relation $1. last_idx_scan: 16+, read through JSON so that one text serves all versions.
 * Scans count since stats_reset of the database, null when it was never reset; uniqueness checks are no scans.
 */
export const indexesSql = `
SELECT i.indexrelid AS oid, c.relname AS name, pg_catalog.pg_get_indexdef(i.indexrelid) AS definition,
  m.amname AS method, i.indisunique AS unique, i.indisvalid AS valid, i.indisready AS ready,
  i.indpred IS NOT NULL AS partial, k.conname AS constraint, k.contype AS "constraintType",
  pg_catalog.pg_relation_size(i.indexrelid::pg_catalog.regclass) AS bytes,
  CASE WHEN c.relkind = 'i' THEN COALESCE(s.idx_scan, 0::int8) END AS scans,
  s.idx_tup_read AS "entriesRead", s.idx_tup_fetch AS "rowsFetched",
  pg_catalog.to_jsonb(s) ->> 'last_idx_scan' AS "lastScan",
  i.indisreplident AS "replicaIdentity",
  ARRAY(SELECT f.conname::pg_catalog.text FROM pg_catalog.pg_constraint AS f
    WHERE f.conrelid = i.indrelid AND f.contype = 'f' AND i.indisvalid AND i.indpred IS NULL AND m.amname IN ('btree', 'hash')
      AND (i.indkey::pg_catalog.int2[])[0 : pg_catalog.cardinality(f.conkey) - 1] @> f.conkey
    ORDER BY f.conname) AS "foreignKeys",
  (SELECT b.stats_reset FROM pg_catalog.pg_stat_database AS b
    WHERE b.datname = pg_catalog.current_database()) AS since,
  ${commentOf('i.indexrelid', 'pg_class')} AS comment
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_am AS m ON m.oid = c.relam
LEFT JOIN pg_catalog.pg_constraint AS k
  ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_stat_all_indexes AS s ON s.indexrelid = i.indexrelid
WHERE i.indrelid = $1::oid
ORDER BY NOT i.indisprimary, c.relname`;

/**
 * Constraints of the table $1. conenforced: 18+. NOT NULL constraints (contype n) are in the catalog from 18 on.
 * Constraint triggers (t) are listed with the triggers. A foreign key to a partitioned table has a row more for each
 * partition it points to, whose parent (conparentid) is on the same table: those are not the user's.
 */
export const constraintsSql = `
SELECT k.oid, k.conname AS name, k.contype AS type, pg_catalog.pg_get_constraintdef(k.oid) AS definition,
  k.convalidated AS validated, k.condeferrable AS deferrable, k.condeferred AS deferred,
  COALESCE((pg_catalog.to_jsonb(k) ->> 'conenforced')::bool, true) AS enforced,
  CASE WHEN k.contype = 'f' THEN k.confrelid END AS "referencedOid",
  r.relname AS "referencedName", n.nspname AS "referencedSchema",
  ${commentOf('k.oid', 'pg_constraint')} AS comment
FROM pg_catalog.pg_constraint AS k
LEFT JOIN pg_catalog.pg_class AS r ON r.oid = k.confrelid
LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = r.relnamespace
WHERE k.conrelid = $1::oid AND k.contype IN ('p', 'u', 'f', 'c', 'x', 'n')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS p WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid)
ORDER BY pg_catalog.strpos('pufxcn', k.contype::text), k.conname`;

/** Triggers of the relation $1 that somebody made: those behind foreign keys are internal. */
export const triggersSql = `
SELECT t.oid, t.tgname AS name, pg_catalog.pg_get_triggerdef(t.oid) AS definition, t.tgenabled AS enabled,
  ${commentOf('t.oid', 'pg_trigger')} AS comment
FROM pg_catalog.pg_trigger AS t
WHERE t.tgrelid = $1::oid AND NOT t.tgisinternal
ORDER BY t.tgname`;

/** Row security of the table $1 and its policies; role 0 is PUBLIC. One row without a policy when there is none. */
export const policiesSql = `
SELECT c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced, p.oid, p.polname AS name,
  p.polcmd AS command, p.polpermissive AS permissive,
  ARRAY(SELECT COALESCE(r.rolname, 'public'::name)::text
    FROM pg_catalog.unnest(p.polroles) AS u (role) LEFT JOIN pg_catalog.pg_roles AS r ON r.oid = u.role
    ORDER BY 1) AS roles,
  pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using,
  pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS "withCheck",
  ${commentOf('p.oid', 'pg_policy')} AS comment
FROM pg_catalog.pg_class AS c
LEFT JOIN pg_catalog.pg_policy AS p ON p.polrelid = c.oid
WHERE c.oid = $1::oid
ORDER BY p.polname`;
