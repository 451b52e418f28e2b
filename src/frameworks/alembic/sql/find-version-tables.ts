/**
 * Tables of the shape of Alembic's bookkeeping in any schema and by any name: `version_num` of type varchar and no
 * other column. Partitions and temporary tables are left out. Reads pg_class, pg_namespace and pg_attribute, alike in
 * PostgreSQL 14–18.
 */
export const findVersionTablesSql = `
SELECT namespace.nspname AS schema, class.relname AS name
FROM pg_catalog.pg_class AS class
JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
JOIN pg_catalog.pg_attribute AS attribute
  ON attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
WHERE class.relkind IN ('r', 'p') AND NOT class.relispartition
  AND namespace.nspname NOT LIKE 'pg\\_%' AND namespace.nspname <> 'information_schema'
GROUP BY namespace.nspname, class.relname
HAVING count(*) = 1
  AND bool_or(attribute.attname = 'version_num' AND attribute.atttypid = 'pg_catalog.varchar'::pg_catalog.regtype)
ORDER BY namespace.nspname, class.relname`;
