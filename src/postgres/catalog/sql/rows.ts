/**
 * Columns of the relation $1 and whether the role may read them; column privileges count.
 * bytea (oid 17) is the one whose text is made from its beginning alone.
 */
export const readableColumnsSql = `
SELECT n.nspname AS schema, c.relname AS relation, a.attname AS name,
  pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.atttypid = '17'::oid AS bytes,
  pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT') AS readable
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0::int2 AND NOT a.attisdropped
WHERE c.oid = $1::oid
ORDER BY a.attnum`;
