import {l10n} from 'vscode';
import {lanesOf, type Lane} from '../../core/alembic/lanes.ts';
import type {MigrationStatus, Status} from '../../core/migrations/migration.ts';
import type {Failure, Outcome} from '../../core/outcome.ts';
import type {SqliteFile} from '../../connections/sqlite.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {SqliteColumn, SqliteIndex, SqliteTable} from '../../sqlite/read.ts';
import type {ProjectStore} from '../migrations/project-store.ts';
import {isFileOf, sqliteTarget} from './sqlite-target.ts';

/** A row of a SQLite file, or of something in it. */
export type SqliteRow =
  | {readonly kind: 'file'; readonly file: SqliteFile}
  | {
      readonly kind: 'project';
      readonly file: SqliteFile;
      readonly project: Project;
      readonly status: Outcome<Status>;
    }
  | {
      readonly kind: 'migration';
      readonly file: SqliteFile;
      readonly project: Project;
      readonly entry: MigrationStatus;
      readonly lane?: Lane;
    }
  | {readonly kind: 'table'; readonly file: SqliteFile; readonly table: SqliteTable}
  | {
      readonly kind: 'list';
      readonly file: SqliteFile;
      readonly table: SqliteTable;
      readonly list: 'columns' | 'indexes';
    }
  | {readonly kind: 'column'; readonly column: SqliteColumn}
  | {readonly kind: 'index'; readonly index: SqliteIndex}
  | {readonly kind: 'note'; readonly text: string; readonly failure?: Failure};

/** A row and what tells it from its siblings. */
type Child = readonly [row: SqliteRow, part: string];

/** @returns what is below a row; a failure becomes a row that says so */
export async function sqliteChildren(projects: ProjectStore, row: SqliteRow): Promise<readonly Child[]> {
  switch (row.kind) {
    case 'file':
      return [...(await projectRows(projects, row.file)), ...(await tableRows(row.file))];
    case 'project':
      return row.status.ok ? migrationRows(row, row.status.value) : [failureRow(row.status.failure)];
    case 'table':
      return [
        [{...row, kind: 'list', list: 'columns'}, 'columns'],
        ...(row.table.kind === 'table'
          ? [[{...row, kind: 'list', list: 'indexes'}, 'indexes'] as const]
          : []),
      ];
    case 'list':
      return partRows(row);
    case 'migration':
    case 'column':
    case 'index':
    case 'note':
      return [];
    default:
      return row satisfies never;
  }
}

async function projectRows(projects: ProjectStore, file: SqliteFile): Promise<readonly Child[]> {
  await projects.ready();
  const own = projects.list().filter(project => isFileOf(file, project));
  return Promise.all(
    own.map(async (project): Promise<Child> => {
      const {sqliteStatus} = await import('../../frameworks/alembic/sqlite.ts');
      const status = await sqliteStatus(await sqliteTarget(file, project));
      return [{kind: 'project', file, project, status}, `project:${project.id}`];
    }),
  );
}

function migrationRows(
  {file, project}: Extract<SqliteRow, {readonly kind: 'project'}>,
  {migrations, problems}: Status,
): readonly Child[] {
  const lanes = lanesOf(migrations.map(({migration}) => migration));
  const words = problems.flatMap(problem => (problem.kind === 'other' ? [problem.words] : []));
  return [
    ...words.map((text, index): Child => [{kind: 'note', text}, `problem:${index}`]),
    ...migrations
      .map((entry, index): Child => {
        const lane = lanes.get(entry.migration.id);
        const row = {kind: 'migration', file, project, entry, ...(lane ? {lane} : {})} as const;
        return [row, `${entry.migration.id}:${index}`];
      })
      .toReversed(),
  ];
}

async function tableRows(file: SqliteFile): Promise<readonly Child[]> {
  const {stat} = await import('node:fs/promises');
  const isThere = await stat(file.path).catch(() => undefined);
  if (!isThere)
    return [[{kind: 'note', text: l10n.t('The file does not exist yet: the first apply makes it.')}, 'none']];
  const {listSqliteTables} = await import('../../sqlite/read.ts');
  return listed(listSqliteTables(file.path), table => [{kind: 'table', file, table}, `table:${table.name}`]);
}

async function partRows({
  file,
  table,
  list,
}: Extract<SqliteRow, {readonly kind: 'list'}>): Promise<readonly Child[]> {
  const {listSqliteColumns, listSqliteIndexes} = await import('../../sqlite/read.ts');
  return list === 'columns'
    ? listed(listSqliteColumns(file.path, table.name), column => [{kind: 'column', column}, column.name])
    : listed(listSqliteIndexes(file.path, table.name), index => [{kind: 'index', index}, index.name]);
}

function listed<T>(found: Outcome<readonly T[]>, toRow: (item: T) => Child): readonly Child[] {
  if (!found.ok) return [failureRow(found.failure)];
  return found.value.length > 0 ? found.value.map(toRow) : [[{kind: 'note', text: l10n.t('None')}, 'none']];
}

function failureRow(failure: Failure): Child {
  return [{kind: 'note', text: failure.message, failure}, 'failure'];
}
