/**
 * Who is asked. The predefined roles are there in 14–18. `pg_database_size` wants CONNECT on the database or
 * `pg_read_all_stats`; whoever is connected has it, unless it was revoked meanwhile.
 */
export const serverSql = `SELECT
  pg_catalog.current_setting('server_version_num')::int AS "versionNumber",
  pg_catalog.current_setting('server_version') AS version,
  pg_catalog.current_database() AS database,
  current_user AS "user",
  extract(epoch FROM pg_catalog.clock_timestamp()) * 1000 AS now,
  extract(epoch FROM pg_catalog.pg_postmaster_start_time()) * 1000 AS "startedAt",
  pg_catalog.pg_is_in_recovery() AS standby,
  pg_catalog.current_setting('is_superuser') = 'on' AS superuser,
  pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE') AS "readsAllStats",
  pg_catalog.pg_has_role('pg_read_all_settings', 'USAGE') AS "readsAllSettings",
  pg_catalog.pg_has_role('pg_signal_backend', 'USAGE') AS "signalsBackends",
  CASE WHEN pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CONNECT')
         OR pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE')
       THEN pg_catalog.pg_database_size(pg_catalog.current_database()) END AS "databaseBytes",
  EXISTS (SELECT FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid() AND ssl) AS encrypted`;
