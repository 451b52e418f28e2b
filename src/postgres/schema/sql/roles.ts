import {optionsJson} from './fragments.ts';

/**
 * Roles of the whole cluster, from the view that hides passwords, but for those of PostgreSQL itself. `settings` are
 * those for this database. inherit_option: from 16 on a membership says by itself whether it is inherited.
 */
export const rolesSql = `
SELECT r.oid, r.rolname AS name,
  NULLIF(array_remove(ARRAY[
    CASE WHEN r.rolbypassrls THEN 'bypassrls' END, CASE WHEN r.rolcreatedb THEN 'createdb' END,
    CASE WHEN r.rolcreaterole THEN 'createrole' END, CASE WHEN NOT r.rolinherit THEN 'noinherit' END,
    CASE WHEN r.rolreplication THEN 'replication' END, CASE WHEN r.rolsuper THEN 'superuser' END
  ], NULL), '{}') AS capabilities,
  (SELECT array_agg(DISTINCT concat(quote_ident(g.rolname), CASE WHEN m.admin_option THEN ' with admin option' END))
    FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid WHERE m.member = r.oid) AS "memberOf",
  ARRAY(SELECT g.rolname::text FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid
    WHERE m.member = r.oid) AS groups,
  (SELECT ${optionsJson('s.setconfig')} FROM pg_db_role_setting AS s JOIN pg_database AS d ON d.oid = s.setdatabase
    WHERE s.setrole = r.oid AND d.datname = current_database()) AS settings
FROM pg_roles AS r
WHERE r.rolname !~ '^pg_'
ORDER BY r.rolname`;

/** Granted for objects that will be made. The objtype L: 18. */
export const defaultPrivilegesSql = `
SELECT a.oid, concat('for role ', quote_ident(pg_get_userbyid(a.defaclrole)),
    CASE WHEN n.oid IS NOT NULL THEN concat(' in schema ', quote_ident(n.nspname)) END, ' on ', o.on) AS name,
  pg_get_userbyid(a.defaclrole) AS role, n.nspname AS "inSchema", o.on, a.defaclacl::text[] AS items
FROM pg_default_acl AS a
LEFT JOIN pg_namespace AS n ON n.oid = a.defaclnamespace
CROSS JOIN LATERAL (SELECT CASE a.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences'
  WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE 'large objects' END AS on) AS o
ORDER BY 2`;
