import {aggregateText} from '../../catalog/sql/definition/others.ts';
import {
  firstUserOid,
  flag,
  functionName,
  isNoMember,
  isUserSchema,
  optionsJson,
  statement,
} from './fragments.ts';

/**
 * Routines of all kinds. The signature is of input arguments only, as ALTER and DROP take them. pg_get_functiondef
 * knows no aggregates. pg_get_function_sqlbody: 14+.
 */
export const functionsSql = `
SELECT p.oid, n.nspname AS namespace, p.proname AS name, pg_get_userbyid(p.proowner) AS owner,
  format('(%s)', CASE WHEN p.prokind = 'a' AND p.pronargs = 0 THEN '*' ELSE (
    SELECT string_agg(format_type(u.type, NULL), ', ' ORDER BY u.place)
    FROM unnest(p.proargtypes) WITH ORDINALITY AS u (type, place)) END) AS signature,
  CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window' ELSE 'function' END AS routine,
  CASE WHEN p.prokind = 'a' THEN ${statement(aggregateText)} ELSE ${statement('pg_get_functiondef(p.oid)')} END AS definition,
  pg_get_function_arguments(p.oid) AS arguments, pg_get_function_result(p.oid) AS result, l.lanname AS language,
  CASE WHEN p.prokind <> 'a' THEN COALESCE(pg_get_function_sqlbody(p.oid), p.prosrc) END AS body,
  CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' END AS volatility,
  CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END AS parallel,
  ${flag('p.proisstrict')} AS strict, ${flag('p.proleakproof')} AS leakproof,
  ${flag('p.prosecdef')} AS "securityDefiner",
  NULLIF(p.procost::int8, CASE WHEN l.lanname IN ('c', 'internal') THEN 1 ELSE 100 END) AS cost,
  NULLIF(p.prorows::int8, CASE WHEN p.proretset THEN 1000 ELSE 0 END) AS rows,
  ${optionsJson('p.proconfig')} AS settings, ${functionName('p.prosupport')} AS support
FROM pg_proc AS p
JOIN pg_namespace AS n ON n.oid = p.pronamespace
JOIN pg_language AS l ON l.oid = p.prolang
LEFT JOIN pg_aggregate AS g ON g.aggfnoid::oid = p.oid
WHERE p.oid >= ${firstUserOid} AND ${isUserSchema('n')} AND ${isNoMember('pg_proc', 'p.oid')}
  AND NOT EXISTS (SELECT FROM pg_depend AS i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')
ORDER BY n.nspname, p.proname, p.oid`;
