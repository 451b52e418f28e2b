import {fail, ok, type Outcome} from '../../../core/outcome.ts';
import {emptyState, type Stage} from '../../../core/rehearse/stage.ts';
import type {Session} from '../../../core/session.ts';
import {copyDatabase, createScratchDatabase, dropDatabase} from './databases.ts';

export interface ScratchPlace {
  /** On another database of the server; closed with the stage. */
  readonly keeper: Session;
  readonly open: (database: string) => Promise<Outcome<Session>>;
  /** Of the database, which is there and empty. */
  readonly name: string;
}

/** No more states than this many: each is a whole database, and the oldest goes. */
const mostStates = 3;

/** A stage on a database of the user's server. */
export function stageOn({keeper, open, name}: ScratchPlace): Stage {
  const kept = new Map<string, string>();
  let session: Session | undefined;
  let made = 0;
  let released: Promise<void> | undefined;

  async function leave(): Promise<void> {
    await session?.close();
    session = undefined;
  }

  async function sessionNow(): Promise<Outcome<Session>> {
    if (released) return fail('invalid-input', 'The scratch database was given back.');
    if (session !== undefined && session.transactionStatus() !== 'gone') return ok(session);
    const opened = await open(name);
    if (opened.ok) session = opened.value;
    return opened;
  }

  /** A database is copied while nobody is connected to it. */
  async function checkpoint(state: string): Promise<Outcome<void>> {
    if (state === emptyState || kept.has(state)) return ok(undefined);
    await leave();
    const copy = `${name}_s${(made += 1)}`;
    const copied = await copyDatabase(keeper, {from: name, to: copy, now: new Date()});
    if (!copied.ok) return copied;
    kept.set(state, copy);
    const [oldest] = kept;
    if (kept.size > mostStates && oldest) await forget(oldest[0]);
    return ok(undefined);
  }

  async function forget(state: string): Promise<void> {
    const copy = kept.get(state);
    kept.delete(state);
    if (copy !== undefined) await dropDatabase(keeper, copy);
  }

  async function restore(state: string): Promise<Outcome<void>> {
    const copy = kept.get(state);
    if (state !== emptyState && copy === undefined)
      return fail('invalid-input', `The state ${state} is not kept.`);
    await leave();
    const dropped = await dropDatabase(keeper, name);
    if (!dropped.ok) return dropped;
    const now = new Date();
    return copy === undefined
      ? createScratchDatabase(keeper, name, now)
      : copyDatabase(keeper, {from: copy, to: name, now});
  }

  async function release(): Promise<void> {
    await leave();
    const live = keeper.transactionStatus() === 'gone' ? await open(keeper.server.database) : ok(keeper);
    // without a connection the databases stay, to be found by their names and comments
    if (!live.ok) return;
    for (const database of [name, ...kept.values()]) await dropDatabase(live.value, database);
    await live.value.close();
  }

  return {
    kind: 'scratch',
    session: sessionNow,
    checkpoints: () => new Set([emptyState, ...kept.keys()]),
    checkpoint,
    restore,
    release: () => (released ??= release()),
  };
}
