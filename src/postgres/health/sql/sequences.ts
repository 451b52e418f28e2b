import {isNoMember, isUserSchema} from '../../schema/sql/fragments.ts';

/**
 * Sequences that can run out: with fewer than 2^53 numbers, or feeding a column of a smaller type. pg_sequence_last_value
 * locks the sequence in ROW EXCLUSIVE mode until the transaction ends, as nextval() does, and wants USAGE or SELECT on it;
 * so it is not asked of sequences that cannot run out or that somebody is changing. It is null before the first number.
 * An unlogged one (15+) has no value on a standby. The same on 14–18.
 */
export const sequencesSql = `
WITH changing AS MATERIALIZED (
  SELECT l.relation FROM pg_locks AS l
  WHERE l.locktype = 'relation' AND l.pid <> pg_backend_pid()
    AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
    AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
), taker AS (
  SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS number, d.deptype = 'i' AS identity
  FROM pg_depend AS d
  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    AND d.objsubid = 0 AND d.refobjsubid > 0
  UNION
  SELECT d.refobjid, e.adrelid, e.adnum, false
  FROM pg_depend AS d JOIN pg_attrdef AS e ON e.oid = d.objid
  WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'n'
), fed AS (
  SELECT DISTINCT ON (k.sequence) k.sequence, k.identity, tn.nspname AS schema, t.relname AS table, a.attname AS name,
    format_type(coalesce(nullif(b.typbasetype, 0), a.atttypid), NULL) AS type, coalesce(nullif(b.typbasetype, 0), a.atttypid) AS base
  FROM taker AS k JOIN pg_class AS t ON t.oid = k.relation JOIN pg_namespace AS tn ON tn.oid = t.relnamespace
  JOIN pg_attribute AS a ON a.attrelid = k.relation AND a.attnum = k.number JOIN pg_type AS b ON b.oid = a.atttypid
  ORDER BY k.sequence, array_position(ARRAY['int2', 'int4', 'int8']::regtype[],
    coalesce(nullif(b.typbasetype, 0), a.atttypid)::regtype), t.relispartition, k.identity DESC, t.oid
), listed AS MATERIALIZED (
  SELECT c.oid, n.nspname, c.relname, s.*, f.*,
    CASE WHEN NOT has_sequence_privilege(c.oid, 'USAGE, SELECT') THEN 'rights'
      WHEN EXISTS (SELECT FROM changing AS l WHERE l.relation = c.oid) THEN 'locked'
      WHEN c.relpersistence <> 'p' AND pg_is_in_recovery() THEN 'unlogged' END AS hidden
  FROM pg_sequence AS s JOIN pg_class AS c ON c.oid = s.seqrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
  LEFT JOIN fed AS f ON f.sequence = c.oid
  WHERE ${isUserSchema('n')} AND ${isNoMember('pg_class', 'c.oid')}
    AND (s.seqmax::numeric - s.seqmin < 9007199254740992 OR f.base IN ('int2'::regtype, 'int4'::regtype))
)
SELECT s.nspname AS schema, s.relname AS name, format_type(s.seqtypid, NULL) AS type,
  CASE WHEN s.hidden IS NULL THEN pg_sequence_last_value(s.oid::regclass) END AS last, s.hidden,
  s.seqmin AS min, s.seqmax AS max, s.seqincrement AS increment, s.seqcycle AS cycle,
  CASE WHEN s.name IS NOT NULL THEN json_build_object('schema', s.schema, 'table', s.table, 'name', s.name,
    'type', s.type, 'identity', s.identity) END AS column
FROM listed AS s
ORDER BY s.nspname, s.relname`;
