/**
 * Everything beside tables that a statement needs: what the relations $1 depend on, and what has a name that the
 * statement uses ($2 functions, $3 types). Objects of the system are not in pg_depend and come with every server.
 * A member of an extension comes with it; a composite type is a relation of kind c.
 */
export const objectsSql = `
WITH RECURSIVE need (class, oid) AS (
  (SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::oid, u.oid FROM pg_catalog.unnest($1::oid[]) AS u (oid)
  UNION
  SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::oid, i.indexrelid
    FROM pg_catalog.pg_index AS i WHERE i.indrelid = ANY ($1::oid[])
  UNION
  SELECT 'pg_catalog.pg_rewrite'::pg_catalog.regclass::oid, r.oid
    FROM pg_catalog.pg_rewrite AS r WHERE r.ev_class = ANY ($1::oid[])
  UNION
  SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass::oid, p.oid
    FROM pg_catalog.pg_proc AS p JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
    WHERE p.proname = ANY ($2::name[]) AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  UNION
  SELECT 'pg_catalog.pg_type'::pg_catalog.regclass::oid, t.oid
    FROM pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
    WHERE t.typname = ANY ($3::name[]) AND n.nspname NOT IN ('pg_catalog', 'information_schema'))
  UNION
  SELECT d.refclassid, d.refobjid
  FROM need AS n
  JOIN pg_catalog.pg_depend AS d ON d.classid = n.class AND d.objid = n.oid
  LEFT JOIN pg_catalog.pg_class AS c ON c.oid = d.refobjid
    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
  WHERE d.deptype IN ('n', 'a', 'i', 'e') AND (c.oid IS NULL OR c.relkind = 'c')
), outside AS (
  SELECT n.class, n.oid FROM need AS n WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend AS d WHERE d.classid = n.class AND d.objid = n.oid AND d.deptype = 'e')
)
SELECT 1 AS step, 'extension' AS kind, e.oid::int8 AS oid, e.extname AS name, s.nspname AS schema, '' AS detail
FROM outside AS o
JOIN pg_catalog.pg_extension AS e ON e.oid = o.oid AND o.class = 'pg_catalog.pg_extension'::pg_catalog.regclass
JOIN pg_catalog.pg_namespace AS s ON s.oid = e.extnamespace
WHERE e.extname <> 'plpgsql'
UNION ALL
SELECT 2, 'collation', c.oid::int8, c.collname, s.nspname, CASE WHEN c.collisdeterministic THEN '' ELSE 'loose' END
FROM outside AS o
JOIN pg_catalog.pg_collation AS c ON c.oid = o.oid AND o.class = 'pg_catalog.pg_collation'::pg_catalog.regclass
JOIN pg_catalog.pg_namespace AS s ON s.oid = c.collnamespace
UNION ALL
SELECT 3, 'type', t.oid::int8, t.typname, s.nspname, t.typtype::text
FROM outside AS o
JOIN pg_catalog.pg_type AS t ON t.oid = o.oid AND o.class = 'pg_catalog.pg_type'::pg_catalog.regclass
JOIN pg_catalog.pg_namespace AS s ON s.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_class AS r ON r.oid = t.typrelid
WHERE t.typtype IN ('e', 'd', 'r') OR t.typtype = 'b' AND t.typelem = '0'::oid OR r.relkind = 'c'
UNION ALL
SELECT 4, 'routine', p.oid::int8, p.proname, s.nspname, l.lanname::text
FROM outside AS o
JOIN pg_catalog.pg_proc AS p ON p.oid = o.oid AND o.class = 'pg_catalog.pg_proc'::pg_catalog.regclass
JOIN pg_catalog.pg_namespace AS s ON s.oid = p.pronamespace
JOIN pg_catalog.pg_language AS l ON l.oid = p.prolang
ORDER BY step, oid`;
