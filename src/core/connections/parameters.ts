import {quoteIdentifier} from '../sql/quote.ts';
import type {Entry} from './parsed.ts';

/**
 * The keywords that shape the settings.
 * Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
 */
const keywords = new Set([
  'host',
  'hostaddr',
  'port',
  'dbname',
  'user',
  'password',
  'service',
  'sslmode',
  'ssl',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'sslpassword',
  'target_session_attrs',
  'targetServerType',
  'connect_timeout',
  'application_name',
  'fallback_application_name',
]);

/** What pgjdbc, Npgsql-like and Python drivers call the same things. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['database', 'dbname'],
  ['username', 'user'],
  ['ApplicationName', 'application_name'],
  ['connectTimeout', 'connect_timeout'],
  ['currentSchema', 'search_path'],
]);

/** Settings of the server that drivers accept in an address, in lower case. Custom ones carry a dot. */
const runTimeParameters = new Set([
  'bytea_output',
  'client_min_messages',
  'datestyle',
  'default_tablespace',
  'default_transaction_deferrable',
  'default_transaction_isolation',
  'default_transaction_read_only',
  'extra_float_digits',
  'idle_in_transaction_session_timeout',
  'idle_session_timeout',
  'intervalstyle',
  'jit',
  'lc_messages',
  'lc_monetary',
  'lc_numeric',
  'lc_time',
  'lock_timeout',
  'log_min_duration_statement',
  'log_statement',
  'maintenance_work_mem',
  'options',
  'plan_cache_mode',
  'role',
  'row_security',
  'search_path',
  'session_replication_role',
  'statement_timeout',
  'synchronous_commit',
  'temp_buffers',
  'timezone',
  'transaction_timeout',
  'work_mem',
]);

/** Demands on the connection's safety that nothing here enforces; the user must hear about it. */
const unenforced = new Set([
  'channel_binding',
  'require_auth',
  'requirepeer',
  'sslcrl',
  'sslcrldir',
  'ssl_min_protocol_version',
  'gssencmode',
]);

/** Parameters by what becomes of them. */
export interface SortedParameters {
  /** libpq keyword → value; an empty value counts as not given, as in libpq. */
  readonly known: ReadonlyMap<string, string>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly extra: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

/** @returns whether `name` is a libpq keyword, so that it may be shown in a message. */
export function isKeyword(name: string): boolean {
  return keywords.has(synonyms.get(name) ?? name);
}

/**
 * Sorts an address's parameters into what shapes the connection, what is sent to the server, and what is only
 * kept. Unknown ones that look like a secret are dropped: what is kept is also stored and shown.
 *
 * @param entries in the order they were written
 */
export function sortParameters(entries: readonly Entry[]): SortedParameters {
  const named = entries.map(([name, value]): Entry => [synonyms.get(name) ?? name, value]);
  const known = new Map(named.filter(([name, value]) => keywords.has(name) && value !== ''));
  const others = named.filter(([name]) => !keywords.has(name) && !(name === 'schema'));
  const parameters = new Map(others.filter(([name, value]) => isRunTimeParameter(name) && value !== ''));
  const schema = named.findLast(([name]) => name === 'schema')?.[1];
  if (schema && !parameters.has('search_path')) parameters.set('search_path', searchPathOf(schema));
  const extra = new Map(others.filter(([name]) => !isRunTimeParameter(name) && !isSecret(name)));
  const notes = [...extra]
    .filter(([name, value]) => unenforced.has(name) && !['', 'disable', 'prefer'].includes(value))
    .map(([name]) => `${name} is kept but not enforced.`);
  return {known, parameters: Object.fromEntries(parameters), extra: Object.fromEntries(extra), notes};
}

function isRunTimeParameter(name: string): boolean {
  return runTimeParameters.has(name.toLowerCase()) || /^[a-z_]\w*\.[a-z_]\w*$/i.test(name);
}

function isSecret(name: string): boolean {
  return /(password|passwd|pass|pwd|secret|token|api_?key)$/i.test(name);
}

/** Prisma's `schema` is one literal name, so one that is not plain needs quotes in a search path. */
function searchPathOf(schema: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(schema) ? schema : quoteIdentifier(schema);
}
