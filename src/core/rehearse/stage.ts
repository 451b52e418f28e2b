import type {Outcome} from '../outcome.ts';
import type {Session, Signal} from '../session.ts';

/** The state before any migration. */
export const emptyState = 'empty';

/** A PostgreSQL that belongs to nobody else, on which histories are replayed. One user at a time. */
export interface Stage {
  /** `embedded` is PostgreSQL 18 in a process of its own, `scratch` a database on the user's server. */
  readonly kind: 'embedded' | 'scratch';
  /**
   * A session of a superuser (of the user's own role on a scratch database) on the state as it is now. The same one each
   * time, until a `restore` or its loss; the stage closes it.
   */
  session(signal?: Signal): Promise<Outcome<Session>>;
  /**
   * The kept state that the data are known to be those of: nothing was committed since. Without it a `restore` is needed
   * to be sure.
   */
  current?(): Promise<string | undefined>;
  /** Names of the states that `restore` can lead to. `emptyState` is always among them. */
  checkpoints(): ReadonlySet<string>;
  /** Keeps the state as it is now, outside of a transaction. A name that is taken is kept as it is. */
  checkpoint(name: string): Promise<Outcome<void>>;
  /** Leads to a kept state, whatever has become of the session. */
  restore(name: string): Promise<Outcome<void>>;
  /**
   * Gives the stage back. The next one that opens it finds the state that was kept or gone back to last: what was
   * committed since is undone in the background. Twice is harmless.
   */
  release(): Promise<void>;
}

/** Opens the stage, waiting for whoever has it. */
export type OpenStage = (signal?: Signal) => Promise<Outcome<Stage>>;
