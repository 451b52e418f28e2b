/**
 * What there is for the tool: the schema ($1), its history table ($2), any other object in the schema that no extension
 * brought (the tool refuses to begin where there are some without a history), and the schemas of other tables of that
 * name. Reads pg_namespace, pg_class, pg_proc, pg_type and pg_depend, alike in PostgreSQL 14–18.
 */
export const findHistorySql = `
WITH place AS (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1)
SELECT
  EXISTS (
    SELECT FROM place, LATERAL (
      SELECT oid FROM pg_catalog.pg_class WHERE relnamespace = place.oid
      UNION ALL SELECT oid FROM pg_catalog.pg_proc WHERE pronamespace = place.oid
      UNION ALL SELECT oid FROM pg_catalog.pg_type
        WHERE typnamespace = place.oid AND typtype IN ('d', 'e', 'r')
    ) AS object
    WHERE NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend AS depend WHERE depend.objid = object.oid AND depend.deptype = 'e')
  ) AS "hasObjects",
  ARRAY(
    SELECT namespace.nspname::text FROM pg_catalog.pg_class AS class
    JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
    WHERE class.relkind IN ('r', 'p') AND class.relname = $2 AND namespace.nspname NOT LIKE 'pg\\_%'
    ORDER BY 1
  ) AS schemas`;
