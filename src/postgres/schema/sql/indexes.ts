import {firstUserOid} from './fragments.ts';

/**
 * Indexes, raw. pg_get_indexdef on everything takes 2.7 s for 10,000 tables with 4 indexes each, hence `isPlain`:
 * nothing in it but columns, and it can be written from these values. indnullsnotdistinct: 15+. attstattarget: -1
 * unless set before 17, null since.
 */
export function indexesSql(version: number): string {
  return `
SELECT i.indexrelid AS oid, i.indrelid AS relation, n.nspname AS namespace, x.relname AS name, i.indisunique AS "unique",
  ${version >= 150_000 ? 'i.indnullsnotdistinct' : 'false'} AS "nullsNotDistinct", m.amname AS method,
  i.indnkeyatts AS "keyCount", i.indkey::text AS columns, i.indclass::text AS classes,
  i.indcollation::text AS collations, i.indoption::text AS directions, x.relkind = 'I' AS partitioned,
  i.indexprs IS NULL AND i.indpred IS NULL AND x.reloptions IS NULL AND x.reltablespace = 0
    AND keys.parameters IS NULL AS "isPlain",
  x.reloptions AS options, t.spcname::text AS tablespace, NOT i.indisvalid AS invalid, keys.statistics,
  parent.name AS "attachedTo", k.conname AS "constraint", k.contype AS "constraintType"
FROM pg_index AS i
JOIN pg_class AS x ON x.oid = i.indexrelid
JOIN pg_namespace AS n ON n.oid = x.relnamespace
JOIN pg_am AS m ON m.oid = x.relam
LEFT JOIN pg_tablespace AS t ON t.oid = x.reltablespace
LEFT JOIN pg_constraint AS k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN (SELECT h.inhrelid, format('%I.%I', pn.nspname, p.relname) AS name
  FROM pg_inherits AS h JOIN pg_class AS p ON p.oid = h.inhparent AND p.relkind = 'I'
  JOIN pg_namespace AS pn ON pn.oid = p.relnamespace) AS parent ON parent.inhrelid = i.indexrelid
LEFT JOIN (SELECT a.attrelid, max(array_to_string(a.attoptions, ',')) AS parameters,
    array_agg(concat(a.attnum, '=', a.attstattarget)) FILTER (WHERE a.attstattarget >= 0) AS statistics
  FROM pg_attribute AS a JOIN pg_class AS y ON y.oid = a.attrelid AND y.relkind IN ('i', 'I')
  WHERE a.attrelid >= ${firstUserOid} AND (a.attoptions IS NOT NULL OR a.attstattarget >= 0)
  GROUP BY a.attrelid) AS keys ON keys.attrelid = i.indexrelid
WHERE i.indexrelid >= ${firstUserOid} AND x.relpersistence <> 't' AND n.nspname !~ '^pg_'`;
}

/** Default operator classes: a key says none of these. */
export const defaultClassesSql = `
SELECT c.oid, c.opcintype AS type FROM pg_opclass AS c WHERE c.opcdefault`;

/** Definitions of the indexes $1. Each table is locked in ACCESS SHARE mode. */
export const indexTextsSql = `
SELECT u.oid, pg_get_indexdef(u.oid) AS definition FROM unnest($1::oid[]) AS u (oid)`;
