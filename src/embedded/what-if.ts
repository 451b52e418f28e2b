import {mkdtemp, readdir, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ConnectionSettings} from '../core/connections/connection.ts';
import type {Scratch} from '../core/explain/what-if.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import type {Session, Signal} from '../core/session.ts';
import {isAlive, readHolder} from './lock.ts';
import {startPlayground, type Playground} from './playground.ts';
import {pretendSizes} from './what-if-files.ts';

export interface ScratchKeeperOptions {
  /** Absolute path of the bundled `server.mjs`; its assets lie beside it. */
  readonly serverScript: string;
  /** The Node (or Electron) to run it with; by default the one that runs this. */
  readonly execPath?: string;
  /** Opens a session on it, as the superuser. */
  readonly open: (
    settings: ConnectionSettings,
    password: string | undefined,
    signal: Signal | undefined,
  ) => Promise<Outcome<Session>>;
  /** Milliseconds that the process stays after the last use; two minutes unless told. */
  readonly idleMs?: number;
}

/** An embedded PostgreSQL for what-ifs, started when it is needed and ended when it is not. */
export interface ScratchKeeper {
  /**
   * Failures: those of `startPlayground` and of `open`, and `unwritable-file` without a folder for temporary files.
   */
  open(signal?: Signal): Promise<Outcome<Scratch>>;
  /** Ends the process and removes its data. Afterwards nothing opens. */
  dispose(): Promise<void>;
}

interface Running {
  readonly playground: Playground;
  readonly folder: string;
}

const idleTime = 120_000;
const prefix = 'howdah-what-if-';
/** A folder as young as this, in milliseconds, may belong to a process that has not said so yet. */
const youngest = 600_000;

/**
 * The data lies in a new folder for temporary files and goes with the process. Whoever opens it works in one
 * transaction and rolls it back: the next one finds nothing of it.
 */
export function createScratchKeeper(options: ScratchKeeperOptions): ScratchKeeper {
  let starting: Promise<Outcome<Running>> | undefined;
  let users = 0;
  let disposed = false;
  let idle: ReturnType<typeof setTimeout> | undefined;

  async function end(): Promise<void> {
    const ending = starting;
    starting = undefined;
    clearTimeout(idle);
    const started = await ending;
    if (started?.ok) await remove(started.value);
  }

  /** A start that failed and a process that is gone are no reason not to try again. */
  async function running(): Promise<Outcome<Running>> {
    if (disposed) return fail('cancelled', 'The embedded PostgreSQL is being ended.');
    const current = (starting ??= start(options));
    const started = await current;
    if (started.ok && started.value.playground.state() === 'running') return started;
    if (starting === current) await end();
    return started.ok ? running() : started;
  }

  function leave(): void {
    users -= 1;
    if (users > 0) return;
    clearTimeout(idle);
    idle = setTimeout(() => void end(), options.idleMs ?? idleTime);
    idle.unref();
  }

  async function open(signal?: Signal): Promise<Outcome<Scratch>> {
    users += 1;
    clearTimeout(idle);
    const scratch = await running().then(started => (started.ok ? enter(started.value, signal) : started));
    if (!scratch.ok) leave();
    return scratch;
  }

  async function enter({playground}: Running, signal: Signal | undefined): Promise<Outcome<Scratch>> {
    const session = await options.open(playground.settings, playground.password, signal);
    if (!session.ok) return session;
    const data = join(playground.dataFolder, 'pgdata');
    let closed = false;
    return ok({
      session: session.value,
      pretend: files => pretendSizes(data, files),
      close: async () => {
        if (closed) return;
        closed = true;
        await session.value.close();
        leave();
      },
    });
  }

  return {
    open,
    dispose: async () => {
      disposed = true;
      await end();
    },
  };
}

async function start({serverScript, execPath}: ScratchKeeperOptions): Promise<Outcome<Running>> {
  await removeOrphans();
  const folder = await mkdtemp(join(tmpdir(), prefix)).catch(() => undefined);
  if (folder === undefined)
    return fail('unwritable-file', `No folder can be made in ${tmpdir()}.`, {
      advice: 'Check its rights, and that the disk is not full.',
    });
  const started = await startPlayground({
    serverScript,
    dataFolder: folder,
    ...(execPath === undefined ? {} : {execPath}),
  });
  if (started.ok) return ok({playground: started.value, folder});
  await rm(folder, {recursive: true, force: true});
  return started;
}

async function remove({playground, folder}: Running): Promise<void> {
  await playground.stop();
  await rm(folder, {recursive: true, force: true});
}

/** A process that was killed leaves its folder behind. */
async function removeOrphans(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names.filter(each => each.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    const age =
      Date.now() -
      (await stat(folder).then(
        ({mtimeMs}) => mtimeMs,
        () => Date.now(),
      ));
    const holder = await readHolder(folder);
    if (age < youngest || (holder && (await isAlive(holder)))) continue;
    await rm(folder, {recursive: true, force: true}).catch(() => {});
  }
}
