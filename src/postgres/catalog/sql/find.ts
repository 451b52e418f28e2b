/**
 * Relations and routines of all user schemas whose name contains the text: $1 the text, $2 it as LIKE pattern,
 * $3 as prefix pattern, $4 limit. Best first: the very name, then what is no partition,
 * then names that begin with the text, then names in which a word begins with it; shorter ones first.
 * pg_class kinds are in small letters or `S`, pg_proc kinds (since 11) are made capitals to keep them apart.
 */
export const findSql = `
WITH spaces AS MATERIALIZED (
  SELECT n.oid, n.nspname FROM pg_catalog.pg_namespace AS n
  WHERE NOT pg_catalog.starts_with(n.nspname::text, 'pg_'::text) AND n.nspname <> 'information_schema'::name
), found AS (
  SELECT c.oid, c.relnamespace AS space, c.relname::text COLLATE pg_catalog."default" AS name,
    c.relkind AS kind, c.relispartition AS partition
  FROM pg_catalog.pg_class AS c
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND c.relname::text COLLATE pg_catalog."default" ILIKE $2::text
  UNION ALL
  SELECT p.oid, p.pronamespace, p.proname::text COLLATE pg_catalog."default", pg_catalog.upper(p.prokind::text)::"char", false
  FROM pg_catalog.pg_proc AS p
  WHERE p.proname::text COLLATE pg_catalog."default" ILIKE $2::text
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
      WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
), best AS (
  SELECT f.*, s.nspname AS schema
  FROM found AS f JOIN spaces AS s ON s.oid = f.space
  ORDER BY f.name <> $1::text, f.partition, f.name NOT ILIKE $3::text,
    f.name NOT ILIKE '%\\_'::text || $3::text, pg_catalog.length(f.name), f.name, s.nspname, f.oid
  LIMIT $4::int8
)
SELECT b.oid, b.schema, b.name, b.kind, b.partition,
  CASE WHEN b.kind IN ('F', 'P', 'A', 'W')
    THEN pg_catalog.pg_get_function_identity_arguments(b.oid) END AS "identityArguments"
FROM best AS b
ORDER BY b.name <> $1::text, b.partition, b.name NOT ILIKE $3::text,
  b.name NOT ILIKE '%\\_'::text || $3::text, pg_catalog.length(b.name), b.name, b.schema, b.oid`;
