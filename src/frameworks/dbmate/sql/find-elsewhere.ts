/**
 * Tables of the tool's name and shape in other schemas: `version` (varchar) and nothing else. Rails has the same.
 * Reads pg_class, pg_namespace and pg_attribute, alike in PostgreSQL 14–18.
 * $1: the schema that is left out. $2: the name.
 */
export const findElsewhereSql = `
SELECT quote_ident(namespace.nspname) || '.' || quote_ident(class.relname) AS quoted
FROM pg_catalog.pg_class AS class
JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
JOIN pg_catalog.pg_attribute AS attribute
  ON attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
WHERE class.relname = $2 AND class.relkind IN ('r', 'p') AND NOT class.relispartition
  AND namespace.nspname NOT LIKE 'pg\\_%' AND namespace.nspname <> $1
GROUP BY namespace.nspname, class.relname
HAVING count(*) = 1
  AND bool_or(attribute.attname = 'version' AND attribute.atttypid = 'pg_catalog.varchar'::pg_catalog.regtype)
ORDER BY 1`;
