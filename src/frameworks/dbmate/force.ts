import {compareNames} from '../../core/dbmate/grammar.ts';
import type {History, Position} from '../../core/migrations/migration.ts';
import {idsOf} from '../../core/migrations/position.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {endTransaction, underLock} from '../shared/under-lock.ts';
import {ensureTable, locateTable, readVersions, recordText, type Table} from './bookkeeping.ts';
import {nameOf} from './history.ts';
import {lockKey} from './lock-key.ts';
import type {Settings} from './settings.ts';

/** Records the history up to a migration, and nothing behind it. Failures: `missing-file`. */
export async function forcePosition(
  session: Session,
  history: History,
  position: Position,
  settings: Settings,
  run: RunOptions,
  reopen?: OpenSession,
): Promise<Outcome<void>> {
  const id = idsOf(position).at(-1);
  const last = history.migrations.find(migration => migration.id === id);
  if (id !== undefined && !last)
    return fail('missing-file', `No file has version ${id}, and dbmate records only what has one.`, {
      advice: 'Choose a version that the migrations folder has.',
    });
  const table = await locateTable(session, settings);
  if (!table.ok) return table;
  const isWanted = (name: string): boolean => last !== undefined && compareNames(name, nameOf(last)) <= 0;
  const prepare = (): Promise<Outcome<void>> => ensureTable(session, table.value);
  return underLock(session, {keys: [lockKey], prepare}, run, reopen, () =>
    record(session, history, table.value, isWanted),
  );
}

async function record(
  session: Session,
  {migrations}: History,
  table: Table,
  isWanted: (name: string) => boolean,
): Promise<Outcome<void>> {
  const read = await readVersions(session, table);
  if (!read.ok) return read;
  const recorded = new Set(read.value);
  const names = new Map(migrations.map(migration => [migration.id, nameOf(migration)]));
  const surplus = [...recorded].filter(version => !isWanted(names.get(version) ?? version));
  const lacking = migrations.filter(migration => isWanted(nameOf(migration)) && !recorded.has(migration.id));
  if (surplus.length > 0) {
    const removed = await session.query(`delete from ${table.quoted} where version = any ($1)`, [surplus]);
    if (!removed.ok) return removed;
  }
  if (lacking.length === 0) return ok(undefined);
  const texts = lacking.map(({id}) => `${recordText(table, id, 'up')};`);
  const written = await session.script(['BEGIN;', ...texts, 'COMMIT'].join('\n'));
  if (!written.ok) await endTransaction(session);
  return written;
}
