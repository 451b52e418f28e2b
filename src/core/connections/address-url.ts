import {fail, ok, type Outcome} from '../outcome.ts';
import type {Entry} from './parsed.ts';
import {decodePercent} from './percent.ts';
import {isKeyword} from './parameters.ts';

/** The schemes that tools use for PostgreSQL: libpq, Laravel, dj-database-url, django-environ, golang-migrate. */
const schemes = new Set(['postgres', 'postgresql', 'pgsql', 'psql', 'postgis', 'pgx', 'pgx4', 'pgx5']);

/** A URL without its scheme. */
export type Scheme =
  | {readonly kind: 'postgres'; readonly rest: string}
  /** A URL of something else, such as `mysql`. */
  | {readonly kind: 'other'; readonly scheme: string}
  | {readonly kind: 'none'};

/** @returns what kind of URL the text begins like; a driver after `+` and `jdbc:` before it do not matter. */
export function schemeOf(text: string): Scheme {
  const match = /^(jdbc:)?([a-z][a-z\d.-]*)(?:\+[\w.-]+)?:(.*)$/is.exec(text);
  const scheme = match?.[2]?.toLowerCase();
  if (!match || !scheme) return {kind: 'none'};
  const rest = match[3] ?? '';
  // pgjdbc's short form names a database and nothing else: jdbc:postgresql:shop
  const isShort = match[1] !== undefined && !rest.startsWith('//');
  if (schemes.has(scheme)) return {kind: 'postgres', rest: isShort ? rest.replace(/^\/?/, '///') : rest};
  // "localhost:5432/shop" has no scheme; nor has "app:password@host", whose first word must not be shown.
  return rest.startsWith('//') || ['sqlite', 'file', 'jdbc'].includes(scheme)
    ? {kind: 'other', scheme}
    : {kind: 'none'};
}

/** The parts of a URL, still percent-encoded. */
interface UrlParts {
  readonly userInfo: string | undefined;
  readonly hosts: string;
  readonly database: string;
  readonly query: string;
}

/**
 * @param rest what follows `postgres:`
 * @returns the URL's parts as libpq parameters, the query's last, so that they win; or `invalid-input`.
 */
export function entriesOfUrl(rest: string): Outcome<readonly Entry[]> {
  const parts = splitUrl(rest);
  if (!parts.ok) return parts;
  const {userInfo, hosts, database, query} = parts.value;
  const endpoints = splitHosts(hosts);
  if (!endpoints.ok) return endpoints;
  const parameters = splitQuery(query);
  if (!parameters.ok) return parameters;
  const colon = userInfo?.indexOf(':') ?? -1;
  return decodeAll([
    ['user', colon < 0 ? (userInfo ?? '') : (userInfo?.slice(0, colon) ?? ''), 'The user name'],
    ['password', colon < 0 ? '' : (userInfo?.slice(colon + 1) ?? ''), 'The password'],
    ...endpoints.value,
    ['dbname', database, 'The database name'],
    ...parameters.value,
  ]);
}

type EncodedEntry = readonly [name: string, value: string, part: string];

function decodeAll(encoded: readonly EncodedEntry[]): Outcome<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const [name, value, part] of encoded) {
    const decoded = decodePercent(value, part);
    if (!decoded.ok) return decoded;
    if (decoded.value !== '') entries.push([name, decoded.value]);
  }
  return ok(entries);
}

/**
 * Finds the `@` that ends the user and password. People do not encode passwords, so an earlier `@`, `/`, `?` or
 * `#` belongs to the password wherever that is the only reading.
 */
function splitUrl(rest: string): Outcome<UrlParts> {
  if (!rest.startsWith('//')) return noSlashes();
  const body = rest.slice(2);
  const mark = body.indexOf('?');
  const head = mark < 0 ? body : body.slice(0, mark);
  const query = mark < 0 ? '' : body.slice(mark + 1);
  const markIsPassword =
    query.includes('@') && !(isQuery(query) && isHosts(head.slice(head.lastIndexOf('@') + 1)));
  const at = markIsPassword ? body.lastIndexOf('@') : head.lastIndexOf('@');
  if (at < 0) return ok(afterUserInfo(undefined, body));
  const userInfo = body.slice(0, at);
  const slash = userInfo.indexOf('/');
  // "user:a@b/c@d": the host may be b or d.
  if (slash >= 0 && userInfo.slice(0, slash).includes('@')) return ambiguous();
  return ok(afterUserInfo(userInfo, body.slice(at + 1)));
}

