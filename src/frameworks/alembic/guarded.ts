import {randomBytes} from 'node:crypto';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, ProjectOptions, RunOptions} from '../framework.ts';
import {underLock} from '../shared/under-lock.ts';
import type {Asking} from './ask.ts';
import {lockKey} from './bookkeeping.ts';
import type {Environment} from './environment.ts';
import {findPython} from './python.ts';

/** What the runner needs to work on the target. */
export interface Ready extends Asking {
  /** Held by Howdah's session, so that the runner can see that it is in the same database. */
  readonly probe: bigint;
  readonly limits: Readonly<Record<string, number>>;
}

/**
 * Does `work` under Howdah's own lock, because Alembic has none, and under a lock of a random key for the runner.
 * Failures: as of `findPython` and `underLock`; `unsupported` without anything to connect with
 */
export async function guarded<T>(
  environment: Environment,
  session: Session,
  {
    options,
    run,
    reopen,
  }: {readonly options: ProjectOptions; readonly run: RunOptions; readonly reopen?: OpenSession | undefined},
  work: (ready: Ready) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  if (run.signal?.aborted === true) return fail('cancelled', 'Cancelled. Nothing has run.');
  const python = await findPython(environment, options);
  if (!python.ok) return python;
  if (!run.environment)
    return fail(
      'unsupported',
      'Alembic connects by itself, and this connection cannot be handed to another program.',
    );
  const variables = await run.environment();
  if (!variables.ok) return variables;
  const probe = BigInt(`0x${randomBytes(8).toString('hex')}`) >> 1n;
  const {signal} = run;
  const ready: Ready = {
    python: python.value,
    variables: variables.value,
    probe,
    limits: limitsOf(run),
    ...(signal === undefined ? {} : {signal}),
  };
  const prepare = async (): Promise<Outcome<Ready>> => ok(ready);
  return underLock(session, {keys: [lockKey, probe], prepare}, run, reopen, work);
}

function limitsOf({lockTimeout, statementTimeout}: RunOptions): Readonly<Record<string, number>> {
  const limits = {lock_timeout: Math.round(lockTimeout), statement_timeout: Math.round(statementTimeout)};
  return Object.fromEntries(Object.entries(limits).filter(([, milliseconds]) => milliseconds > 0));
}
