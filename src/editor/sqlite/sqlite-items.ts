import {l10n, ThemeColor, ThemeIcon, TreeItemCollapsibleState, Uri, type TreeItem} from 'vscode';
import {drawLane, headsOf} from '../alembic/lane-item.ts';
import {describeStatus, lookOf} from '../migrations/words.ts';
import {lines, row} from '../tree/row.ts';
import type {SqliteRow} from './sqlite-rows.ts';
import {sqliteName} from './sqlite-target.ts';

type RowOf<K extends SqliteRow['kind']> = Extract<SqliteRow, {readonly kind: K}>;

const {Collapsed} = TreeItemCollapsibleState;

/** @returns how a row of a SQLite file is shown */
export function sqliteItem(data: SqliteRow): TreeItem {
  switch (data.kind) {
    case 'file':
      return fileItem(data);
    case 'project':
      return projectItem(data);
    case 'migration':
      return migrationItem(data);
    case 'table':
      return row(data.table.name, data.table.kind === 'view' ? 'eye' : 'table', {
        state: Collapsed,
        context: 'sqlite-table',
        ...(data.table.kind === 'view' ? {description: l10n.t('view')} : {}),
      });
    case 'list':
      return data.list === 'columns'
        ? row(l10n.t('Columns'), 'symbol-field', {state: Collapsed, context: 'group'})
        : row(l10n.t('Indexes'), 'list-tree', {state: Collapsed, context: 'group'});
    case 'column':
      return columnItem(data);
    case 'index':
      return row(data.index.name, data.index.unique ? 'key' : 'list-tree', {
        context: 'sqlite-index',
        description: [data.index.columns.join(', '), data.index.unique ? l10n.t('unique') : '']
          .filter(Boolean)
          .join(' · '),
      });
    case 'note':
      return row(data.text, data.failure ? 'warning' : 'info', {
        context: 'message',
        tooltip: lines(data.text, data.failure?.advice),
      });
    default:
      return data satisfies never;
  }
}

function fileItem({file}: RowOf<'file'>): TreeItem {
  return row(sqliteName(file), 'file-binary', {
    state: Collapsed,
    context: 'sqlite',
    description: 'SQLite',
    tooltip: lines(
      file.path,
      l10n.t('Found in {0}', file.source.label),
      l10n.t('Howdah opens the file for reading only; Alembic applies and rolls back.'),
      l10n.t(
        'Plans of statements (EXPLAIN), health, rehearsals and schema comparisons are PostgreSQL’s, so none is offered here.',
      ),
    ),
  });
}

function projectItem({project, status}: RowOf<'project'>): TreeItem {
  const migrations = status.ok ? status.value.migrations : [];
  const isPending = migrations.some(({state}) => state.kind === 'pending');
  const heads = headsOf(migrations.map(({migration}) => migration));
  return row(
    l10n.t('Migrations'),
    status.ok ? 'versions' : new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
    {
      state: Collapsed,
      context: ['sqlite-project', status.ok ? (isPending ? 'pending' : 'settled') : 'unknown'].join(','),
      description: status.ok ? describeStatus('Alembic', status.value) : l10n.t('status unknown · Alembic'),
      tooltip: lines(
        project.folder,
        status.ok ? l10n.t('Heads of the files: {0}', heads.join(', ')) : status.failure.message,
        status.ok ? undefined : status.failure.advice,
      ),
    },
  );
}

function migrationItem({project, entry, lane}: RowOf<'migration'>): TreeItem {
  const {migration, state} = entry;
  const look = lookOf(state, project.terms);
  const name = [migration.label, migration.title].filter(Boolean).join(' ');
  const current = state.kind === 'applied' && state.current ? ['current'] : [];
  const item = row(name, look.icon, {
    context: ['sqlite-migration', state.kind, ...current].join(','),
    description: look.word,
    tooltip: lines(name, look.meaning),
  });
  if (lane) drawLane(item, migration, lane);
  if (migration.up !== undefined)
    item.command = {command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.file(migration.up)]};
  return item;
}

function columnItem({column}: RowOf<'column'>): TreeItem {
  const {name, type, notNull, primaryKey, fallback} = column;
  return row(name, primaryKey ? 'key' : 'symbol-field', {
    context: 'sqlite-column',
    description: [
      type,
      primaryKey ? l10n.t('primary key') : '',
      notNull ? 'NOT NULL' : '',
      fallback === undefined ? '' : `DEFAULT ${fallback}`,
    ]
      .filter(Boolean)
      .join(' · '),
  });
}
