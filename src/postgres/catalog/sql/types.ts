import {commentOf} from './comment.ts';

/**
 * Enums, domains, composite types and ranges of schema $1; $2 after, $3 limit, $4 LIKE pattern or null. Left out:
 * row types of tables (their pg_class row is no `c`), arrays (typtype b), multiranges (m) and members of extensions.
 */
export const typesSql = `
SELECT t.oid, n.nspname AS schema, t.typname AS name, pg_catalog.pg_get_userbyid(t.typowner) AS owner,
  ${commentOf('t.oid', 'pg_type')} AS comment, t.typtype AS kind,
  ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum AS e
    WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels,
  CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END AS base,
  NOT t.typnotnull AS nullable,
  ARRAY(SELECT k.conname::text FROM pg_catalog.pg_constraint AS k
    WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.conname) AS checks,
  (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'name', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute AS a
    WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0::int2 AND NOT a.attisdropped) AS attributes,
  (SELECT pg_catalog.format_type(r.rngsubtype, NULL)
    FROM pg_catalog.pg_range AS r WHERE r.rngtypid = t.oid) AS subtype
FROM (
  SELECT y.* FROM pg_catalog.pg_type AS y
  WHERE y.typnamespace = (SELECT s.oid FROM pg_catalog.pg_namespace AS s WHERE s.nspname = $1::name)
    AND (y.typtype IN ('e', 'd', 'r') OR y.typtype = 'c' AND EXISTS (
      SELECT FROM pg_catalog.pg_class AS c WHERE c.oid = y.typrelid AND c.relkind = 'c'))
    AND y.typname > COALESCE($2::name, ''::name)
    AND ($4::text IS NULL OR y.typname::text COLLATE pg_catalog."default" ILIKE $4::text)
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
      WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = y.oid AND d.deptype = 'e')
  ORDER BY y.typname LIMIT $3::int8
) AS t
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
ORDER BY t.typname`;
