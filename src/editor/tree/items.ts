import {l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri} from 'vscode';
import {formatAge, formatRows, formatSize} from '../../core/catalog/format.ts';
import type {Relation} from '../../core/catalog/relation.ts';
import type {Column, Constraint, Policy, TableIndex, Trigger} from '../../core/catalog/table-parts.ts';
import type {Connection} from '../../core/connections/connection.ts';
import {describeTarget} from '../../core/connections/url.ts';
import type {Status} from '../../core/migrations/migration.ts';
import type {Project} from '../../frameworks/framework.ts';
import {connectionIcon, environmentWord} from '../connections/look.ts';
import {describeStatus, lookOf} from '../migrations/words.ts';
import {connectionUri} from './connection-colors.ts';
import type {NodeOf, RelationList, SchemaList, TreeNode} from './node.ts';

/** What an item needs to know beside its own data. */
export interface ItemContext {
  isConnected(id: string): boolean;
  serverVersion(id: string): string | undefined;
  isTarget(id: string): boolean;
  status(connection: Connection, project: Project): Status | undefined;
}

const {Collapsed, None} = TreeItemCollapsibleState;

/** @returns how a row is shown. */
export function itemOf(node: TreeNode, context: ItemContext): TreeItem {
  const item = draw(node, context);
  item.id = node.id;
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
      return migrationItem(data);
    case 'schema':
      return row(data.schema.name, 'symbol-namespace', {
        state: Collapsed,
        context: 'schema',
        description: data.schema.usable ? '' : l10n.t('no right to use it'),
        tooltip: lines(l10n.t('Schema {0}', data.schema.name), l10n.t('Owner: {0}', data.schema.owner), data.schema.comment),
      });
    case 'schema-list':
      return row(schemaListWord(data.list), schemaListIcons[data.list], {
        state: Collapsed,
        context: 'group',
        description: String(data.schema.counts[data.list]),
      });
    case 'relation':
      return relationItem(data.relation);
    case 'relation-list':
      return row(relationListWord(data.list), relationListIcons[data.list], {state: Collapsed, context: 'group'});
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
      return row(data.sequence.name, 'symbol-number', {
        context: 'sequence',
        description: [data.sequence.type, data.sequence.lastValue.kind === 'used' ? data.sequence.lastValue.value : ''].filter(Boolean).join(' · '),
        tooltip: lines(
          `${data.sequence.schema}.${data.sequence.name}`,
          l10n.t('{0}, {1} to {2}, step {3}', data.sequence.type, data.sequence.min, data.sequence.max, data.sequence.increment),
          data.sequence.ownedBy && l10n.t('Belongs to {0}.{1}', data.sequence.ownedBy.table, data.sequence.ownedBy.column),
          data.sequence.comment,
        ),
      });
    case 'routine':
      return row(data.routine.name, data.routine.kind === 'procedure' ? 'symbol-event' : 'symbol-function', {
        context: 'function',
        description: `(${data.routine.identityArguments})${data.routine.returns === undefined ? '' : ` → ${data.routine.returns}`}`,
        tooltip: lines(
          `${data.routine.schema}.${data.routine.name}(${data.routine.identityArguments})`,
          [data.routine.kind, data.routine.language, data.routine.volatility].join(' · '),
          data.routine.securityDefiner ? 'SECURITY DEFINER' : undefined,
          data.routine.comment,
        ),
      });
    case 'type':
      return row(data.type.name, data.type.kind === 'enum' ? 'symbol-enum' : 'symbol-struct', {
        context: 'type',
        description: data.type.kind === 'enum' ? data.type.labels.join(', ') : data.type.kind === 'domain' ? data.type.base : data.type.kind,
        tooltip: lines(`${data.type.schema}.${data.type.name} (${data.type.kind})`, data.type.comment),
      });
    case 'extensions':
      return row(l10n.t('Extensions'), 'extensions', {state: Collapsed, context: 'group'});
    case 'extension': {
      const {extension} = data;
      const newer = extension.availableVersion !== undefined && extension.availableVersion !== extension.version;
      return row(extension.name, 'extensions', {
        context: 'extension',
        description: newer ? l10n.t('{0} ({1} available)', extension.version, extension.availableVersion) : extension.version,
        tooltip: lines(extension.name, l10n.t('In schema {0}', extension.schema), extension.comment),
      });
    }
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

interface RowOptions {
  readonly state?: TreeItemCollapsibleState;
  readonly context: string;
  readonly description?: string;
  readonly tooltip?: string | MarkdownString;
}

function row(label: string, icon: string | ThemeIcon, options: RowOptions): TreeItem {
  const item = new TreeItem(label, options.state ?? None);
  item.iconPath = typeof icon === 'string' ? new ThemeIcon(icon) : icon;
  item.contextValue = options.context;
  if (options.description) item.description = options.description;
  item.tooltip = options.tooltip ?? label;
  return item;
}

/** Text of a database stays text: it is never read as markup. */
function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join('\n');
}

