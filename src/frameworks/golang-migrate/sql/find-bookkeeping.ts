/**
 * Tables of the bookkeeping's shape in any schema: exactly the columns `version` (int8) and `dirty` (bool).
 * `schema_migrations` of dbmate and Rails has no `dirty`. Partitions and temporary tables of other sessions are left
 * out. Reads pg_class, pg_namespace and pg_attribute, alike in PostgreSQL 14–18.
 */
export const findBookkeepingSql = `
SELECT namespace.nspname AS schema, class.relname AS name
FROM pg_catalog.pg_class AS class
JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
JOIN pg_catalog.pg_attribute AS attribute
  ON attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
WHERE class.relkind IN ('r', 'p') AND NOT class.relispartition
  AND namespace.nspname NOT LIKE 'pg\\_%' AND namespace.nspname <> 'information_schema'
GROUP BY namespace.nspname, class.relname
HAVING count(*) = 2
  AND bool_or(attribute.attname = 'version' AND attribute.atttypid = 'pg_catalog.int8'::pg_catalog.regtype)
  AND bool_or(attribute.attname = 'dirty' AND attribute.atttypid = 'pg_catalog.bool'::pg_catalog.regtype)
ORDER BY namespace.nspname, class.relname`;
