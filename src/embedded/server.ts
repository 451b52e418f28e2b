import {randomBytes} from 'node:crypto';
import {mkdir} from 'node:fs/promises';
import {createServer, type Server} from 'node:net';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {loadAssets} from './assets.ts';
import {startBackend, type Backend, type BackendStart} from './backend.ts';
import {converse, type House} from './conversation.ts';
import {prepareData, type Data} from './data-directory.ts';
import {listenOnPort, listenOnSocket, removeAddress, type Address} from './endpoint.ts';
import {claim, release} from './lock.ts';
import {ServerOptions, ServerOrder, type ServerReport} from './messages.ts';
import type {KeptStates} from './stage/kept-states.ts';
import {obey, openStates, type Obeyed} from './stage/states.ts';
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

/**
 * Where states are kept: a crash may tear pages, since they are kept elsewhere; the last commit tells whether the data
 * are still those of a state; and nobody waits for a sort of all that fits the disk.
 */
const stageSettings = ['full_page_writes=off', 'track_commit_timestamp=on', 'temp_file_limit=256MB'];
/** Bytes of a statement's answer that somebody who runs migrations can have use for. */
const mostOfAnswer = 50_000_000;

type Refusal = Omit<Extract<ServerReport, {kind: 'failed'}>, 'kind'>;

function report(what: ServerReport): void {
  // whoever asked may be gone, which is known by the channel's end and is no error here
  if (process.connected) process.send?.(what, undefined, undefined, () => {});
}

/** Tells why there is no server, and ends the process once that was sent. */
function giveUp(refusal: Refusal): void {
  const exit = (): void => process.exit(1);
  if (process.connected) process.send?.({kind: 'failed', ...refusal}, undefined, undefined, exit);
  else exit();
}

async function main({dataFolder, transport, checkpoints = false}: ServerOptions): Promise<void> {
  let open: (house: House) => void = () => {};
  const house = new Promise<House>(resolve => (open = resolve));
  const server = createServer(socket => void house.then(ready => converse(socket, ready)));
  server.maxConnections = maxConnections * 2;
  await mkdir(dataFolder, {recursive: true, mode: 0o700});
  // the address comes before the lock: whoever finds the lock asks there whether its holder is alive
  const address = transport === 'tcp' ? await listenOnPort(server) : await listenOnSocket(server);
  report({kind: 'listening', ...address});
  const ending = endOnRequest(server, address, dataFolder);
  const begun = await begin(dataFolder, address, checkpoints).catch(unusable);
  if ('reason' in begun) {
    await ending.clear();
    return giveUp(begun);
  }
  const turns = createTurns(begun.backend, begun.restart, checkpoints ? mostOfAnswer : undefined);
  ending.first(() => turns.close(patience));
  const password = transport === 'tcp' ? {password: randomBytes(24).toString('base64url')} : {};
  open({database, turns, clients: new Map(), maxConnections, ...password});
  const {states, restart: start} = begun;
  if (states) takeOrders(order => obey(order, {states, turns, start}));
  const kept = states ? {checkpoints: {names: states.names(), at: states.at()}} : {};
  report({kind: 'ready', ...address, database, ...password, ...kept});
}

interface Begun {
  readonly backend: Backend;
  readonly restart: () => Promise<BackendStart>;
  /** Only with checkpoints. */
  readonly states: KeptStates | undefined;
}

async function begin(dataFolder: string, address: Address, checkpoints: boolean): Promise<Begun | Refusal> {
  const claimed = await claim(dataFolder, {pid: process.pid, ...address, since: new Date().toISOString()});
  if (claimed.kind === 'held')
    return {
      reason: 'locked',
      message: `The playground in ${dataFolder} runs already, in process ${claimed.by.pid} since ${claimed.by.since}.`,
      advice: 'Use it in the window that started it, or stop it there first.',
    };
  const onUnpack = (): void => report({kind: 'progress', step: 'unpacking'});
  const prepare = (): Promise<Data> =>
    prepareData(dataFolder, {snapshot: join(assets, 'snapshot.br'), onUnpack});
  // compiling goes on in the background while the data are unpacked
  const loading = loadAssets(assets);
  loading.catch(() => {});
  const data = await prepare();
  if (data.kind === 'other-version')
    return {
      reason: 'unsupported',
      message: `The playground's data in ${data.directory} is of PostgreSQL ${data.version}, and this is PostgreSQL 18.`,
      advice: 'Reset the playground to start with an empty one.',
    };
  const states = checkpoints ? await openStates(dataFolder, data, prepare) : undefined;
  report({kind: 'progress', step: 'starting'});
  const settings = checkpoints ? stageSettings : [];
  const options = {...(await loading), dataDirectory: data.directory, database, settings};
  const start = (): Promise<BackendStart> => startBackend(threadScript, options);
  const started = await start();
  if (started.kind === 'started') return {backend: started.backend, restart: start, states};
  return {
    reason: 'unreadable-file',
    message: `PostgreSQL cannot start on the playground's data in ${data.directory}: ${started.message}`,
    advice: 'Reset the playground to start with an empty one; the data in it is lost.',
  };
}

/** Obeys one order after the other, and answers each. */
function takeOrders(obey: (order: ServerOrder) => Promise<Obeyed>): void {
  let last = Promise.resolve();
  process.on('message', raw => {
    const order = ServerOrder.parse(raw);
    last = last
      .then(() => obey(order))
      .catch((error: unknown) => ({failure: String(error)}))
      .then(answer => report({kind: 'answer', ...answer}));
  });
}

/** Ends the process on a signal, and when the one that started it is gone; at any time, also while it starts. */
function endOnRequest(
  server: Server,
  address: Address,
  dataFolder: string,
): {first(task: () => Promise<void>): void; clear(): Promise<void>} {
  let before: () => Promise<void> = async () => {};
  let ending = false;
  const clear = async (): Promise<void> => {
    server.close();
    await release(dataFolder, process.pid);
    // without a lock file, because the folder was deleted meanwhile, there is still the socket
    await removeAddress(address);
  };
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    await before();
    await clear();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end());
  process.on('disconnect', () => void end());
  if (!process.connected) void end();
  return {first: task => (before = task), clear};
}

function unusable(error: unknown): Refusal {
  return {
    reason: 'unwritable-file',
    message: `The playground's folder cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    advice: 'Check that the folder can be written to and that the disk is not full.',
  };
}

main(ServerOptions.parse(JSON.parse(process.argv[2] ?? 'null'))).catch((error: unknown) =>
  giveUp(unusable(error)),
);
