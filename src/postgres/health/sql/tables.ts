/**
 * Tables of users, each with what autovacuum would do to it; system catalogs and temporary tables only where they are
 * old enough to force a VACUUM against wrap-around. TOAST tables where they hold something.
 *
 * The functions behind pg_stat_all_tables instead of the view, which groups all indexes. Sizes take an ACCESS SHARE lock
 * for a moment, so a relation that somebody has, or wants, for himself alone keeps its size of the last VACUUM.
 * Thresholds as in relation_needs_vacanalyze() of autovacuum.c: relallfrozen and autovacuum_vacuum_max_threshold from 18,
 * and a TOAST table without options of its own follows its table's.
 * Source: https://www.postgresql.org/docs/current/routine-vacuuming.html#AUTOVACUUM
 * Measuring opens every index, which takes a second for some thousand tables: of more tables than `exactUpTo`, those of
 * less than 1 MB keep their size of the last VACUUM as well.
 * @param version `server_version_num`
 */
export function tablesSql(version: number, exactUpTo = manyTables): string {
  return `
WITH busy AS MATERIALIZED (
  SELECT l.relation FROM pg_locks AS l
  WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
    AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
), blocked AS MATERIALIZED (
  SELECT relation AS oid FROM busy
  UNION SELECT i.indrelid FROM pg_index AS i JOIN busy ON busy.relation = i.indexrelid
), configured AS MATERIALIZED (
  SELECT current_setting('block_size')::int8 AS block, ${globals},
    (SELECT count(*) FROM pg_class AS t WHERE t.relkind IN ('r', 'm')) > ${exactUpTo} AS many
), listed AS MATERIALIZED (
  SELECT c.*, m.oid AS "mainOid", m.relname AS "mainName", m.relnamespace AS "mainSchema",
    CASE WHEN m.oid IS NULL OR c.reloptions IS NOT NULL THEN c.reloptions ELSE m.reloptions END AS options
  FROM pg_class AS c
  LEFT JOIN pg_class AS m ON c.relkind = 't' AND m.reltoastrelid = c.oid
  WHERE c.relkind IN ('r', 'm', 't')
), judged AS (
  SELECT c.*, f.*, least(o.freeze, f.freeze_max) AS freeze_at, least(o.multixact, f.multixact_max) AS multixact_at,
    coalesce(o.enabled, true) AS enabled, greatest(c.reltuples, 0)::float8 AS tuples, o.fillfactor,
    coalesce(o.vt, f.vacuum_threshold) AS vt, coalesce(o.vf, f.vacuum_scale_factor) AS vf,
    coalesce(o.vmax, f.vacuum_max_threshold) AS vmax,
    coalesce(o.it, f.vacuum_insert_threshold) AS it, coalesce(o.if, f.vacuum_insert_scale_factor) AS if,
    coalesce(o.at, f.analyze_threshold) AS at, coalesce(o.af, f.analyze_scale_factor) AS af
  FROM listed AS c CROSS JOIN configured AS f CROSS JOIN LATERAL (SELECT ${tableOptions}
    FROM pg_options_to_table(c.options)) AS o
), chosen AS (
  SELECT c.*, n.nspname,
    (NOT c.many OR c.relpages > 128)
      AND NOT EXISTS (SELECT FROM blocked AS b WHERE b.oid IN (c.oid, c.reltoastrelid)) AS measurable,
    CASE WHEN c.relfrozenxid <> '0' THEN age(c.relfrozenxid) ELSE 0 END AS frozen_age,
    CASE WHEN c.relminmxid <> '0' THEN mxid_age(c.relminmxid) ELSE 0 END AS multixact_age
  FROM judged AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  LEFT JOIN pg_namespace AS mn ON mn.oid = c."mainSchema"
  WHERE (${isUsers('coalesce(mn.nspname, n.nspname)')} AND c.relpersistence <> 't' AND (c.relkind <> 't' OR c.relpages > 0))
    OR (c.relfrozenxid <> '0' AND age(c.relfrozenxid) > c.freeze_at)
    OR (c.relminmxid <> '0' AND mxid_age(c.relminmxid) > c.multixact_at)
), sized AS (
  SELECT c.*,
    CASE WHEN c.measurable THEN pg_relation_size(c.oid) ELSE c.relpages * c.block END AS heap,
    CASE WHEN c.measurable THEN pg_relation_size(c.oid, 'fsm') + pg_relation_size(c.oid, 'vm')
      + pg_relation_size(c.oid, 'init') ELSE 0 END AS forks,
    CASE WHEN c.measurable THEN pg_indexes_size(c.oid) ELSE (
      SELECT coalesce(sum(x.relpages), 0) * c.block FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid
      WHERE i.indrelid = c.oid) END AS indexes,
    CASE WHEN c.reltoastrelid = 0 THEN 0 WHEN c.measurable THEN pg_total_relation_size(c.reltoastrelid) ELSE coalesce((
      SELECT t.relpages * c.block FROM pg_class AS t WHERE t.oid = c.reltoastrelid), 0) END AS toast
  FROM chosen AS c
)
SELECT c.oid::int8, c.nspname AS schema, c.relname AS name,
  CASE c.relkind WHEN 'r' THEN 'table' WHEN 'm' THEN 'materialized-view' ELSE 'toast' END AS kind,
  (SELECT format('%I.%I', pn.nspname, p.relname) FROM pg_inherits AS h JOIN pg_class AS p ON p.oid = h.inhparent
    JOIN pg_namespace AS pn ON pn.oid = p.relnamespace WHERE c.relispartition AND h.inhrelid = c.oid) AS parent,
  (SELECT json_build_object('schema', mn.nspname, 'name', c."mainName") FROM pg_namespace AS mn
    WHERE mn.oid = c."mainSchema") AS main,
  c.heap + c.forks + c.indexes + c.toast AS bytes, c.heap AS "heapBytes", c.indexes AS "indexBytes",
  c.toast AS "toastBytes", nullif(NOT c.measurable, false) AS estimated,
  CASE WHEN c.reltuples >= 0 THEN c.reltuples::float8 END AS rows,
  coalesce(pg_stat_get_live_tuples(c.oid), 0) AS live, coalesce(pg_stat_get_dead_tuples(c.oid), 0) AS dead,
  coalesce(pg_stat_get_mod_since_analyze(c.oid), 0) AS "modifiedSinceAnalyze",
  coalesce(pg_stat_get_ins_since_vacuum(c.oid), 0) AS "insertedSinceVacuum",
  ${moment('pg_stat_get_last_vacuum_time(c.oid)')} AS "lastVacuum",
  ${moment('pg_stat_get_last_autovacuum_time(c.oid)')} AS "lastAutovacuum",
  ${moment('pg_stat_get_last_analyze_time(c.oid)')} AS "lastAnalyze",
  ${moment('pg_stat_get_last_autoanalyze_time(c.oid)')} AS "lastAutoanalyze",
  coalesce(pg_stat_get_numscans(c.oid), 0) AS "seqScans",
  coalesce(pg_stat_get_tuples_returned(c.oid), 0) AS "seqRows",
  (SELECT coalesce(sum(pg_stat_get_numscans(i.indexrelid)), 0) FROM pg_index AS i WHERE i.indrelid = c.oid) AS "indexScans",
  coalesce(pg_stat_get_tuples_inserted(c.oid), 0) AS inserted,
  coalesce(pg_stat_get_tuples_updated(c.oid), 0) AS updated,
  coalesce(pg_stat_get_tuples_hot_updated(c.oid), 0) AS "hotUpdated",
  ${version >= 160_000 ? 'coalesce(pg_stat_get_tuples_newpage_updated(c.oid), 0)' : 'NULL'} AS "newPageUpdated",
  coalesce(pg_stat_get_tuples_deleted(c.oid), 0) AS deleted,
  c.frozen_age AS "frozenAge", c.multixact_age AS "multixactAge",
  CASE WHEN c.enabled THEN CASE WHEN c.vmax >= 0 THEN least(c.vt + c.vf * c.tuples, c.vmax)
    ELSE c.vt + c.vf * c.tuples END END AS "vacuumAt",
  CASE WHEN c.enabled AND c.it >= 0 THEN c.it + c.if * c.tuples * ${unfrozen(version)} END AS "vacuumInsertAt",
  CASE WHEN c.enabled AND c.relkind <> 't' THEN c.at + c.af * c.tuples END AS "analyzeAt",
  c.freeze_at AS "freezeAt", c.multixact_at AS "multixactFreezeAt", c.enabled AS autovacuum,
  coalesce(c.fillfactor, 100) AS fillfactor, c.reloptions AS options,
  pg_stat_get_blocks_fetched(c.oid) - pg_stat_get_blocks_hit(c.oid) AS "blocksRead",
  pg_stat_get_blocks_hit(c.oid) AS "blocksHit"
FROM sized AS c
-- A table that was dropped since the statement began has no size.
WHERE c.heap + c.forks + c.indexes + c.toast IS NOT NULL
ORDER BY c.nspname, c.relname`;
}

