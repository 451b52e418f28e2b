/**
 * Tables of the bookkeeping's name and shape in any schema: exactly `id` (int4), `name` (varchar) and `run_on`
 * (timestamp). Reads pg_class, pg_namespace and pg_attribute, alike in PostgreSQL 14–18.
 */
export const findBookkeepingSql = `
SELECT namespace.nspname AS schema
FROM pg_catalog.pg_class AS class
JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
JOIN pg_catalog.pg_attribute AS attribute
  ON attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
WHERE class.relkind = 'r' AND class.relname = $1
  AND namespace.nspname NOT LIKE 'pg\\_%' AND namespace.nspname <> 'information_schema'
GROUP BY namespace.nspname
HAVING count(*) = 3
  AND bool_or(attribute.attname = 'id' AND attribute.atttypid = 'pg_catalog.int4'::pg_catalog.regtype)
  AND bool_or(attribute.attname = 'name' AND attribute.atttypid = 'pg_catalog.varchar'::pg_catalog.regtype)
  AND bool_or(attribute.attname = 'run_on' AND attribute.atttypid = 'pg_catalog.timestamp'::pg_catalog.regtype)
ORDER BY namespace.nspname`;
