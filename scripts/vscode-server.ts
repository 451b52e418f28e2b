import {spawn, type ChildProcess} from 'node:child_process';
import {createHash, randomBytes} from 'node:crypto';
import {cp, mkdir, open, readFile, rename, rm, stat, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {userInfo} from 'node:os';
import {join} from 'node:path';
import {lasting} from './lasting.ts';
import {node24, vscodeServer} from './setup.mjs';

/** How to start a VS Code server of one's own. */
export interface VsCodeServerOptions {
  /** A folder for everything this VS Code writes; made when missing, kept afterwards. */
  readonly home: string;
  /** The packaged extension. */
  readonly vsix: string;
  /** User settings over the quiet ones that every start has. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Taken when it is free; otherwise the system chooses. */
  readonly preferredPort?: number;
}

export interface VsCodeServer {
  readonly port: number;
  /** Where the server and its extension host write their logs. */
  readonly logs: string;
  /** @returns the address that opens a folder, or a workspace of several by its `.code-workspace` file. */
  url(path: string): string;
  /** Replaces the user settings; a running window follows at once. */
  writeSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Settles when the server ends, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const quiet = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'remote.autoForwardPorts': false,
};

/** Starts a real VS Code server on 127.0.0.1 with one extension in it, and waits until it answers. */
export async function startVsCodeServer(options: VsCodeServerOptions): Promise<VsCodeServer> {
  const {home, vsix} = options;
  const writeSettings = (settings: Readonly<Record<string, unknown>>): Promise<void> =>
    writeUserSettings(home, {...quiet, ...settings});
  await writeSettings(options.settings ?? {});
  await installExtension(vsix, join(home, 'extensions'));
  const token = randomBytes(16).toString('hex');
  const tokenFile = join(home, 'token');
  // Whoever may open the page may run programs: without the token, every user of this machine could.
  await writeFile(tokenFile, token, {mode: 0o600});
  const log = await open(join(home, 'server.log'), 'w');
  const child = spawn(
    node24,
    [
      ...commandLine(home, join(home, 'extensions'), {
        host: '127.0.0.1',
        port: String(await freeOr(options.preferredPort ?? 0)),
        'connection-token-file': tokenFile,
      }),
    ],
    // A group of its own, so that the extension host and the watchers can be ended with it.
    {stdio: ['ignore', log.fd, log.fd], detached: true, env: cleanEnvironment()},
  );
  await log.close();
  const stopAtExit = (): void => signalGroup(child, 'SIGKILL');
  process.once('exit', stopAtExit);
  const ended = new Promise<void>(resolve => void child.once('exit', () => resolve()));
  const port = await listening(child, join(home, 'server.log'));
  return {
    port,
    logs: join(home, 'user/logs'),
    url: path => {
      const kind = path.endsWith('.code-workspace') ? 'workspace' : 'folder';
      return `http://127.0.0.1:${port}/?tkn=${token}&${kind}=${encodeURIComponent(path)}`;
    },
    writeSettings,
    ended,
    stop: async () => {
      signalGroup(child, 'SIGTERM');
      await Promise.race([ended, new Promise(resolve => setTimeout(resolve, 3000).unref())]);
      signalGroup(child, 'SIGKILL');
      await ended;
      process.off('exit', stopAtExit);
    },
  };
}

async function freeOr(port: number): Promise<number> {
  const probe = createServer().listen(port, '127.0.0.1');
  return new Promise(resolve => {
    probe.once('error', () => resolve(0));
    probe.once('listening', () => probe.close(() => resolve(port)));
  });
}

/** @returns the command line of a server that keeps everything it writes in `home`. */
function commandLine(home: string, extensions: string, more: Readonly<Record<string, string>>): string[] {
  const values = {
    'server-data-dir': join(home, 'data'),
    'user-data-dir': join(home, 'user'),
    'extensions-dir': extensions,
    ...more,
  };
  return [
    join(vscodeServer, 'out/server-main.js'),
    '--accept-server-license-terms',
    ...Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]),
  ];
}

/** Both files are read: the window takes the user's, the extension host the machine's. */
async function writeUserSettings(home: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const kind of ['User', 'Machine']) {
    const folder = join(home, 'user', kind);
    await mkdir(folder, {recursive: true});
    await writeFile(join(folder, 'settings.json'), `${JSON.stringify(settings, undefined, 2)}\n`);
  }
}

/** Installs once for each content of the package, which takes seconds; afterwards a copy does. */
async function installExtension(vsix: string, target: string): Promise<void> {
  const hash = createHash('sha256')
    .update(await readFile(vsix))
    .digest('hex')
    .slice(0, 16);
  const base = join(lasting, `howdah-vscode-${userInfo().uid}`);
  const installed = join(base, `extensions-${hash}`);
  if (!(await exists(installed))) {
    const building = `${installed}.${process.pid}.partial`;
    const home = `${building}.home`;
    await mkdir(base, {recursive: true, mode: 0o700});
    await runServerCommand(home, building, ['--install-extension', vsix]);
    await rm(home, {recursive: true, force: true});
    await rename(building, installed).catch(async (error: unknown) => {
      if (!(await exists(installed))) throw error;
      await rm(building, {recursive: true, force: true});
    });
  }
  await rm(target, {recursive: true, force: true});
  await cp(installed, target, {recursive: true});
}

async function runServerCommand(home: string, extensions: string, args: readonly string[]): Promise<void> {
  const output: string[] = [];
  const child = spawn(node24, [...commandLine(home, extensions, {}), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment(),
  });
  child.stdout.on('data', (text: Buffer) => void output.push(text.toString()));
  child.stderr.on('data', (text: Buffer) => void output.push(text.toString()));
  const code = await new Promise<number | null>(resolve => void child.once('close', resolve));
  if (code !== 0) throw new Error(`VS Code ${args.join(' ')} ended with ${code}\n${output.join('')}`);
}

/** A server that is started from a terminal inside another VS Code must not take that one's variables for its own. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE_|VITEST|ELECTRON_|NODE_OPTIONS)/.test(name)),
  );
}

/** The server says in its log which port it took. */
async function listening(child: ChildProcess, log: string): Promise<number> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const port = /listening on (\d+)/.exec(await readFile(log, 'utf8'))?.[1];
    if (port !== undefined) return Number(port);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  signalGroup(child, 'SIGKILL');
  throw new Error(`The VS Code server did not start.\n${await readFile(log, 'utf8')}`);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