function afterUserInfo(userInfo: string | undefined, text: string): UrlParts {
  const mark = text.indexOf('?');
  const head = mark < 0 ? text : text.slice(0, mark);
  const slash = head.indexOf('/');
  return {
    userInfo,
    hosts: slash < 0 ? head : head.slice(0, slash),
    database: slash < 0 ? '' : head.slice(slash + 1),
    query: mark < 0 ? '' : text.slice(mark + 1),
  };
}

function isQuery(query: string): boolean {
  return query.split('&').every(piece => /^[\w.%-]+=/.test(piece));
}

function isHosts(text: string): boolean {
  return text
    .replace(/\/.*$/s, '')
    .split(',')
    .every(host => /^(\[[^\]]*\]|[^:[\]]*)(:\d*)?$/.test(host));
}

function noSlashes(): Outcome<never> {
  return fail('invalid-input', 'The address has no // after the scheme.', {
    advice: 'Write it as postgres://user@host:5432/database.',
  });
}

function ambiguous(): Outcome<never> {
  return fail('invalid-input', 'It is unclear which @ in the address ends the password.', {
    advice: 'Write @ as %40 and / as %2F in the user name, the password and the database name.',
  });
}

/** @returns the lists of hosts and of ports, in libpq's form. */
function splitHosts(text: string): Outcome<readonly EncodedEntry[]> {
  const hosts: string[] = [];
  const ports: string[] = [];
  for (const endpoint of text.split(',')) {
    if (endpoint.startsWith('[') && !endpoint.includes(']')) return unclosedBracket();
    const match = /^(\[[^\]]*\]|[^:]*)(?::([^:]*))?$/.exec(endpoint);
    if (!match) return tooManyColons();
    hosts.push((match[1] ?? '').replace(/^\[(.*)\]$/, '$1'));
    ports.push(match[2] ?? '');
  }
  const named = (values: readonly string[]) => (values.every(value => value === '') ? '' : values.join(','));
  return ok([
    ['host', named(hosts), 'The host name'],
    ['port', named(ports), 'The port'],
  ]);
}

function unclosedBracket(): Outcome<never> {
  return fail('invalid-input', 'The host begins with [ but has no closing ].', {
    advice: 'Write an IPv6 address as [::1], and the port after the bracket.',
  });
}

function tooManyColons(): Outcome<never> {
  return fail('invalid-input', 'The host and port have more than one colon.', {
    advice:
      'Write an IPv6 address in brackets, such as [::1]:5432. If a password comes first, end it with @.',
  });
}

function splitQuery(query: string): Outcome<readonly EncodedEntry[]> {
  const entries: EncodedEntry[] = [];
  for (const [index, piece] of query.split('&').entries()) {
    if (piece === '') continue;
    const equals = piece.indexOf('=');
    if (equals < 0) return noValue(index + 1);
    const name = decodePercent(piece.slice(0, equals), `The name of parameter ${index + 1}`);
    if (!name.ok) return name;
    const part = isKeyword(name.value) ? `The value of ${name.value}` : `The value of parameter ${index + 1}`;
    entries.push([name.value, piece.slice(equals + 1), part]);
  }
  return ok(joinLists(entries));
}

/** SQLAlchemy writes several hosts as `?host=a&host=b`. */
function joinLists(entries: readonly EncodedEntry[]): readonly EncodedEntry[] {
  return entries.map(([name, value, part]) =>
    name === 'host' || name === 'port'
      ? [name, entries.flatMap(entry => (entry[0] === name ? [entry[1]] : [])).join(','), part]
      : [name, value, part],
  );
}

function noValue(number: number): Outcome<never> {
  return fail('invalid-input', `Parameter ${number} after the ? has no value.`, {
    advice: 'Write parameters as name=value, joined by &. Write an & that belongs to a value as %26.',
  });
}
