import {firstUserOid} from './fragments.ts';

/** A family would need its classes otherwise, as these need the family. */
const membersOf = (catalog: 'pg_amop' | 'pg_amproc', family: string): string => `
  SELECT COALESCE(k.refclassid, 'pg_opfamily'::regclass), COALESCE(k.refobjid, o.${family}), 0
  FROM ${catalog} AS o LEFT JOIN pg_depend AS k
    ON k.classid = '${catalog}'::regclass AND k.objid = o.oid AND k.refclassid = 'pg_opclass'::regclass
  WHERE d.classid = '${catalog}'::regclass AND o.oid = d.objid`;

/**
 * Whose dependencies are another's: a default is part of its column, the rule of a view is the view, the relation of a
 * composite type is the type, an operator of a family is that of its class, or else the family's. pg_publication_namespace: 15+.
 * Each is looked up by its oid: the planner takes the rows of users for very few while nothing has analysed pg_depend,
 * and would go through whole catalogs for each.
 */
const depender = (version: number): string => `
  SELECT 'pg_class'::regclass::oid AS class, a.adrelid AS oid, a.adnum::int4 AS part FROM pg_attrdef AS a
    WHERE d.classid = 'pg_attrdef'::regclass AND a.oid = d.objid
  UNION ALL SELECT 'pg_class'::regclass, r.ev_class, 0 FROM pg_rewrite AS r
    WHERE d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid AND r.rulename = '_RETURN'
  UNION ALL SELECT 'pg_type'::regclass, c.reltype, 0 FROM pg_class AS c
    WHERE d.classid = 'pg_class'::regclass AND c.oid = d.objid AND c.relkind = 'c'
  UNION ALL ${membersOf('pg_amop', 'amopfamily')}
  UNION ALL ${membersOf('pg_amproc', 'amprocfamily')}
  UNION ALL SELECT 'pg_publication'::regclass, r.prpubid, 0 FROM pg_publication_rel AS r
    WHERE d.classid = 'pg_publication_rel'::regclass AND r.oid = d.objid
  ${
    version < 150_000
      ? ''
      : `UNION ALL SELECT 'pg_publication'::regclass, r.pnpubid, 0 FROM pg_publication_namespace AS r
    WHERE d.classid = 'pg_publication_namespace'::regclass AND r.oid = d.objid`
  }`;

/** A row type stands for its relation, an array type for the type of its elements, a multirange for its range. */
const referenced = `CASE d.refclassid WHEN 'pg_type'::regclass THEN (
  SELECT CASE WHEN t.typrelid <> 0 AND c.relkind <> 'c' THEN ARRAY['pg_class'::regclass::oid, t.typrelid]
    WHEN t.typelem <> 0 AND e.typarray = t.oid THEN CASE WHEN ec.oid IS NOT NULL
      THEN ARRAY['pg_class'::regclass::oid, ec.oid] ELSE ARRAY['pg_type'::regclass::oid, t.typelem] END
    WHEN t.typtype = 'm' THEN (
      SELECT ARRAY['pg_type'::regclass::oid, r.rngtypid] FROM pg_range AS r WHERE r.rngmultitypid = t.oid) END
  FROM pg_type AS t LEFT JOIN pg_class AS c ON c.oid = t.typrelid
  LEFT JOIN pg_type AS e ON e.oid = t.typelem LEFT JOIN pg_class AS ec ON ec.oid = e.typrelid AND ec.relkind <> 'c'
  WHERE t.oid = d.refobjid) END`;

/**
 * Dependencies between objects of users, without what is known from elsewhere, which is most of them: the schema of
 * what has one in its name, the columns of constraints and plain indexes, the index of a constraint. A sequence does not
 * need the column that owns it (deptype a), or the two could not be made. Array and row types need nothing by themselves.
 */
export function needsSql(version: number): string {
  return `
SELECT COALESCE(f.class, d.classid) AS catalog, COALESCE(f.oid, d.objid) AS oid, COALESCE(f.part, d.objsubid) AS part,
  COALESCE(t.what[1], d.refclassid) AS "neededCatalog", COALESCE(t.what[2], d.refobjid) AS needed,
  d.refobjsubid AS "neededPart"
FROM pg_depend AS d
LEFT JOIN LATERAL (${depender(version)}) AS f ON true
LEFT JOIN pg_index AS plain ON d.classid = 'pg_class'::regclass AND plain.indexrelid = d.objid
  AND plain.indexprs IS NULL AND plain.indpred IS NULL
LEFT JOIN pg_class AS s ON d.classid = 'pg_class'::regclass AND s.oid = d.objid AND s.relkind = 'S'
LEFT JOIN pg_type AS own ON d.classid = 'pg_type'::regclass AND own.oid = d.objid
LEFT JOIN pg_class AS composite ON composite.oid = own.typrelid
CROSS JOIN LATERAL (SELECT ${referenced} AS what) AS t
WHERE d.objid >= ${firstUserOid} AND d.deptype IN ('n', 'a', 'i', 'P', 'S')
  AND (d.refobjid >= ${firstUserOid} OR d.refclassid = 'pg_namespace'::regclass AND d.refobjid = to_regnamespace('public'))
  AND NOT (d.refclassid IN ('pg_namespace'::regclass, 'pg_extension'::regclass)
    AND d.classid IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_constraint'::regclass))
  AND NOT (d.refobjsubid > 0 AND (plain.indexrelid IS NOT NULL OR s.oid IS NOT NULL
    OR d.classid = 'pg_constraint'::regclass OR COALESCE(d.refobjid = f.oid AND d.refobjsubid = f.part, false)))
  AND (own.oid IS NULL OR d.deptype = 'n' AND own.typtype IN ('d', 'r', 'b', 'p')
    AND COALESCE(composite.relkind = 'c', true))`;
}
