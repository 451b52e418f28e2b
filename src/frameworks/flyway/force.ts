import {forcingTo, type Forcing} from '../../core/flyway/forcing.ts';
import {abbreviated, type HistoryRow} from '../../core/flyway/records.ts';
import type {Settings} from '../../core/flyway/settings.ts';
import type {Position} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {inTransaction} from '../shared/in-transaction.ts';
import {underLock} from '../shared/under-lock.ts';
import {insertText, locateTable, readRows, readSchema, type NewRow, type Table} from './bookkeeping.ts';
import type {Folder, Found} from './folder.ts';
import {prepare} from './prepare.ts';
import {recordedChecksums} from './resolve.ts';
import {rowOf} from './new-row.ts';
import {aroundOf} from './status.ts';

/** See `Project.force`: all rows in one transaction. */
export async function forcePosition(
  session: Session,
  position: Position,
  folder: Folder,
  settings: Settings,
  run: RunOptions,
  reopen?: OpenSession,
): Promise<Outcome<void>> {
  const schema = await readSchema(session, settings);
  if (!schema.ok) return schema;
  const located = await locateTable(session, schema.value, settings.table);
  if (!located.ok) return located;
  const guarded = {
    keys: [located.value.key],
    prepare: () => prepare(session, schema.value, settings, true),
  };
  return underLock(session, guarded, run, reopen, async table => {
    const rows = await readRows(session, table);
    if (!rows.ok) return rows;
    const ids = folder.found.map(({migration}) => migration.id);
    const forcing = forcingTo(position, ids, rows.value, run.asFilesSay);
    return forcing.ok
      ? inTransaction(session, () => write(session, table, folder, settings, forcing.value))
      : forcing;
  });
}

async function write(
  session: Session,
  table: Table,
  {found}: Folder,
  settings: Settings,
  {removed, added, deleted: gone, aligned}: Forcing,
): Promise<Outcome<void>> {
  const deleted = await session.query(
    `DELETE FROM ${table.quoted} WHERE "installed_rank" = ANY ($1::integer[])`,
    [removed],
  );
  if (!deleted.ok) return deleted;
  const done = await align(session, table, found, aligned, settings);
  if (!done.ok) return done;
  const told = await session.script(gone.map(row => insertText(table, deletionOf(row, settings))).join('\n'));
  if (!told.ok) return told;
  const wanted = new Set(added);
  return add(
    session,
    table,
    found.filter(({migration}) => wanted.has(migration.id)),
    settings,
  );
}

/** What `repair` writes for a row whose file is missing. Source: Flyway, `JdbcTableSchemaHistory.delete` */
function deletionOf({version, description, script, checksum}: HistoryRow, {installedBy}: Settings): NewRow {
  return {
    version,
    description,
    type: 'DELETE',
    script,
    checksum,
    installedBy,
    milliseconds: 0,
    success: true,
  };
}

/** What `repair` does with a row whose file says otherwise. */
async function align(
  session: Session,
  table: Table,
  found: readonly Found[],
  rows: Forcing['aligned'],
  settings: Settings,
): Promise<Outcome<void>> {
  const files = found.filter(({migration}) => rows.has(migration.id));
  const checksums = await recordedChecksums(files, settings, aroundOf(session, table.schema));
  if (!checksums.ok) return checksums;
  for (const [index, file] of files.entries()) {
    const row = rows.get(file.migration.id);
    const checksum = checksums.value[index];
    const description = abbreviated(file.description);
    if (row?.description === description && row.checksum === checksum) continue;
    const updated = await session.query(
      `UPDATE ${table.quoted} SET "description" = $1, "checksum" = $2 WHERE "installed_rank" = $3`,
      [description, checksum, row?.rank],
    );
    if (!updated.ok) return updated;
  }
  return ok(undefined);
}

/** So many rows are sent at once. */
const batch = 200;

async function add(
  session: Session,
  table: Table,
  files: readonly Found[],
  settings: Settings,
): Promise<Outcome<void>> {
  const checksums = await recordedChecksums(files, settings, aroundOf(session, table.schema));
  if (!checksums.ok) return checksums;
  const texts = files.map((file, index) => {
    const checksum = checksums.value[index] ?? null;
    return insertText(table, rowOf(file, {checksum}, settings, {milliseconds: 0, success: true}));
  });
  for (let start = 0; start < texts.length; start += batch) {
    const inserted = await session.script(texts.slice(start, start + batch).join('\n'));
    if (!inserted.ok) return inserted;
  }
  return ok(undefined);
}
