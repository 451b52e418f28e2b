import type {ConnectionDefaults, Entry, ParsedConnection} from '../core/connections/parsed.ts';
import {settingsFrom} from '../core/connections/settings.ts';
import type {Outcome} from '../core/outcome.ts';
import type {Variables} from './variables.ts';

/** Variables that describe one server together. */
export interface VariableGroup {
  /** The variable that stands for the group, such as `POSTGRES_HOST`. */
  readonly name: string;
  readonly line: number;
  readonly outcome: Outcome<ParsedConnection>;
  readonly isHostless: boolean;
}

/** What follows `POSTGRES_` or `DB_`, as libpq calls it. */
const fields: ReadonlyMap<string, string> = new Map([
  ['HOST', 'host'],
  ['HOSTNAME', 'host'],
  ['SERVER', 'host'],
  ['PORT', 'port'],
  ['USER', 'user'],
  ['USERNAME', 'user'],
  ['PASSWORD', 'password'],
  ['PASS', 'password'],
  ['DB', 'dbname'],
  ['NAME', 'dbname'],
  ['DATABASE', 'dbname'],
  ['SSLMODE', 'sslmode'],
  ['SSL_MODE', 'sslmode'],
  ['SSLROOTCERT', 'sslrootcert'],
  ['SSL_ROOT_CERT', 'sslrootcert'],
]);

const groupName = new RegExp(
  `^((?:\\w+_)?(?:POSTGRES|POSTGRESQL|PGSQL|DB|DATABASE))_(${[...fields.keys()].join('|')})$`,
);
const otherProducts =
  /MYSQL|MARIA|MONGO|REDIS|VALKEY|MSSQL|ORACLE|CASSANDRA|SQLITE|CLICKHOUSE|ELASTIC|NEO4J|INFLUX/;
const otherPorts = new Set(['1433', '1521', '3306', '3307', '6379', '27017', '33060']);
const isPostgresKind = /postgres|postgis|pgsql|psycopg|asyncpg|pgx|timescale|^pg$/i;

/** @returns the servers that `POSTGRES_HOST`, `DB_HOST` and their like describe, also with a prefix. */
export function serverGroups(variables: Variables, defaults: ConnectionDefaults): readonly VariableGroup[] {
  const members = [...variables.keys()].filter(name => groupName.test(name));
  const prefixes = new Set(members.map(prefixOf));
  return [...prefixes].flatMap(prefix => {
    const names = members.filter(name => prefixOf(name) === prefix);
    const entries = names.map((name): Entry => [fieldOf(name), variables.get(name)?.value ?? '']);
    const has = (keyword: string) => entries.some(([name, value]) => name === keyword && value !== '');
    const isPostgres = /POSTGRES|PGSQL/.test(prefix) || isPostgresKind.test(kindOf(prefix, variables) ?? '');
    const describesServer = has('host') || (has('dbname') && isPostgres);
    if (!describesServer || isOther(prefix, entries, variables)) return [];
    const main = names.find(name => fieldOf(name) === (has('host') ? 'host' : 'dbname')) ?? prefix;
    // The image's own default, and what these variables were made for.
    const user = isPostgres ? {user: 'postgres'} : {};
    const outcome = settingsFrom(entries, {...defaults, ...user});
    return [{name: main, line: variables.get(main)?.line ?? 1, outcome, isHostless: !has('host')}];
  });
}

function prefixOf(name: string): string {
  return groupName.exec(name)?.[1] ?? '';
}

function fieldOf(name: string): string {
  return fields.get(groupName.exec(name)?.[2] ?? '') ?? '';
}

/** Laravel's `DB_CONNECTION`, Django's `DB_ENGINE`, TypeORM's `DB_TYPE`: which product it is. */
function kindOf(prefix: string, variables: Variables): string | undefined {
  return ['CONNECTION', 'ENGINE', 'DRIVER', 'DIALECT', 'TYPE', 'CLIENT', 'ADAPTER']
    .map(suffix => variables.get(`${prefix}_${suffix}`)?.value)
    .find(value => value);
}

function isOther(prefix: string, entries: readonly Entry[], variables: Variables): boolean {
  const kind = kindOf(prefix, variables);
  if (otherProducts.test(prefix)) return true;
  if (kind !== undefined) return !isPostgresKind.test(kind);
  return entries.some(([name, value]) => name === 'port' && otherPorts.has(value));
}

/** Source: https://www.postgresql.org/docs/current/libpq-envars.html */
const libpqVariables: ReadonlyMap<string, string> = new Map([
  ['PGHOST', 'host'],
  ['PGHOSTADDR', 'hostaddr'],
  ['PGPORT', 'port'],
  ['PGDATABASE', 'dbname'],
  ['PGUSER', 'user'],
  ['PGPASSWORD', 'password'],
  ['PGPASSFILE', 'passfile'],
  ['PGSERVICE', 'service'],
  ['PGSSLMODE', 'sslmode'],
  ['PGSSLROOTCERT', 'sslrootcert'],
  ['PGSSLCERT', 'sslcert'],
  ['PGSSLKEY', 'sslkey'],
  ['PGCHANNELBINDING', 'channel_binding'],
  ['PGREQUIREAUTH', 'require_auth'],
  ['PGTARGETSESSIONATTRS', 'target_session_attrs'],
  ['PGCONNECT_TIMEOUT', 'connect_timeout'],
  ['PGAPPNAME', 'application_name'],
  ['PGOPTIONS', 'options'],
  ['PGTZ', 'timezone'],
  ['PGDATESTYLE', 'datestyle'],
]);

/** @returns the server that libpq's own variables describe, if they say which. */
export function libpqGroup(variables: Variables, defaults: ConnectionDefaults): readonly VariableGroup[] {
  const entries = [...libpqVariables].flatMap(([name, keyword]): readonly Entry[] => {
    const value = variables.get(name)?.value ?? '';
    return value === '' ? [] : [[keyword, value]];
  });
  const main = ['PGHOST', 'PGHOSTADDR', 'PGSERVICE', 'PGDATABASE'].find(name => variables.get(name)?.value);
  if (!main) return [];
  const line = variables.get(main)?.line ?? 1;
  return [
    {name: main, line, outcome: settingsFrom(fromService(entries, defaults), defaults), isHostless: false},
  ];
}

/** What a service says outweighs the environment, unlike what an address says itself: libpq's order. */
function fromService(entries: readonly Entry[], defaults: ConnectionDefaults): readonly Entry[] {
  const name = entries.find(([keyword]) => keyword === 'service')?.[1] ?? '';
  return [...entries, ...Object.entries(defaults.services?.get(name) ?? {})];
}
