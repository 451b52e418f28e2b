import {lockedFailure} from '../catalog/read.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable, Row, Session, Signal} from '../../core/session.ts';
import {beginsInsideSql, insideSql, settingsSql} from './sql/moment.ts';

/** A session tells by itself whether a transaction is open; anything else is asked. */
export type Readable = Queryable & Partial<Pick<Session, 'transactionStatus'>>;

/** Statements that see one moment of the catalogs, with an empty search_path. */
export interface Moment {
  /** What the server says of itself. */
  readonly server: Row;
  rows(sql: string, params?: readonly unknown[]): Promise<Outcome<readonly Row[]>>;
}

/**
 * Reads in one REPEATABLE READ READ ONLY transaction, or behind a savepoint of the transaction that is open already.
 * Either way the settings, and after a failure the transaction, are as they were before: rolling back to a savepoint
 * takes back what `set_config(…, true)` did.
 */
export async function atOneMoment<T>(
  db: Readable,
  read: (moment: Moment) => Promise<Outcome<T>>,
  {signal, lockTimeout}: {readonly signal?: Signal | undefined; readonly lockTimeout: number},
): Promise<Outcome<T>> {
  const inside = await isInTransaction(db, signal);
  if (!inside.ok) return inside;
  const {begin, end, giveUp} = inside.value ? behindSavepoint : inTransaction;
  const begun = await db.query(begin, [], signal);
  if (!begun.ok) return begun;
  let outcome: Outcome<T> | undefined;
  try {
    outcome = await readWithSettings(db, read, {signal, lockTimeout});
  } finally {
    // Without the signal: what was begun has to be ended after a cancel as well.
    for (const sql of outcome?.ok ? end : giveUp) await db.query(sql);
  }
  return outcome;
}

const inTransaction = {
  begin: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  end: ['COMMIT'],
  giveUp: ['ROLLBACK'],
};

const undo = ['ROLLBACK TO SAVEPOINT howdah_schema', 'RELEASE SAVEPOINT howdah_schema'];
const behindSavepoint = {begin: 'SAVEPOINT howdah_schema', end: undo, giveUp: undo};

async function readWithSettings<T>(
  db: Queryable,
  read: (moment: Moment) => Promise<Outcome<T>>,
  {signal, lockTimeout}: {readonly signal?: Signal | undefined; readonly lockTimeout: number},
): Promise<Outcome<T>> {
  const rows: Moment['rows'] = async (sql, params = []) => {
    const result = await db.query(sql, params, signal);
    return result.ok ? ok(result.value.rows) : lockedFailure(result);
  };
  const settings = await rows(settingsSql, [String(Math.round(lockTimeout))]);
  if (!settings.ok) return settings;
  const [server] = settings.value;
  if (!server) return fail('unsupported', 'The server did not say which version it is.');
  return read({server, rows});
}

/** Asks without an error or a warning in the server's log, which SAVEPOINT outside a transaction would leave. */
async function isInTransaction(db: Readable, signal?: Signal): Promise<Outcome<boolean>> {
  const status = db.transactionStatus?.();
  if (status !== undefined) return ok(status === 'open' || status === 'failed');
  const begun = await db.query(beginsInsideSql, [], signal);
  if (!begun.ok) return begun;
  const asked = await db.query(insideSql, [], signal);
  return asked.ok ? ok(asked.value.rows[0]?.['inside'] === true) : asked;
}
