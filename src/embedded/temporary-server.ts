import {mkdtemp, readdir, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {fail, type Outcome} from '../core/outcome.ts';
import {isAlive, isRunning, readHolder} from './lock.ts';
import {startPlayground, type Playground, type PlaygroundOptions} from './playground.ts';

export interface TemporaryServerOptions extends Pick<PlaygroundOptions, 'serverScript' | 'execPath'> {
  /** What its folders' names begin with, such as `howdah-what-if-`. */
  readonly prefix: string;
  /** Milliseconds that the process stays after the last use; two minutes unless told. */
  readonly idleMs?: number;
  /** `always`: the next start finds the data of the last one. */
  readonly keepsData: 'while-it-runs' | 'always';
  /** Given to the process as it is. */
  readonly checkpoints?: boolean;
}

/** An embedded PostgreSQL in a folder for temporary files, started when it is needed and ended when it is not. */
export interface TemporaryServer {
  /**
   * Each call that succeeds is followed by one of `leave`. A process that is gone is started again.
   * Failures: those of `startPlayground`, and `unwritable-file` without a folder for temporary files.
   */
  enter(): Promise<Outcome<Playground>>;
  leave(): void;
  /** Waits a moment for its end. */
  isGone(): Promise<boolean>;
  state(): 'none' | 'starting' | 'running' | 'idle';
  /** Ends the process and removes its data. Afterwards nothing starts. */
  dispose(): Promise<void>;
}

const idleTime = 120_000;
/** Milliseconds between the loss of a connection and the news of the process's end, at most. */
const lateness = 500;
/** A day in milliseconds: the process number in a folder's name may be somebody else's by then. */
const longestIdle = 86_400_000;

export function createTemporaryServer(options: TemporaryServerOptions): TemporaryServer {
  let starting: Promise<Outcome<Playground>> | undefined;
  let server: Playground | undefined;
  let folder: string | undefined;
  let users = 0;
  let disposed = false;
  let idle: NodeJS.Timeout | undefined;

  async function end(keep: boolean): Promise<void> {
    const ending = starting;
    const data = folder;
    starting = undefined;
    server = undefined;
    if (!keep) folder = undefined;
    clearTimeout(idle);
    const started = await ending;
    if (started?.ok) await started.value.stop();
    if (!keep && data !== undefined) await rm(data, {recursive: true, force: true}).catch(() => {});
  }

  async function start(): Promise<Outcome<Playground>> {
    await removeOrphans(options.prefix);
    folder ??= await mkdtemp(join(tmpdir(), `${options.prefix}${process.pid}-`)).catch(() => undefined);
    if (folder === undefined)
      return fail('unwritable-file', `No folder can be made in ${tmpdir()}.`, {
        advice: 'Check its rights, and that the disk is not full.',
      });
    return startPlayground({...options, compileOnce: true, dataFolder: folder});
  }

  /** A start that failed and a process that is gone are no reason not to try again. */
  async function running(): Promise<Outcome<Playground>> {
    if (disposed) return fail('cancelled', 'The embedded PostgreSQL is being ended.');
    const current = (starting ??= start());
    const started = await current;
    if (started.ok && started.value.state() === 'running') {
      server = started.value;
      return started;
    }
    if (starting === current) await end(started.ok && options.keepsData === 'always');
    return started.ok ? running() : started;
  }

  function leave(): void {
    users -= 1;
    if (users > 0) return;
    clearTimeout(idle);
    idle = globalThis.setTimeout(() => void end(options.keepsData === 'always'), options.idleMs ?? idleTime);
    idle.unref();
  }

  return {
    enter: async () => {
      users += 1;
      clearTimeout(idle);
      const started = await running();
      if (!started.ok) leave();
      return started;
    },
    leave,
    isGone: async () => {
      for (let waited = 0; waited < lateness && server?.state() === 'running'; waited += 20)
        await setTimeout(20);
      return server?.state() !== 'running';
    },
    state: () => {
      if (server?.state() === 'running') return users > 0 ? 'running' : 'idle';
      return starting === undefined || server !== undefined ? 'none' : 'starting';
    },
    dispose: async () => {
      disposed = true;
      await end(false);
    },
  };
}

/**
 * The connections of a process that was killed are lost a moment before its end is known. Whoever opens one in between
 * tries once more, on the next process.
 */
export async function openOn<T>(
  server: TemporaryServer,
  attempt: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const first = await attempt();
  if (first.ok || !['unreachable', 'connection-lost'].includes(first.failure.reason)) return first;
  return (await server.isGone()) ? attempt() : first;
}

/** A process that was killed leaves its folder behind. */
async function removeOrphans(prefix: string): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names.filter(each => each.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    if (await isOrphan(folder, Number.parseInt(name.slice(prefix.length), 10)))
      await rm(folder, {recursive: true, force: true}).catch(() => {});
  }
}

async function isOrphan(folder: string, owner: number): Promise<boolean> {
  const holder = await readHolder(folder);
  if (holder && (await isAlive(holder))) return false;
  const age = await stat(folder).then(
    ({mtimeMs}) => Date.now() - mtimeMs,
    () => 0,
  );
  return !isRunning(owner) || age > longestIdle;
}
