import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {ensureTable, locateTable, type Table} from './bookkeeping.ts';
import {checkSessionKept} from './kept-session.ts';
import {takeLock} from './lock.ts';
import type {Settings} from './settings.ts';

/**
 * Does `work` as the tool would: with a session that is kept, under both keys, with the bookkeeping table in place and
 * the user's time limits. Afterwards nothing of it is left in the session: no transaction, no limit, no lock.
 */
export async function underLock<T>(
  session: Session,
  settings: Settings,
  run: RunOptions,
  reopen: OpenSession | undefined,
  work: (table: Table) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const kept = settings.lock ? await checkSessionKept(session, reopen) : ok(undefined);
  if (!kept.ok) return kept;
  const table = await locateTable(session, settings);
  if (!table.ok) return table;
  const lock = settings.lock ? await takeLock(session, table.value, run) : ok({release: async () => {}});
  if (!lock.ok) return lock;
  try {
    const ready = await prepare(session, table.value, settings, run);
    return ready.ok ? await work(table.value) : ready;
  } finally {
    await tidy(session);
    await lock.value.release();
  }
}

async function prepare(
  session: Session,
  table: Table,
  settings: Settings,
  run: RunOptions,
): Promise<Outcome<void>> {
  const made = await ensureTable(session, table);
  if (!made.ok) return made;
  const limits = limitsText(
    run.lockTimeout,
    run.statementTimeout > 0 ? run.statementTimeout : settings.statementTimeout,
  );
  return limits === '' ? ok(undefined) : session.script(limits);
}

function limitsText(lockTimeout: number, statementTimeout: number): string {
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
