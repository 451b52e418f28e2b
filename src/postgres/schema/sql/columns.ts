import {collationName, firstUserOid} from './fragments.ts';

/**
 * Columns of all relations of users, raw: texts that many of them share come from `typesSql`. In no order, because
 * sorting them costs the server more than it costs here.
 * attcompression: 14+. attstattarget: -1 unless set before 17, null since. attgenerated v: 18.
 */
export const columnsSql = `
SELECT a.attrelid AS relation, a.attnum AS number, a.attname AS name, a.atttypid AS type, a.atttypmod AS modifier,
  a.attcollation AS collation, a.attnotnull AS "notNull", a.attstorage AS storage,
  NULLIF(a.attcompression, '') AS compression, NULLIF(a.attstattarget, -1) AS statistics,
  NULLIF(a.attidentity, '') AS identity, NULLIF(a.attgenerated, '') AS generated,
  a.attislocal AS local, a.attoptions AS options, a.attfdwoptions AS "foreignOptions", a.attacl::text[] AS privileges,
  pg_get_expr(d.adbin, d.adrelid) AS expression
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef
WHERE a.attrelid >= ${firstUserOid} AND a.attnum > 0 AND NOT a.attisdropped
  AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relpersistence <> 't'`;

/** What columns and index keys need to know of a type; `ownCollation` where some column has another one than its type. */
export const typesSql = `
SELECT u.type, u.modifier, format_type(u.type, u.modifier) AS text, t.typcollation AS collation,
  t.typstorage AS storage, base.oid AS base, base.typcategory AS category, base.typtype AS form,
  u.collation AS "ownCollation",
  CASE WHEN u.collation <> t.typcollation THEN ${collationName('u.collation')} END AS "collationName"
FROM (SELECT DISTINCT a.atttypid AS type, a.atttypmod AS modifier, a.attcollation AS collation
  FROM pg_attribute AS a WHERE a.attrelid >= ${firstUserOid} AND a.attnum > 0 AND NOT a.attisdropped) AS u
JOIN pg_type AS t ON t.oid = u.type
CROSS JOIN LATERAL (
  WITH RECURSIVE down AS (
    SELECT t.oid, t.typtype, t.typbasetype, t.typcategory
    UNION ALL
    SELECT b.oid, b.typtype, b.typbasetype, b.typcategory FROM down JOIN pg_type AS b ON b.oid = down.typbasetype
    WHERE down.typtype = 'd')
  SELECT down.oid, down.typcategory, down.typtype FROM down WHERE down.typtype <> 'd') AS base`;
