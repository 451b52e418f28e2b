import {existsSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Client} from 'pg';
import {afterAll, afterEach, beforeAll} from 'vitest';
import {buildEmbedded} from '../../scripts/embedded-assets.ts';
import {startPlayground, type Playground, type PlaygroundOptions} from '../../src/embedded/playground.ts';

/** The bundled server, folders of their own, and everything ended and removed afterwards. */
export interface Rig {
  serverScript(): string;
  newFolder(): Promise<string>;
  /** Starts a playground that has to start. */
  start(options: {readonly dataFolder: string} & Partial<PlaygroundOptions>): Promise<Playground>;
  /** The one playground of a test file that does not harm it; it is started when it is first asked for. */
  shared(options?: Partial<PlaygroundOptions>): Promise<Playground>;
  connect(playground: Playground, config?: ConstructorParameters<typeof Client>[0]): Promise<Client>;
}

export function useRig(): Rig {
  let base = '';
  let folders = 0;
  let playgrounds: readonly Playground[] = [];
  let clients: readonly Client[] = [];
  let common: Promise<Playground> | undefined;
  const serverScript = (): string => join(base, 'dist', 'server.mjs');
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'embedded-test-'));
    await buildEmbedded(join(base, 'dist'), {minify: false});
  });
  afterEach(async () => {
    await Promise.all(clients.map(client => client.end().catch(() => {})));
    await Promise.all(playgrounds.map(playground => playground.stop()));
    clients = [];
    playgrounds = [];
  });
  afterAll(async () => {
    await (await common)?.stop();
    await rm(base, {recursive: true, force: true});
  });
  const newFolder = async (): Promise<string> => join(base, `data-${(folders += 1)}`);
  const begin = async (
    options: {readonly dataFolder: string} & Partial<PlaygroundOptions>,
  ): Promise<Playground> => {
    const outcome = await startPlayground({serverScript: serverScript(), ...options});
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return outcome.value;
  };
  return {
    serverScript,
    newFolder,
    start: async options => {
      const playground = await begin(options);
      playgrounds = [...playgrounds, playground];
      return playground;
    },
    shared: (options = {}) => (common ??= newFolder().then(dataFolder => begin({dataFolder, ...options}))),
    connect: async (playground, config = {}) => {
      const {endpoints, database, user} = playground.settings;
      const [endpoint] = endpoints;
      const {password} = playground;
      const client = new Client({...endpoint, database, user, password, ...Object(config)});
      client.on('error', () => {});
      await client.connect();
      clients = [...clients, client];
      return client;
    },
  };
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until `condition` holds; fails after `timeout` milliseconds. */
export async function until(condition: () => boolean, timeout = 10_000): Promise<void> {
  const end = Date.now() + timeout;
  while (!condition()) {
    if (Date.now() > end) throw new Error('the condition did not come to hold');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** @returns the socket's directory of a playground that has one. */
export function socketFolder(playground: Playground): string {
  const host = playground.settings.endpoints[0]?.host ?? '';
  if (!existsSync(host)) throw new Error('the playground has no socket directory');
  return host;
}
