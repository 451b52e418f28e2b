import {l10n, ThemeColor, ThemeIcon, TreeItemCollapsibleState, Uri, type TreeItem} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {describeTarget} from '../../core/connections/url.ts';
import {describeHolder} from '../../core/migrations/lock-holder.ts';
import type {Status} from '../../core/migrations/migration.ts';
import type {Project} from '../../frameworks/framework.ts';
import {connectionIcon, environmentWord} from '../connections/look.ts';
import {describeStatus, lookOf} from '../migrations/words.ts';
import {connectionUri} from './connection-colors.ts';
import type {NodeOf, TreeNode} from './node.ts';
import {
  columnItem,
  constraintItem,
  extensionItem,
  indexItem,
  policyItem,
  relationItem,
  relationListIcons,
  relationListWord,
  routineItem,
  schemaItem,
  schemaListIcons,
  schemaListWord,
  sequenceItem,
  triggerItem,
  typeItem,
} from './object-items.ts';
import {lines, row} from './row.ts';

/** What an item needs to know beside its own data. */
export interface ItemContext {
  isConnected(id: string): boolean;
  serverVersion(id: string): string | undefined;
  isTarget(id: string): boolean;
  notes(id: string): readonly string[];
  status(connection: Connection, project: Project): Status | undefined;
  /** What is found in files, in a few words; empty for nothing. */
  findings(paths: readonly string[]): string;
}

const {Collapsed} = TreeItemCollapsibleState;

/** @returns how a row is shown. */
export function itemOf(node: TreeNode, context: ItemContext): TreeItem {
  const item = draw(node, context);
  item.id = node.id;
  if (node.data.kind === 'more')
    item.command = {command: 'howdah.tree.more', title: l10n.t('Load more…'), arguments: [node]};
  return item;
}

function draw({data}: TreeNode, context: ItemContext): TreeItem {
  switch (data.kind) {
    case 'connection':
      return connectionItem(data, context);
    case 'problem':
      return problemItem(data);
    case 'project':
      return projectItem(data, context);
    case 'migration':
      return migrationItem(data, context);
    case 'schema':
      return schemaItem(data.schema);
    case 'schema-list':
      return row(schemaListWord(data.list), schemaListIcons[data.list], {
        state: Collapsed,
        context: 'group',
        description: String(data.schema.counts[data.list]),
      });
    case 'relation':
      return relationItem(data.relation);
    case 'relation-list':
      return row(relationListWord(data.list), relationListIcons[data.list], {
        state: Collapsed,
        context: 'group',
      });
    case 'column':
      return columnItem(data.column);
    case 'index':
      return indexItem(data.index);
    case 'constraint':
      return constraintItem(data.constraint);
    case 'trigger':
      return triggerItem(data.trigger);
    case 'policy':
      return policyItem(data.policy);
    case 'sequence':
      return sequenceItem(data.sequence);
    case 'routine':
      return routineItem(data.routine);
    case 'type':
      return typeItem(data.type);
    case 'extensions':
      return row(l10n.t('Extensions'), 'extensions', {state: Collapsed, context: 'group'});
    case 'extension':
      return extensionItem(data.extension);
    case 'more': {
      const item = row(l10n.t('Load more…'), 'ellipsis', {context: 'more'});
      item.accessibilityInformation = {label: l10n.t('Load more, after {0}', data.after.name)};
      return item;
    }
    case 'message':
      return row(data.text, data.failure ? 'warning' : 'info', {
        context: 'message',
        tooltip: lines(data.failure?.message ?? data.text, data.failure?.advice),
      });
    default:
      return data satisfies never;
  }
}

