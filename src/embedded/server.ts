import {randomBytes} from 'node:crypto';
import {mkdir} from 'node:fs/promises';
import {createServer, type Server} from 'node:net';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {startBackend, type BackendStart} from './backend.ts';
import {converse, type House} from './conversation.ts';
import {prepareData} from './data-directory.ts';
import {listenOnPort, listenOnSocket, removeAddress, type Address} from './endpoint.ts';
import {claim, release} from './lock.ts';
import {ServerOptions, type ServerReport} from './messages.ts';
import {createTurns} from './turns.ts';

/**
 * Entry point of the process that is the embedded PostgreSQL: it runs under Node 20 or newer, and under Electron with
 * ELECTRON_RUN_AS_NODE. It serves until the process that started it goes away or it is told to end, and leaves neither
 * lock nor socket behind. It uses the assets in its own folder.
 */

/** The one database, because there is one backend and a backend has one database. The snapshot holds it. */
const database = 'playground';
const maxConnections = 50;
/** A statement that still runs when the server is told to end has this many milliseconds. */
const patience = 2000;

const assets = dirname(fileURLToPath(import.meta.url));
const threadScript = new URL('./backend-thread.mjs', import.meta.url);

function report(what: ServerReport): void {
  process.send?.(what);
}

/** Tells why there will be no server, and ends the process once that was sent. */
function giveUp(failure: Omit<Extract<ServerReport, {kind: 'failed'}>, 'kind'>): void {
  const last: ServerReport = {kind: 'failed', ...failure};
  if (process.send) process.send(last, () => process.exit(1));
  else process.exit(1);
}

async function main(options: ServerOptions): Promise<void> {
  const {dataFolder, transport} = options;
  let open: (house: House) => void = () => {};
  const house = new Promise<House>(resolve => (open = resolve));
  const server = createServer(socket => void house.then(ready => converse(socket, ready)));
  server.maxConnections = maxConnections * 2;
  await mkdir(dataFolder, {recursive: true, mode: 0o700});
  // the address comes before the lock: whoever finds the lock asks there whether its holder is alive
  const address = transport === 'tcp' ? await listenOnPort(server) : await listenOnSocket(server);
  report({kind: 'listening', ...address});
  const us = {pid: process.pid, ...address, since: new Date().toISOString()};
  const claimed = await claim(dataFolder, us).catch(async (error: unknown) => {
    await removeAddress(address);
    throw error;
  });
  if (claimed.kind === 'held') {
    await removeAddress(address);
    return giveUp({
      reason: 'locked',
      message: `The playground in ${dataFolder} runs already, in process ${claimed.by.pid} since ${claimed.by.since}.`,
      advice: 'Use it in the window that started it, or stop it there first.',
    });
  }
  const started = await openData(dataFolder);
  if (!started) return release(dataFolder, process.pid);
  const password = transport === 'tcp' ? randomBytes(24).toString('base64url') : undefined;
  serve(server, address, started, {dataFolder, password, open});
}

interface Opened {
  readonly backend: Extract<BackendStart, {kind: 'started'}>['backend'];
  readonly restart: () => Promise<BackendStart>;
}

async function openData(dataFolder: string): Promise<Opened | undefined> {
  const snapshot = join(assets, 'snapshot.br');
  const onUnpack = (): void => report({kind: 'progress', step: 'unpacking'});
  const data = await prepareData(dataFolder, {snapshot, onUnpack});
  if (data.kind === 'other-version') {
    giveUp({
      reason: 'unsupported',
      message: `The playground's data in ${data.directory} is of PostgreSQL ${data.version}, and this is PostgreSQL 18.`,
      advice: 'Reset the playground to start with an empty one.',
    });
    return undefined;
  }
  report({kind: 'progress', step: 'starting'});
  const start = (): Promise<BackendStart> =>
    startBackend(threadScript, {assets, dataDirectory: data.directory, database});
  const started = await start();
  if (started.kind === 'failed') {
    giveUp({
      reason: 'unreadable-file',
      message: `PostgreSQL cannot start on the playground's data in ${data.directory}: ${started.message}`,
      advice: 'Reset the playground to start with an empty one; the data in it is lost.',
    });
    return undefined;
  }
  return {backend: started.backend, restart: start};
}

function serve(
  server: Server,
  address: Address,
  opened: Opened,
  options: {
    readonly dataFolder: string;
    readonly password: string | undefined;
    readonly open: (house: House) => void;
  },
): void {
  const {dataFolder, password} = options;
  const turns = createTurns(opened.backend, opened.restart);
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    server.close();
    await turns.close(patience);
    await release(dataFolder, process.pid);
    // without a lock file, because the folder was deleted meanwhile, there is still the socket
    await removeAddress(address);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end());
  process.on('disconnect', () => void end());
  const clients: House['clients'] = new Map();
  options.open({database, turns, clients, maxConnections, ...(password === undefined ? {} : {password})});
  report({kind: 'ready', ...address, database, ...(password === undefined ? {} : {password})});
  if (!process.connected) void end();
}

main(ServerOptions.parse(JSON.parse(process.argv[2] ?? 'null'))).catch((error: unknown) => {
  giveUp({
    reason: 'unwritable-file',
    message: `The playground's folder cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    advice: 'Check that the folder can be written to and that the disk is not full.',
  });
});
