import {l10n, ThemeColor, ThemeIcon, TreeItemCollapsibleState, type TreeItem} from 'vscode';
import {formatAge, formatRows, formatSize} from '../../core/catalog/format.ts';
import type {DataType} from '../../core/catalog/data-type.ts';
import type {Relation} from '../../core/catalog/relation.ts';
import type {Routine} from '../../core/catalog/routine.ts';
import type {Extension, Schema} from '../../core/catalog/schema.ts';
import type {Sequence} from '../../core/catalog/sequence.ts';
import type {Column, Constraint, Policy, TableIndex, Trigger} from '../../core/catalog/table-parts.ts';
import type {RelationList, SchemaList} from './node.ts';
import {lines, row, withDefinition} from './row.ts';

const {Collapsed} = TreeItemCollapsibleState;

/** @returns the row of one schema. */
export function schemaItem(schema: Schema): TreeItem {
  return row(schema.name, 'symbol-namespace', {
    state: Collapsed,
    context: 'schema',
    description: schema.usable ? '' : l10n.t('no right to use it'),
    tooltip: lines(l10n.t('Schema {0}', schema.name), l10n.t('Owner: {0}', schema.owner), schema.comment),
  });
}

/** @returns the row of one sequence. */
export function sequenceItem(sequence: Sequence): TreeItem {
  return row(sequence.name, 'symbol-number', {
    context: 'sequence',
    description: [sequence.type, sequence.lastValue.kind === 'used' ? sequence.lastValue.value : '']
      .filter(Boolean)
      .join(' · '),
    tooltip: lines(
      `${sequence.schema}.${sequence.name}`,
      l10n.t('{0}, {1} to {2}, step {3}', sequence.type, sequence.min, sequence.max, sequence.increment),
      sequence.ownedBy && l10n.t('Belongs to {0}.{1}', sequence.ownedBy.table, sequence.ownedBy.column),
      sequence.comment,
    ),
  });
}

/** @returns the row of one routine. */
export function routineItem(routine: Routine): TreeItem {
  return row(routine.name, routine.kind === 'procedure' ? 'symbol-event' : 'symbol-function', {
    context: 'function',
    description: `(${routine.identityArguments})${routine.returns === undefined ? '' : ` → ${routine.returns}`}`,
    tooltip: lines(
      `${routine.schema}.${routine.name}(${routine.identityArguments})`,
      [routine.kind, routine.language, routine.volatility].join(' · '),
      routine.securityDefiner ? 'SECURITY DEFINER' : undefined,
      routine.comment,
    ),
  });
}

/** @returns the row of one type. */
export function typeItem(type: DataType): TreeItem {
  return row(type.name, type.kind === 'enum' ? 'symbol-enum' : 'symbol-struct', {
    context: 'type',
    description:
      type.kind === 'enum' ? type.labels.join(', ') : type.kind === 'domain' ? type.base : type.kind,
    tooltip: lines(`${type.schema}.${type.name} (${type.kind})`, type.comment),
  });
}

/** @returns the row of one extension. */
export function extensionItem(extension: Extension): TreeItem {
  const newer = extension.availableVersion !== undefined && extension.availableVersion !== extension.version;
  return row(extension.name, 'extensions', {
    context: 'extension',
    description: newer
      ? l10n.t('{0} ({1} available)', extension.version, extension.availableVersion)
      : extension.version,
    tooltip: lines(extension.name, l10n.t('In schema {0}', extension.schema), extension.comment),
  });
}

const relationIcons: Record<Relation['kind'], string> = {
  table: 'table',
  'partitioned-table': 'layers',
  view: 'eye',
  'materialized-view': 'save-all',
  'foreign-table': 'remote',
};

export function relationItem(relation: Relation): TreeItem {
  const known = 'rows' in relation && relation.rows.kind === 'estimated';
  const rows = 'rows' in relation ? formatRows(relation.rows) : undefined;
  const size = 'size' in relation ? formatSize(relation.size) : undefined;
  const bound = 'bound' in relation ? relation.bound : undefined;
  const marks = [
    'persistence' in relation && relation.persistence !== 'permanent' ? relation.persistence : undefined,
    'rowSecurity' in relation && relation.rowSecurity !== 'off' ? l10n.t('row security') : undefined,
    'hasPrimaryKey' in relation && !relation.hasPrimaryKey ? l10n.t('no primary key') : undefined,
  ];
  const partitions = relation.kind === 'partitioned-table' ? partitionCount(relation.partitions) : undefined;
  return row(relation.name, relationIcons[relation.kind], {
    state: Collapsed,
    context: `relation,rows${relation.kind === 'view' || relation.kind === 'foreign-table' ? '' : ',stored'}`,
    description: [bound, partitions, known ? rows : undefined, size].filter(Boolean).join(' · '),
    tooltip: lines(
      `${relation.schema}.${relation.name} (${relation.kind})`,
      l10n.t('Owner: {0}', relation.owner),
      [rows, size].filter(Boolean).join(', '),
      marks.filter(Boolean).join(', '),
      relation.comment,
    ),
  });
}

