import {firstUserOid} from './fragments.ts';

/** Comments of objects and columns. `public` has one from initdb. */
export const commentsSql = `
SELECT d.classoid AS catalog, d.objoid AS oid, d.objsubid AS part, d.description AS text
FROM pg_description AS d WHERE d.objoid >= ${firstUserOid}
  OR d.classoid = 'pg_namespace'::regclass AND d.objoid = to_regnamespace('public')
    AND d.description <> 'standard public schema'
UNION ALL
SELECT s.classoid, s.objoid, 0, s.description FROM pg_shdescription AS s
JOIN pg_database AS d ON d.oid = s.objoid AND s.classoid = 'pg_database'::regclass
WHERE d.datname = current_database()`;

const lists = [
  ['pg_class', 'rel', `CASE a.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END`],
  ['pg_namespace', 'nsp', `'n'`],
  ['pg_type', 'typ', `'T'`],
  ['pg_proc', 'pro', `'f'`],
  ['pg_language', 'lan', `'l'`],
  ['pg_foreign_data_wrapper', 'fdw', `'F'`],
  ['pg_foreign_server', 'srv', `'S'`],
] as const;

/**
 * Access control lists that somebody has changed, beside what the object had at first. Where a list is null it is
 * `acldefault`; initdb gave `public` another (pg_init_privs). Those of columns come with the columns.
 */
export const privilegesSql = `${lists
  .map(
    ([catalog, prefix, kind]) => `
SELECT '${catalog}'::regclass::oid AS catalog, a.oid, a.${prefix}acl::text[] AS items,
  COALESCE(i.initprivs, acldefault(${kind}, a.${prefix}owner))::text[] AS initial
FROM ${catalog} AS a LEFT JOIN pg_init_privs AS i
  ON i.classoid = '${catalog}'::regclass AND i.objoid = a.oid AND i.objsubid = 0
WHERE a.${prefix}acl IS NOT NULL AND (a.oid >= ${firstUserOid}${catalog === 'pg_namespace' ? ` OR a.nspname = 'public'` : ''})`,
  )
  .join('\nUNION ALL')}
UNION ALL
SELECT 'pg_database'::regclass::oid, d.oid, d.datacl::text[], acldefault('d', d.datdba)::text[]
FROM pg_database AS d WHERE d.datacl IS NOT NULL AND d.datname = current_database()`;

export const labelsSql = `
SELECT s.classoid AS catalog, s.objoid AS oid, s.objsubid AS part, s.provider, s.label AS text FROM pg_seclabel AS s
UNION ALL
SELECT s.classoid, s.objoid, 0, s.provider, s.label FROM pg_shseclabel AS s
JOIN pg_database AS d ON d.oid = s.objoid AND s.classoid = 'pg_database'::regclass
WHERE d.datname = current_database()`;

/** ALTER … DEPENDS ON EXTENSION. */
export const extensionDependenciesSql = `
SELECT d.classid AS catalog, d.objid AS oid, array_agg(e.extname::text ORDER BY e.extname) AS extensions
FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = d.refobjid
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'x'
GROUP BY d.classid, d.objid`;

/** What is in an extension: whoever needs it needs the extension. */
export const membersSql = `
SELECT d.classid AS catalog, d.objid AS oid, e.extname AS extension
FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = d.refobjid
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'`;
