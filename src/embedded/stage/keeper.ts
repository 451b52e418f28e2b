import {fail, ok} from '../../core/outcome.ts';
import type {OpenStage} from '../../core/rehearse/stage.ts';
import {createTemporaryServer} from '../temporary-server.ts';
import {createTurnstile} from '../turnstile.ts';
import {createActs, type OpenEmbedded} from './acts.ts';

export interface StageKeeperOptions {
  /** Absolute path of the bundled `server.mjs`; its assets lie beside it. */
  readonly serverScript: string;
  /** The Node (or Electron) to run it with; by default the one that runs this. */
  readonly execPath?: string;
  readonly open: OpenEmbedded;
  /** Milliseconds that the process stays after the last use; two minutes unless told. */
  readonly idleMs?: number;
}

/** The embedded PostgreSQL on which histories are replayed, started when it is needed and ended when it is not. */
export interface StageKeeper {
  /**
   * Waits for whoever has the stage. Failures: those of `startPlayground`, and `cancelled`.
   */
  readonly open: OpenStage;
  state(): 'none' | 'starting' | 'running' | 'idle';
  /** Ends the process and removes its data with all checkpoints. Afterwards nothing opens. */
  dispose(): Promise<void>;
}

/**
 * The process ends when nobody has used it for a while, and its data stay: the next start finds the checkpoints of the
 * last. A process that died is started again, where it was when a state was last kept or gone back to.
 */
export function createStageKeeper(options: StageKeeperOptions): StageKeeper {
  const server = createTemporaryServer({
    ...options,
    prefix: 'howdah-stage-',
    keepsData: 'always',
    checkpoints: true,
  });
  const turnstile = createTurnstile<symbol>();
  const acts = createActs(server, options.open);

  const open: OpenStage = async signal => {
    const user = Symbol('user');
    const withdraw = (): void => void turnstile.withdraw(user);
    signal?.addEventListener('abort', withdraw, {once: true});
    const entered = signal?.aborted !== true && (await turnstile.enter(user));
    signal?.removeEventListener('abort', withdraw);
    if (!entered) return fail('cancelled', 'Cancelled while the embedded PostgreSQL was in use.');
    const stage = await acts.begin(signal);
    if (!stage.ok) {
      turnstile.exit(user);
      return stage;
    }
    let released: Promise<void> | undefined;
    const release = async (): Promise<void> => {
      await stage.value.release();
      turnstile.exit(user);
    };
    return ok({...stage.value, release: () => (released ??= release())});
  };

  return {
    open,
    state: () => server.state(),
    dispose: async () => {
      await acts.end();
      await server.dispose();
    },
  };
}