export const manyTables = 10_000;

const setting = (name: string, as: string): string =>
  `current_setting('autovacuum_${name}', true)::float8 AS ${as}`;

const globals = [
  setting('freeze_max_age', 'freeze_max'),
  setting('multixact_freeze_max_age', 'multixact_max'),
  ...[
    'vacuum_threshold',
    'vacuum_scale_factor',
    'vacuum_max_threshold',
    'vacuum_insert_threshold',
    'vacuum_insert_scale_factor',
    'analyze_threshold',
    'analyze_scale_factor',
  ].map(name => setting(name, name)),
].join(', ');

const option = (name: string, type: string, as: string): string =>
  `(max(option_value) FILTER (WHERE option_name = '${name}'))::${type} AS ${as}`;

const tableOptions = [
  option('autovacuum_enabled', 'bool', 'enabled'),
  option('autovacuum_freeze_max_age', 'float8', 'freeze'),
  option('autovacuum_multixact_freeze_max_age', 'float8', 'multixact'),
  option('autovacuum_vacuum_threshold', 'float8', 'vt'),
  option('autovacuum_vacuum_scale_factor', 'float8', 'vf'),
  option('autovacuum_vacuum_max_threshold', 'float8', 'vmax'),
  option('autovacuum_vacuum_insert_threshold', 'float8', 'it'),
  option('autovacuum_vacuum_insert_scale_factor', 'float8', 'if'),
  option('autovacuum_analyze_threshold', 'float8', 'at'),
  option('autovacuum_analyze_scale_factor', 'float8', 'af'),
  option('fillfactor', 'int', 'fillfactor'),
].join(', ');

