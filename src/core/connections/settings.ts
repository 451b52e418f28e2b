import {fail, ok, type Outcome} from '../outcome.ts';
import type {ConnectionSettings, TargetSessionAttrs} from './connection.ts';
import {readEndpoints} from './endpoints.ts';
import {sortParameters} from './parameters.ts';
import type {ConnectionDefaults, Entry, ParsedConnection} from './parsed.ts';
import {readSslMode} from './tls.ts';

/** Seconds. libpq waits without an end when nothing is said; a person in front of an editor does not. */
export const defaultConnectTimeout = 10;

/**
 * pgjdbc's names beside libpq's.
 * Source: https://jdbc.postgresql.org/documentation/use/#connection-parameters (targetServerType)
 */
const sessionAttrs: ReadonlyMap<string, TargetSessionAttrs> = new Map([
  ['any', 'any'],
  ['read-write', 'read-write'],
  ['read-only', 'read-only'],
  ['primary', 'primary'],
  ['standby', 'standby'],
  ['prefer-standby', 'prefer-standby'],
  ['master', 'primary'],
  ['slave', 'standby'],
  ['secondary', 'standby'],
  ['preferSlave', 'prefer-standby'],
  ['preferSecondary', 'prefer-standby'],
  ['preferPrimary', 'any'],
]);

/**
 * Makes settings from parameters, wherever they come from: an address, fields that were filled in, environment
 * variables, a service.
 *
 * @param entries libpq's keywords, other drivers' names for them, and anything else
 * @returns the settings; or `invalid-input` that names the parameter which is wrong, never its value
 * @example settingsFrom([['host', 'db.example.com'], ['dbname', 'shop'], ['user', 'app']])
 */
export function settingsFrom(
  entries: readonly Entry[],
  defaults: ConnectionDefaults = {},
): Outcome<ParsedConnection> {
  const complete = withService(entries, defaults);
  if (!complete.ok) return complete;
  const {known, parameters, extra, notes} = sortParameters(complete.value);
  if ([...known.values()].some(value => value.includes('\0'))) return nullCharacter();
  const endpoints = readEndpoints({
    host: known.get('host'),
    hostaddr: known.get('hostaddr'),
    port: known.get('port'),
  });
  if (!endpoints.ok) return endpoints;
  const tls = readSslMode(known);
  if (!tls.ok) return tls;
  const targetSessionAttrs = readSessionAttrs(known);
  if (!targetSessionAttrs.ok) return targetSessionAttrs;
  const connectTimeout = readTimeout(known.get('connect_timeout'));
  if (!connectTimeout.ok) return connectTimeout;
  const user = known.get('user') ?? defaults.user ?? 'postgres';
  const settings: ConnectionSettings = {
    endpoints: endpoints.value,
    database: known.get('dbname') ?? user,
    user,
    sslMode: tls.value.sslMode,
    ...given('sslRootCert', known.get('sslrootcert')),
    ...given('sslCert', known.get('sslcert')),
    ...given('sslKey', known.get('sslkey')),
    targetSessionAttrs: targetSessionAttrs.value,
    connectTimeout: connectTimeout.value,
    ...given('applicationName', known.get('application_name') ?? known.get('fallback_application_name')),
    parameters,
    extra,
  };
  return ok({
    settings,
    ...given('password', known.get('password')),
    ...given('sslPassword', known.get('sslpassword')),
    notes: [...tls.value.notes, ...notes],
  });
}

/** What the service says fills in what is not said otherwise, as in libpq. */
function withService(entries: readonly Entry[], defaults: ConnectionDefaults): Outcome<readonly Entry[]> {
  const name = entries.findLast(([key, value]) => key === 'service' && value !== '')?.[1];
  if (name === undefined) return ok(entries);
  const service = defaults.services?.get(name);
  if (service) return ok([...Object.entries(service), ...entries.filter(([, value]) => value !== '')]);
  return fail('invalid-input', `No service "${name}" was found in pg_service.conf.`, {
    advice: 'Define it in ~/.pg_service.conf, or write the host, the database and the user.',
  });
}

function readSessionAttrs(known: ReadonlyMap<string, string>): Outcome<TargetSessionAttrs> {
  const name = known.has('target_session_attrs') ? 'target_session_attrs' : 'targetServerType';
  const attrs = sessionAttrs.get(known.get(name) ?? 'any');
  if (attrs) return ok(attrs);
  return fail('invalid-input', `${name} has a value that PostgreSQL does not know.`, {
    advice: 'Write one of any, read-write, read-only, primary, standby, prefer-standby.',
  });
}

function readTimeout(text: string | undefined): Outcome<number> {
  if (text === undefined) return ok(defaultConnectTimeout);
  // Zero and less wait without an end: libpq's rule.
  if (/^\s*-?\d{1,9}\s*$/.test(text)) return ok(Math.max(0, Number(text)));
  return fail('invalid-input', 'connect_timeout is not a whole number of seconds.');
}

function nullCharacter(): Outcome<never> {
  return fail('invalid-input', 'The address contains a null character (%00), which PostgreSQL cannot take.');
}

function given<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  // A computed key widens to an index signature; the cast-free way keeps the key's name.
  const result: Partial<Record<K, V>> = {};
  if (value !== undefined) result[key] = value;
  return result;
}
