/** The columns that a row of a table is written with; those that are generated are not. `$1`: names of tables left out. */
export const columnsSql = `
  SELECT format('%I.%I', n.nspname, c.relname) AS "table",
         format('%I', a.attname) AS name,
         coalesce(pg_get_expr(d.adbin, d.adrelid) ~* 'random|uuid', false) AS random,
         a.attidentity = 'a' AS identity,
         t.typcategory = 'D' AS moment
  FROM pg_class AS c
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  JOIN pg_type AS t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind = 'r' AND c.relpersistence <> 't'
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND c.relname <> ALL ($1::text[])
    AND NOT EXISTS (SELECT FROM pg_depend AS e
                    WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
  ORDER BY c.oid, a.attnum`;

/** Sequences, without those of tables left out. */
export const sequencesSql = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_class AS c
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind = 'S' AND c.relpersistence <> 't'
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend AS e JOIN pg_class AS o ON o.oid = e.refobjid
                    WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid
                      AND (e.deptype = 'e' OR (e.deptype IN ('a', 'i') AND o.relname = ANY ($1::text[]))))
  ORDER BY c.oid`;
