import {isUserSchema} from '../../schema/sql/fragments.ts';
import {lockedCte} from './indexes.ts';

/**
 * Columns that an index or a foreign key has, of tables that are not the system's, a row for each table. `numbers` packs
 * of each column attnum, the type, its modifier, the collation, and 1 where it may be NULL. `quoted` are those whose
 * names the server puts in quotes.
 */
export const columnsSql = `
SELECT a.attrelid::int8 AS "table",
  string_agg(concat_ws(' ', a.attnum, a.atttypid, a.atttypmod, a.attcollation, (NOT a.attnotnull)::int), ';') AS numbers,
  array_agg(a.attname) AS names,
  array_agg(a.attnum) FILTER (WHERE quote_ident(a.attname) <> a.attname) AS quoted
FROM (
  SELECT i.indrelid AS relation, u.number FROM pg_index AS i, unnest(i.indkey::int2[]) AS u (number)
  WHERE i.indexrelid >= 16384 AND u.number <> 0
  UNION
  SELECT k.conrelid, u.number FROM pg_constraint AS k, unnest(k.conkey) AS u (number) WHERE k.contype = 'f'
  UNION
  SELECT k.confrelid, u.number FROM pg_constraint AS k, unnest(k.confkey) AS u (number) WHERE k.contype = 'f'
) AS u
JOIN pg_attribute AS a ON a.attrelid = u.relation AND a.attnum = u.number
JOIN pg_class AS c ON c.oid = a.attrelid AND c.relpersistence <> 't'
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE ${isUserSchema('n')}
GROUP BY a.attrelid`;

/** Names of the types $1 with the modifiers $2. */
export const typesSql = `
SELECT concat_ws(' ', u.type, u.modifier) AS is, format_type(u.type, u.modifier) AS name
FROM unnest($1::oid[], $2::int4[]) AS u (type, modifier)`;

/** Operator classes and collations by oid, as they are written in a definition with an empty search_path. */
export const vocabularySql = `
SELECT 'opclass' AS kind, c.oid::int8 AS oid, c.opcintype::int8 AS type, NULLIF(c.opcdefault, false) AS "isDefault",
  CASE WHEN n.nspname = 'pg_catalog' THEN quote_ident(c.opcname) ELSE format('%I.%I', n.nspname, c.opcname) END AS text
FROM pg_opclass AS c JOIN pg_namespace AS n ON n.oid = c.opcnamespace
UNION ALL
SELECT 'collation', c.oid::int8, NULL, NULL,
  CASE WHEN n.nspname = 'pg_catalog' THEN quote_ident(c.collname) ELSE format('%I.%I', n.nspname, c.collname) END
FROM pg_collation AS c JOIN pg_namespace AS n ON n.oid = c.collnamespace
WHERE c.oid IN (SELECT unnest(i.indcollation::oid[]) FROM pg_index AS i WHERE i.indexrelid >= 16384)`;

/** Indexes whose keys have options, such as gist_trgm_ops (siglen='32'), or statistics targets. attstattarget: null instead of -1 from 17. */
export const keyOptionsSql = `
SELECT a.attrelid::int8 AS oid, a.attnum AS number, NULLIF(a.attoptions IS NOT NULL, false) AS options,
  CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END AS statistics
FROM pg_attribute AS a JOIN pg_class AS x ON x.oid = a.attrelid AND x.relkind IN ('i', 'I')
WHERE a.attrelid >= 16384 AND (a.attoptions IS NOT NULL OR a.attstattarget >= 0)`;

/** pg_get_indexdef and pg_get_expr lock the table in ACCESS SHARE mode, so what is locked exclusively is left out. */
const isFree = `i.indrelid NOT IN (SELECT l.relation FROM locked AS l)`;

/**
 * Deparsed, empty for what was dropped meanwhile: the whole definition of the indexes $1, and of each key its text
 * alone. The types of expressions are those of the index's own columns.
 */
export const keyTextsSql = `
WITH ${lockedCte}
SELECT i.indexrelid::int8 AS oid, COALESCE(pg_get_indexdef(i.indexrelid), '') AS definition,
  ARRAY(SELECT COALESCE(pg_get_indexdef(i.indexrelid, k, false), '') FROM generate_series(1, i.indnkeyatts) AS k ORDER BY k) AS keys,
  ARRAY(SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute AS a
    WHERE a.attrelid = i.indexrelid AND a.attnum <= i.indnkeyatts ORDER BY a.attnum) AS types
FROM pg_index AS i
WHERE i.indexrelid = ANY ($1::oid[]) AND ${isFree}`;

