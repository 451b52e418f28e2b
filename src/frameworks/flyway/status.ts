import {basename} from 'node:path';
import type {HistoryProblem, MigrationStatus, Status} from '../../core/migrations/migration.ts';
import type {LinearPosition} from '../../core/migrations/position.ts';
import {isApplied, positionOf} from '../../core/migrations/recorded.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {activeRows, statesOfHistory, type HistoryRow} from '../../core/flyway/records.ts';
import type {Settings} from '../../core/flyway/settings.ts';
import {validate} from '../../core/flyway/validate.ts';
import {isRepeatable} from '../../core/flyway/versions.ts';
import type {Session} from '../../core/session.ts';
import {findHolder} from '../shared/advisory-lock.ts';
import {locateTable, markOf, readRows, readSchema, type Table} from './bookkeeping.ts';
import type {Folder} from './folder.ts';
import {resolveAll, type Surroundings} from './resolve.ts';

/** See `Project.status`. */
export async function readStatus(
  session: Session,
  folder: Folder,
  settings: Settings,
): Promise<Outcome<Status>> {
  const schema = await readSchema(session, settings);
  if (!schema.ok) return schema;
  const table = await locateTable(session, schema.value, settings.table);
  if (!table.ok) return table;
  const rows = await readRows(session, table.value);
  if (!rows.ok) return rows;
  const files = await resolveAll(folder.found, settings, aroundOf(session, schema.value));
  const migrations = statesOfHistory(
    files,
    [...rows.value, ...comingBaseline(table.value, settings)],
    settings,
  );
  const position = positionIn(migrations);
  const {quoted, exists, elsewhere, key} = table.value;
  const runner = position.kind === 'failed' ? await findHolder(session, [key]) : undefined;
  return ok({
    position,
    ...(runner === undefined ? {} : {runner}),
    bookkeeping: {table: quoted, exists, elsewhere, lockKeys: [String(key)], mark: markOf(rows.value)},
    migrations,
    problems: [
      ...folder.history.problems,
      ...pendingPrograms(folder, rows.value),
      ...validate(migrations, settings),
      ...baselineProblem(table.value, settings),
    ],
  });
}

export function aroundOf({server}: Session, schema: string): Surroundings {
  return {schema, user: server.user, database: server.database};
}

/** What has run is recorded; what has not has its place among the others, which would run without it. */
function pendingPrograms({programs}: Folder, rows: readonly HistoryRow[]): readonly HistoryProblem[] {
  const recorded = activeRows(rows);
  return programs
    .filter(({migration: {id}}) => !recorded.has(id))
    .map(({migration: {id}, path}) => ({
      kind: 'other',
      id,
      paths: [path],
      refused: true,
      words: `${basename(path)} is a migration that only Flyway can run, and it has not been run. Nothing runs here until it has: use Flyway’s own command line for it.`,
    }));
}

/** The last version: what is repeatable says nothing of where a database is. */
export function positionIn(migrations: readonly MigrationStatus[]): LinearPosition {
  const whole = positionOf(migrations);
  if (whole.kind === 'failed') return whole;
  const last = migrations.findLast(status => isApplied(status) && !isRepeatable(status.migration.id));
  return last ? {kind: 'at', id: last.migration.id} : {kind: 'none'};
}

/** The row that a run would begin with, so that what it covers is not planned. */
function comingBaseline({unbaselined}: Table, settings: Settings): readonly HistoryRow[] {
  if (!unbaselined || !settings.baselineOnMigrate) return [];
  const {baselineVersion: version, baselineDescription: description} = settings;
  return [
    {
      rank: 1,
      version,
      description,
      type: 'BASELINE',
      script: description,
      checksum: null,
      success: true,
      on: '',
    },
  ];
}

function baselineProblem(
  {unbaselined, schema, quoted}: Table,
  {baselineOnMigrate}: Settings,
): readonly HistoryProblem[] {
  if (!unbaselined || baselineOnMigrate) return [];
  return [{kind: 'other', paths: [], refused: true, words: unbaselinedWords(schema, quoted)}];
}

export function unbaselinedWords(schema: string, table: string): string {
  return `The schema ${schema} has objects already and no ${table}, so Flyway refuses to begin. Record the version that it is at (Flyway’s “baseline”), or set flyway.baselineOnMigrate=true.`;
}
