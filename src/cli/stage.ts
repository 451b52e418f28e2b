import {ok, type Outcome} from '../core/outcome.ts';
import type {OpenStage, Stage} from '../core/rehearse/stage.ts';
import {createStageKeeper} from '../embedded/stage/keeper.ts';
import {openSession} from '../postgres/connect.ts';
import {openScratchStage} from '../postgres/rehearse/scratch.ts';
import type {Session} from '../core/session.ts';
import type {Target} from './candidates.ts';
import {doorTo} from './open.ts';
import type {Invocation} from './runner.ts';
import {targetNamed} from './targets.ts';

/** Where migrations are tried: the embedded PostgreSQL, or a database of its own on a server. */
export type Where = {readonly kind: 'embedded'} | {readonly kind: 'scratch'; readonly target: Target};

/** @param scratch a connection as `--connection` takes it, on whose server a database is made; without it the embedded one */
export async function whereToTry(
  scratch: string | undefined,
  invocation: Invocation,
): Promise<Outcome<Where>> {
  if (scratch === undefined) return ok({kind: 'embedded'});
  const target = await targetNamed(scratch, invocation);
  return target.ok ? ok({kind: 'scratch', target: target.value}) : target;
}

/** Opens a stage for the work, and ends it afterwards with everything that was made on it. */
export async function withStage<T>(
  where: Where,
  invocation: Invocation,
  work: (stage: Stage) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const {open, close} =
    where.kind === 'embedded' ? embedded(invocation) : scratchOn(where.target, invocation);
  try {
    const stage = await open(invocation.signal);
    if (!stage.ok) return stage;
    try {
      return await work(stage.value);
    } finally {
      await stage.value.release();
    }
  } finally {
    await close();
  }
}

interface Stages {
  readonly open: OpenStage;
  readonly close: () => Promise<void>;
}

function embedded({embedded: serverScript, home, signal}: Invocation): Stages {
  const keeper = createStageKeeper({
    serverScript,
    open: (settings, password) =>
      openSession(settings, {
        ...(password === undefined ? {} : {password}),
        readOnly: false,
        applicationName: 'howdah',
        signal,
        home,
      }),
  });
  return {open: keeper.open, close: () => keeper.dispose()};
}

function scratchOn({connection, ...secrets}: Target, invocation: Invocation): Stages {
  const openIn = (database: string): Promise<Outcome<Session>> => {
    const settings = {...connection.settings, database};
    return doorTo({...secrets, connection: {...connection, settings}}, {readOnly: false}, invocation).open();
  };
  return {
    open: signal =>
      openScratchStage(openIn, {database: connection.settings.database, ...(signal ? {signal} : {})}),
    close: async () => {},
  };
}
