import {parentPort, workerData} from 'node:worker_threads';
import {PGlite} from '@electric-sql/pglite';
import {NodeFS} from '@electric-sql/pglite/nodefs';
import {BackendOptions, BackendOrder, type BackendReport} from './backend-messages.ts';
import {readPack} from './pack.ts';

/**
 * Entry point of the thread that runs PostgreSQL as WASM. It blocks while a statement runs, which is why it has a
 * thread of its own: the sockets stay alive, and a statement that never ends can still be ended, with its thread.
 */

/**
 * PGlite's own parameters but for two: `-O` (it lets anybody change the catalogs) and `search_path=public` (a real
 * server starts with `"$user", public`). Less shared memory than the default saves about 90 MB of resident memory.
 */
const parameters = `exit_on_error=false log_checkpoints=false max_worker_processes=0 max_parallel_workers=0
  max_parallel_workers_per_gather=0 max_parallel_maintenance_workers=0 io_method=sync shared_buffers=32MB`.split(
  /\s+/,
);
function report(what: BackendReport, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(what, transfer);
}

/**
 * The data directory, and the extensions' files beside PostgreSQL's own. PGlite would compile all of their libraries at
 * every start; where they are mere files, PostgreSQL loads those that it needs.
 */
class Files extends NodeFS {
  readonly #extensions: Uint8Array;

  constructor({dataDirectory, extensions}: BackendOptions) {
    super(dataDirectory);
    this.#extensions = extensions;
  }

  override async initialSyncFs(): Promise<void> {
    const module = this.pg?.Module;
    const {folders, files} = readPack(this.#extensions);
    for (const folder of folders) module?.FS.mkdirTree(`${module.WASM_PREFIX}/${folder}`);
    for (const [path, contents] of files) module?.FS.writeFile(`${module.WASM_PREFIX}/${path}`, contents);
  }
}

/** PGlite looks for `pglite.data` beside its own code, which is bundled into this file's folder. */
function open(options: BackendOptions, onLog: (line: string) => void): Promise<PGlite> {
  const {database, settings} = options;
  const module: object = Object(options.module);
  return PGlite.create({
    fs: new Files(options),
    database,
    startParams: ['--single', '-F', '-j', ...[...parameters, ...settings].flatMap(each => ['-c', each])],
    pgliteWasmModule: module,
    onStderr: line => {
      onLog(line);
      return false;
    },
  });
}

async function run(database: PGlite, bytes: Uint8Array): Promise<void> {
  await database.execProtocolRawStream(bytes, {
    onRawData: view => {
      // the view is on WASM memory, which the next message overwrites
      const copy = Uint8Array.from(view);
      report({kind: 'data', bytes: copy}, [copy.buffer]);
    },
  });
  report({kind: 'done'});
}

async function serve(database: PGlite, order: BackendOrder): Promise<void> {
  switch (order.kind) {
    case 'run':
      return run(database, order.bytes);
    case 'close':
      await database.close();
      return report({kind: 'closed'});
    default:
      return order satisfies never;
  }
}

async function main(): Promise<void> {
  let lastFatal = '';
  const database = await open(BackendOptions.parse(workerData), line => {
    if (/FATAL|PANIC/.test(line)) lastFatal = line;
  }).catch((error: unknown) => {
    report({kind: 'failed', message: lastFatal || String(error)});
    return undefined;
  });
  if (!database) return;
  parentPort?.on('message', (order: unknown) => void serve(database, BackendOrder.parse(order)));
  report({kind: 'ready'});
}

await main();
