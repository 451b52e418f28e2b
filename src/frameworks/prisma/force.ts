import type {History, Position} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {forcingTo, type Forcing} from '../../core/prisma/forcing.ts';
import type {MigrationRow} from '../../core/prisma/records.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {inTransaction} from '../shared/in-transaction.ts';
import {readAllFiles} from '../shared/read-files.ts';
import {underLock} from '../shared/under-lock.ts';
import {lockKey, readRows, readSchema} from './bookkeeping.ts';
import {checksumOf} from './checksum.ts';
import {prepare} from './prepare.ts';
import {editedRows} from './status.ts';
import {appliedText, forgetText, rolledBackText} from './statements.ts';

/** See `Project.force`: all rows in one transaction. */
export async function forcePosition(
  session: Session,
  position: Position,
  history: History,
  run: RunOptions,
  reopen?: OpenSession,
): Promise<Outcome<void>> {
  const schema = await readSchema(session);
  if (!schema.ok) return schema;
  const guarded = {keys: [lockKey], prepare: () => prepare(session, schema.value, true)};
  return underLock(session, guarded, run, reopen, async table => {
    const rows = await readRows(session, table);
    if (!rows.ok) return rows;
    const names = history.migrations.map(({id}) => id);
    const renewed = run.asFilesSay === true ? await editedNames(history, rows.value) : undefined;
    const forcing = forcingTo(position, names, rows.value, renewed);
    return forcing.ok ? inTransaction(session, () => write(session, history, forcing.value)) : forcing;
  });
}

async function editedNames(history: History, rows: readonly MigrationRow[]): Promise<ReadonlySet<string>> {
  const edited = await editedRows(history, rows);
  return new Set(rows.flatMap(({id, name}) => (edited.has(id) ? name : [])));
}

async function write(session: Session, history: History, forcing: Forcing): Promise<Outcome<void>> {
  const paths = new Map(history.migrations.map(({id, up}) => [id, up]));
  const pathOf = (name: string): string => paths.get(name) ?? '';
  const checksums = await readAllFiles(forcing.applied, pathOf, (_name, text) => checksumOf(text));
  if (!checksums.ok) return checksums;
  for (const name of forcing.rolledBack) {
    const marked = await session.query(rolledBackText, [name]);
    if (!marked.ok) return marked;
  }
  if (forcing.forgotten.length > 0) {
    const forgotten = await session.query(forgetText, [forcing.forgotten]);
    if (!forgotten.ok) return forgotten;
  }
  if (forcing.applied.length > 0) {
    const applied = await session.query(appliedText, [forcing.applied, checksums.value]);
    if (!applied.ok) return applied;
  }
  return ok(undefined);
}
