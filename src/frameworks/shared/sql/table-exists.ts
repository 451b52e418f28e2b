/**
 * The tool's own test before it creates its table: `information_schema.tables` shows only what the user may use, so a
 * table without any right on it counts as absent here, and creating it then says why.
 */
export const tableExistsSql = `
SELECT count(1)::int AS count FROM information_schema.tables WHERE table_schema = $1 AND table_name = $2`;