function partitionCount(count: number): string {
  return count === 1 ? l10n.t('1 partition') : l10n.t('{0} partitions', count);
}

export function columnItem(column: Column): TreeItem {
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
  const expression =
    fill.kind === 'generated'
      ? ` GENERATED ALWAYS AS (${fill.expression})`
      : fill.kind === 'default'
        ? ` DEFAULT ${fill.expression}`
        : '';
  return row(column.name, icon, {
    context: 'column',
    description: [column.type, column.nullable ? '' : 'not null', filled].filter(Boolean).join(' · '),
    tooltip: withDefinition(
      `${column.name} ${column.type}${column.nullable ? '' : ' NOT NULL'}${expression}`,
      column.comment,
    ),
  });
}

export function indexItem(index: TableIndex): TreeItem {
  const broken = index.state !== 'valid';
  const used = index.use && l10n.t('{0} scans', index.use.scans.toLocaleString());
  return row(
    index.name,
    broken ? new ThemeIcon('warning', new ThemeColor('list.warningForeground')) : 'list-ordered',
    {
      context: 'index',
      description: [broken ? l10n.t('invalid') : '', formatSize(index.size), used]
        .filter(Boolean)
        .join(' · '),
      tooltip: withDefinition(
        index.definition,
        index.purpose.kind === 'constraint'
          ? l10n.t('Serves the constraint {0}', index.purpose.constraint)
          : undefined,
        index.replicaIdentity ? l10n.t('Replica identity of the table') : undefined,
        index.foreignKeys.length > 0
          ? l10n.t('Supports the foreign keys {0}', index.foreignKeys.join(', '))
          : undefined,
        index.use &&
          l10n.t(
            '{0} scans, {1} entries read, {2} rows fetched',
            index.use.scans.toLocaleString(),
            index.use.entriesRead.toLocaleString(),
            index.use.rowsFetched.toLocaleString(),
          ),
        index.use?.lastScan && l10n.t('Last used {0} ago', formatAge(index.use.lastScan, new Date())),
        index.use?.since && l10n.t('Counted since {0}', index.use.since.toISOString()),
        broken
          ? l10n.t('Not valid: still being built, or left behind by a failed CREATE INDEX CONCURRENTLY')
          : undefined,
        index.comment,
      ),
    },
  );
}

const constraintIcons: Record<Constraint['kind'], string> = {
  'primary-key': 'key',
  unique: 'verified',
  'foreign-key': 'references',
  check: 'checklist',
  exclusion: 'circle-slash',
  'not-null': 'circle-filled',
};

export function constraintItem(constraint: Constraint): TreeItem {
  const marks = [
    constraint.validated ? '' : l10n.t('not validated'),
    constraint.enforced ? '' : l10n.t('not enforced'),
  ];
  return row(constraint.name, constraintIcons[constraint.kind], {
    context: 'constraint',
    description: [...marks, constraint.definition].filter(Boolean).join(' · '),
    tooltip: withDefinition(constraint.definition, ...marks, constraint.comment),
  });
}

export function triggerItem(trigger: Trigger): TreeItem {
  return row(trigger.name, 'zap', {
    context: 'trigger',
    ...(trigger.fires === 'origin' ? {} : {description: trigger.fires}),
    tooltip: withDefinition(trigger.definition, trigger.comment),
  });
}

export function policyItem(policy: Policy): TreeItem {
  return row(policy.name, 'shield', {
    context: 'policy',
    description: [
      policy.command.toUpperCase(),
      l10n.t('to {0}', policy.roles.join(', ')),
      policy.permissive ? '' : 'restrictive',
    ]
      .filter(Boolean)
      .join(' · '),
    tooltip: lines(
      policy.name,
      policy.using && `USING (${policy.using})`,
      policy.withCheck && `WITH CHECK (${policy.withCheck})`,
      policy.comment,
    ),
  });
}

export const schemaListIcons: Record<SchemaList, string> = {
  tables: 'table',
  views: 'eye',
  materializedViews: 'save-all',
  foreignTables: 'remote',
  sequences: 'symbol-number',
  functions: 'symbol-function',
  types: 'symbol-enum',
};

export function schemaListWord(list: SchemaList): string {
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

export const relationListIcons: Record<RelationList, string> = {
  columns: 'symbol-field',
  indexes: 'list-ordered',
  constraints: 'verified',
  triggers: 'zap',
  policies: 'shield',
  partitions: 'layers',
};

export function relationListWord(list: RelationList): string {
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
