/**
 * Who the server is. One row; the functions and settings are the same in PostgreSQL 14 to 18.
 * `default_transaction_read_only` is reported by the server since 14 only, so it is read.
 * Source: https://www.postgresql.org/docs/current/functions-info.html
 */
export const identitySql = `
SELECT current_setting('server_version_num')::int AS version_number,
       current_setting('server_version') AS version,
       current_database()::text AS database,
       current_user::text AS user_name,
       pg_backend_pid() AS backend_pid,
       pg_is_in_recovery() AS standby,
       current_setting('default_transaction_read_only')::boolean AS read_only`;

/**
 * Those of the wanted run-time parameters that the session did not begin with: a pooler may drop or refuse them.
 * $1 names, $2 values. `pg_settings.source` (14 to 18) is `client` for a start-up parameter and `session` after a SET;
 * a parameter with a dot that no extension defines has no row there, and is compared by its value.
 * Source: https://www.postgresql.org/docs/current/view-pg-settings.html
 */
export const missingParametersSql = `
SELECT wanted.name, wanted.value
  FROM unnest($1::text[], $2::text[]) AS wanted (name, value)
  LEFT JOIN pg_catalog.pg_settings AS setting ON lower(setting.name) = lower(wanted.name)
 WHERE coalesce(setting.source, '') NOT IN ('client', 'session')
   AND current_setting(wanted.name, true) IS DISTINCT FROM wanted.value`;

/** Sets a run-time parameter for the session: $1 name, $2 value. */
export const setParameterSql = `SELECT set_config($1, $2, false)`;

/** The backend that serves this statement; behind a pooler it may change from one transaction to the next. */
export const backendSql = `SELECT pg_backend_pid() AS pid`;
