import {commentSql} from './fragments.ts';

const name = `pg_catalog.format('%I.%I', n.nspname, p.proname)`;
const identity = `pg_catalog.pg_get_function_identity_arguments(p.oid)`;

/** A function by oid as an argument of CREATE AGGREGATE, or nothing. */
function partSql(keyword: string, oid: string): string {
  return `CASE WHEN ${oid}::oid <> '0'::oid THEN (SELECT pg_catalog.format('${keyword} = %I.%I', fn.nspname, f.proname)
    FROM pg_catalog.pg_proc AS f JOIN pg_catalog.pg_namespace AS fn ON fn.oid = f.pronamespace WHERE f.oid = ${oid}) END`;
}

function modifySql(keyword: string, column: string): string {
  return `CASE WHEN ${column} <> CASE WHEN g.aggkind = 'n' THEN 'r'::"char" ELSE 'w'::"char" END
    THEN CASE ${column} WHEN 'r' THEN '${keyword} = READ_ONLY' WHEN 's' THEN '${keyword} = SHAREABLE'
      ELSE '${keyword} = READ_WRITE' END END`;
}

/** pg_get_functiondef knows no aggregates. Source: https://www.postgresql.org/docs/current/sql-createaggregate.html */
export const aggregateText = `pg_catalog.format(E'CREATE AGGREGATE %s(%s) (\\n    %s\\n);', ${name},
  CASE WHEN p.pronargs = 0::int2 THEN '*' ELSE pg_catalog.pg_get_function_arguments(p.oid) END,
  pg_catalog.concat_ws(E',\\n    ', ${partSql('SFUNC', 'g.aggtransfn')},
    pg_catalog.format('STYPE = %s', pg_catalog.format_type(g.aggtranstype, NULL)),
    CASE WHEN g.aggtransspace <> 0 THEN pg_catalog.format('SSPACE = %s', g.aggtransspace) END,
    ${partSql('FINALFUNC', 'g.aggfinalfn')}, CASE WHEN g.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
    CASE WHEN g.aggfinalfn::oid <> '0'::oid THEN ${modifySql('FINALFUNC_MODIFY', 'g.aggfinalmodify')} END,
    ${partSql('COMBINEFUNC', 'g.aggcombinefn')}, ${partSql('SERIALFUNC', 'g.aggserialfn')},
    ${partSql('DESERIALFUNC', 'g.aggdeserialfn')},
    CASE WHEN g.agginitval IS NOT NULL THEN pg_catalog.format('INITCOND = %L', g.agginitval) END,
    ${partSql('MSFUNC', 'g.aggmtransfn')}, ${partSql('MINVFUNC', 'g.aggminvtransfn')},
    CASE WHEN g.aggmtranstype <> '0'::oid
      THEN pg_catalog.format('MSTYPE = %s', pg_catalog.format_type(g.aggmtranstype, NULL)) END,
    CASE WHEN g.aggmtransspace <> 0 THEN pg_catalog.format('MSSPACE = %s', g.aggmtransspace) END,
    ${partSql('MFINALFUNC', 'g.aggmfinalfn')}, CASE WHEN g.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
    CASE WHEN g.aggmfinalfn::oid <> '0'::oid THEN ${modifySql('MFINALFUNC_MODIFY', 'g.aggmfinalmodify')} END,
    CASE WHEN g.aggminitval IS NOT NULL THEN pg_catalog.format('MINITCOND = %L', g.aggminitval) END,
    (SELECT pg_catalog.format('SORTOP = OPERATOR(%I.%s)', sn.nspname, o.oprname)
      FROM pg_catalog.pg_operator AS o JOIN pg_catalog.pg_namespace AS sn ON sn.oid = o.oprnamespace
      WHERE o.oid = g.aggsortop),
    CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END,
    CASE WHEN g.aggkind = 'h' THEN 'HYPOTHETICAL' END))`;

