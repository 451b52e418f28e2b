import {join} from 'node:path';
import type {ConnectionSettings} from '../core/connections/connection.ts';
import type {Scratch} from '../core/explain/what-if.ts';
import {ok, type Outcome} from '../core/outcome.ts';
import type {Session, Signal} from '../core/session.ts';
import type {Playground} from './playground.ts';
import {createTemporaryServer, openOn} from './temporary-server.ts';
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

/**
 * The data lies in a new folder for temporary files and goes with the process. Whoever opens it works in one
 * transaction and rolls it back: the next one finds nothing of it.
 */
export function createScratchKeeper(options: ScratchKeeperOptions): ScratchKeeper {
  const server = createTemporaryServer({...options, prefix: 'howdah-what-if-', keepsData: 'while-it-runs'});

  async function scratchOn(playground: Playground, signal: Signal | undefined): Promise<Outcome<Scratch>> {
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
        server.leave();
      },
    });
  }

  async function open(signal: Signal | undefined): Promise<Outcome<Scratch>> {
    const playground = await server.enter();
    if (!playground.ok) return playground;
    const scratch = await scratchOn(playground.value, signal);
    if (!scratch.ok) server.leave();
    return scratch;
  }

  return {
    open: signal => openOn(server, () => open(signal)),
    dispose: () => server.dispose(),
  };
}
