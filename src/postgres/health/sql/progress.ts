/** From 17 a VACUUM tells how many of the indexes it is done with. */
const vacuum = (version: number): string => {
  const [done, total] = version >= 170000 ? ['p.indexes_processed', 'p.indexes_total'] : ['NULL', 'NULL'];
  return `SELECT p.pid, p.datid, 'vacuum' AS command, 'VACUUM' AS title, p.relid, p.phase,
    CASE WHEN p.phase = 'scanning heap' THEN p.heap_blks_scanned
      WHEN p.phase = 'vacuuming heap' THEN p.heap_blks_vacuumed
      WHEN p.phase LIKE '% indexes' THEN ${done} END AS done,
    CASE WHEN p.phase IN ('scanning heap', 'vacuuming heap') THEN p.heap_blks_total
      WHEN p.phase LIKE '% indexes' THEN ${total} END AS total,
    CASE WHEN p.phase IN ('scanning heap', 'vacuuming heap') THEN 'blocks'
      WHEN p.phase LIKE '% indexes' AND ${total} IS NOT NULL THEN 'indexes' END AS unit
  FROM pg_catalog.pg_stat_progress_vacuum AS p`;
};

const analyze = `SELECT p.pid, p.datid, 'analyze', 'ANALYZE', p.relid, p.phase,
    CASE WHEN p.phase LIKE 'acquiring %' THEN p.sample_blks_scanned END,
    CASE WHEN p.phase LIKE 'acquiring %' THEN p.sample_blks_total END,
    CASE WHEN p.phase LIKE 'acquiring %' THEN 'blocks' END
  FROM pg_catalog.pg_stat_progress_analyze AS p`;

/** What does not count in a phase is 0. */
const createIndex = `SELECT p.pid, p.datid, 'create-index', p.command, p.relid, p.phase,
    CASE WHEN p.phase LIKE 'waiting %' THEN p.lockers_done
      WHEN p.blocks_total > 0 THEN p.blocks_done
      WHEN p.tuples_total > 0 THEN p.tuples_done
      WHEN p.partitions_total > 0 THEN p.partitions_done END,
    CASE WHEN p.phase LIKE 'waiting %' THEN p.lockers_total
      WHEN p.blocks_total > 0 THEN p.blocks_total
      WHEN p.tuples_total > 0 THEN p.tuples_total
      WHEN p.partitions_total > 0 THEN p.partitions_total END,
    CASE WHEN p.phase LIKE 'waiting %' THEN 'lockers'
      WHEN p.blocks_total > 0 THEN 'blocks'
      WHEN p.tuples_total > 0 THEN 'rows'
      WHEN p.partitions_total > 0 THEN 'partitions' END
  FROM pg_catalog.pg_stat_progress_create_index AS p`;

const cluster = `SELECT p.pid, p.datid, 'cluster', p.command, p.relid, p.phase,
    CASE WHEN p.phase = 'seq scanning heap' THEN p.heap_blks_scanned
      WHEN p.phase = 'rebuilding index' THEN p.index_rebuild_count ELSE p.heap_tuples_written END,
    CASE WHEN p.phase = 'seq scanning heap' THEN p.heap_blks_total
      WHEN p.phase LIKE 'writing %' THEN p.heap_tuples_scanned END,
    CASE WHEN p.phase = 'seq scanning heap' THEN 'blocks'
      WHEN p.phase = 'rebuilding index' THEN 'indexes' ELSE 'rows' END
  FROM pg_catalog.pg_stat_progress_cluster AS p`;

/** The bytes are known in advance only of a file. */
const copy = `SELECT p.pid, p.datid, 'copy', p.command, NULLIF(p.relid, 0), pg_catalog.lower(p.type),
    CASE WHEN p.bytes_total > 0 THEN p.bytes_processed ELSE p.tuples_processed END,
    NULLIF(p.bytes_total, 0),
    CASE WHEN p.bytes_total > 0 THEN 'bytes' ELSE 'rows' END
  FROM pg_catalog.pg_stat_progress_copy AS p`;

const baseBackup = `SELECT p.pid, NULL, 'base-backup', 'BASE_BACKUP', NULL, p.phase,
    p.backup_streamed, p.backup_total, 'bytes'
  FROM pg_catalog.pg_stat_progress_basebackup AS p`;

const commands = (version: number): string => `SELECT p.pid, p.command, p.phase, p.done, p.total, p.unit,
    CASE WHEN a.query LIKE 'autovacuum:%(to prevent wraparound)' THEN p.title || ' (autovacuum, to prevent wraparound)'
      WHEN a.query LIKE 'autovacuum:%' THEN p.title || ' (autovacuum)' ELSE p.title END AS title,
    (SELECT c.oid::pg_catalog.regclass::text FROM pg_catalog.pg_class AS c
      WHERE c.oid = p.relid AND d.datname = pg_catalog.current_database()) AS relation,
    NULLIF(d.datname, pg_catalog.current_database()) AS database
  FROM (${[vacuum(version), analyze, createIndex, cluster, copy, baseBackup].join(' UNION ALL ')}) AS p
  LEFT JOIN pg_catalog.pg_database AS d ON d.oid = p.datid
  LEFT JOIN LATERAL (SELECT s.query, s.query_start FROM pg_catalog.pg_stat_get_activity(p.pid) AS s) AS a ON true
  ORDER BY a.query_start, p.pid`;

/**
 * What runs long and tells how far it is, as one row. Of other roles' commands an ordinary role sees only the process.
 * The query of an autovacuum worker says why it runs.
 * @param version `server_version_num`
 */
export const progressSql = (version: number): string =>
  `SELECT COALESCE(pg_catalog.json_agg(pg_catalog.to_json(c)), '[]') AS rows FROM (${commands(version)}) AS c`;
