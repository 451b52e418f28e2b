import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {describeHolder, type LockHolder} from '../../core/migrations/lock-holder.ts';
import type {Queryable, Session, Signal} from '../../core/session.ts';
import type {RunOptions} from '../framework.ts';
import {lockHolderSql} from './sql/lock-holder.ts';

/** `DefaultLockTimeout` of golang-migrate; the other tools wait for ever or not at all. */
const defaultWait = 15_000;
const pause = 100;

/** Held until `release`, which never fails: the server lets go of a lost session's locks by itself. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the keys of a tool in the order given, by polling: a *waiting* pg_advisory_lock holds a snapshot that CREATE
 * INDEX CONCURRENTLY of the other runner would wait for, for ever.
 * Failures: `locked` with the holder in words, `cancelled`, the server's.
 */
export async function takeLock(
  session: Session,
  keys: readonly bigint[],
  run: RunOptions,
): Promise<Outcome<Lock>> {
  const deadline = performance.now() + (run.lockWait ?? defaultWait);
  const held: bigint[] = [];
  const lock: Lock = {release: () => release(session, held)};
  for (const key of keys) {
    const taken = await takeKey(session, key, keys, deadline, run);
    if (!taken.ok) {
      await lock.release();
      return taken;
    }
    held.unshift(key);
  }
  return ok(lock);
}

async function takeKey(
  session: Session,
  key: bigint,
  keys: readonly bigint[],
  deadline: number,
  run: RunOptions,
): Promise<Outcome<void>> {
  for (let waited = false; ; waited = true) {
    if (run.signal?.aborted === true)
      return fail('cancelled', 'Cancelled while waiting for the migration lock. Nothing has run.');
    const tried = await session.query('SELECT pg_catalog.pg_try_advisory_lock($1::int8) AS taken', [
      key.toString(),
    ]);
    if (!tried.ok) return tried;
    if (tried.value.rows[0]?.['taken'] === true) return ok(undefined);
    if (performance.now() >= deadline) return locked(await findHolder(session, keys));
    if (!waited) {
      const holder = await findHolder(session, keys);
      run.onEvent?.({kind: 'waiting-for-lock', ...(holder === undefined ? {} : {holder})});
    }
    await sleep(pause, run.signal);
  }
}

async function release(session: Session, held: readonly bigint[]): Promise<void> {
  for (const key of held)
    await session.query('SELECT pg_catalog.pg_advisory_unlock($1::int8)', [key.toString()]);
}

/** Who holds one of the keys, other than this session; nobody where that cannot be read. */
export async function findHolder(
  session: Queryable,
  keys: readonly bigint[],
): Promise<LockHolder | undefined> {
  const found = await session.query(lockHolderSql, [keys.map(String)]);
  const row = found.ok ? found.value.rows[0] : undefined;
  if (row === undefined) return undefined;
  const {user, application, address, age} = row;
  return {
    pid: Number(row['pid']),
    ...(typeof user === 'string' ? {user} : {}),
    ...(typeof application === 'string' && application !== '' ? {applicationName: application} : {}),
    ...(typeof address === 'string' ? {clientAddress: address} : {}),
    ...(typeof age === 'number' ? {ageSeconds: Math.max(0, age)} : {}),
  };
}

/** The failure of whoever meets another runner. */
export function locked(holder: LockHolder | undefined): Outcome<never> {
  return fail(
    'locked',
    `Another runner holds the migration lock${holder ? `: ${describeHolder(holder)}` : ''}. Nothing has run.`,
    {
      advice:
        holder === undefined
          ? 'Try again in a moment.'
          : `Wait until it is done, or ask its owner; pg_terminate_backend(${holder.pid}) ends it.`,
    },
  );
}

function sleep(milliseconds: number, signal?: Signal): Promise<void> {
  return new Promise(resolve => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done, {once: true});
  });
}
