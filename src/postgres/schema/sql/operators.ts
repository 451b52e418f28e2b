import {firstUserOid, functionName, isNoMember, isUserSchema, nameIn} from './fragments.ts';

const type = (oid: string): string => `CASE WHEN ${oid} = 0 THEN 'NONE' ELSE format_type(${oid}, NULL) END`;

/** @returns an expression: an operator by oid, as a clause takes it */
function operatorName(oid: string): string {
  return `(SELECT format('OPERATOR(%I.%s)', xn.nspname, x.oprname) FROM pg_operator AS x
    JOIN pg_namespace AS xn ON xn.oid = x.oprnamespace WHERE x.oid = ${oid})`;
}

const part = (keyword: string, value: string): string => `'${keyword} = ' || ${value}`;

/** Operators that are only named so far, as somebody's commutator, have no function. */
export const operatorsSql = `
SELECT o.oid, n.nspname AS namespace, o.oprname AS name, pg_get_userbyid(o.oprowner) AS owner,
  format('(%s, %s)', ${type('o.oprleft')}, ${type('o.oprright')}) AS signature,
  format(E'CREATE OPERATOR %I.%s (\\n    %s\\n)', n.nspname, o.oprname, concat_ws(E',\\n    ',
    ${part('FUNCTION', functionName('o.oprcode'))},
    CASE WHEN o.oprleft <> 0 THEN ${part('LEFTARG', 'format_type(o.oprleft, NULL)')} END,
    CASE WHEN o.oprright <> 0 THEN ${part('RIGHTARG', 'format_type(o.oprright, NULL)')} END,
    ${part('COMMUTATOR', operatorName('o.oprcom'))}, ${part('NEGATOR', operatorName('o.oprnegate'))},
    ${part('RESTRICT', functionName('o.oprrest'))}, ${part('JOIN', functionName('o.oprjoin'))},
    CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END)) AS definition
FROM pg_operator AS o JOIN pg_namespace AS n ON n.oid = o.oprnamespace
WHERE o.oprcode::oid <> 0 AND ${isUserSchema('n')} AND ${isNoMember('pg_operator', 'o.oid')}
ORDER BY n.nspname, o.oprname, signature`;

/** Operators and functions of a family that a condition picks, as CREATE OPERATOR CLASS takes them. */
function membersText(condition: (catalog: string, oid: string) => string, family: string): string {
  return `
  SELECT 1 AS step, a.amopstrategy AS number, format('OPERATOR %s %s(%s, %s)%s', a.amopstrategy,
      (SELECT format('%I.%s', xn.nspname, x.oprname) FROM pg_operator AS x
        JOIN pg_namespace AS xn ON xn.oid = x.oprnamespace WHERE x.oid = a.amopopr),
      ${type('a.amoplefttype')}, ${type('a.amoprighttype')},
      CASE WHEN a.amopsortfamily <> 0
        THEN concat(' FOR ORDER BY ', ${nameIn('pg_opfamily', 'opf', 'a.amopsortfamily')}) END) AS text
  FROM pg_amop AS a WHERE a.amopfamily = ${family} AND ${condition('pg_amop', 'a.oid')}
  UNION ALL
  SELECT 2, a.amprocnum, format('FUNCTION %s (%s, %s) %s(%s)', a.amprocnum, ${type('a.amproclefttype')},
    ${type('a.amprocrighttype')}, ${functionName('a.amproc')}, pg_get_function_identity_arguments(a.amproc))
  FROM pg_amproc AS a WHERE a.amprocfamily = ${family} AND ${condition('pg_amproc', 'a.oid')}`;
}

const ofClass = membersText(
  (
    catalog,
    oid,
  ) => `EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid}
    AND d.refclassid = 'pg_opclass'::regclass AND d.refobjid = c.oid)`,
  'c.opcfamily',
);

/** Members that belong to a class depend on it. */
const ofFamily = membersText(
  (
    catalog,
    oid,
  ) => `NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid}
    AND d.refclassid = 'pg_opclass'::regclass)`,
  'f.oid',
);

export const operatorClassesSql = `
SELECT c.oid, n.nspname AS namespace, concat(quote_ident(c.opcname), ' USING ', quote_ident(m.amname)) AS name,
  pg_get_userbyid(c.opcowner) AS owner,
  format(E'CREATE OPERATOR CLASS %I.%I%s FOR TYPE %s USING %I FAMILY %s AS\\n    %s', n.nspname, c.opcname,
    CASE WHEN c.opcdefault THEN ' DEFAULT' END, format_type(c.opcintype, NULL), m.amname,
    ${nameIn('pg_opfamily', 'opf', 'c.opcfamily')}, (
      SELECT string_agg(t.text, E',\\n    ' ORDER BY t.step, t.number, t.text) FROM (${ofClass}
        UNION ALL SELECT 3, 0, concat('STORAGE ', format_type(COALESCE(NULLIF(c.opckeytype, 0), c.opcintype), NULL))
        WHERE c.opckeytype <> 0 OR NOT EXISTS (SELECT FROM pg_amop AS a WHERE a.amopfamily = c.opcfamily)) AS t)) AS definition
FROM pg_opclass AS c
JOIN pg_namespace AS n ON n.oid = c.opcnamespace
JOIN pg_am AS m ON m.oid = c.opcmethod
WHERE ${isUserSchema('n')} AND ${isNoMember('pg_opclass', 'c.oid')}
ORDER BY n.nspname, name`;

export const operatorFamiliesSql = `
SELECT f.oid, n.nspname AS namespace, concat(quote_ident(f.opfname), ' USING ', quote_ident(m.amname)) AS name,
  pg_get_userbyid(f.opfowner) AS owner, (SELECT array_agg(t.text ORDER BY t.text) FROM (${ofFamily}) AS t) AS members
FROM pg_opfamily AS f
JOIN pg_namespace AS n ON n.oid = f.opfnamespace
JOIN pg_am AS m ON m.oid = f.opfmethod
WHERE ${isUserSchema('n')} AND ${isNoMember('pg_opfamily', 'f.oid')}
ORDER BY n.nspname, name`;

/** Without the one of a range type to its multirange. */
export const castsSql = `
SELECT c.oid, format('(%s AS %s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)) AS name,
  format('CREATE CAST (%s AS %s) %s%s', format_type(c.castsource, NULL), format_type(c.casttarget, NULL),
    CASE c.castmethod WHEN 'i' THEN 'WITH INOUT' WHEN 'b' THEN 'WITHOUT FUNCTION' ELSE (
      SELECT format('WITH FUNCTION %s(%s)', ${functionName('c.castfunc')},
        pg_get_function_identity_arguments(c.castfunc))) END,
    CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' END) AS definition
FROM pg_cast AS c
WHERE c.oid >= ${firstUserOid} AND ${isNoMember('pg_cast', 'c.oid')}
  AND NOT EXISTS (SELECT FROM pg_depend AS i WHERE i.classid = 'pg_cast'::regclass AND i.objid = c.oid AND i.deptype = 'i')
ORDER BY name`;