/** The routine $1. */
export const routineSql = `
SELECT p.proname AS name, pg_catalog.pg_get_userbyid(p.proowner) AS owner, ARRAY[
    CASE WHEN p.prokind = 'a' THEN ${aggregateText}
      ELSE pg_catalog.concat(pg_catalog.rtrim(pg_catalog.pg_get_functiondef(p.oid), E'\\n'), ';') END,
    ${commentSql(
      `pg_catalog.obj_description(p.oid, 'pg_proc')`,
      '%s %s(%s)',
      `CASE p.prokind WHEN 'a' THEN 'AGGREGATE' WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, ${name},
        CASE WHEN p.prokind = 'a' AND p.pronargs = 0::int2 THEN '*' ELSE ${identity} END`,
    )}
  ] AS statements
FROM pg_catalog.pg_proc AS p
JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
LEFT JOIN pg_catalog.pg_aggregate AS g ON g.aggfnoid::oid = p.oid
WHERE p.oid = $1::oid`;

const type = `pg_catalog.format('%I.%I', n.nspname, t.typname)`;

const enumText = `pg_catalog.format('CREATE TYPE %s AS ENUM (%s);', ${type}, (
  SELECT pg_catalog.string_agg(pg_catalog.format(E'\\n    %L', e.enumlabel), ',' ORDER BY e.enumsortorder)
  FROM pg_catalog.pg_enum AS e WHERE e.enumtypid = t.oid) || E'\\n'::text)`;

function collationSql(oid: string, ofType: string): string {
  return `(SELECT pg_catalog.format(' COLLATE %I.%I', cn.nspname, c.collname)
    FROM pg_catalog.pg_collation AS c JOIN pg_catalog.pg_namespace AS cn ON cn.oid = c.collnamespace
    WHERE c.oid = ${oid} AND ${oid} <> (SELECT b.typcollation FROM pg_catalog.pg_type AS b WHERE b.oid = ${ofType}))`;
}

const compositeText = `pg_catalog.format('CREATE TYPE %s AS (%s);', ${type}, (
  SELECT pg_catalog.string_agg(pg_catalog.format(E'\\n    %I %s%s', a.attname,
    pg_catalog.format_type(a.atttypid, a.atttypmod), ${collationSql('a.attcollation', 'a.atttypid')}), ','
    ORDER BY a.attnum) || E'\\n'::text
  FROM pg_catalog.pg_attribute AS a
  WHERE a.attrelid = t.typrelid AND a.attnum > 0::int2 AND NOT a.attisdropped))`;

/** From 17 on NOT NULL of a domain is a constraint with a name (contype n), before a mark on the type. */
const domainText = `pg_catalog.format('CREATE DOMAIN %s AS %s%s;', ${type},
  pg_catalog.format_type(t.typbasetype, t.typtypmod), pg_catalog.concat(
    ${collationSql('t.typcollation', 't.typbasetype')},
    CASE WHEN t.typdefaultbin IS NOT NULL
      THEN pg_catalog.format(E'\\n    DEFAULT %s', pg_catalog.pg_get_expr(t.typdefaultbin, '0'::oid)) END,
    CASE WHEN t.typnotnull THEN COALESCE((
      SELECT pg_catalog.format(E'\\n    CONSTRAINT %I NOT NULL', k.conname)
      FROM pg_catalog.pg_constraint AS k WHERE k.contypid = t.oid AND k.contype = 'n'), E'\\n    NOT NULL') END,
    (SELECT pg_catalog.string_agg(pg_catalog.format(E'\\n    CONSTRAINT %I %s', k.conname,
        pg_catalog.pg_get_constraintdef(k.oid)), '' ORDER BY k.conname)
      FROM pg_catalog.pg_constraint AS k WHERE k.contypid = t.oid AND k.contype = 'c' AND k.convalidated)))`;

