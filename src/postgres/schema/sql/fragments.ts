/** Pieces of the statements that read a schema. All run with an empty search_path: pg_catalog alone is searched. */

/** Objects that initdb makes have smaller oids. Source: FirstNormalObjectId */
export const firstUserOid = 16_384;

/** @param n alias of a pg_namespace row: temporary and TOAST schemas begin with `pg_` as well */
export function isUserSchema(n: string): string {
  return `${n}.nspname !~ '^pg_' AND ${n}.nspname <> 'information_schema'`;
}

/** Members of an extension are described by the extension. */
export function isNoMember(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend AS member WHERE member.classid = '${catalog}'::regclass
    AND member.objid = ${oid} AND member.objsubid = 0 AND member.deptype = 'e')`;
}

/** @returns an expression: the options of a `text[]` such as reloptions as an object, or null. */
export function optionsJson(array: string): string {
  return `(SELECT json_object_agg(o.option_name, COALESCE(o.option_value, '') ORDER BY o.option_name)
    FROM pg_options_to_table(${array}) AS o)`;
}

/** @returns an expression: true, or null where `condition` does not hold. */
export function flag(condition: string): string {
  return `NULLIF(${condition}, false)`;
}

/** @returns an expression: the qualified name of the row with that oid, or null. */
export function nameIn(catalog: string, prefix: string, oid: string): string {
  return `(SELECT format('%I.%I', nn.nspname, nr.${prefix}name) FROM ${catalog} AS nr
    JOIN pg_namespace AS nn ON nn.oid = nr.${prefix}namespace WHERE nr.oid = ${oid})`;
}

export function functionName(oid: string): string {
  return nameIn('pg_proc', 'pro', `${oid}::oid`);
}

export function collationName(oid: string): string {
  return nameIn('pg_collation', 'coll', oid);
}

/** Kind of the relation `c` that a part belongs to. */
export function kindOf(c: string): string {
  return `CASE ${c}.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'table' END`;
}

/** Whether a trigger or rule fires, from its "char". */
export function enabled(column: string): string {
  return `CASE ${column} WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END`;
}

/** @returns an expression: a grantee or the role of a policy; 0 is everybody. */
export function granteeName(oid: string): string {
  return `CASE WHEN ${oid} = 0 THEN 'PUBLIC' WHEN pg_get_userbyid(${oid}) = 'PUBLIC' THEN '"PUBLIC"'
    ELSE pg_get_userbyid(${oid})::text END`;
}

/** @returns an expression: the first type of a statement's text, without the semicolon and blanks around it. */
export function statement(expression: string): string {
  return `regexp_replace(${expression}, '^\\s+|;?\\s*$', '', 'g')`;
}

/** What a relation `c` that has storage says of it, with `storedJoins`. 2 is the access method heap. */
export const stored = `
  CASE WHEN c.relam NOT IN (0, 2) THEN (SELECT m.amname::text FROM pg_am AS m WHERE m.oid = c.relam) END AS "accessMethod",
  CASE WHEN c.reltablespace <> 0 THEN (
    SELECT t.spcname::text FROM pg_tablespace AS t WHERE t.oid = c.reltablespace) END AS tablespace,
  CASE WHEN c.reloptions IS NOT NULL THEN ${optionsJson('c.reloptions')} END AS options,
  CASE WHEN toast.reloptions IS NOT NULL THEN ${optionsJson('toast.reloptions')} END AS "toastOptions",
  clustered.name AS "clusterOn"`;

export const storedJoins = `
LEFT JOIN pg_class AS toast ON toast.oid = c.reltoastrelid AND toast.reloptions IS NOT NULL
LEFT JOIN (SELECT i.indrelid, x.relname::text AS name FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid
  WHERE i.indisclustered) AS clustered ON clustered.indrelid = c.oid`;
