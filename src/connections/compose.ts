import {basename, dirname, join, resolve} from 'node:path';
import type {ConnectionDefaults, Entry} from '../core/connections/parsed.ts';
import {settingsFrom} from '../core/connections/settings.ts';
import {fail} from '../core/outcome.ts';
import {parseComposeFile, type ComposePort, type ComposeService} from './compose-file.ts';
import {expand} from './expand.ts';
import {found, problem, type FoundConnection, type SourceFile} from './found.ts';
import type {Machine} from './machine.ts';
import type {SourceText} from './source-files.ts';
import {readVariables} from './variables.ts';

/** A container's ports as they are reached from this machine. */
export interface Container {
  readonly file: SourceFile;
  /** The names that other containers of the same file know it by. */
  readonly hostNames: readonly string[];
  /** Port in the container → where it is published. */
  readonly published: ReadonlyMap<number, {readonly host: string; readonly port: number}>;
}

export interface ComposeResult {
  readonly items: readonly FoundConnection[];
  readonly containers: readonly Container[];
}

const overrideName = /^(.*)\.override\.ya?ml$/;

/** @returns the files that Compose reads in addition to this one, without being told to. */
export function overridesOf(base: SourceText, all: readonly SourceText[]): readonly SourceText[] {
  const stem = /^(?:docker-)?compose(?=\.ya?ml$)/.exec(basename(base.file.path))?.[0];
  if (stem === undefined) return [];
  const directory = dirname(base.file.path);
  return all.filter(
    ({file}) => overrideName.exec(basename(file.path))?.[1] === stem && dirname(file.path) === directory,
  );
}

/** @returns whether the file belongs to another one of `all`. */
export function isOverride(text: SourceText, all: readonly SourceText[]): boolean {
  if (!overrideName.test(basename(text.file.path))) return false;
  return all.some(base => overridesOf(base, all).includes(text));
}

/**
 * Reads the PostgreSQL containers of a Compose file.
 *
 * @param overrides the files that Compose merges into it
 */
export async function connectionsOfCompose(
  base: SourceText,
  overrides: readonly SourceText[],
  machine: Machine,
  defaults: ConnectionDefaults,
): Promise<ComposeResult> {
  const {file} = base;
  const parsed = await Promise.all([base, ...overrides].map(({text}) => parseComposeFile(text)));
  const services: ComposeService[] = [];
  for (const outcome of parsed) {
    if (!outcome.ok) return {items: [problem({file}, outcome.failure)], containers: []};
    for (const service of outcome.value) addService(services, service);
  }
  const variables = await readVariables(join(dirname(file.path), '.env'), machine.env);
  const lookup = (name: string) => machine.env[name] ?? variables.get(name)?.value;
  const resolved = await Promise.all(
    services.map(service => resolveService(file, service, lookup, machine.env)),
  );
  return {
    items: resolved.filter(isPostgres).map(service => connectionOf(service, defaults)),
    containers: resolved,
  };
}

function addService(services: ComposeService[], service: ComposeService): void {
  const index = services.findIndex(({name}) => name === service.name);
  const base = services[index];
  if (!base) services.push(service);
  else services[index] = merge(base, service);
}

/** Source: https://docs.docker.com/reference/compose-file/merge/ */
function merge(base: ComposeService, over: ComposeService): ComposeService {
  return {
    ...base,
    ...(over.image === undefined ? {} : {image: over.image}),
    isBuilt: base.isBuilt || over.isBuilt,
    hostNames: [...new Set([...base.hostNames, ...over.hostNames])],
    isOnHostNetwork: base.isOnHostNetwork || over.isOnHostNetwork,
    environment: new Map([...base.environment, ...over.environment]),
    envFiles: [...base.envFiles, ...over.envFiles],
    ports: [...base.ports, ...over.ports],
  };
}

interface ResolvedService extends Container {
  readonly service: ComposeService;
  readonly image: string | undefined;
  readonly environment: ReadonlyMap<string, string>;
  /** The port the server listens at, in the container. */
  readonly port: number;
}

type Lookup = (name: string) => string | undefined;

