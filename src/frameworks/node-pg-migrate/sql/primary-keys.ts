/** The tool's own look at its table, which it gives a primary key where it has none. All versions. */
export const primaryKeysSql = `
SELECT count(*)::int AS count FROM information_schema.table_constraints
WHERE table_schema = $1 AND table_name = $2 AND constraint_type = 'PRIMARY KEY'`;
