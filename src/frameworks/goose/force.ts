import {compareIds} from '../../core/goose/grammar.ts';
import type {History, Position} from '../../core/migrations/migration.ts';
import {idToRecord} from '../../core/migrations/to-record.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {endTransaction, underLock} from '../shared/under-lock.ts';
import {ensureTable, readApplied, recordText} from './bookkeeping.ts';
import {lockKey} from './lock-key.ts';

/** Records the history up to a version, and nothing above it. Failures: `missing-file`. */
export async function forcePosition(
  session: Session,
  history: History,
  position: Position,
  table: string,
  run: RunOptions,
  reopen?: OpenSession,
): Promise<Outcome<void>> {
  const ids = history.migrations.map(({id}) => id);
  const last = idToRecord(position, ids, 'goose');
  if (!last.ok) return last;
  const files = new Set(ids);
  const isWanted = (id: string): boolean =>
    last.value !== undefined && compareIds(id, last.value) <= 0 && (run.asFilesSay !== true || files.has(id));
  const prepare = (): Promise<Outcome<void>> => ensureTable(session, table);
  return underLock(session, {keys: [lockKey], prepare}, run, reopen, () =>
    record(session, history, table, isWanted),
  );
}

async function record(
  session: Session,
  {migrations}: History,
  table: string,
  isWanted: (id: string) => boolean,
): Promise<Outcome<void>> {
  const applied = await readApplied(session, table);
  if (!applied.ok) return applied;
  const recorded = new Set(applied.value.map(({id}) => id));
  const texts = [
    ...[...recorded].filter(id => !isWanted(id)).map(id => recordText(table, id, 'down')),
    ...migrations
      .filter(({id}) => isWanted(id) && !recorded.has(id))
      .map(({id}) => recordText(table, id, 'up')),
  ];
  const written = await session.script(['BEGIN', ...texts, 'COMMIT'].join(';\n'));
  if (!written.ok) await endTransaction(session);
  return written;
}
