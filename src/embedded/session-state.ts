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
 * `transaction_*` belong to a transaction, and `seed` cannot be read. No rows of `pg_settings` are `role`,
 * `session_authorization`, and settings of the user's own (`app.tenant`), which have to be asked for by name.
 */
export function captureSql(ownNames: ReadonlySet<string>): string {
  const names = [...ownNames].map(literal).join(', ');
  return `
SELECT 'setting', name, setting FROM pg_catalog.pg_settings
 WHERE source = 'session' AND name !~ '^transaction_' AND name <> 'seed'
UNION ALL SELECT 'setting', name, pg_catalog.current_setting(name, true)
 FROM pg_catalog.unnest(ARRAY[${names}]::text[]) AS name
 WHERE pg_catalog.current_setting(name, true) <> ''
UNION ALL SELECT 'role', '', pg_catalog.current_setting('role')
UNION ALL SELECT 'user', '', session_user::text`;
}

/** Reading this much of a batch finds the settings that people set, and costs nothing that they notice. */
const longestSearch = 1_000_000;
const mostNames = 100;

/**
 * Adds the names of settings of the user's own that a batch may set. A name too many does no harm: only the server
 * knows what is set, and it is asked.
 */
export function noteOwnNames(batch: Buffer, names: Set<string>): void {
  const text = batch.toString('latin1', 0, longestSearch);
  const setting =
    /\bset(?:\s+(?:session|local))?\s+([a-z_][\w$]*(?:\.[a-z_][\w$]*)+)|\bset_config\s*\(\s*'([^'\\]+\.[^'\\]+)'/gi;
  for (const found of text.matchAll(setting)) {
    const name = found[1] ?? found[2];
    if (name !== undefined && names.size < mostNames) names.add(name.toLowerCase());
  }
}

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
