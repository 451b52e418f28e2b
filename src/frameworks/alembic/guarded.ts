import {randomBytes} from 'node:crypto';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, ProjectOptions, RunOptions} from '../framework.ts';
import {underLock} from '../shared/under-lock.ts';
import {startAlembic, type Asking, type Question, type Told} from './ask.ts';
import {lockKey} from './bookkeeping.ts';
import type {Environment} from './environment.ts';
import {findPython} from './python.ts';

/** Asks the project's Alembic, once, to work on the target. */
export type Ask = (question: Question) => Promise<Outcome<Told>>;

interface Guard {
  readonly options: ProjectOptions;
  readonly run: RunOptions;
  readonly reopen?: OpenSession | undefined;
  readonly onMessage?: Asking['onMessage'];
}

/**
 * Does `work` under Howdah's own lock, because Alembic has none, and under a lock of a random key: through each of its
 * connections the runner has to see that one, and so knows that it is in the same database. Python starts meanwhile.
 * Failures: as of `findPython` and `underLock`; `unsupported` without anything to connect with
 */
export async function guarded<T>(
  environment: Environment,
  session: Session,
  {options, run, reopen, onMessage}: Guard,
  work: (ask: Ask) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const asking = await askingOf(environment, options, run);
  if (!asking.ok) return asking;
  const probe = BigInt(`0x${randomBytes(8).toString('hex')}`) >> 1n;
  const runner = startAlembic(environment, {...asking.value, ...(onMessage ? {onMessage} : {})});
  const ask: Ask = question => runner.ask({...question, probe, limits: limitsOf(run)});
  try {
    const guard = {keys: [lockKey, probe], prepare: async (): Promise<Outcome<Ask>> => ok(ask)};
    return await underLock(session, guard, run, reopen, work);
  } finally {
    await runner.leave();
  }
}

async function askingOf(
  environment: Environment,
  options: ProjectOptions,
  {environment: open, signal}: RunOptions,
): Promise<Outcome<Asking>> {
  if (signal?.aborted === true) return fail('cancelled', 'Cancelled. Nothing has run.');
  const python = await findPython(environment, options);
  if (!python.ok) return python;
  if (!open)
    return fail(
      'unsupported',
      'Alembic connects by itself, and this connection cannot be handed to another program.',
    );
  const variables = await open();
  if (!variables.ok) return variables;
  return ok({python: python.value, variables: variables.value, ...(signal === undefined ? {} : {signal})});
}

function limitsOf({lockTimeout, statementTimeout}: RunOptions): Readonly<Record<string, number>> {
  const limits = {lock_timeout: Math.round(lockTimeout), statement_timeout: Math.round(statementTimeout)};
  return Object.fromEntries(Object.entries(limits).filter(([, milliseconds]) => milliseconds > 0));
}
