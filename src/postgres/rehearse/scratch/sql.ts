/** All versions from 14. One row: how the database that one is connected to was made. `locale` is of ICU or builtin. */
export const likenessSql = `
SELECT pg_catalog.pg_encoding_to_char(encoding) AS encoding, datcollate AS collate, datctype AS ctype,
  pg_catalog.to_jsonb(d) ->> 'datlocprovider' AS provider,
  COALESCE(pg_catalog.to_jsonb(d) ->> 'datlocale', pg_catalog.to_jsonb(d) ->> 'daticulocale') AS locale
  FROM pg_catalog.pg_database AS d WHERE datname = pg_catalog.current_database()`;

/** All versions. One row. A superuser creates databases without the right of its own. */
export const mayCreateSql = `
SELECT rolcreatedb OR rolsuper AS may FROM pg_catalog.pg_roles WHERE rolname = current_user`;

/**
 * All versions. `$1` is the pattern of the names. The size of a database is for those to know who may connect to it.
 */
export const findSql = `
SELECT datname AS name, pg_catalog.shobj_description(d.oid, 'pg_database') AS comment,
  pg_catalog.pg_get_userbyid(datdba) AS owner,
  CASE WHEN pg_catalog.has_database_privilege(d.oid, 'CONNECT') THEN pg_catalog.pg_database_size(d.oid)::text END AS bytes,
  EXISTS (SELECT FROM pg_catalog.pg_stat_activity WHERE datid = d.oid) AS in_use
  FROM pg_catalog.pg_database AS d
 WHERE datname ~ $1 ORDER BY datname`;
