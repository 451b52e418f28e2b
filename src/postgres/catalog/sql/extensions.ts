import {commentOf} from './comment.ts';

/** Installed extensions; pg_available_extensions reads the server's control files, so a version may be missing there. */
export const extensionsSql = `
SELECT e.oid, e.extname AS name, n.nspname AS schema, e.extversion AS version,
  a.default_version AS "availableVersion", ${commentOf('e.oid', 'pg_extension')} AS comment
FROM pg_catalog.pg_extension AS e
JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
LEFT JOIN pg_catalog.pg_available_extensions AS a ON a.name = e.extname
ORDER BY e.extname`;
