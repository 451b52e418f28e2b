import {
  firstUserOid,
  flag,
  isNoMember,
  isUserSchema,
  optionsJson,
  statement,
  stored,
  storedJoins,
} from './fragments.ts';

/** pg_get_viewdef locks the views it reads in ACCESS SHARE mode. */
export const viewsSql = `
SELECT c.oid, n.nspname AS namespace, c.relname AS name, pg_get_userbyid(c.relowner) AS owner,
  ${statement('pg_get_viewdef(c.oid)')} AS definition, ${optionsJson('c.reloptions')} AS options
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.oid >= ${firstUserOid} AND c.relkind = 'v' AND c.relpersistence <> 't' AND ${isUserSchema('n')} AND ${isNoMember('pg_class', 'c.oid')}
ORDER BY n.nspname, c.relname`;

export const materializedViewsSql = `
SELECT c.oid, n.nspname AS namespace, c.relname AS name, pg_get_userbyid(c.relowner) AS owner, ${stored},
  ${statement('pg_get_viewdef(c.oid)')} AS definition, ${flag('NOT c.relispopulated')} AS "notPopulated"
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
${storedJoins}
WHERE c.oid >= ${firstUserOid} AND c.relkind = 'm' AND ${isUserSchema('n')} AND ${isNoMember('pg_class', 'c.oid')}
ORDER BY n.nspname, c.relname`;
