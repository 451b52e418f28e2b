import type {History, HistoryProblem, MigrationStatus, Status} from '../../core/migrations/migration.ts';
import {positionOf, statesOfRecords} from '../../core/migrations/recorded.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {compareNames} from '../../core/prisma/names.ts';
import {recordsOf, type MigrationRow} from '../../core/prisma/records.ts';
import type {Session} from '../../core/session.ts';
import {findHolder} from '../shared/advisory-lock.ts';
import {readFiles} from '../shared/read-files.ts';
import {locateTable, lockKey, markOf, readRows, readSchema, type Table} from './bookkeeping.ts';
import {matchesChecksum} from './checksum.ts';

/** See `Project.status`. */
export async function readStatus(session: Session, history: History): Promise<Outcome<Status>> {
  const schema = await readSchema(session);
  if (!schema.ok) return schema;
  const table = await locateTable(session, schema.value);
  if (!table.ok) return table;
  const rows = await readRows(session, table.value);
  if (!rows.ok) return rows;
  const migrations = statesOf(history, rows.value, await editedRows(history, rows.value));
  const position = positionOf(migrations);
  const runner = position.kind === 'failed' ? await findHolder(session, [lockKey]) : undefined;
  const {quoted, exists, elsewhere} = table.value;
  return ok({
    position,
    ...(runner === undefined ? {} : {runner}),
    bookkeeping: {
      table: quoted,
      exists,
      elsewhere,
      lockKeys: [String(lockKey)],
      mark: markOf(rows.value),
    },
    migrations: runner === undefined ? migrations : migrations.map(asRunning),
    problems: [...history.problems, ...baselineProblem(table.value)],
  });
}

/** @param edited the ids of rows whose file has another text now */
export function statesOf(
  history: History,
  rows: readonly MigrationRow[],
  edited: ReadonlySet<string> = new Set(),
): readonly MigrationStatus[] {
  const records = recordsOf(rows, ({id}) => edited.has(id));
  return statesOfRecords(history.migrations, records, (one, other) => compareNames(one.id, other.id));
}

/** @returns ids of the rows whose file has another text now */
export async function editedRows(
  {migrations}: History,
  rows: readonly MigrationRow[],
): Promise<ReadonlySet<string>> {
  const paths = new Map(migrations.map(({id, up}) => [id, up]));
  const done = rows.filter(({finished, rolledBack}) => finished && !rolledBack);
  const edited = await readFiles(
    done,
    ({name}) => paths.get(name) ?? '',
    ({id, checksum}, read) => (!read.ok || matchesChecksum(read.value, checksum) ? [] : [id]),
  );
  return new Set(edited.flat());
}

/** A migration in the middle of a run has the same row as a failed one; only the lock tells them apart. */
function asRunning(status: MigrationStatus): MigrationStatus {
  return status.state.kind === 'failed' ? {...status, state: {kind: 'running'}} : status;
}

function baselineProblem({unbaselined}: Table): readonly HistoryProblem[] {
  return unbaselined ? [{kind: 'other', paths: [], refused: true, words: unbaselinedWords}] : [];
}

export const unbaselinedWords =
  'The database has tables already and no record of migrations, so Prisma refuses to begin (P3005). Record the migrations whose changes are there as applied (Prisma’s “resolve --applied”) to baseline it.';