export const rangeText = `(SELECT pg_catalog.format(E'CREATE TYPE %s AS RANGE (\\n    %s\\n);', ${type},
  pg_catalog.concat_ws(E',\\n    ', pg_catalog.format('SUBTYPE = %s', pg_catalog.format_type(r.rngsubtype, NULL)),
    (SELECT pg_catalog.format('SUBTYPE_OPCLASS = %I.%I', pn.nspname, p.opcname)
      FROM pg_catalog.pg_opclass AS p JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.opcnamespace
      WHERE p.oid = r.rngsubopc AND NOT p.opcdefault),
    (SELECT pg_catalog.format('COLLATION = %I.%I', cn.nspname, c.collname)
      FROM pg_catalog.pg_collation AS c JOIN pg_catalog.pg_namespace AS cn ON cn.oid = c.collnamespace
      WHERE c.oid = r.rngcollation AND r.rngcollation <> (
        SELECT b.typcollation FROM pg_catalog.pg_type AS b WHERE b.oid = r.rngsubtype)),
    ${partSql('CANONICAL', 'r.rngcanonical')}, ${partSql('SUBTYPE_DIFF', 'r.rngsubdiff')},
    (SELECT pg_catalog.format('MULTIRANGE_TYPE_NAME = %I.%I', mn.nspname, m.typname)
      FROM pg_catalog.pg_type AS m JOIN pg_catalog.pg_namespace AS mn ON mn.oid = m.typnamespace
      WHERE m.oid = r.rngmultitypid)))
  FROM pg_catalog.pg_range AS r WHERE r.rngtypid = t.oid)`;

/** The type $1, unless it is one that can only be written with C functions. rngmultitypid: 14+. */
export const typeSql = `
SELECT t.typname AS name, pg_catalog.pg_get_userbyid(t.typowner) AS owner, pg_catalog.array_cat(ARRAY[
    CASE t.typtype WHEN 'e' THEN ${enumText} WHEN 'c' THEN ${compositeText}
      WHEN 'd' THEN ${domainText} WHEN 'r' THEN ${rangeText} END,
    ${commentSql(
      `pg_catalog.obj_description(t.oid, 'pg_type')`,
      '%s %s',
      `CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, ${type}`,
    )}],
  ARRAY(SELECT u.text FROM (
    SELECT k.conname, 1 AS step, pg_catalog.format('ALTER DOMAIN %s ADD CONSTRAINT %I %s;', ${type}, k.conname,
      pg_catalog.pg_get_constraintdef(k.oid)) AS text
    FROM pg_catalog.pg_constraint AS k WHERE k.contypid = t.oid AND k.contype = 'c' AND NOT k.convalidated
    UNION ALL
    SELECT k.conname, 2, ${commentSql(
      `pg_catalog.obj_description(k.oid, 'pg_constraint')`,
      'CONSTRAINT %I ON DOMAIN %s',
      `k.conname, ${type}`,
    )}
    FROM pg_catalog.pg_constraint AS k WHERE k.contypid = t.oid
    UNION ALL
    SELECT a.attname, a.attnum::int4, ${commentSql(
      'pg_catalog.col_description(a.attrelid, a.attnum::int4)',
      'COLUMN %s.%I',
      `${type}, a.attname`,
    )}
    FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = t.typrelid AND a.attnum > 0::int2 AND NOT a.attisdropped
  ) AS u ORDER BY u.step, u.conname)
  ) AS statements
FROM pg_catalog.pg_type AS t
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
WHERE t.oid = $1::oid AND t.typtype IN ('e', 'c', 'd', 'r')`;

/** The extension $1; its own comment comes with it. */
export const extensionSql = `
SELECT e.extname AS name, pg_catalog.pg_get_userbyid(e.extowner) AS owner, ARRAY[
    pg_catalog.format('CREATE EXTENSION %I WITH SCHEMA %I VERSION %L;', e.extname, n.nspname, e.extversion)
  ] AS statements
FROM pg_catalog.pg_extension AS e
JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
WHERE e.oid = $1::oid`;

/** The schema $1 itself, without what is in it. */
export const schemaSql = `
SELECT n.nspname AS name, pg_catalog.pg_get_userbyid(n.nspowner) AS owner, ARRAY[
    pg_catalog.format('CREATE SCHEMA %I;', n.nspname),
    ${commentSql(`pg_catalog.obj_description(n.oid, 'pg_namespace')`, 'SCHEMA %I', 'n.nspname')}
  ] AS statements
FROM pg_catalog.pg_namespace AS n
WHERE n.oid = $1::oid`;
