/** All versions. `$1` are role names. */
export const missingRolesSql = `
SELECT name FROM pg_catalog.unnest($1::text[]) AS name
 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = name)`;

/** All versions. `$1` are database names. */
export const missingDatabasesSql = `
SELECT name FROM pg_catalog.unnest($1::text[]) AS name
 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = name)`;

/** All versions. */
export const availableExtensionsSql = `
SELECT pg_catalog.string_agg(name, ', ' ORDER BY name) AS names FROM pg_catalog.pg_available_extensions`;

/** All versions; on the embedded server, whose user may read all of it. `$1` is the comment on what was made up. */
export const madeUpSql = `
SELECT rolname AS name, 'role' AS kind FROM pg_catalog.pg_roles
 WHERE pg_catalog.shobj_description(oid, 'pg_authid') = $1
UNION ALL SELECT datname, 'database' FROM pg_catalog.pg_database
 WHERE pg_catalog.shobj_description(oid, 'pg_database') = $1
ORDER BY kind DESC, name`;
