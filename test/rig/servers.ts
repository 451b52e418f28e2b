import {
  chmod,
  chown,
  copyFile,
  cp,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {lasting} from '../../scripts/lasting.ts';

export const majors = [14, 15, 16, 17, 18] as const;
export type Major = (typeof majors)[number];
/** The oldest and the newest, for what no version in between changes. */
export const ends = [14, 18] as const satisfies readonly Major[];

/** A running PostgreSQL of this machine, for tests only: user `postgres`, password `postgres`. */
export interface TestServer {
  readonly major: Major;
  readonly port: number;
  readonly log: readonly string[];
  /** Where its Unix socket is. */
  readonly socketDirectory: string;
  /** @returns an address for `database`, over TCP without TLS. */
  url(database?: string): string;
  /** Stops it and starts it again with the same data, at the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const tls = join(import.meta.dirname, '../fixtures/tls');
// Autovacuum would come between what a test does and what it counts.
const flags =
  `autovacuum_naptime=1h fsync=off synchronous_commit=off full_page_writes=off shared_buffers=32MB max_connections=60
  max_prepared_transactions=4
  ssl=on ssl_cert_file=server.crt ssl_key_file=server.key ssl_ca_file=ca.crt listen_addresses=127.0.0.1
  log_min_messages=warning track_functions=all timezone=UTC shared_preload_libraries=pg_stat_statements`.split(
    /\s+/,
  );

interface Cluster {
  initialise(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface ClusterOptions {
  readonly databaseDir: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly authMethod: 'scram-sha-256';
  readonly persistent: boolean;
  readonly createPostgresUser: boolean;
  readonly initdbFlags: string[];
  readonly postgresFlags: string[];
  readonly onLog: (line: string) => void;
  readonly onError: (line: unknown) => void;
}

type ClusterModule = {readonly default: new (options: ClusterOptions) => Cluster};

/** What a server of its own has that the common ones have not. */
export interface ServerExtras {
  /** Added to the flags, and wins: `ssl=off`. */
  readonly flags?: readonly string[];
  /** The lines of pg_hba.conf, instead of scram-sha-256 for all. */
  readonly hba?: readonly string[];
  /** In recovery without an end, as a hot standby whose primary is gone: it reads, and never writes. */
  readonly standby?: boolean;
}

/** Starts a server in a folder of its own, copied from one that was initialised once on this machine. */
export async function startServer(major: Major, extras: ServerExtras = {}): Promise<TestServer> {
  const data = await newRunFolder(String(major));
  const template = await templateOf(major);
  await cp(template, data, {recursive: true, preserveTimestamps: true});
  if (extras.hba) await writeFile(join(data, 'pg_hba.conf'), `${extras.hba.join('\n')}\n`);
  if (extras.standby) await writeFile(join(data, 'standby.signal'), '');
  await ownLike(template, data);
  const port = await freePort();
  const log: string[] = [];
  const server = await create(major, data, port, log, extras);
  await (extras.standby ? startStandby(server, log) : server.start());
  return {
    major,
    port,
    log,
    socketDirectory: data,
    url: (database = 'postgres') =>
      `postgres://postgres:postgres@127.0.0.1:${port}/${database}?sslmode=disable`,
    restart: async () => {
      await server.stop();
      await server.start();
    },
    stop: async () => {
      await server.stop();
      await rm(data, {recursive: true, force: true});
    },
  };
}

/**
 * Clears away what runs that were killed left behind.
 * @returns a path for a data directory that is not there yet
 */
export async function newRunFolder(label: string): Promise<string> {
  const base = await folderIn(tmpdir());
  await removeOrphans(base);
  return join(base, `run-${process.pid}-${label}-${Date.now()}`);
}

/** @returns an initialised data directory to copy, kept for all runs of this user */
async function templateOf(major: Major): Promise<string> {
  const template = join(await folderIn(lasting), `template-${major}`);
  if (!(await exists(join(template, 'ready')))) await initialise(major, template);
  return template;
}

async function folderIn(place: string): Promise<string> {
  const folder = join(place, `howdah-postgres-${userInfo().uid}`);
  await mkdir(folder, {recursive: true, mode: 0o755});
  return folder;
}

/** A run that was killed leaves its servers and their folders behind. */
async function removeOrphans(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const owner = Number(/^run-(\d+)-/.exec(name)?.[1]);
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    const data = join(base, name);
    const server = Number.parseInt(await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => ''), 10);
    if (!Number.isNaN(server) && isAlive(server)) process.kill(server, 'SIGQUIT');
    await rm(data, {recursive: true, force: true});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The package waits for the words of a primary, so a standby has its own wait. */
async function startStandby(server: Cluster, log: readonly string[]): Promise<void> {
  let ended = false;
  server.start().catch(() => (ended = true));
  while (!log.join('').includes('ready to accept read-only connections')) {
    if (ended) throw new Error(`the standby did not start:\n${log.join('')}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

async function initialise(major: Major, template: string): Promise<void> {
  const building = `${template}-${process.pid}`;
  const server = await create(major, building, 0, []);
  await server.initialise();
  for (const file of ['server.crt', 'server.key', 'ca.crt'])
    await copyFile(join(tls, file), join(building, file));
  await chmod(join(building, 'server.key'), 0o600);
  await ownLike(building, building);
  await mkdir(join(building, 'ready'));
  // Another run may have been faster; whole folders change places, so nobody sees a half.
  await rename(building, template).catch(() => {});
  await rm(building, {recursive: true, force: true});
}

async function create(
  major: Major,
  databaseDir: string,
  port: number,
  log: string[],
  {flags: more = [], standby = false}: ServerExtras = {},
): Promise<Cluster> {
  const {default: Server} = await load(major);
  return new Server({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    postgresFlags: [
      ...flags,
      `unix_socket_directories=${databaseDir}`,
      // A standby needs as many as initdb wrote down for the primary.
      ...(standby ? ['max_connections=100'] : []),
      ...more,
    ].flatMap(flag => ['-c', flag]),
    onLog: line => void log.push(line),
    onError: line => void log.push(String(line)),
  });
}

function load(major: Major): Promise<ClusterModule> {
  switch (major) {
    case 14:
      return import('pg14');
    case 15:
      return import('pg15');
    case 16:
      return import('pg16');
    case 17:
      return import('pg17');
    case 18:
      return import('pg18');
    default:
      return major satisfies never;
  }
}

/** The server refuses a data directory that is not its user's; a copy made by root belongs to root. */
async function ownLike(model: string, folder: string): Promise<void> {
  if (userInfo().uid !== 0) return;
  const {uid, gid} = await stat(model);
  await chown(folder, uid, gid);
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, {recursive: true})) await chown(join(folder, entry), uid, gid);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** @returns a TCP port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}
