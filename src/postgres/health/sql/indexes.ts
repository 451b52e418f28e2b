import {isUserSchema} from '../../schema/sql/fragments.ts';

/** Relations that somebody locks so that not even their definition can be deparsed without waiting. */
export const lockedCte = `locked AS MATERIALIZED (
  SELECT DISTINCT l.relation FROM pg_locks AS l
  WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.pid <> pg_backend_pid()
    AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database()))`;

/** Bytes of a page as the planner counts pages. */
const pageBytes = `current_setting('block_size')::int8`;

/**
 * One row: how much there is to read, and what the counters rest on. stats_reset of the database is null until
 * pg_stat_reset(). The server's own counters were begun by initdb or after a crash, which is when those of the
 * database began as well; each of the three can be reset by itself, so the oldest is right.
 */
export const frameSql = `
SELECT (SELECT count(*) FROM pg_index AS i WHERE i.indexrelid >= 16384) AS indexes,
  extract(epoch FROM COALESCE(
    (SELECT b.stats_reset FROM pg_stat_database AS b WHERE b.datname = current_database()),
    LEAST((SELECT w.stats_reset FROM pg_stat_bgwriter AS w), (SELECT a.stats_reset FROM pg_stat_archiver AS a),
      (SELECT w.stats_reset FROM pg_stat_wal AS w)))) * 1000 AS since,
  NULLIF(current_setting('track_counts') = 'off', false) AS "countersOff",
  ARRAY(SELECT COALESCE(NULLIF(r.application_name, ''), 'process ' || r.pid) FROM pg_stat_replication AS r
    WHERE r.state IS DISTINCT FROM 'backup' AND r.application_name IS DISTINCT FROM 'pg_receivewal'
      AND NOT EXISTS (SELECT FROM pg_replication_slots AS s WHERE s.active_pid = r.pid AND s.slot_type = 'logical')
    ORDER BY 1) AS standbys`;

/**
 * Tables, partitioned tables and materialized views. Sizes are of the heap: by the planner's pages, or exact where $1.
 * Counters are those of pg_stat_all_tables, without its joins.
 */
export const tablesSql = `
WITH ${lockedCte}
SELECT c.oid::int8 AS oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, h.inhparent::int8 AS parent,
  CASE WHEN c.reltuples >= 0 AND c.relkind <> 'p' THEN c.reltuples END AS rows,
  CASE WHEN $1::bool AND c.relkind <> 'p' AND l.relation IS NULL THEN COALESCE(pg_relation_size(c.oid), 0)
    ELSE c.relpages * ${pageBytes} END AS bytes,
  pg_stat_get_tuples_inserted(c.oid) AS inserted, pg_stat_get_tuples_updated(c.oid) AS updated,
  pg_stat_get_tuples_hot_updated(c.oid) AS "hotUpdated", pg_stat_get_tuples_deleted(c.oid) AS deleted,
  pg_stat_get_numscans(c.oid) AS "seqScans", pg_stat_get_tuples_returned(c.oid) AS "seqRows",
  c.relreplident AS "replicaIdentity", x.extname AS extension
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_inherits AS h ON h.inhrelid = c.oid AND c.relispartition
LEFT JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0 AND d.deptype = 'e'
LEFT JOIN pg_extension AS x ON x.oid = d.refobjid
LEFT JOIN locked AS l ON l.relation = c.oid
WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND ${isUserSchema('n')}
ORDER BY n.nspname, c.relname`;

/**
 * Indexes, raw: what needs deparsing is asked for afterwards, since pg_get_indexdef on everything takes longer than all
 * the rest. Rows are packed, because JSON with forty names in each row takes longer than finding them: `flags` has a
 * letter for what is so, `keys` the vectors of pg_index, `numbers` bytes, rows (-1 for unknown), scans, tuples read and
 * fetched, blocks read and hit. Counters are those of pg_stat_all_indexes and pg_statio_all_indexes, without their
 * joins. indnullsnotdistinct: 15+. last_idx_scan: 16+. An index is built by whoever holds the lock of CREATE INDEX
 * CONCURRENTLY on its table and is in pg_stat_progress_create_index, whose other columns not everybody sees.
 */
