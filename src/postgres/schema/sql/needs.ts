import {catalogs} from '../catalogs.ts';
import {firstUserOid} from './fragments.ts';

/** Of a member of an operator class, the class. */
const itsClass = `(SELECT ARRAY[k.refclassid, k.refobjid] FROM pg_depend AS k
  WHERE k.classid = d.classid AND k.objid = d.objid AND k.refclassid = 'pg_opclass'::regclass)`;

/**
 * What stands for something else is replaced by it: a default by its column, the rule of a view by the view, a row type
 * by its table, an array type by its elements' type, a member of a family by its operator class or else by the family.
 */
const depender = (ofSchemas: string): string => `CASE d.classid
  WHEN 'pg_rewrite'::regclass THEN (SELECT ARRAY['pg_class'::regclass::oid, r.ev_class] FROM pg_rewrite AS r
    WHERE r.oid = d.objid AND r.rulename = '_RETURN')
  WHEN 'pg_class'::regclass THEN (SELECT ARRAY['pg_type'::regclass::oid, c.reltype] FROM pg_class AS c
    WHERE c.oid = d.objid AND c.relkind = 'c')
  WHEN 'pg_publication_rel'::regclass THEN (SELECT ARRAY['pg_publication'::regclass::oid, r.prpubid]
    FROM pg_publication_rel AS r WHERE r.oid = d.objid)
  ${ofSchemas}
  WHEN 'pg_amop'::regclass THEN COALESCE(${itsClass}, (
    SELECT ARRAY['pg_opfamily'::regclass::oid, o.amopfamily] FROM pg_amop AS o WHERE o.oid = d.objid))
  WHEN 'pg_amproc'::regclass THEN COALESCE(${itsClass}, (
    SELECT ARRAY['pg_opfamily'::regclass::oid, o.amprocfamily] FROM pg_amproc AS o WHERE o.oid = d.objid))
  END`;

const referenced = `CASE d.refclassid WHEN 'pg_type'::regclass THEN (
  SELECT CASE WHEN t.typrelid <> 0 AND c.relkind <> 'c' THEN ARRAY['pg_class'::regclass::oid, t.typrelid]
    WHEN t.typelem <> 0 AND e.typarray = t.oid THEN CASE WHEN ec.oid IS NOT NULL
      THEN ARRAY['pg_class'::regclass::oid, ec.oid] ELSE ARRAY['pg_type'::regclass::oid, t.typelem] END
    WHEN t.typtype = 'm' THEN (
      SELECT ARRAY['pg_type'::regclass::oid, r.rngtypid] FROM pg_range AS r WHERE r.rngmultitypid = t.oid) END
  FROM pg_type AS t LEFT JOIN pg_class AS c ON c.oid = t.typrelid
  LEFT JOIN pg_type AS e ON e.oid = t.typelem LEFT JOIN pg_class AS ec ON ec.oid = e.typrelid AND ec.relkind <> 'c'
  WHERE t.oid = d.refobjid) END`;

/** On schemas and extensions only of what has no schema in its name. */
const isTold = `(d.refclassid NOT IN ('pg_namespace'::regclass, 'pg_extension'::regclass)
  OR d.classid NOT IN (${[catalogs.pg_class, catalogs.pg_proc, catalogs.pg_type, catalogs.pg_constraint].join(', ')}))`;

/**
 * All dependencies between objects of users but those on schemas, which the names tell, and those that a relation's
 * own types have on it. A sequence does not need the column that owns it (deptype a), or the two could not be made.
 * pg_publication_namespace: 15+.
 */
export function needsSql(version: number): string {
  const ofSchemas =
    version < 150_000
      ? ''
      : `WHEN 'pg_publication_namespace'::regclass THEN (
    SELECT ARRAY['pg_publication'::regclass::oid, r.pnpubid] FROM pg_publication_namespace AS r WHERE r.oid = d.objid)`;
  return `
SELECT COALESCE(f.who[1], d.classid) AS catalog, COALESCE(f.who[2], d.objid) AS oid, d.objsubid AS part,
  COALESCE(t.what[1], d.refclassid) AS "neededCatalog", COALESCE(t.what[2], d.refobjid) AS needed,
  d.refobjsubid AS "neededPart"
FROM (
  SELECT CASE WHEN a.oid IS NULL THEN d.classid ELSE 'pg_class'::regclass END AS classid,
    COALESCE(a.adrelid, d.objid) AS objid, COALESCE(a.adnum, d.objsubid) AS objsubid,
    d.refclassid, d.refobjid, d.refobjsubid
  FROM pg_depend AS d
  LEFT JOIN pg_attrdef AS a ON a.oid = d.objid AND d.classid = 'pg_attrdef'::regclass
  LEFT JOIN pg_class AS s ON s.oid = d.objid AND s.relkind = 'S' AND d.classid = 'pg_class'::regclass
  WHERE d.objid >= ${firstUserOid} AND d.refobjid >= ${firstUserOid} AND d.deptype IN ('n', 'a', 'i', 'P', 'S')
    AND ${isTold}
    AND d.classid <> 'pg_type'::regclass AND NOT (s.oid IS NOT NULL AND d.refobjsubid > 0)
  UNION ALL
  SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid
  FROM pg_depend AS d JOIN pg_type AS t ON t.oid = d.objid LEFT JOIN pg_class AS c ON c.oid = t.typrelid
  WHERE d.classid = 'pg_type'::regclass AND d.deptype = 'n' AND d.refobjid >= ${firstUserOid}
    AND ${isTold} AND t.typtype IN ('d', 'r', 'b', 'p') AND COALESCE(c.relkind = 'c', true)
) AS d
CROSS JOIN LATERAL (SELECT ${depender(ofSchemas)} AS who) AS f
CROSS JOIN LATERAL (SELECT ${referenced} AS what) AS t`;
}
