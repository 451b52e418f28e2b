import {foreignOptionsSql, optionsSql, sequenceOptionsSql} from './fragments.ts';

/**
 * Columns of the relation $1 as pieces of a CREATE TABLE, and what an ALTER must add.
 * NOT NULL: a constraint with a name from 18 on (contype n), a mark on the column before. An identity column has a
 * sequence that depends on it (deptype i); partitions share their parent's from 17 on. attstattarget is -1 before
 * 17 and null since, when nobody set it. inherited: the column came from the parent, so CREATE TABLE leaves it out.
 */
export const columnDefinitionsSql = `
SELECT pg_catalog.quote_ident(a.attname::text) AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
  (SELECT pg_catalog.format('COLLATE %I.%I', cn.nspname, c.collname)
    FROM pg_catalog.pg_collation AS c JOIN pg_catalog.pg_namespace AS cn ON cn.oid = c.collnamespace
    WHERE c.oid = a.attcollation AND a.attcollation <> t.typcollation) AS collation,
  a.attgenerated AS generated, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression,
  CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END AS identity,
  (SELECT pg_catalog.concat_ws(' ',
      CASE WHEN q.relname::text <> pg_catalog.concat(r.relname, '_', a.attname, '_seq')
        THEN pg_catalog.format('SEQUENCE NAME %I.%I', qn.nspname, q.relname) END,
      NULLIF(${sequenceOptionsSql('s')}, ''))
    FROM pg_catalog.pg_depend AS p
    JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = p.objid
    JOIN pg_catalog.pg_class AS q ON q.oid = p.objid
    JOIN pg_catalog.pg_namespace AS qn ON qn.oid = q.relnamespace
    WHERE p.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND p.deptype = 'i'
      AND p.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
      AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum::int4) AS "identityOptions",
  CASE WHEN a.attnotnull AND (k.oid IS NULL OR k.convalidated AND (k.conislocal OR r.relispartition))
    THEN pg_catalog.concat(
      CASE WHEN k.conname::text <> pg_catalog.concat(r.relname, '_', a.attname, '_not_null')
        THEN pg_catalog.format('CONSTRAINT %I ', k.conname) END,
      'NOT NULL', CASE WHEN k.connoinherit THEN ' NO INHERIT' END) END AS "notNull",
  CASE WHEN k.conislocal AND k.convalidated
    THEN pg_catalog.format('CONSTRAINT %I NOT NULL %I', k.conname, a.attname) END AS "localNotNull",
  NOT a.attislocal AND NOT r.relispartition AS inherited,
  COALESCE(h.attnotnull, false) AS "parentNotNull", pg_catalog.pg_get_expr(hd.adbin, hd.adrelid) AS "parentExpression",
  CASE WHEN a.attstorage <> t.typstorage THEN
    CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END
    END AS storage,
  CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression,
  CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::int4 END AS statistics,
  ${optionsSql('a.attoptions')} AS options, ${foreignOptionsSql('a.attfdwoptions')} AS "foreignOptions",
  pg_catalog.quote_literal(pg_catalog.col_description(a.attrelid, a.attnum::int4)) AS comment
FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_class AS r ON r.oid = a.attrelid
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_constraint AS k
  ON k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]
LEFT JOIN LATERAL (SELECT ha.attrelid, ha.attnum, ha.attnotnull
  FROM pg_catalog.pg_inherits AS i
  JOIN pg_catalog.pg_attribute AS ha ON ha.attrelid = i.inhparent AND ha.attname = a.attname
  WHERE i.inhrelid = a.attrelid ORDER BY i.inhseqno LIMIT 1) AS h ON true
LEFT JOIN pg_catalog.pg_attrdef AS hd ON hd.adrelid = h.attrelid AND hd.adnum = h.attnum
WHERE a.attrelid = $1::oid AND a.attnum > 0::int2 AND NOT a.attisdropped
ORDER BY a.attnum`;
