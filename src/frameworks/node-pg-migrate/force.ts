import type {History, Position} from '../../core/migrations/migration.ts';
import {idsOf} from '../../core/migrations/position.ts';
import {fail, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {endTransaction, underLock} from '../shared/under-lock.ts';
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
  const id = idsOf(position).at(-1);
  const end = id === undefined ? 0 : names.indexOf(id) + 1;
  if (id !== undefined && (end === 0 || position.kind === 'failed')) return noFile(id);
  const guarded = {
    keys: settings.lock ? [settings.lockValue] : [],
    prepare: () => prepareBookkeeping(session, settings),
  };
  return underLock(session, guarded, run, reopen, async () => {
    const rows = await readRows(session, settings);
    if (!rows.ok) return rows;
    const written = await write(session, rows.value.recorded, names.slice(0, end), settings);
    if (!written.ok) await endTransaction(session);
    return written;
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
  const begun = await session.script('BEGIN');
  if (!begun.ok) return begun;
  const deleted = await session.query(`DELETE FROM ${table} WHERE id = ANY ($1::int[])`, [
    recorded.slice(kept).map(({id}) => id),
  ]);
  if (!deleted.ok) return deleted;
  const inserted = await session.query(
    `INSERT INTO ${table} (name, run_on)
     SELECT name, NOW() FROM unnest($1::text[]) WITH ORDINALITY AS wanted (name, place) ORDER BY place`,
    [wanted.slice(kept)],
  );
  return inserted.ok ? session.script('COMMIT') : inserted;
}

function noFile(id: string): Outcome<never> {
  return fail('missing-file', `No file has the name ${id}, so node-pg-migrate cannot record it.`, {
    advice: 'Choose a migration that the folder has.',
  });
}
