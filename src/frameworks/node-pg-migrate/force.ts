import type {History, Position} from '../../core/migrations/migration.ts';
import {idToRecord} from '../../core/migrations/to-record.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {inTransaction} from '../shared/in-transaction.ts';
import {underLock} from '../shared/under-lock.ts';
import {prepareBookkeeping, readRows, tableOf, type Recorded} from './bookkeeping.ts';
import type {Settings} from './settings.ts';

/**
 * Records the history up to a position, as the tool's `--fake` does, in one transaction.
 * Failures: `missing-file`, as the tool records only what has a file
 */
export async function forcePosition(
  session: Session,
  history: History,
  position: Position,
  settings: Settings,
  run: RunOptions,
  reopen?: OpenSession,
): Promise<Outcome<void>> {
  const names = history.migrations.map(({id}) => id);
  const id = idToRecord(position, names, 'node-pg-migrate');
  if (!id.ok) return id;
  const end = id.value === undefined ? 0 : names.indexOf(id.value) + 1;
  const guarded = {
    keys: settings.lock ? [settings.lockValue] : [],
    prepare: () => prepareBookkeeping(session, settings),
  };
  return underLock(session, guarded, run, reopen, async () => {
    const rows = await readRows(session, settings);
    if (!rows.ok) return rows;
    return inTransaction(session, () => write(session, rows.value.recorded, names.slice(0, end), settings));
  });
}

/** What is recorded behind the first difference would stand in the wrong order, so that it is recorded anew. */
async function write(
  session: Session,
  recorded: readonly Recorded[],
  wanted: readonly string[],
  settings: Settings,
): Promise<Outcome<void>> {
  const table = tableOf(settings);
  const differs = recorded.findIndex(({name}, index) => name !== wanted[index]);
  const kept = differs < 0 ? recorded.length : differs;
  const deleted = await session.query(`DELETE FROM ${table} WHERE id = ANY ($1::int[])`, [
    recorded.slice(kept).map(({id}) => id),
  ]);
  if (!deleted.ok) return deleted;
  const inserted = await session.query(
    `INSERT INTO ${table} (name, run_on)
     SELECT name, NOW() FROM unnest($1::text[]) WITH ORDINALITY AS wanted (name, place) ORDER BY place`,
    [wanted.slice(kept)],
  );
  return inserted.ok ? ok(undefined) : inserted;
}
