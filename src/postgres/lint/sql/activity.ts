/**
 * Where names without a schema are looked up, which transactions hold table locks (by their virtual ids), and for how many
 * seconds the oldest transaction of this database has been open. A prepared one holds its locks too. Of other roles'
 * sessions a role without `pg_read_all_stats` sees no time. Valid on 14 to 18.
 */
export const activitySql = `
SELECT pg_catalog.array_to_json(pg_catalog.current_schemas(false)) AS path,
  pg_catalog.current_setting('block_size') AS block,
  (SELECT pg_catalog.json_agg(DISTINCT l.virtualtransaction) FROM pg_catalog.pg_locks l
    WHERE l.locktype = 'relation' AND l.granted AND l.pid <> pg_catalog.pg_backend_pid()) AS locking,
  greatest(
    (SELECT extract(epoch FROM pg_catalog.clock_timestamp() - min(a.xact_start)) FROM pg_catalog.pg_stat_activity a
      WHERE a.datname = pg_catalog.current_database() AND a.pid <> pg_catalog.pg_backend_pid()
        AND a.backend_type = 'client backend'),
    (SELECT extract(epoch FROM pg_catalog.clock_timestamp() - min(x.prepared)) FROM pg_catalog.pg_prepared_xacts x
      WHERE x.database = pg_catalog.current_database())
  )::float8 AS longest`;
