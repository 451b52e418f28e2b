import {execFile, spawn, type ChildProcess} from 'node:child_process';
import {chown, mkdir, rm, writeFile} from 'node:fs/promises';
import {userInfo} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {freePort, newRunFolder} from './servers.ts';

/** Debian's PostgreSQL 15, which unlike the servers from npm has JIT and HypoPG. Not started with the others. */
export interface DebianServer {
  readonly port: number;
  /** @returns an address for `database`, over TCP without TLS: user `postgres`, password `postgres`. */
  url(database?: string): string;
  /** Ends all sessions and starts again, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const programs = '/usr/lib/postgresql/15/bin';
const run = promisify(execFile);

const settings = `fsync=off synchronous_commit=off full_page_writes=off shared_buffers=32MB max_connections=30
  listen_addresses=127.0.0.1 timezone=UTC log_min_messages=warning`.split(/\s+/);

/**
 * Starts one in a folder of its own; initdb takes some seconds. PostgreSQL refuses to run as root.
 * @param more added to the settings, and win: `logging_collector=on`
 */
export async function startDebianServer(more: readonly string[] = []): Promise<DebianServer> {
  return startIn('debian', more, async (data, user) => {
    const password = `${data}.password`;
    await writeFile(password, 'postgres\n');
    const options =
      `-D ${data} -U postgres -A scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync`.split(' ');
    await run(join(programs, 'initdb'), [...options, `--pwfile=${password}`], {...user, cwd: data});
    await rm(password);
  });
}

/**
 * Starts a hot standby that streams from `primary`, through the slot `standby`.
 * @param more added to the settings, and win
 */
export async function startDebianStandby(
  primary: DebianServer,
  more: readonly string[] = [],
): Promise<DebianServer> {
  return startIn('standby', ['hot_standby_feedback=on', ...more], async (data, user) => {
    const from = `host=127.0.0.1 port=${primary.port} user=postgres password=postgres application_name=standby`;
    const options = ['-D', data, '-d', from, '-R', '-X', 'stream', '-c', 'fast', '-C', '-S', 'standby'];
    await run(join(programs, 'pg_basebackup'), options, {...user, cwd: data});
  });
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

async function startIn(
  label: string,
  more: readonly string[],
  fill: (data: string, user: User | undefined) => Promise<void>,
): Promise<DebianServer> {
  const data = await newRunFolder(label);
  const user = await unprivileged();
  await mkdir(data, {mode: 0o700});
  if (user) await chown(data, user.uid, user.gid);
  await fill(data, user);
  const port = await freePort();
  const start = (): Promise<Running> => serve(data, port, more, user);
  let running = await start();
  return {
    port,
    url: (database = 'postgres') =>
      `postgres://postgres:postgres@127.0.0.1:${port}/${database}?sslmode=disable`,
    restart: async () => {
      await running.end();
      running = await start();
    },
    stop: async () => {
      await running.end();
      await rm(data, {recursive: true, force: true});
    },
  };
}

interface Running {
  end(): Promise<void>;
}

async function serve(
  data: string,
  port: number,
  more: readonly string[],
  user: User | undefined,
): Promise<Running> {
  const flags = [...settings, `port=${port}`, `unix_socket_directories=${data}`, ...more].flatMap(each => [
    '-c',
    each,
  ]);
  const child = spawn(join(programs, 'postgres'), ['-D', data, ...flags], {
    ...user,
    cwd: data,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));
  await untilReady(child, port);
  return {
    end: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}

/** @returns the user that Debian's package made, where we are root. */
async function unprivileged(): Promise<User | undefined> {
  if (userInfo().uid !== 0) return undefined;
  const of = async (what: string): Promise<number> => Number((await run('id', [what, 'postgres'])).stdout);
  return {uid: await of('-u'), gid: await of('-g')};
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  const log: string[] = [];
  child.stderr?.on('data', (piece: Buffer) => void log.push(piece.toString()));
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const ready = await run(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]).then(
      () => true,
      () => false,
    );
    if (ready) return;
    if (child.exitCode !== null) break;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`Debian's PostgreSQL did not start:\n${log.join('')}`);
}
