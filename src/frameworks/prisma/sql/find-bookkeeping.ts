/**
 * What there is for the tool in a schema ($1): the schema itself, any table (the tool refuses to begin where there are
 * some besides those of PostGIS without a bookkeeping), and the schemas of other bookkeeping tables. Reads pg_namespace and pg_class, alike in
 * PostgreSQL 14–18.
 */
export const findBookkeepingSql = `
SELECT
  EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1) AS "schemaExists",
  EXISTS (
    SELECT FROM pg_catalog.pg_class AS class
    JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
    WHERE class.relkind = 'r' AND namespace.nspname = $1
      AND lower(class.relname) NOT IN
        ('spatial_ref_sys', 'geometry_columns', 'geography_columns', 'raster_columns', 'raster_overviews')
  ) AS "hasTables",
  ARRAY(
    SELECT namespace.nspname::text FROM pg_catalog.pg_class AS class
    JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
    WHERE class.relkind = 'r' AND class.relname = '_prisma_migrations'
      AND namespace.nspname NOT LIKE 'pg\\_%'
    ORDER BY 1
  ) AS schemas`;
