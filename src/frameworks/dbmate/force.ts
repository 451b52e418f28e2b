import {compareNames} from '../../core/dbmate/grammar.ts';
import type {History, Position} from '../../core/migrations/migration.ts';
import {idToRecord} from '../../core/migrations/to-record.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {inTransaction} from '../shared/in-transaction.ts';
import {underLock} from '../shared/under-lock.ts';
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
  const ids = history.migrations.map(migration => migration.id);
  const id = idToRecord(position, ids, 'dbmate');
  if (!id.ok) return id;
  const last = history.migrations.find(migration => migration.id === id.value);
  const table = await locateTable(session, settings);
  if (!table.ok) return table;
  const known = new Set(history.migrations.map(nameOf));
  const isWanted = (name: string): boolean =>
    last !== undefined &&
    compareNames(name, nameOf(last)) <= 0 &&
    (run.asFilesSay !== true || known.has(name));
  const prepare = (): Promise<Outcome<void>> => ensureTable(session, table.value);
  return underLock(session, {keys: [lockKey], prepare}, run, reopen, () =>
    inTransaction(session, () => record(session, history, table.value, isWanted)),
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
  const removed = await session.query(`delete from ${table.quoted} where version = any ($1)`, [surplus]);
  if (!removed.ok) return removed;
  return session.script(lacking.map(({id}) => `${recordText(table, id, 'up')};`).join('\n'));
}
