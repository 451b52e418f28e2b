import {fail, type Outcome} from '../outcome.ts';
import {entriesOfUrl, schemeOf} from './address-url.ts';
import type {ConnectionSettings, Endpoint} from './connection.ts';
import {entriesOfKeywordValues, isKeywordValues} from './keyword-values.ts';
import type {ConnectionDefaults, ParsedConnection} from './parsed.ts';
import {defaultConnectTimeout, settingsFrom} from './settings.ts';

/**
 * Reads an address of any of the usual forms: a URL of libpq, of an SQLAlchemy driver or of JDBC, or libpq's
 * `host=… dbname=…`.
 * Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
 *
 * @returns the settings and, beside them, the secrets; or `invalid-input` that names the part which is wrong and
 *   shows nothing of the address.
 * @example parseConnectionUrl('postgres://app:secret@db.example.com/shop?sslmode=require')
 */
export function parseConnectionUrl(
  text: string,
  defaults: ConnectionDefaults = {},
): Outcome<ParsedConnection> {
  const address = text.trim().replace(/^(["'])(.*)\1$/s, '$2');
  const scheme = schemeOf(address);
  if (scheme.kind === 'other') return notPostgres(scheme.scheme);
  if (scheme.kind === 'none' && !isKeywordValues(address)) return notAnAddress(address);
  const entries = scheme.kind === 'postgres' ? entriesOfUrl(scheme.rest) : entriesOfKeywordValues(address);
  return entries.ok ? settingsFrom(entries.value, defaults) : entries;
}

/**
 * The URL of the settings, without a password. `parseConnectionUrl` reads it back to the same settings.
 *
 * @example formatConnectionUrl(settings) // postgresql://app@db.example.com:5432/shop?sslmode=require
 */
export function formatConnectionUrl(settings: ConnectionSettings): string {
  const {endpoints, user, database, sslMode, targetSessionAttrs, connectTimeout} = settings;
  const hosts = endpoints.map(({host, port}) => `${encodeHost(host)}:${port}`).join(',');
  const addresses = endpoints.map(endpoint => endpoint.address ?? '');
  const query: readonly (readonly [string, string | undefined])[] = [
    ['hostaddr', addresses.some(address => address !== '') ? addresses.join(',') : undefined],
    ['sslmode', sslMode === 'prefer' ? undefined : sslMode],
    ['sslrootcert', settings.sslRootCert],
    ['sslcert', settings.sslCert],
    ['sslkey', settings.sslKey],
    ['target_session_attrs', targetSessionAttrs === 'any' ? undefined : targetSessionAttrs],
    ['connect_timeout', connectTimeout === defaultConnectTimeout ? undefined : String(connectTimeout)],
    ['application_name', settings.applicationName],
    ...Object.entries(settings.parameters),
    ...Object.entries(settings.extra),
  ];
  const pairs = query.flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  );
  const path = `${encodeURIComponent(user)}@${hosts}/${encodeURIComponent(database)}`;
  return `postgresql://${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}

/** @returns where the settings lead, in few words, such as `app@db.example.com:5432/shop`. */
export function describeTarget(settings: ConnectionSettings): string {
  const hosts = settings.endpoints.map(endpoint => describeEndpoint(endpoint)).join(',');
  return `${settings.user}@${hosts}/${settings.database}`;
}

/**
 * Takes the passwords out of a text that may hold addresses, parameters or SQL, for logs. It rather takes too
 * much than too little.
 *
 * @example redact('postgres://app:secret@db/shop') // postgres://app:***@db/shop
 */
export function redact(text: string): string {
  return text
    .replaceAll(/([a-z][a-z\d+.-]{0,30}:\/\/[^\s:/]*):\S*@/gi, '$1:***@')
    .replaceAll(
      /((?:(?:password|passwd|passphrase|secret|token)|\b(?:pass|pwd))["']?(?:\s*[=:]\s*|\s+(?=')))(?:'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|(?:(?!&[\w.-]+=)\S)+)/gi,
      '$1***',
    );
}

function describeEndpoint({host, port}: Endpoint): string {
  return host.includes(':') && !host.startsWith('/') ? `[${host}]:${port}` : `${host}:${port}`;
}

function encodeHost(host: string): string {
  const encoded = encodeURIComponent(host);
  return host.includes(':') && !host.startsWith('/') ? `[${encoded.replaceAll('%3A', ':')}]` : encoded;
}

const otherDatabases: ReadonlyMap<string, string> = new Map([
  ['mysql', 'MySQL'],
  ['mysql2', 'MySQL'],
  ['mariadb', 'MariaDB'],
  ['sqlite', 'SQLite'],
  ['sqlite3', 'SQLite'],
  ['file', 'SQLite'],
  ['libsql', 'SQLite'],
  ['sqlserver', 'SQL Server'],
  ['mssql', 'SQL Server'],
  ['oracle', 'Oracle'],
  ['mongodb', 'MongoDB'],
  ['redis', 'Redis'],
  ['rediss', 'Redis'],
  ['cockroachdb', 'CockroachDB'],
  ['clickhouse', 'ClickHouse'],
  ['prisma', 'Prisma Accelerate'],
  ['http', 'web'],
  ['https', 'web'],
]);

function notPostgres(scheme: string): Outcome<never> {
  const name = otherDatabases.get(scheme);
  return fail('invalid-input', name ? `This is a ${name} address, not a PostgreSQL one.` : notAddress, {
    advice: 'A PostgreSQL address begins with postgres:// or postgresql://.',
  });
}

function notAnAddress(text: string): Outcome<never> {
  return fail('invalid-input', text === '' ? 'The address is empty.' : notAddress, {
    advice: 'Write it as postgres://user@host:5432/database, or as host=… port=… dbname=… user=….',
  });
}

const notAddress = 'This is not a PostgreSQL address.';
