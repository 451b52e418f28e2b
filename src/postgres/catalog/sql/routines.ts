import {commentOf} from './comment.ts';

/**
 * Functions, procedures and aggregates of schema $1, by name and oid, without members of extensions (deptype
 * `e`) and the constructors of range types (`i`). $2 and $3 name and oid after which to start, $4 limit, $5 LIKE pattern or null. prokind: since 11.
 */
export const routinesSql = `
SELECT p.oid, n.nspname AS schema, p.proname AS name, p.prokind AS kind,
  pg_catalog.pg_get_function_identity_arguments(p.oid) AS "identityArguments",
  pg_catalog.pg_get_function_result(p.oid) AS returns, l.lanname AS language, p.provolatile AS volatility,
  p.prosecdef AS "securityDefiner", pg_catalog.pg_get_userbyid(p.proowner) AS owner,
  ${commentOf('p.oid', 'pg_proc')} AS comment
FROM (
  SELECT f.* FROM pg_catalog.pg_proc AS f
  WHERE f.pronamespace = (SELECT s.oid FROM pg_catalog.pg_namespace AS s WHERE s.nspname = $1::name)
    AND (f.proname, f.oid) > (COALESCE($2::name, ''::name), COALESCE($3::oid, '0'::oid))
    AND ($5::text IS NULL OR f.proname::text COLLATE pg_catalog."default" ILIKE $5::text)
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
      WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = f.oid AND d.deptype IN ('e', 'i'))
  ORDER BY f.proname, f.oid LIMIT $4::int8
) AS p
JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_language AS l ON l.oid = p.prolang
ORDER BY p.proname, p.oid`;
