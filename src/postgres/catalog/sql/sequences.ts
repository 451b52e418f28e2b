import {commentOf} from './comment.ts';

/**
 * Sequences of schema $1; $2 after, $3 limit, $4 LIKE pattern or null. pg_sequence: since 10; its rows are visible to
 * everybody, so no right is needed but for the last value.
 */
export const sequencesSql = `
SELECT c.oid, n.nspname AS schema, c.relname AS name, pg_catalog.pg_get_userbyid(c.relowner) AS owner,
  ${commentOf('c.oid', 'pg_class')} AS comment, pg_catalog.format_type(s.seqtypid, NULL) AS type,
  s.seqstart::text AS start, s.seqincrement::text AS increment, s.seqmin::text AS min, s.seqmax::text AS max,
  s.seqcycle AS cycles, t.relname AS "ownerTable", a.attname AS "ownerColumn", d.deptype = 'i' AS identity
FROM (
  SELECT q.* FROM pg_catalog.pg_class AS q
  WHERE q.relnamespace = (SELECT m.oid FROM pg_catalog.pg_namespace AS m WHERE m.nspname = $1::name)
    AND q.relkind = 'S' AND q.relname > COALESCE($2::name, ''::name)
    AND ($4::text IS NULL OR q.relname::text COLLATE pg_catalog."default" ILIKE $4::text)
  ORDER BY q.relname LIMIT $3::int8
) AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = c.oid
LEFT JOIN pg_catalog.pg_depend AS d
  ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.objsubid = 0
  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
LEFT JOIN pg_catalog.pg_class AS t ON t.oid = d.refobjid
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum::int4 = d.refobjsubid
ORDER BY c.relname`;

/**
 * Last values of the sequences $1, where the role has a right and nobody holds an ACCESS EXCLUSIVE lock (reading one
 * locks it in ROW EXCLUSIVE mode). An unlogged one (15+) has no value on a standby.
 */
export const lastValuesSql = `
SELECT c.oid, pg_catalog.pg_sequence_last_value(c.oid::pg_catalog.regclass)::text AS value
FROM pg_catalog.pg_class AS c
WHERE c.oid = ANY ($1::oid[]) AND pg_catalog.has_sequence_privilege(c.oid, 'USAGE, SELECT')
  AND (c.relpersistence = 'p' OR NOT pg_catalog.pg_is_in_recovery())
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks AS l
    WHERE l.locktype = 'relation' AND l.relation = c.oid
      AND l.mode IN ('AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock')
      AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database()))
OFFSET 0`;
