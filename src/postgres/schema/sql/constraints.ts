import {firstUserOid} from './fragments.ts';

/**
 * Constraints of tables and domains, raw, but for those that come from a parent only. Deparsed here is only what has
 * an expression: pg_get_constraintdef on everything takes 0.8 s for 10,000 tables.
 * confdelsetcols, indnullsnotdistinct: 15+. conenforced, conperiod, contype n of tables: 18; of domains: 17+.
 */
export function constraintsSql(version: number): string {
  const since = (major: number, sql: string, other: string): string =>
    version >= major * 10_000 ? sql : other;
  return `
SELECT k.oid, k.conname AS name, k.contype AS type, k.conrelid AS relation, k.contypid AS domain,
  array_to_string(k.conkey, ' ') AS columns, array_to_string(k.confkey, ' ') AS "referencedColumns",
  k.confrelid AS referenced,
  CASE WHEN k.contype = 'f' THEN k.confrelid::regclass::text END AS references,
  k.confupdtype AS "onUpdate", k.confdeltype AS "onDelete",
  ${since(15, `array_to_string(k.confdelsetcols, ' ')`, 'NULL')} AS "onDeleteColumns",
  k.confmatchtype AS match, k.condeferrable AS deferrable, k.condeferred AS "initiallyDeferred",
  NOT k.convalidated AS "notValid", ${since(18, 'NOT k.conenforced', 'false')} AS "notEnforced",
  ${since(18, 'k.conperiod', 'false')} AS period, k.connoinherit AS "noInherit",
  i.indnkeyatts AS "keyCount", i.indkey::text AS "indexColumns",
  ${since(15, 'i.indnullsnotdistinct', 'false')} AS "nullsNotDistinct",
  CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END AS expression,
  CASE WHEN k.contype = 'x' THEN pg_get_constraintdef(k.oid) END AS definition
FROM pg_constraint AS k
LEFT JOIN pg_class AS c ON c.oid = k.conrelid
LEFT JOIN pg_index AS i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
WHERE k.oid >= ${firstUserOid} AND k.contype IN ('p', 'u', 'f', 'c', 'x', 'n')
  AND COALESCE(c.relpersistence <> 't', true)
  AND k.conparentid = 0 AND (k.conislocal OR k.coninhcount = 0)`;
}
