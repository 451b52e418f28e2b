import {quoteIdentifier} from '../core/sql/quote.ts';

/** What one connection has set in the backend that all connections share. */
export interface SessionState {
  /** `session_user`. */
  readonly user: string;
  /** `none`, or what SET ROLE named. */
  readonly role: string;
  readonly settings: readonly (readonly [name: string, value: string])[];
}

/**
 * Three columns: kind, name, value. PostgreSQL 18 only, which is what is embedded.
 * `transaction_*` belong to a transaction, and `seed` cannot be read. `role` and `session_authorization` are no rows
 * of `pg_settings`.
 */
export const captureSql = `
SELECT 'setting', name, setting FROM pg_catalog.pg_settings
 WHERE source = 'session' AND name !~ '^transaction_' AND name <> 'seed'
UNION ALL SELECT 'role', '', pg_catalog.current_setting('role')
UNION ALL SELECT 'user', '', session_user::text`;

/** @returns the state that rows of `captureSql` describe. */
export function readState(rows: readonly (readonly (string | null)[])[]): SessionState {
  const value = (kind: string): string | undefined => rows.find(row => row[0] === kind)?.[2] ?? undefined;
  return {
    user: value('user') ?? 'postgres',
    role: value('role') ?? 'none',
    settings: rows
      .filter(row => row[0] === 'setting')
      .map(([, name, setting]) => [name ?? '', setting ?? ''] as const),
  };
}

/** Takes the backend back to how it started. */
export const resetSql = 'RESET SESSION AUTHORIZATION; RESET ALL';

/**
 * @param asUser settings are checked with the user's own rights, as at the start of a session; otherwise they are
 *   put back as they were, whoever was allowed to set them
 * @returns a text that brings a reset backend into `state`
 */
export function installSql(state: SessionState, options: {readonly asUser: boolean}): string {
  const user = `SET SESSION AUTHORIZATION ${quoteIdentifier(state.user)};`;
  const settings = state.settings.map(
    ([name, value]) => `SELECT pg_catalog.set_config(${literal(name)}, ${literal(value)}, false);`,
  );
  const role = state.role === 'none' ? '' : `SET ROLE ${quoteIdentifier(state.role)};`;
  const parts = options.asUser ? [user, ...settings] : [...settings, user];
  return [...parts, role].join('\n');
}

/** The escape form means the same whatever `standard_conforming_strings` is. */
function literal(value: string): string {
  return `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** The settings that a server reports at the start of a session, as PostgreSQL 18 does. */
export const reportedSql = `
SELECT name, pg_catalog.current_setting(name) FROM pg_catalog.unnest(ARRAY['application_name', 'client_encoding',
 'DateStyle', 'default_transaction_read_only', 'in_hot_standby', 'integer_datetimes', 'IntervalStyle',
 'is_superuser', 'scram_iterations', 'search_path', 'server_encoding', 'server_version', 'session_authorization',
 'standard_conforming_strings', 'TimeZone']) AS name`;
