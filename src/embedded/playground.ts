import {fork, type ChildProcess} from 'node:child_process';
import type {ConnectionSettings} from '../core/connections/connection.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import {removeAddress, type Address} from './endpoint.ts';
import {release} from './lock.ts';
import {ServerReport, type ServerOptions, type ServerOrder} from './messages.ts';

/** How far a start has come, for a progress message. */
export type PlaygroundStep = 'unpacking' | 'starting';

export interface PlaygroundOptions {
  /** Absolute path of the bundled `server.mjs`; its assets lie beside it. */
  readonly serverScript: string;
  /** Where the data is kept. Any length; it is made if it is not there. */
  readonly dataFolder: string;
  /** How clients reach it; a private socket, except on Windows, where it is a loopback port with a password. */
  readonly transport?: ServerOptions['transport'];
  /** The Node (or Electron) to run it with; by default the one that runs this. */
  readonly execPath?: string;
  /** States can be kept and gone back to, with `order`. */
  readonly checkpoints?: boolean;
  /**
   * Compiles the backend's WASM no further than its first tier: half of the memory (270 MB at most, not 870), and sooner
   * ready. What runs for seconds takes up to twice as long.
   */
  readonly compileOnce?: boolean;
  /** An abort ends the start; afterwards it has no effect. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: PlaygroundStep) => void;
  /** Called once when the process ends without `stop` having been called. */
  readonly onExit?: (exit: PlaygroundExit) => void;
}

/** An end nobody asked for. `message` and `advice` are for the user. */
export interface PlaygroundExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly message: string;
  readonly advice: string;
}

/** A running embedded PostgreSQL. */
export interface Playground {
  readonly settings: ConnectionSettings;
  /** Only where the transport needs one; new at every start. */
  readonly password?: string;
  readonly pid: number;
  readonly dataFolder: string;
  state(): 'running' | 'stopping' | 'stopped';
  /** The states that were kept when it started, and the one that it was at. */
  readonly checkpoints: {readonly names: readonly string[]; readonly at: string};
  /**
   * One at a time, and only with `checkpoints`.
   * @returns the names of the states, where others were given up. Failures: `unsupported`, `connection-lost`
   */
  order(order: ServerOrder): Promise<Outcome<readonly string[] | undefined>>;
  /** Ends it with a checkpoint, or by force after five seconds; never fails, and twice is harmless. */
  stop(): Promise<void>;
}

/** Milliseconds from `stop` to the end by force. */
const stopTimeout = 5000;

/**
 * Starts PostgreSQL 18 (PGlite) in a process of its own, which ends with the process that started it. The first start
 * in a folder unpacks a prepared data directory.
 *
 * All its connections share one backend: while one has a transaction open the others wait, advisory locks exclude
 * nobody, temporary tables are everybody's, and `statement_timeout` does not fire. A cancel request ends the whole
 * backend, which starts again by itself. COPY FROM STDIN is refused.
 *
 * Failures: `locked` (the folder is in use by another process), `unwritable-file`, `unreadable-file` (the data is
 * damaged: offer `resetPlayground`), `unsupported` (of another PostgreSQL version), `cancelled`, `unreachable` (the
 * process ended without a word).
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Outcome<Playground>> {
  const {dataFolder, signal} = options;
  if (signal?.aborted === true) return cancelled();
  const transport = options.transport ?? (process.platform === 'win32' ? 'tcp' : 'socket');
  const checkpoints = options.checkpoints ?? false;
  const child = spawnServer(options, {dataFolder, transport, checkpoints});
  const ended = watchEnd(child, dataFolder);
  const abort = (): void => void child.kill('SIGTERM');
  signal?.addEventListener('abort', abort, {once: true});
  const first = await Promise.race([
    firstWord(child, options.onProgress),
    ended.then(() => ({kind: 'gone'}) as const),
  ]);
  signal?.removeEventListener('abort', abort);
  if (isAborted(signal)) {
    await end(child, ended);
    return cancelled();
  }
  if (first.kind === 'ready') return ok(running(child, ended, first, options));
  await ended;
  if (first.kind === 'failed') return fail(first.reason, first.message, {advice: first.advice});
  return fail('unreachable', 'The process of the embedded PostgreSQL ended while it started.', {
    advice: 'Try again; if it stays so, reset the playground, and see that enough memory is free.',
  });
}

/** @returns an address that other tools take as well. Over TCP it holds the password: never show or log it there. */
export function addressOf(playground: Pick<Playground, 'settings' | 'password'>): string {
  const {endpoints, database, user} = playground.settings;
  const {host, port} = endpoints[0] ?? {host: '127.0.0.1', port: 5432};
  const name = encodeURIComponent(database);
  if (host.startsWith('/'))
    return `postgres://${user}@/${name}?host=${encodeURIComponent(host)}&sslmode=disable`;
  const login =
    playground.password === undefined ? user : `${user}:${encodeURIComponent(playground.password)}`;
  return `postgres://${login}@${host}:${port}/${name}?sslmode=disable`;
}

