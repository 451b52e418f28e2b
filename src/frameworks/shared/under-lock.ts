import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {takeLock} from './advisory-lock.ts';
import {checkSessionKept} from './kept-session.ts';

/** What one tool has under its lock. */
interface Guarded<Ready> {
  /** The tool's advisory locks; none where it takes none. */
  readonly keys: readonly bigint[];
  /** Milliseconds; the tool's own setting where the user has none. */
  readonly statementTimeout?: number;
  /** Makes the bookkeeping ready, as the tool does when it begins. */
  readonly prepare: () => Promise<Outcome<Ready>>;
}

/**
 * Does `work` as a tool would: with a session that is kept, under its keys, with the bookkeeping in place and the
 * user's time limits. Afterwards nothing of it is left in the session: no transaction, no limit, no lock.
 */
export async function underLock<Ready, T>(
  session: Session,
  {keys, statementTimeout = 0, prepare}: Guarded<Ready>,
  run: RunOptions,
  reopen: OpenSession | undefined,
  work: (ready: Ready) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const limits = limitsText(
    run.lockTimeout,
    run.statementTimeout > 0 ? run.statementTimeout : statementTimeout,
  );
  const kept = keys.length > 0 || limits !== '' ? await checkSessionKept(session, reopen) : ok(undefined);
  if (!kept.ok) return kept;
  const lock = await takeLock(session, keys, run);
  if (!lock.ok) return lock;
  try {
    const ready = await prepare();
    if (!ready.ok) return ready;
    const limited = limits === '' ? ok(undefined) : await session.script(limits);
    return limited.ok ? await work(ready.value) : limited;
  } finally {
    await tidy(session);
    await lock.value.release();
  }
}

/** @returns what sets the user's time limits; empty without any */
export function limitsText(lockTimeout: number, statementTimeout: number): string {
  return Object.entries({lock_timeout: lockTimeout, statement_timeout: statementTimeout})
    .filter(([, milliseconds]) => milliseconds > 0)
    .map(([name, milliseconds]) => `SET ${name} = ${Math.round(milliseconds)};`)
    .join('\n');
}

/** A file may have left an aborted transaction, a role or settings behind; the caller's session must not keep them. */
async function tidy(session: Session): Promise<void> {
  await endTransaction(session);
  await session.script('RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL;');
}

/** Ends the transaction that a file has left open or aborted, as the tool's driver does when it gives up. */
export async function endTransaction(session: Session): Promise<void> {
  const status = session.transactionStatus();
  if (status === 'open' || status === 'failed') await session.script('ROLLBACK');
}
