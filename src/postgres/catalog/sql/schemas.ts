import {commentOf} from './comment.ts';

/**
 * Schemas of users, with how many objects of each kind they hold.
 * pg_class.relispartition, pg_proc.prokind: since 10 and 11. A member of an extension has a pg_depend row with
 * deptype `e`; the constructors of a range type have one with `i`. System schemas are those whose name begins with pg_ (only the server may make such), among them the
 * schemas of temporary tables and TOAST, and information_schema. current_schemas needs the session's own search_path.
 */
export const schemasSql = `
WITH spaces AS MATERIALIZED (
  SELECT n.* FROM pg_catalog.pg_namespace AS n
  WHERE NOT pg_catalog.starts_with(n.nspname::text, 'pg_'::text) AND n.nspname <> 'information_schema'::name
), relations AS (
  SELECT c.relnamespace,
    pg_catalog.count(*) FILTER (WHERE c.relkind IN ('r', 'p')) AS tables,
    pg_catalog.count(*) FILTER (WHERE c.relkind = 'v') AS views,
    pg_catalog.count(*) FILTER (WHERE c.relkind = 'm') AS matviews,
    pg_catalog.count(*) FILTER (WHERE c.relkind = 'f') AS foreigns,
    pg_catalog.count(*) FILTER (WHERE c.relkind = 'S') AS sequences
  FROM pg_catalog.pg_class AS c
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT c.relispartition
    AND c.relnamespace IN (SELECT oid FROM spaces)
  GROUP BY c.relnamespace
), routines AS (
  SELECT p.pronamespace, pg_catalog.count(*) AS functions
  FROM pg_catalog.pg_proc AS p
  WHERE p.pronamespace IN (SELECT oid FROM spaces)
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
      WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
  GROUP BY p.pronamespace
), types AS (
  SELECT t.typnamespace, pg_catalog.count(*) AS types
  FROM pg_catalog.pg_type AS t
  WHERE t.typnamespace IN (SELECT oid FROM spaces) AND (t.typtype IN ('e', 'd', 'r')
      OR t.typtype = 'c' AND EXISTS (SELECT FROM pg_catalog.pg_class AS c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
      WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = t.oid AND d.deptype = 'e')
  GROUP BY t.typnamespace
)
SELECT n.oid, n.nspname AS name, pg_catalog.pg_get_userbyid(n.nspowner) AS owner,
  ${commentOf('n.oid', 'pg_namespace')} AS comment,
  pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS usable,
  n.nspname = ANY (pg_catalog.current_schemas(false)) AS in_search_path,
  COALESCE(r.tables, 0) AS tables, COALESCE(r.views, 0) AS views, COALESCE(r.matviews, 0) AS materialized_views,
  COALESCE(r.foreigns, 0) AS foreign_tables, COALESCE(r.sequences, 0) AS sequences,
  COALESCE(f.functions, 0) AS functions, COALESCE(t.types, 0) AS types
FROM spaces AS n
LEFT JOIN relations AS r ON r.relnamespace = n.oid
LEFT JOIN routines AS f ON f.pronamespace = n.oid
LEFT JOIN types AS t ON t.typnamespace = n.oid
ORDER BY pg_catalog.array_position(pg_catalog.current_schemas(false), n.nspname), n.nspname <> 'public'::name, n.nspname`;
