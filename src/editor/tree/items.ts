import {l10n, ThemeColor, ThemeIcon, TreeItemCollapsibleState, type TreeItem} from 'vscode';
import {describeTarget} from '../../core/connections/url.ts';
import {connectionIcon, environmentWord} from '../connections/look.ts';
import {settingsArguments, settingsCommand} from '../failures.ts';
import {sqliteItem} from '../sqlite/sqlite-items.ts';
import {connectionUri} from './connection-colors.ts';
import {historyProblemItem, migrationItem, projectItem, type MigrationContext} from './migration-items.ts';
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
export interface ItemContext extends MigrationContext {
  isConnected(id: string): boolean;
  serverVersion(id: string): string | undefined;
  isTarget(id: string): boolean;
  notes(id: string): readonly string[];
}

const {Collapsed} = TreeItemCollapsibleState;

/** @returns how a row is shown. */
export function itemOf(node: TreeNode, context: ItemContext): TreeItem {
  const item = draw(node, context);
  item.id = node.id;
  if (node.data.kind === 'more')
    item.command = {command: 'howdah.tree.more', title: l10n.t('Load more…'), arguments: [node]};
  if (node.data.kind === 'create-database')
    item.command = {
      command: 'howdah.connections.createDatabase',
      title: l10n.t('Create Missing Database…'),
      arguments: [node],
    };
  return item;
}

function draw({data}: TreeNode, context: ItemContext): TreeItem {
  switch (data.kind) {
    case 'connection':
      return connectionItem(data, context);
    case 'create-database':
      return row(l10n.t('Create database “{0}”…', data.connection.settings.database), 'add', {
        context: 'create-database',
      });
    case 'problem':
      return problemItem(data);
    case 'project':
      return projectItem(data, context);
    case 'history-problem':
      return historyProblemItem(data);
    case 'migration':
      return migrationItem(data, context);
    case 'sqlite':
      return sqliteItem(data.row);
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
      return messageItem(data);
    default:
      return data satisfies never;
  }
}

/** A failure that a setting mends leads to the setting. */
function messageItem({text, failure}: NodeOf<'message'>): TreeItem {
  const item = row(text, failure ? 'warning' : 'info', {
    context: 'message',
    tooltip: lines(failure?.message ?? text, failure?.advice),
  });
  if (failure?.setting !== undefined)
    item.command = {
      command: settingsCommand,
      title: l10n.t('Open Setting'),
      arguments: settingsArguments(failure.setting),
    };
  return item;
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
