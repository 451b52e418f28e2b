import {firstUserOid, flag, isNoMember, isUserSchema} from './fragments.ts';

const up = 's.seqincrement > 0';
const limit = `(CASE s.seqtypid WHEN 21 THEN 32767 WHEN 23 THEN 2147483647 ELSE 9223372036854775807 END)`;

/**
 * Sequences, also those of identity columns (deptype i), whose options belong to the column.
 * Defaults: https://www.postgresql.org/docs/current/sql-createsequence.html
 */
export const sequencesSql = `
SELECT c.oid, n.nspname AS namespace, c.relname AS name, pg_get_userbyid(c.relowner) AS owner,
  CASE WHEN c.relpersistence = 'u' THEN 'unlogged' END AS persistence,
  format_type(s.seqtypid, NULL) AS type, s.seqstart::text AS start, s.seqincrement::text AS increment,
  s.seqmin::text AS minimum, s.seqmax::text AS maximum, s.seqcache::text AS cache, ${flag('s.seqcycle')} AS cycle,
  CASE WHEN d.deptype = 'a' THEN format('%I.%I.%I', tn.nspname, t.relname, a.attname) END AS "ownedBy",
  CASE WHEN d.deptype = 'i' THEN d.refobjid END AS relation, CASE WHEN d.deptype = 'i' THEN d.refobjsubid END AS number,
  CASE WHEN d.deptype = 'i' THEN array_remove(ARRAY[
    CASE WHEN s.seqstart <> CASE WHEN ${up} THEN s.seqmin ELSE s.seqmax END THEN concat('start=', s.seqstart) END,
    CASE WHEN s.seqincrement <> 1 THEN concat('increment=', s.seqincrement) END,
    CASE WHEN s.seqmin <> CASE WHEN ${up} THEN 1 ELSE -${limit} - 1 END THEN concat('minvalue=', s.seqmin) END,
    CASE WHEN s.seqmax <> CASE WHEN ${up} THEN ${limit} ELSE -1 END THEN concat('maxvalue=', s.seqmax) END,
    CASE WHEN s.seqcache <> 1 THEN concat('cache=', s.seqcache) END,
    CASE WHEN s.seqcycle THEN 'cycle=true' END], NULL) END AS options
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_sequence AS s ON s.seqrelid = c.oid
LEFT JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
  AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
LEFT JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
LEFT JOIN pg_class AS t ON t.oid = d.refobjid
LEFT JOIN pg_namespace AS tn ON tn.oid = t.relnamespace
WHERE c.oid >= ${firstUserOid} AND c.relkind = 'S' AND c.relpersistence <> 't' AND ${isUserSchema('n')} AND ${isNoMember('pg_class', 'c.oid')}
ORDER BY n.nspname, c.relname`;
