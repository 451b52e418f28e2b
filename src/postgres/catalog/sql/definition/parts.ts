import {commentSql, optionsSql, sequenceOptionsSql} from './fragments.ts';

const table = `pg_catalog.format('%I.%I', n.nspname, c.relname)`;

/**
 * Each of these takes a condition on one oid, `$1`, and gives one row for each object: its statements in order, and
 * nulls among them for what it does not need. `c` is the relation it belongs to, `n` that relation's schema.
 */

/** Follows the statement that makes an index, whether a constraint made it or CREATE INDEX did. */
const indexExtras = `
    CASE WHEN x.reltablespace <> '0'::oid THEN pg_catalog.format('ALTER INDEX %I.%I SET TABLESPACE %I;', n.nspname,
      x.relname, (SELECT s.spcname FROM pg_catalog.pg_tablespace AS s WHERE s.oid = x.reltablespace)) END,
    CASE WHEN i.indisclustered THEN pg_catalog.format('ALTER TABLE %s CLUSTER ON %I;', ${table}, x.relname) END,
    CASE WHEN i.indisreplident
      THEN pg_catalog.format('ALTER TABLE ONLY %s REPLICA IDENTITY USING INDEX %I;', ${table}, x.relname) END,
    ${commentSql(`pg_catalog.obj_description(x.oid, 'pg_class')`, 'INDEX %I.%I', 'n.nspname, x.relname')}`;

/**
 * Indexes that no constraint made. pg_get_indexdef says ON ONLY for the index of a partitioned table, which would
 * leave the partitions without; what it puts before that is known, so it is replaced by its length.
 */
export function indexStatementsSql(condition: string): string {
  const start = (only: string): string =>
    `pg_catalog.format('CREATE %sINDEX %I ON ${only}', CASE WHEN i.indisunique THEN 'UNIQUE ' END, x.relname)`;
  return `
SELECT x.relname AS name, pg_catalog.array_cat(ARRAY[
    CASE WHEN x.relkind = 'I' AND pg_catalog.starts_with(d.text, ${start('ONLY ')})
      THEN pg_catalog.concat(${start('')}, pg_catalog.substr(d.text, pg_catalog.length(${start('ONLY ')}) + 1), ';')
      ELSE pg_catalog.concat(d.text, ';') END, ${indexExtras}],
  ARRAY(SELECT pg_catalog.format('ALTER INDEX %I.%I ALTER COLUMN %s SET STATISTICS %s;', n.nspname, x.relname,
      a.attnum, a.attstattarget)
    FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = x.oid AND a.attstattarget >= 0 ORDER BY a.attnum)
  ) AS statements
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_class AS c ON c.oid = i.indrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT pg_catalog.pg_get_indexdef(i.indexrelid) AS text) AS d
WHERE ${condition}
ORDER BY x.relname`;
}

export const tableIndexesSql = indexStatementsSql(`i.indrelid = $1::oid AND NOT EXISTS (
  SELECT FROM pg_catalog.pg_constraint AS k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))`);

/**
 * Constraints but NOT NULL. `inline` is the text for a CREATE TABLE, absent when only ALTER TABLE can add the
 * constraint as it is: foreign keys, so that the order of tables matters less, and NOT VALID ones, since
 * CREATE TABLE takes those for valid. Storage parameters of its index are not in pg_get_constraintdef.
 */
export function constraintStatementsSql(condition: string): string {
  return `
SELECT k.conname AS name,
  CASE WHEN k.contype <> 'f' AND (k.convalidated OR NOT e.enforced) THEN d.text END AS inline,
  ARRAY[pg_catalog.format('ALTER TABLE %s ADD %s;', ${table}, d.text),
    CASE WHEN x.reloptions IS NOT NULL THEN pg_catalog.format('ALTER INDEX %I.%I SET (%s);', n.nspname, x.relname,
      ${optionsSql('x.reloptions')}) END, ${indexExtras},
    ${commentSql(`pg_catalog.obj_description(k.oid, 'pg_constraint')`, 'CONSTRAINT %I ON %s', `k.conname, ${table}`)}
  ] AS statements
FROM pg_catalog.pg_constraint AS k
JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
CROSS JOIN LATERAL (
  SELECT COALESCE((pg_catalog.to_jsonb(k) ->> 'conenforced')::bool, true) AS enforced) AS e
CROSS JOIN LATERAL (
  SELECT pg_catalog.format('CONSTRAINT %I %s', k.conname, pg_catalog.pg_get_constraintdef(k.oid)) AS text) AS d
WHERE ${condition}
ORDER BY pg_catalog.strpos('puxcnf', k.contype::text), k.conname`;
}

/**
 * What a table's own definition needs: not what it inherits. A partition is made by itself and attached, so it must
 * have its parent's constraints before, but for foreign keys, which it is given on attaching.
 * NOT VALID NOT NULL constraints (18) cannot be part of a column.
 */
export const tableConstraintsSql = constraintStatementsSql(`k.conrelid = $1::oid
  AND (k.contype IN ('p', 'u', 'x') OR k.contype = 'c' AND (k.conislocal OR c.relispartition)
    OR k.contype = 'f' AND k.conparentid = '0'::oid OR k.contype = 'n' AND k.conislocal AND NOT k.convalidated)`);

