import type {ConnectionSettings} from '../../core/connections/connection.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {emptyState, type Stage} from '../../core/rehearse/stage.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Playground} from '../playground.ts';
import {openOn, type TemporaryServer} from '../temporary-server.ts';
import {readMark} from './mark.ts';
import {watchUse} from './watch-use.ts';

/** Opens a session on the embedded PostgreSQL, as the superuser. */
export type OpenEmbedded = (
  settings: ConnectionSettings,
  password: string | undefined,
  signal: Signal | undefined,
) => Promise<Outcome<Session>>;

/** One use of the stage after the other. */
export interface Acts {
  /** Each one that begins ends with `release`. */
  begin(signal: Signal | undefined): Promise<Outcome<Stage>>;
  /** Lets go of the session. */
  end(): Promise<void>;
}

/** The kept state that the data are those of, unless something was committed since. */
interface Place {
  readonly name: string;
  /** What tells whether something was committed; absent where that is not known any more. */
  mark?: string;
  /** Whether a statement ran since. */
  used: boolean;
}

export function createActs(server: TemporaryServer, open: OpenEmbedded): Acts {
  let playground: Playground | undefined;
  let names = new Set<string>();
  let session: Session | undefined;
  let place: Place | undefined;
  let tidying: Promise<void> = Promise.resolve();

  function adopt(started: Playground): Playground {
    if (started === playground) return started;
    playground = started;
    session = undefined;
    names = new Set(started.checkpoints.names);
    place = {name: started.checkpoints.at, used: false};
    return started;
  }

  /** A process that died in the middle of a use is started again. */
  async function running(): Promise<Outcome<Playground>> {
    if (playground?.state() === 'running') return ok(playground);
    const started = await server.enter();
    if (!started.ok) return started;
    server.leave();
    return ok(adopt(started.value));
  }

  const sessionNow = (signal?: Signal): Promise<Outcome<Session>> =>
    openOn(server, () => sessionOnce(signal));

  async function sessionOnce(signal: Signal | undefined): Promise<Outcome<Session>> {
    const live = await running();
    if (!live.ok) return live;
    if (session === undefined || session.transactionStatus() === 'gone') {
      const opened = await open(live.value.settings, live.value.password, signal);
      if (!opened.ok) return opened;
      session = watchUse(opened.value, {
        onUse: () => {
          if (place) place.used = true;
        },
        // without a mark the state is gone back to, with a new backend
        onOutOfMemory: () => {
          if (place) delete place.mark;
        },
      });
    }
    if (place && !place.used) {
      const mark = await readMark(session);
      if (mark.ok) place.mark = mark.value;
      place.used = false;
    }
    return ok(session);
  }

  /** @returns the kept state that the data are those of, if they are those of one */
  async function current(): Promise<string | undefined> {
    if (!place?.used) return place?.name;
    if (place.mark === undefined || session?.transactionStatus() !== 'idle') return undefined;
    const mark = await readMark(session);
    return mark.ok && mark.value === place.mark ? place.name : undefined;
  }

  async function order(kind: 'checkpoint' | 'restore', name: string): Promise<Outcome<void>> {
    const live = await running();
    if (!live.ok) return live;
    const done = await live.value.order({kind, name});
    if (!done.ok) return done;
    place = {name, used: false};
    names = new Set(done.value ?? names).add(name);
    return ok(undefined);
  }

  async function checkpoint(name: string): Promise<Outcome<void>> {
    if (names.has(name)) return ok(undefined);
    if (session !== undefined && ['open', 'failed'].includes(session.transactionStatus()))
      return fail('invalid-input', 'A state is kept outside of a transaction only.');
    return order('checkpoint', name);
  }

  async function restore(name: string): Promise<Outcome<void>> {
    if (!names.has(name)) return fail('invalid-input', `The state ${name} is not kept.`);
    const left = session;
    session = undefined;
    const done = await order('restore', name);
    await left?.close();
    return done;
  }

  /** What is committed without being kept is of no use to the next one. */
  async function tidy(): Promise<void> {
    if (session && session.transactionStatus() !== 'idle') await session.script('ROLLBACK');
    const back = place?.name ?? emptyState;
    const isClean = (await current()) !== undefined && session?.transactionStatus() !== 'gone';
    const reset = isClean && (session === undefined || (await session.script('DISCARD ALL')).ok);
    if (!reset && playground?.state() === 'running') await restore(back);
    server.leave();
  }

  const stage: Omit<Stage, 'release'> = {
    kind: 'embedded',
    session: sessionNow,
    current,
    checkpoints: () => names,
    checkpoint,
    restore,
  };
  return {
    begin: async () => {
      await tidying;
      const started = await server.enter();
      if (!started.ok) return started;
      adopt(started.value);
      const release = async (): Promise<void> => {
        tidying = tidy();
      };
      return ok({...stage, release});
    },
    end: async () => session?.close(),
  };
}