/** A tooltip with a definition in it, coloured as SQL. */
function withDefinition(definition: string, ...more: readonly (string | undefined)[]): MarkdownString {
  const tooltip = new MarkdownString();
  tooltip.appendCodeblock(definition, 'sql');
  tooltip.appendText(lines(...more));
  return tooltip;
}

function connectionItem({connection}: NodeOf<'connection'>, context: ItemContext): TreeItem {
  const connected = context.isConnected(connection.id);
  const version = context.serverVersion(connection.id);
  const source = connection.source.kind === 'file' ? connection.source.label : '';
  const marks = [
    context.isTarget(connection.id) ? l10n.t('target') : '',
    connection.environment === 'development' ? '' : environmentWord(connection.environment),
    connection.readOnly ? l10n.t('read-only') : '',
    version === undefined ? '' : `PostgreSQL ${version}`,
  ].filter(Boolean);
  const item = row(connection.name, connectionIcon(connection, connected), {
    state: Collapsed,
    context: [
      'connection',
      connected ? 'connected' : 'disconnected',
      connection.readOnly ? 'readonly' : 'writable',
      connection.source.kind,
    ].join(','),
    description: marks.join(' · '),
    tooltip: lines(
      connection.name,
      describeTarget(connection.settings),
      l10n.t('Environment: {0}', environmentWord(connection.environment)),
      connection.readOnly ? l10n.t('Read-only: the server refuses writes') : undefined,
      source === '' ? undefined : l10n.t('Found in {0}', source),
      connected ? undefined : l10n.t('Not connected. Expand it to connect.'),
    ),
  });
  item.resourceUri = connectionUri(connection);
  item.accessibilityInformation = {
    label: [connection.name, environmentWord(connection.environment), connected ? l10n.t('connected') : l10n.t('not connected'), ...marks].join(', '),
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
  const failed = status?.position.kind === 'failed';
  const pending = status?.migrations.some(entry => entry.state.kind === 'pending') ?? false;
  const flags = ['project', failed ? 'failed' : pending ? 'pending' : 'settled'];
  const elsewhere = status?.bookkeeping.elsewhere ?? [];
  return row(l10n.t('Migrations'), failed ? new ThemeIcon('error', new ThemeColor('errorForeground')) : 'versions', {
    state: Collapsed,
    context: flags.join(','),
    description: describeStatus(project.framework, status),
    tooltip: lines(
      project.folder,
      status && l10n.t('Bookkeeping: {0}', status.bookkeeping.table),
      status && !status.bookkeeping.exists ? l10n.t('The table does not exist yet; the first apply creates it.') : undefined,
      elsewhere.length > 0 ? l10n.t('Tables of the same shape elsewhere: {0}. Is search_path right?', elsewhere.join(', ')) : undefined,
    ),
  });
}

function migrationItem({entry}: NodeOf<'migration'>): TreeItem {
  const {migration, state} = entry;
  const look = lookOf(state);
  const current = state.kind === 'applied' ? (state.current ? ',current' : ',earlier') : '';
  const item = row(`${migration.label} ${migration.title}`, look.icon, {
    context: `migration,${state.kind}${current}${migration.up === undefined ? '' : ',up'}${migration.down === undefined ? '' : ',down'}`,
    description: look.word,
    tooltip: lines(`${migration.label} ${migration.title}`, look.meaning, migration.down === undefined ? l10n.t('It has no down file: rolling it back moves the version and runs nothing.') : undefined),
  });
  const path = migration.up ?? migration.down;
  if (path !== undefined) {
    item.command = {command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.file(path)]};
  }
  return item;
}

const relationIcons: Record<Relation['kind'], string> = {
  table: 'table',
  'partitioned-table': 'layers',
  view: 'eye',
  'materialized-view': 'save-all',
  'foreign-table': 'remote',
};

function relationItem(relation: Relation): TreeItem {
  const rows = 'rows' in relation ? formatRows(relation.rows) : undefined;
  const size = 'size' in relation ? formatSize(relation.size) : undefined;
  const bound = 'bound' in relation ? relation.bound : undefined;
  const marks = [
    'persistence' in relation && relation.persistence !== 'permanent' ? relation.persistence : undefined,
    'rowSecurity' in relation && relation.rowSecurity !== 'off' ? l10n.t('row security') : undefined,
    'hasPrimaryKey' in relation && !relation.hasPrimaryKey ? l10n.t('no primary key') : undefined,
  ];
  const partitions = relation.kind === 'partitioned-table' ? l10n.t('{0} partitions', relation.partitions) : undefined;
  return row(relation.name, relationIcons[relation.kind], {
    state: Collapsed,
    context: 'relation,rows',
    description: [bound, partitions, rows, size].filter(Boolean).join(' · '),
    tooltip: lines(`${relation.schema}.${relation.name} (${relation.kind})`, l10n.t('Owner: {0}', relation.owner), [rows, size].filter(Boolean).join(', '), marks.filter(Boolean).join(', '), relation.comment),
  });
}

