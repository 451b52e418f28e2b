/**
 * Sets what every text below depends on, for this transaction only, and asks who the server is. Parsed under the
 * user's own search_path, hence the qualified names. `quote_all_identifiers` would change every name, and
 * `extra_float_digits`, `DateStyle` and `IntervalStyle` the constants in expressions.
 * Compiling (`jit`) takes longer than these statements do. A role may be kept from single catalogs: `unreadable` names them.
 */
export const settingsSql = `
SELECT pg_catalog.set_config('search_path', '', true) AS search_path,
  pg_catalog.set_config('lock_timeout', $1, true) AS lock_timeout,
  pg_catalog.set_config('jit', 'off', true) AS jit,
  pg_catalog.set_config('quote_all_identifiers', 'off', true) AS quotes,
  pg_catalog.set_config('bytea_output', 'hex', true) AS bytes,
  pg_catalog.set_config('DateStyle', 'ISO', true) AS dates,
  pg_catalog.set_config('IntervalStyle', 'postgres', true) AS intervals,
  pg_catalog.set_config('TimeZone', 'UTC', true) AS zone,
  pg_catalog.set_config('extra_float_digits', '1', true) AS digits,
  pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS "versionNumber",
  pg_catalog.current_database() AS database, CURRENT_USER AS user,
  ARRAY(SELECT c.relname::pg_catalog.text FROM pg_catalog.pg_class AS c
    WHERE c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace AND c.relkind IN ('r', 'v')
      AND NOT pg_catalog.has_any_column_privilege(c.oid, 'SELECT')) AS unreadable,
  ARRAY(SELECT k.word FROM pg_catalog.pg_get_keywords() AS k WHERE k.catcode <> 'U') AS keywords`;

/** Outside a transaction block a local setting ends with its statement. */
export const beginsInsideSql = `SELECT pg_catalog.set_config('howdah.inside', 'yes', true)`;
export const insideSql = `SELECT COALESCE(pg_catalog.current_setting('howdah.inside', true), '') = 'yes' AS inside`;