/** Predicates of the indexes $1. */
export const predicatesSql = `
WITH ${lockedCte}
SELECT i.indexrelid::int8 AS oid, COALESCE(pg_get_expr(i.indpred, i.indrelid), '') AS text
FROM pg_index AS i
WHERE i.indexrelid = ANY ($1::oid[]) AND ${isFree}`;

/** Definitions of the exclusion constraints that have the indexes $1; pg_get_constraintdef locks as pg_get_indexdef does. */
export const exclusionsSql = `
WITH ${lockedCte}
SELECT i.indexrelid::int8 AS oid, COALESCE(pg_get_constraintdef(k.oid), '') AS text
FROM pg_index AS i
JOIN pg_constraint AS k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype = 'x'
WHERE i.indexrelid = ANY ($1::oid[]) AND ${isFree}`;

/**
 * Foreign keys. A key to a partitioned table has a row more for each partition it points to, whose parent is on the same
 * table: those are nobody's. confdelsetcols: 15+. conenforced, conperiod: 18+.
 */
export function foreignKeysSql(version: number): string {
  return `
SELECT k.oid::int8 AS oid, k.conname AS name, k.conrelid::int8 AS "table", k.confrelid::int8 AS "references",
  k.conkey AS columns, k.confkey AS referenced, k.confmatchtype AS match,
  k.confdeltype AS "onDelete", k.confupdtype AS "onUpdate",
  ${version >= 150_000 ? 'k.confdelsetcols' : 'NULL::int2[]'} AS "deleteSets",
  NULLIF(NOT k.convalidated, false) AS "notValidated",
  ${version >= 180_000 ? 'NULLIF(NOT k.conenforced, false)' : 'NULL::bool'} AS "notEnforced",
  NULLIF(k.condeferrable, false) AS deferrable, NULLIF(k.condeferred, false) AS deferred,
  ${version >= 180_000 ? 'NULLIF(k.conperiod, false)' : 'NULL::bool'} AS period,
  NULLIF(k.conparentid, 0)::int8 AS parent, NULLIF(k.conindid, 0)::int8 AS index
FROM pg_constraint AS k
WHERE k.contype = 'f'
  AND NOT EXISTS (SELECT FROM pg_constraint AS p WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid)
ORDER BY k.conrelid, k.conname`;
}

/**
 * Statistics of the columns $3 of the tables $2 in the schemas $1. pg_stats shows those of columns that the role may
 * read. It is a security barrier, so nothing but constants on names narrows it: without them it looks up the privileges
 * on every column of the database. Partitioned tables have statistics with their partitions.
 */
export const columnStatisticsSql = `
SELECT s.schemaname AS schema, s.tablename AS "table", s.attname AS column, NULLIF(s.inherited, false) AS inherited,
  s.null_frac AS nulls, s.n_distinct AS distinct, s.most_common_freqs[1] AS "mostCommon",
  CASE WHEN s.n_distinct BETWEEN 1 AND 10 THEN (s.most_common_vals::text::text[])[1] END AS commonest, s.correlation,
  s.avg_width AS width
FROM pg_stats AS s
WHERE s.schemaname = ANY ($1::name[]) AND s.tablename = ANY ($2::name[]) AND s.attname = ANY ($3::name[])`;

/** Sizes of the indexes $1, and where $2 their definitions. pg_relation_size locks the index in ACCESS SHARE mode. */
export const exactIndexesSql = `
WITH ${lockedCte}
SELECT x.oid::int8 AS oid, COALESCE(pg_relation_size(x.oid), 0) AS bytes,
  CASE WHEN $2::bool AND ${isFree} THEN pg_get_indexdef(x.oid) END AS definition
FROM pg_class AS x JOIN pg_index AS i ON i.indexrelid = x.oid
WHERE x.oid = ANY ($1::oid[]) AND x.relkind = 'i' AND x.oid NOT IN (SELECT l.relation FROM locked AS l)`;
