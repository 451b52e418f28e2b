/**
 * The tool's table, and others of its shape. Reads pg_class, pg_namespace and pg_attribute, alike in PostgreSQL 14–18.
 * $1: the name as the tool's statements have it. NULL as schema: none of the schemas in search_path exists.
 */
export const locateTableSql = `
SELECT quote_ident(namespace.nspname) || '.' || quote_ident(class.relname) AS quoted,
  class.oid = to_regclass($1) IS TRUE AS own, quote_ident(current_schema()) AS schema
FROM (SELECT) AS always
LEFT JOIN pg_catalog.pg_class AS class ON class.relkind IN ('r', 'p') AND NOT class.relispartition AND (
  class.oid = to_regclass($1) OR 3 = (
    SELECT count(*) FROM pg_catalog.pg_attribute AS attribute
    WHERE attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
      AND attribute.attname IN ('version_id', 'is_applied', 'tstamp')))
LEFT JOIN pg_catalog.pg_namespace AS namespace
  ON namespace.oid = class.relnamespace AND namespace.nspname NOT LIKE 'pg\\_%'
ORDER BY 1`;