const moment = (expression: string): string => `extract(epoch FROM ${expression}) * 1000`;

const isUsers = (schema: string): string =>
  `(${schema} NOT IN ('pg_catalog', 'information_schema') AND ${schema} NOT LIKE 'pg\\_toast%')`;

/** From 18 only the pages that are not frozen count for inserted rows. */
const unfrozen = (version: number): string =>
  version >= 180_000
    ? `(1 - CASE WHEN c.relpages > 0 THEN least(c.relallfrozen, c.relpages)::float8 / c.relpages ELSE 0 END)`
    : '1';

/** Partitioned tables: they hold nothing, autovacuum never analyzes them, and plans over all of them want their statistics. */
export const partitionedSql = `
WITH RECURSIVE member AS (
  SELECT c.oid AS root, c.oid FROM pg_class AS c WHERE c.relkind = 'p' AND NOT c.relispartition
  UNION ALL SELECT m.root, h.inhrelid FROM member AS m JOIN pg_inherits AS h ON h.inhparent = m.oid
)
SELECT n.nspname AS schema, c.relname AS name, CASE WHEN c.reltuples >= 0 THEN c.reltuples::float8 END AS rows,
  count(*) FILTER (WHERE p.relkind <> 'p') AS partitions,
  coalesce(sum(greatest(p.reltuples, 0)) FILTER (WHERE p.relkind <> 'p'), 0)::float8 AS "partitionRows",
  coalesce(sum(pg_stat_get_mod_since_analyze(p.oid)) FILTER (WHERE p.relkind <> 'p'), 0) AS "modifiedSinceAnalyze",
  ${moment('pg_stat_get_last_analyze_time(c.oid)')} AS "lastAnalyze"
FROM member AS m JOIN pg_class AS c ON c.oid = m.root JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_class AS p ON p.oid = m.oid
WHERE ${isUsers('n.nspname')}
GROUP BY c.oid, n.nspname, c.relname, c.reltuples ORDER BY n.nspname, c.relname`;

/** track_counts off leaves autovacuum blind. In 14 stats_reset is there from the first connection on. */
export const tableCountersSql = `
SELECT current_setting('autovacuum')::bool AND current_setting('track_counts')::bool AS autovacuum,
  (SELECT ${moment('d.stats_reset')} FROM pg_stat_database AS d WHERE d.datname = current_database()) AS since`;
