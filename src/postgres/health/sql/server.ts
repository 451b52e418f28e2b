/** Of the statement until here: columns are computed in their order. */
export const tookMs =
  'extract(epoch FROM pg_catalog.clock_timestamp() - pg_catalog.statement_timestamp()) * 1000';

/**
 * Who is asked. The predefined roles are there in 14–18. `pg_database_size` wants CONNECT on the database or
 * `pg_read_all_stats`; whoever is connected has it, unless it was revoked meanwhile.
 * @param measure whether to tell the size of the database, and how many ms that took
 */
export const serverSql = (measure: boolean): string => `SELECT
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
  pg_catalog.has_function_privilege('pg_catalog.pg_ls_waldir()', 'EXECUTE')
    AND pg_catalog.has_function_privilege('pg_catalog.pg_ls_archive_statusdir()', 'EXECUTE') AS "listsWal",
  pg_catalog.has_function_privilege('pg_catalog.pg_read_file(text, bigint, bigint, boolean)', 'EXECUTE')
    AND pg_catalog.pg_has_role('pg_read_server_files', 'USAGE') AS "readsFiles",
  EXISTS (SELECT FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid()) AS a WHERE a.ssl) AS encrypted${
    measure
      ? `,
  CASE WHEN pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CONNECT')
         OR pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE')
       THEN pg_catalog.pg_database_size(pg_catalog.current_database()) END AS "databaseBytes",
  ${tookMs} AS took`
      : ''
  }`;

const file = (path: string, length: number): string =>
  `pg_catalog.pg_read_file('${path}', 0, ${length}, true)`;

/**
 * Memory of the machine as Linux tells it, and the least limit of the container, where there is one (cgroup 2 and 1;
 * 2 says `max` for no limit, 1 a number beyond all memory). Files that are not there are NULL.
 */
export const memorySql = `SELECT LEAST(
  pg_catalog.substring(${file('/proc/meminfo', 1000)}, 'MemTotal: *([0-9]+) kB')::numeric * 1024,
  pg_catalog.substring(${file('/sys/fs/cgroup/memory.max', 100)}, '^([0-9]+)')::numeric,
  pg_catalog.substring(${file('/sys/fs/cgroup/memory/memory.limit_in_bytes', 100)}, '^([0-9]+)')::numeric) AS "memoryBytes"
  WHERE ${file('/proc/meminfo', 1000)} IS NOT NULL`;
