import {rangeText} from '../../catalog/sql/definition/others.ts';
import {
  collationName,
  firstUserOid,
  flag,
  functionName,
  isNoMember,
  isUserSchema,
  statement,
} from './fragments.ts';

const part = (keyword: string, oid: string): string =>
  `CASE WHEN ${oid}::oid <> 0 THEN concat('${keyword} = ', ${functionName(oid)}) END`;

/** Source: https://www.postgresql.org/docs/current/sql-createtype.html. typsubscript: 14+. */
const baseText = `format(E'CREATE TYPE %I.%I (\\n    %s\\n)', n.nspname, t.typname, concat_ws(E',\\n    ',
  ${part('INPUT', 't.typinput')}, ${part('OUTPUT', 't.typoutput')}, ${part('RECEIVE', 't.typreceive')},
  ${part('SEND', 't.typsend')}, ${part('TYPMOD_IN', 't.typmodin')}, ${part('TYPMOD_OUT', 't.typmodout')},
  ${part('ANALYZE', 't.typanalyze')}, ${part('SUBSCRIPT', 't.typsubscript')},
  concat('INTERNALLENGTH = ', CASE WHEN t.typlen < 0 THEN 'VARIABLE' ELSE t.typlen::text END),
  CASE WHEN t.typbyval THEN 'PASSEDBYVALUE' END,
  concat('ALIGNMENT = ', CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'i' THEN 'int4' ELSE 'double' END),
  concat('STORAGE = ', CASE t.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' ELSE 'main' END),
  CASE WHEN t.typcategory <> 'U' THEN format('CATEGORY = %L', t.typcategory) END,
  CASE WHEN t.typispreferred THEN 'PREFERRED = true' END,
  CASE WHEN t.typdefault IS NOT NULL THEN format('DEFAULT = %L', t.typdefault) END,
  CASE WHEN t.typelem <> 0 THEN concat('ELEMENT = ', format_type(t.typelem, NULL)) END,
  CASE WHEN t.typdelim <> ',' THEN format('DELIMITER = %L', t.typdelim) END,
  CASE WHEN t.typcollation <> 0 THEN 'COLLATABLE = true' END))`;

const compositeColumns = `ARRAY(
  SELECT concat(quote_ident(a.attname), ' ', format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attcollation <> own.typcollation THEN concat(' COLLATE ', ${collationName('a.attcollation')}) END)
  FROM pg_attribute AS a JOIN pg_type AS own ON own.oid = a.atttypid
  WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)`;

/** Without row types of relations, array types and multiranges, which come with something else. */
export const typesSql = `
SELECT t.oid, n.nspname AS namespace, t.typname AS name, pg_get_userbyid(t.typowner) AS owner,
  CASE WHEN NOT t.typisdefined THEN 'shell' ELSE CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'c' THEN 'composite'
    WHEN 'r' THEN 'range' ELSE 'base' END END AS form,
  CASE WHEN t.typtype = 'e' THEN ARRAY(
    SELECT e.enumlabel::text FROM pg_enum AS e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) END AS labels,
  CASE WHEN t.typtype = 'c' THEN ${compositeColumns} END AS columns,
  CASE WHEN t.typtype = 'r' THEN ${statement(rangeText)} WHEN t.typtype = 'b' THEN ${baseText} END AS definition
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
LEFT JOIN pg_class AS c ON c.oid = t.typrelid
WHERE t.oid >= ${firstUserOid} AND t.typtype IN ('e', 'c', 'r', 'b', 'p') AND COALESCE(c.relkind = 'c', true)
  AND NOT EXISTS (SELECT FROM pg_type AS element WHERE element.oid = t.typelem AND element.typarray = t.oid)
  AND ${isUserSchema('n')} AND ${isNoMember('pg_type', 't.oid')}
ORDER BY n.nspname, t.typname`;

export const domainsSql = `
SELECT t.oid, n.nspname AS namespace, t.typname AS name, pg_get_userbyid(t.typowner) AS owner,
  format_type(t.typbasetype, t.typtypmod) AS type,
  CASE WHEN t.typcollation <> base.typcollation THEN ${collationName('t.typcollation')} END AS collation,
  ${flag('t.typnotnull')} AS "notNull", pg_get_expr(t.typdefaultbin, 0) AS default
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
JOIN pg_type AS base ON base.oid = t.typbasetype
WHERE t.oid >= ${firstUserOid} AND t.typtype = 'd' AND ${isUserSchema('n')} AND ${isNoMember('pg_type', 't.oid')}
ORDER BY n.nspname, t.typname`;