function columnItem(column: Column): TreeItem {
  const icon = column.inPrimaryKey ? new ThemeIcon('key', new ThemeColor('charts.yellow')) : 'symbol-field';
  const {fill} = column;
  const filled =
    fill.kind === 'default'
      ? `= ${fill.expression}`
      : fill.kind === 'identity'
        ? `identity${fill.always ? '' : l10n.t(' by default')}`
        : fill.kind === 'generated'
          ? l10n.t('generated ({0})', fill.storage)
          : '';
  const expression = fill.kind === 'generated' ? ` GENERATED ALWAYS AS (${fill.expression})` : fill.kind === 'default' ? ` DEFAULT ${fill.expression}` : '';
  return row(column.name, icon, {
    context: 'column',
    description: [column.type, column.nullable ? '' : 'not null', filled].filter(Boolean).join(' · '),
    tooltip: withDefinition(`${column.name} ${column.type}${column.nullable ? '' : ' NOT NULL'}${expression}`, column.comment),
  });
}

function indexItem(index: TableIndex): TreeItem {
  const broken = index.state !== 'valid';
  const used = index.use && l10n.t('{0} scans', index.use.scans.toLocaleString());
  return row(index.name, broken ? new ThemeIcon('warning', new ThemeColor('list.warningForeground')) : 'list-ordered', {
    context: 'index',
    description: [broken ? l10n.t('invalid') : '', formatSize(index.size), used].filter(Boolean).join(' · '),
    tooltip: withDefinition(
      index.definition,
      index.purpose.kind === 'constraint' ? l10n.t('Serves the constraint {0}', index.purpose.constraint) : undefined,
      index.use?.lastScan && l10n.t('Last used {0} ago', formatAge(index.use.lastScan, new Date())),
      index.use?.since && l10n.t('Counted since {0}', index.use.since.toISOString()),
      broken ? l10n.t('Not valid: still being built, or left behind by a failed CREATE INDEX CONCURRENTLY') : undefined,
      index.comment,
    ),
  });
}

const constraintIcons: Record<Constraint['kind'], string> = {
  'primary-key': 'key',
  unique: 'verified',
  'foreign-key': 'references',
  check: 'checklist',
  exclusion: 'circle-slash',
  'not-null': 'circle-filled',
};

function constraintItem(constraint: Constraint): TreeItem {
  const marks = [constraint.validated ? '' : l10n.t('not validated'), constraint.enforced ? '' : l10n.t('not enforced')];
  return row(constraint.name, constraintIcons[constraint.kind], {
    context: 'constraint',
    description: [...marks, constraint.definition].filter(Boolean).join(' · '),
    tooltip: withDefinition(constraint.definition, ...marks, constraint.comment),
  });
}

function triggerItem(trigger: Trigger): TreeItem {
  return row(trigger.name, 'zap', {
    context: 'trigger',
    ...(trigger.fires === 'origin' ? {} : {description: trigger.fires}),
    tooltip: withDefinition(trigger.definition, trigger.comment),
  });
}

function policyItem(policy: Policy): TreeItem {
  return row(policy.name, 'shield', {
    context: 'policy',
    description: [policy.command.toUpperCase(), l10n.t('to {0}', policy.roles.join(', ')), policy.permissive ? '' : 'restrictive'].filter(Boolean).join(' · '),
    tooltip: lines(policy.name, policy.using && `USING (${policy.using})`, policy.withCheck && `WITH CHECK (${policy.withCheck})`, policy.comment),
  });
}

const schemaListIcons: Record<SchemaList, string> = {
  tables: 'table',
  views: 'eye',
  materializedViews: 'save-all',
  foreignTables: 'remote',
  sequences: 'symbol-number',
  functions: 'symbol-function',
  types: 'symbol-enum',
};

function schemaListWord(list: SchemaList): string {
  const words: Record<SchemaList, string> = {
    tables: l10n.t('Tables'),
    views: l10n.t('Views'),
    materializedViews: l10n.t('Materialized views'),
    foreignTables: l10n.t('Foreign tables'),
    sequences: l10n.t('Sequences'),
    functions: l10n.t('Functions'),
    types: l10n.t('Types'),
  };
  return words[list];
}

const relationListIcons: Record<RelationList, string> = {
  columns: 'symbol-field',
  indexes: 'list-ordered',
  constraints: 'verified',
  triggers: 'zap',
  policies: 'shield',
  partitions: 'layers',
};

function relationListWord(list: RelationList): string {
  const words: Record<RelationList, string> = {
    columns: l10n.t('Columns'),
    indexes: l10n.t('Indexes'),
    constraints: l10n.t('Constraints'),
    triggers: l10n.t('Triggers'),
    policies: l10n.t('Row-security policies'),
    partitions: l10n.t('Partitions'),
  };
  return words[list];
}
