import {setTimeout} from 'node:timers/promises';
import {fail, type Failure, type Outcome} from '../../core/outcome.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Queryable, Signal} from '../../core/session.ts';
import {assemble} from './assemble.ts';
import {atOneMoment, type Readable} from './moment.ts';
import {readRows} from './sources.ts';
import {locksSql} from './sql/locks.ts';
import {text} from './values.ts';

export interface ReadSchemaOptions {
  readonly signal?: Signal;
  /** Milliseconds to wait for a table that another session has locked; 2000 unless told. */
  readonly lockTimeout?: number;
}

/** Milliseconds to wait before it is read again. */
const waits = [20, 50, 100, 200, 400];

/**
 * Reads the schema of the database that `db` is connected to, at one moment. Within a transaction that is open already
 * it sees what that transaction has changed, and leaves it open and its settings as they were.
 * @returns a `locked` failure when another session keeps a table locked in ACCESS EXCLUSIVE mode; what single catalogs
 *   do not let the role see is a gap of the snapshot
 */
export async function readSchema(
  db: Readable,
  options: ReadSchemaOptions = {},
): Promise<Outcome<SchemaSnapshot>> {
  for (const wait of waits) {
    const outcome = await readOnce(db, options).catch((error: unknown) => onlyIncomplete(error));
    if (outcome && (outcome.ok || !isAboutChange(outcome.failure)))
      return outcome.ok || outcome.failure.reason !== 'locked' ? outcome : withHolders(db, outcome.failure);
    await setTimeout(wait);
  }
  return readOnce(db, options);
}

function readOnce(
  db: Readable,
  {signal, lockTimeout = 2000}: ReadSchemaOptions,
): Promise<Outcome<SchemaSnapshot>> {
  return atOneMoment(
    db,
    async moment => {
      const rows = await readRows(moment);
      return rows.ok ? assemble(rows.value, moment) : rows;
    },
    {signal, lockTimeout},
  );
}

/**
 * The functions that deparse look at the catalogs as they are now, not at the moment of the transaction. What somebody
 * drops meanwhile they do not find: they fail, or give null where a text has to be. Then it is read again.
 */
function isAboutChange({server}: Failure): boolean {
  return server !== undefined && ['XX000', '42P01', '42704', '42883', '42703'].includes(server.sqlState);
}

function onlyIncomplete(error: unknown): undefined {
  if (!(error instanceof TypeError)) throw error;
}

async function withHolders(db: Queryable, failure: Failure): Promise<Outcome<never>> {
  const holders = await db.query(locksSql);
  const names = holders.ok ? holders.value.rows.map(row => text(row['text'])) : [];
  const what = names.length === 0 ? 'a table' : names.join(', ');
  return fail('locked', `The schema cannot be read now: another session holds a lock on ${what}.`, {
    advice: 'Try again when the other session (a migration, a VACUUM FULL) is done.',
    ...(failure.server ? {server: failure.server} : {}),
  });
}