async function resolveService(
  file: SourceFile,
  service: ComposeService,
  lookup: Lookup,
  env: Machine['env'],
): Promise<ResolvedService> {
  const replace = (text: string) => expand(text, {lookup, rules: 'compose'});
  const directory = dirname(file.path);
  const paths = service.envFiles.map(path => resolve(directory, replace(path)));
  const files = await Promise.all(paths.map(path => readVariables(path, env)));
  const own = [...service.environment].map(([name, value]): readonly [string, string] => [
    name,
    value === undefined ? (lookup(name) ?? '') : replace(value),
  ]);
  const inherited = files.flatMap(variables =>
    [...variables].map(([name, {value}]): readonly [string, string] => [name, value]),
  );
  const environment = new Map([...inherited, ...own]);
  const port = Number(environment.get('PGPORT') ?? environment.get('POSTGRESQL_PORT_NUMBER') ?? 5432) || 5432;
  const published = new Map(service.ports.flatMap(written => readPublished(written, replace)));
  if (service.isOnHostNetwork) published.set(port, {host: 'localhost', port});
  const image = service.image === undefined ? undefined : replace(service.image);
  return {file, hostNames: service.hostNames, published, service, image, environment, port};
}

type Published = readonly [number, {readonly host: string; readonly port: number}];

/** A range or a port that Docker chooses leads nowhere that can be known beforehand. */
function readPublished(written: ComposePort, replace: (text: string) => string): readonly Published[] {
  // A variable may stand for several parts: "${DB_PORT}" as 5433:5432.
  const parts = [written.hostIp, written.published, written.target].map(replace).filter(part => part !== '');
  const match = /^(?:(.*):)?(\d+):(\d+)(?:\/tcp)?$/.exec(parts.join(':'));
  if (!match) return [];
  const ip = (match[1] ?? '').replace(/^\[(.*)\]$/, '$1');
  const host = ['', '0.0.0.0', '::', '127.0.0.1', '::1'].includes(ip) ? 'localhost' : ip;
  return [[Number(match[3]), {host, port: Number(match[2])}]];
}

const postgresImage =
  /(?:^|[-_])(?:postgres(?:ql)?|postgis|timescaledb|pgvector|spilo|vchord|paradedb)(?:[-_\d]|$)/;
// Images that work for PostgreSQL without being one.
const besideImage = /exporter|backup|meta|operator|postgrest|bouncer|admin|pgpool|proxy|restore|migrat/;

function isPostgres({image, service, environment, published, port}: ResolvedService): boolean {
  // Registry, owner, tag and digest do not matter: ghcr.io/team/postgres:16@sha256:…
  const name = image
    ?.replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
    .split('/')
    .at(-1)
    ?.toLowerCase();
  if (name) return postgresImage.test(name) && !besideImage.test(name);
  const isNamed = environment.has('POSTGRES_DB') || environment.has('POSTGRES_PASSWORD');
  return service.isBuilt && isNamed && published.has(port);
}

/** Source: https://hub.docker.com/_/postgres (Environment Variables), and Bitnami's names for the same. */
function connectionOf(resolved: ResolvedService, defaults: ConnectionDefaults): FoundConnection {
  const {file, service, environment, published, port} = resolved;
  const line = service.line === undefined ? {} : {line: service.line};
  const place = {file, key: service.name, ...line};
  const address = published.get(port);
  if (!address) return problem(place, notPublished(service.name, port));
  const value = (...names: readonly string[]) => names.map(name => environment.get(name)).find(text => text);
  const entries: readonly Entry[] = [
    ['host', address.host],
    ['port', String(address.port)],
    ['user', value('POSTGRES_USER', 'POSTGRESQL_USERNAME') ?? 'postgres'],
    ['password', value('POSTGRES_PASSWORD', 'POSTGRESQL_PASSWORD') ?? ''],
    ['dbname', value('POSTGRES_DB', 'POSTGRESQL_DATABASE') ?? ''],
  ];
  return found(place, settingsFrom(entries, defaults));
}

function notPublished(service: string, port: number) {
  return fail(
    'unreachable',
    `The container "${service}" does not publish its port ${port} to this machine.`,
    {
      advice: `Add "${port}:${port}" to the service's ports, and start it again.`,
    },
  ).failure;
}