interface End {
  readonly code: number | null;
  readonly signal: string | null;
}

function spawnServer(options: PlaygroundOptions, server: ServerOptions): ChildProcess {
  // a debugger's options, or a `PG…` variable that PGlite might read, are not meant for this process
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|NODE_OPTIONS$|VSCODE_)/.test(name));
  return fork(options.serverScript, [JSON.stringify(server)], {
    execPath: options.execPath ?? process.execPath,
    execArgv: options.compileOnce === true ? ['--liftoff-only'] : [],
    env: {...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1'},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  });
}

/** Resolves when the process is gone and what it may have left behind (lock, socket) is gone as well. */
function watchEnd(child: ChildProcess, dataFolder: string): Promise<End> {
  let address: Address | undefined;
  child.on('message', raw => {
    const report = ServerReport.parse(raw);
    if (report.kind === 'listening') address = report;
  });
  return new Promise(resolve => {
    const clear = async (end: End): Promise<void> => {
      if (child.pid !== undefined) await release(dataFolder, child.pid).catch(() => {});
      if (address) await removeAddress(address).catch(() => {});
      resolve(end);
    };
    child.once('exit', (code, signal) => void clear({code, signal}));
    // without a process (no such program, no memory) there is no exit
    child.once('error', () => child.pid === undefined && void clear({code: null, signal: null}));
  });
}

type FirstWord = Extract<ServerReport, {readonly kind: 'ready' | 'failed'}>;

function firstWord(child: ChildProcess, onProgress: PlaygroundOptions['onProgress']): Promise<FirstWord> {
  return new Promise(resolve => {
    child.on('message', raw => {
      const report = ServerReport.parse(raw);
      if (report.kind === 'progress') onProgress?.(report.step);
      else if (report.kind === 'ready' || report.kind === 'failed') resolve(report);
    });
  });
}

function running(
  child: ChildProcess,
  ended: Promise<End>,
  ready: Extract<ServerReport, {kind: 'ready'}>,
  options: PlaygroundOptions,
): Playground {
  let state: ReturnType<Playground['state']> = 'running';
  void ended.then(({code, signal}) => {
    const unexpected = state === 'running';
    state = 'stopped';
    if (unexpected) options.onExit?.(describe(code, signal));
  });
  return {
    settings: settingsOf(ready),
    ...(ready.password === undefined ? {} : {password: ready.password}),
    pid: child.pid ?? 0,
    dataFolder: options.dataFolder,
    state: () => state,
    checkpoints: ready.checkpoints ?? {names: [], at: ''},
    order: what => order(child, ended, what),
    stop: async () => {
      if (state === 'running') state = 'stopping';
      await end(child, ended);
    },
  };
}

async function order(
  child: ChildProcess,
  ended: Promise<End>,
  what: ServerOrder,
): Promise<Outcome<readonly string[] | undefined>> {
  const answer = new Promise<Extract<ServerReport, {kind: 'answer'}>>(resolve => {
    const hear = (raw: unknown): void => {
      const report = ServerReport.parse(raw);
      if (report.kind !== 'answer') return;
      child.off('message', hear);
      resolve(report);
    };
    child.on('message', hear);
  });
  if (!child.connected || !child.send(what)) return lost();
  const first = await Promise.race([answer, ended]);
  if (!('kind' in first)) return lost();
  return first.failure === undefined ? ok(first.names) : fail('unsupported', first.failure);
}

function lost(): Outcome<never> {
  return fail('connection-lost', 'The process of the embedded PostgreSQL has ended.', {advice: 'Try again.'});
}

async function end(child: ChildProcess, ended: Promise<End>): Promise<void> {
  const force = setTimeout(() => child.kill('SIGKILL'), stopTimeout);
  // closing the channel asks for a clean end on every system; SIGTERM on Windows would not
  if (child.connected) child.disconnect();
  await ended;
  clearTimeout(force);
}

function settingsOf(ready: Extract<ServerReport, {kind: 'ready'}>): ConnectionSettings {
  return {
    endpoints: [{host: ready.host, port: ready.port}],
    database: ready.database,
    user: 'postgres',
    sslMode: 'disable',
    targetSessionAttrs: 'any',
    connectTimeout: 10,
    applicationName: 'howdah',
    parameters: {},
    extra: {},
  };
}

function describe(code: number | null, signal: string | null): PlaygroundExit {
  const how = signal === null ? `with code ${code}` : `by ${signal}`;
  return {
    code,
    signal,
    message: `The playground's process ended ${how}. What was committed is kept.`,
    advice: 'Start the playground again.',
  };
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function cancelled(): Outcome<never> {
  return fail('cancelled', 'The start of the playground was cancelled; nothing runs.');
}
