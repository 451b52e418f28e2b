/**
 * Where the tool's table is: the schema it was told, else the first of a `search_path` that the connection brought, as it
 * is written there, else the current schema, else `public`. Reads pg_settings, alike in PostgreSQL 14–18.
 * $1: the schema of the setting or NULL. $2: the other parts of the table's name.
 */
export const locateTableSql = `
SELECT place.schema, quote_ident(place.schema) AS quoted_schema,
  (SELECT string_agg(quote_ident(part), '.' ORDER BY number) FROM unnest($2::text[]) WITH ORDINALITY AS parts (part, number))
    AS quoted_name
FROM (
  SELECT coalesce($1::text, nullif(trim(split_part(brought.setting, ',', 1)), ''), current_schema()::text, 'public') AS schema
  FROM (SELECT min(setting) AS setting FROM pg_catalog.pg_settings WHERE name = 'search_path' AND source = 'client') AS brought
) AS place`;