function connectionItem({connection}: NodeOf<'connection'>, context: ItemContext): TreeItem {
  const connected = context.isConnected(connection.id);
  const version = context.serverVersion(connection.id);
  const source = connection.source.kind === 'file' ? connection.source.label : '';
  const environment = connection.environment === 'development' ? '' : environmentWord(connection.environment);
  const target = context.isTarget(connection.id) ? l10n.t('target') : '';
  const marks = [connection.readOnly ? l10n.t('read-only') : '', version ?? ''].filter(Boolean);
  const item = row(connection.name, connectionIcon(connection, connected), {
    state: Collapsed,
    context: [
      'connection',
      connected ? 'connected' : 'disconnected',
      connection.readOnly ? 'readonly' : 'writable',
      connection.source.kind,
    ].join(','),
    description: [target, environment, ...marks].filter(Boolean).join(' · '),
    tooltip: lines(
      connection.name,
      describeTarget(connection.settings),
      l10n.t('Environment: {0}', environmentWord(connection.environment)),
      connection.readOnly ? l10n.t('Read-only: the server refuses writes') : undefined,
      source === '' ? undefined : l10n.t('Found in {0}', source),
      ...context.notes(connection.id),
      version === undefined ? l10n.t('Not connected. Expand it to connect.') : `PostgreSQL ${version}`,
    ),
  });
  item.resourceUri = connectionUri(connection);
  item.accessibilityInformation = {
    label: [
      connection.name,
      environmentWord(connection.environment),
      connected ? l10n.t('connected') : l10n.t('not connected'),
      target,
      ...marks,
    ]
      .filter(Boolean)
      .join(', '),
  };
  return item;
}

function problemItem({problem}: NodeOf<'problem'>): TreeItem {
  const {failure, name, source} = problem;
  return row(name, new ThemeIcon('warning', new ThemeColor('list.warningForeground')), {
    context: `problem,${source.kind}`,
    description: failure.message,
    tooltip: lines(name, failure.message, failure.advice),
  });
}

function projectItem({connection, project}: NodeOf<'project'>, context: ItemContext): TreeItem {
  const status = context.status(connection, project);
  const failed = status?.position.kind === 'failed' && !status.runner;
  const pending = status?.migrations.some(entry => entry.state.kind === 'pending') ?? false;
  const flags = ['project', failed ? 'failed' : pending ? 'pending' : 'settled'];
  const elsewhere = status?.bookkeeping.elsewhere ?? [];
  return row(
    l10n.t('Migrations'),
    failed ? new ThemeIcon('error', new ThemeColor('errorForeground')) : 'versions',
    {
      state: Collapsed,
      context: flags.join(','),
      description: describeStatus(project.framework, status),
      tooltip: lines(
        project.folder,
        status?.runner && l10n.t('A runner is at work: {0}', describeHolder(status.runner)),
        status && l10n.t('Bookkeeping: {0}', status.bookkeeping.table),
        status && !status.bookkeeping.exists
          ? l10n.t('The table does not exist yet; the first apply creates it.')
          : undefined,
        elsewhere.length > 0
          ? l10n.t('Tables of the same shape elsewhere: {0}. Is search_path right?', elsewhere.join(', '))
          : undefined,
      ),
    },
  );
}

function migrationItem({entry}: NodeOf<'migration'>, context: ItemContext): TreeItem {
  const {migration, state} = entry;
  const look = lookOf(state);
  const current = state.kind === 'applied' ? (state.current ? ',current' : ',earlier') : '';
  const item = row(`${migration.label} ${migration.title}`, look.icon, {
    context: `migration,${state.kind}${current}${migration.up === undefined ? '' : ',up'}${migration.down === undefined ? '' : ',down'}`,
    description: [look.word, context.findings([migration.up, migration.down].flatMap(path => path ?? []))]
      .filter(Boolean)
      .join(' · '),
    tooltip: lines(
      `${migration.label} ${migration.title}`,
      look.meaning,
      migration.down === undefined
        ? l10n.t('It has no down file: rolling it back moves the version and runs nothing.')
        : undefined,
    ),
  });
  const path = migration.up ?? migration.down;
  if (path !== undefined) {
    item.command = {command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.file(path)]};
  }
  return item;
}