export function indexesSql(version: number): string {
  return `
WITH ${lockedCte},
building AS MATERIALIZED (
  SELECT DISTINCT l.relation FROM pg_locks AS l
  JOIN pg_stat_get_progress_info('CREATE INDEX') AS p ON p.pid = l.pid
  WHERE l.locktype = 'relation' AND l.granted AND l.mode IN ('ShareUpdateExclusiveLock', 'ShareLock', 'AccessExclusiveLock'))
SELECT i.indexrelid::int8 AS oid, i.indrelid::int8 AS "table", x.relname AS name, m.amname AS method,
  concat_ws(';', i.indkey, i.indclass, i.indcollation, i.indoption) AS keys,
  NULLIF(i.indnkeyatts, i.indnatts) AS "keyCount",
  NULLIF(concat(CASE WHEN i.indisunique THEN 'u' END, ${version >= 150_000 ? "CASE WHEN i.indnullsnotdistinct THEN 'n' END," : ''}
    CASE WHEN i.indexprs IS NOT NULL THEN 'e' END, CASE WHEN i.indpred IS NOT NULL THEN 'w' END,
    CASE WHEN NOT i.indisvalid THEN 'i' END, CASE WHEN NOT (i.indisready AND i.indislive) THEN 'r' END,
    CASE WHEN NOT i.indisvalid AND u.relation IS NOT NULL THEN 'b' END,
    CASE WHEN i.indisreplident THEN 'y' END, CASE WHEN i.indisclustered THEN 'c' END,
    CASE WHEN x.relkind = 'I' THEN 'P' END,
    CASE k.contype WHEN 'p' THEN 'K' WHEN 'u' THEN 'U' WHEN 'x' THEN 'X' END,
    CASE WHEN k.condeferrable THEN 'd' END, CASE WHEN k.condeferred THEN 'D' END), '') AS flags,
  ARRAY[
    CASE WHEN x.relkind = 'I' THEN 0 WHEN $1::bool AND l.relation IS NULL THEN COALESCE(pg_relation_size(i.indexrelid), 0)
      ELSE x.relpages * ${pageBytes} END,
    CASE WHEN x.relkind = 'I' THEN -1 ELSE x.reltuples::int8 END,
    pg_stat_get_numscans(i.indexrelid), pg_stat_get_tuples_returned(i.indexrelid),
    pg_stat_get_tuples_fetched(i.indexrelid),
    pg_stat_get_blocks_fetched(i.indexrelid) - pg_stat_get_blocks_hit(i.indexrelid),
    pg_stat_get_blocks_hit(i.indexrelid)] AS numbers,
  ${version >= 160_000 ? 'extract(epoch FROM pg_stat_get_lastscan(i.indexrelid)) * 1000' : 'NULL::float8'} AS "lastScan",
  h.inhparent::int8 AS parent, NULLIF(k.conname, x.relname) AS "constraint", to_json(x.reloptions) AS options,
  t.spcname AS tablespace, e.extname AS extension, o.description AS comment
FROM pg_index AS i
JOIN pg_class AS x ON x.oid = i.indexrelid
JOIN pg_namespace AS n ON n.oid = x.relnamespace
JOIN pg_am AS m ON m.oid = x.relam
LEFT JOIN pg_tablespace AS t ON t.oid = x.reltablespace
LEFT JOIN pg_inherits AS h ON h.inhrelid = i.indexrelid
LEFT JOIN pg_constraint AS k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid AND d.objsubid = 0 AND d.deptype = 'e'
LEFT JOIN pg_extension AS e ON e.oid = d.refobjid
LEFT JOIN pg_description AS o ON o.classoid = 'pg_class'::regclass AND o.objoid = i.indexrelid AND o.objsubid = 0
LEFT JOIN building AS u ON u.relation = i.indrelid
LEFT JOIN locked AS l ON l.relation = i.indexrelid
WHERE i.indexrelid >= 16384 AND x.relpersistence <> 't' AND ${isUserSchema('n')}`;
}
