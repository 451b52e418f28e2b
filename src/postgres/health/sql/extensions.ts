/**
 * Extensions of this database, and what this server would install. default_version is null where the control file is gone;
 * there pg_extension_update_paths would fail.
 */
export const extensionsSql = `
SELECT e.extname AS name, n.nspname AS schema, e.extversion AS installed, a.default_version AS available,
  CASE WHEN a.default_version <> e.extversion THEN EXISTS (SELECT FROM pg_extension_update_paths(e.extname) AS p
    WHERE p.source = e.extversion AND p.target = a.default_version AND p.path IS NOT NULL) END AS updatable
FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
LEFT JOIN pg_available_extensions() AS a ON a.name = e.extname
ORDER BY e.extname`;

/** Which of $1 could be installed and are not. */
export const absentExtensionsSql = `
SELECT a.name FROM pg_available_extensions() AS a
WHERE a.name = ANY ($1::text[]) AND NOT EXISTS (SELECT FROM pg_extension AS e WHERE e.extname = a.name)
ORDER BY a.name`;