export function triggerStatementsSql(condition: string): string {
  return `
SELECT t.tgname AS name, ARRAY[pg_catalog.concat(pg_catalog.pg_get_triggerdef(t.oid), ';'),
    CASE WHEN t.tgenabled <> 'O' THEN pg_catalog.format('ALTER TABLE %s %s TRIGGER %I;', ${table},
      CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, t.tgname) END,
    ${commentSql(`pg_catalog.obj_description(t.oid, 'pg_trigger')`, 'TRIGGER %I ON %s', `t.tgname, ${table}`)}
  ] AS statements
FROM pg_catalog.pg_trigger AS t
JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE ${condition}
ORDER BY t.tgname`;
}

/** Triggers of a partition that its parent gave it (tgparentid) come with attaching it. */
export const tableTriggersSql = triggerStatementsSql(
  `t.tgrelid = $1::oid AND NOT t.tgisinternal AND t.tgparentid = '0'::oid`,
);

export function policyStatementsSql(condition: string): string {
  return `
SELECT p.polname AS name, ARRAY[
    pg_catalog.concat(pg_catalog.format('CREATE POLICY %I ON %s', p.polname, ${table}),
      CASE WHEN NOT p.polpermissive THEN ' AS RESTRICTIVE' END,
      CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE'
        WHEN 'd' THEN ' FOR DELETE' END,
      CASE WHEN p.polroles <> ARRAY['0'::oid] THEN pg_catalog.concat(' TO ', (
        SELECT pg_catalog.string_agg(CASE WHEN u.role = '0'::oid THEN 'PUBLIC'
          ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(u.role)::text) END, ', '
          ORDER BY pg_catalog.pg_get_userbyid(u.role))
        FROM pg_catalog.unnest(p.polroles) AS u (role))) END,
      CASE WHEN p.polqual IS NOT NULL
        THEN pg_catalog.format(' USING (%s)', pg_catalog.pg_get_expr(p.polqual, p.polrelid)) END,
      CASE WHEN p.polwithcheck IS NOT NULL
        THEN pg_catalog.format(' WITH CHECK (%s)', pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)) END,
      ';'),
    ${commentSql(`pg_catalog.obj_description(p.oid, 'pg_policy')`, 'POLICY %I ON %s', `p.polname, ${table}`)}
  ] AS statements
FROM pg_catalog.pg_policy AS p
JOIN pg_catalog.pg_class AS c ON c.oid = p.polrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE ${condition}
ORDER BY p.polname`;
}

/** Rules but the one that is a view. */
export const rulesSql = `
SELECT r.rulename AS name, ARRAY[pg_catalog.pg_get_ruledef(r.oid),
    CASE WHEN r.ev_enabled <> 'O' THEN pg_catalog.format('ALTER TABLE %s %s RULE %I;', ${table},
      CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, r.rulename) END,
    ${commentSql(`pg_catalog.obj_description(r.oid, 'pg_rewrite')`, 'RULE %I ON %s', `r.rulename, ${table}`)}
  ] AS statements
FROM pg_catalog.pg_rewrite AS r
JOIN pg_catalog.pg_class AS c ON c.oid = r.ev_class
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE r.ev_class = $1::oid AND r.rulename <> '_RETURN'::name
ORDER BY r.rulename`;

/** Extended statistics. stxstattarget is -1 before 17 and null since, when nobody set it. */
export const statisticsSql = `
SELECT s.stxname AS name, ARRAY[pg_catalog.concat(pg_catalog.pg_get_statisticsobjdef(s.oid), ';'),
    CASE WHEN s.stxstattarget >= 0
      THEN pg_catalog.format('ALTER STATISTICS %I.%I SET STATISTICS %s;', sn.nspname, s.stxname, s.stxstattarget) END,
    ${commentSql(`pg_catalog.obj_description(s.oid, 'pg_statistic_ext')`, 'STATISTICS %I.%I', 'sn.nspname, s.stxname')}
  ] AS statements
FROM pg_catalog.pg_statistic_ext AS s
JOIN pg_catalog.pg_namespace AS sn ON sn.oid = s.stxnamespace
WHERE s.stxrelid = $1::oid
ORDER BY s.stxname`;

/**
 * Sequences; the second statement names the owning column, which must exist by then. A sequence of an identity
 * column (deptype i) is part of its table and cannot be made by itself.
 */
export function sequenceStatementsSql(condition: string): string {
  return `
SELECT q.relname AS name, ARRAY[
    pg_catalog.concat_ws(' ', CASE WHEN q.relpersistence = 'u' THEN 'CREATE UNLOGGED SEQUENCE' ELSE 'CREATE SEQUENCE' END,
      pg_catalog.format('%I.%I', qn.nspname, q.relname),
      CASE WHEN s.seqtypid <> '20'::oid THEN pg_catalog.format('AS %s', pg_catalog.format_type(s.seqtypid, NULL)) END,
      NULLIF(${sequenceOptionsSql('s')}, '')) || ';'::text,
    CASE WHEN c.oid IS NOT NULL THEN pg_catalog.format('ALTER SEQUENCE %I.%I OWNED BY %s.%I;', qn.nspname, q.relname,
      ${table}, a.attname) END,
    ${commentSql(`pg_catalog.obj_description(q.oid, 'pg_class')`, 'SEQUENCE %I.%I', 'qn.nspname, q.relname')}
  ] AS statements
FROM pg_catalog.pg_class AS q
JOIN pg_catalog.pg_namespace AS qn ON qn.oid = q.relnamespace
JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = q.oid
LEFT JOIN pg_catalog.pg_depend AS d
  ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = q.oid AND d.objsubid = 0
  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 AND d.deptype = 'a'
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum::int4 = d.refobjsubid
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = d.refobjid
LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE ${condition}
ORDER BY q.relname`;
}
