import {isNoMember, isUserSchema, optionsJson} from './fragments.ts';

/**
 * Schemas. The owner of `public` is left out where it is the one that initdb gives: the first superuser (10) before 15,
 * pg_database_owner since.
 */
export const schemasSql = `
SELECT n.oid, n.nspname AS name,
  CASE WHEN n.nspname <> 'public' OR n.nspowner <> COALESCE(
      (SELECT r.oid FROM pg_roles AS r WHERE r.rolname = 'pg_database_owner'
        AND current_setting('server_version_num')::int4 >= 150000), 10)
    THEN pg_get_userbyid(n.nspowner) END AS owner
FROM pg_namespace AS n
WHERE ${isUserSchema('n')} AND ${isNoMember('pg_namespace', 'n.oid')}
ORDER BY n.nspname`;

export const extensionsSql = `
SELECT e.oid, e.extname AS name, pg_get_userbyid(e.extowner) AS owner, e.extversion AS version, n.nspname AS schema
FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
ORDER BY e.extname`;

/** The database that is connected to, by a name that all databases share, with what ALTER DATABASE … SET set. */
export const databaseSql = `
SELECT d.oid, 'current' AS name, pg_get_userbyid(d.datdba) AS owner, (
  SELECT ${optionsJson('s.setconfig')} FROM pg_db_role_setting AS s
  WHERE s.setdatabase = d.oid AND s.setrole = 0) AS settings
FROM pg_database AS d WHERE d.datname = current_database()`;
