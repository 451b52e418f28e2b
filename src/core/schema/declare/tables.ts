import {field, list, names, relationOf, text, type QualifiedName} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {SchemaKind} from '../objects.ts';
import {keyIn, mention, partKey, placed, type Mention, type Naming} from './mention.ts';

/** CREATE TABLE: the table, and each of its columns and constraints at its own clause. */
export function createdTable(naming: Naming, node: SyntaxNode): readonly Mention[] {
  const table = relationOf(node['relation']);
  if (table === undefined) return [];
  const parts = partsOf(table);
  return [
    ...mention('create', keyIn(naming, 'table', parts)),
    ...list(node['tableElts']).flatMap(element => [
      ...columnMentions(naming, parts, field(element, 'ColumnDef')),
      ...constraintMentions(naming, parts, field(element, 'Constraint')),
    ]),
  ];
}

export function partsOf({schema, name}: QualifiedName): readonly string[] {
  return schema === undefined ? [name] : [schema, name];
}

function columnMentions(naming: Naming, table: readonly string[], column: SyntaxNode): readonly Mention[] {
  const name = text(column['colname']);
  if (name === undefined) return [];
  const place = placed(column);
  const type = names(field(column, 'typeName')['names']).at(-1) ?? '';
  const sequence = /^(?:small|big)?serial[248]?$/.test(type)
    ? [...table.slice(0, -1), `${table.at(-1)}_${name}_seq`]
    : [];
  return [
    ...mention('create', partKey(naming, 'column', table, name), place),
    ...mention('create', keyIn(naming, 'sequence', sequence), place),
    ...list(column['constraints']).flatMap(constraint =>
      constraintMentions(naming, table, field(constraint, 'Constraint'), name),
    ),
  ];
}

const generatedEndings: Readonly<Record<string, string>> = {
  CONSTR_PRIMARY: 'pkey',
  CONSTR_UNIQUE: 'key',
  CONSTR_CHECK: 'check',
  CONSTR_FOREIGN: 'fkey',
  CONSTR_EXCLUSION: 'excl',
  CONSTR_NOTNULL: 'not_null',
};

/** A name that PostgreSQL makes up is guessed as it makes it, without the number that a second one gets. */
function constraintMentions(
  naming: Naming,
  table: readonly string[],
  constraint: SyntaxNode,
  column?: string,
): readonly Mention[] {
  const ending = generatedEndings[text(constraint['contype']) ?? ''];
  if (ending === undefined) return [];
  const columns = [
    ...names(constraint['keys']),
    ...names(constraint['fk_attrs']),
    ...(column === undefined ? [] : [column]),
  ];
  const middle = ending === 'pkey' ? [] : columns;
  const name = text(constraint['conname']) ?? [table.at(-1) ?? '', ...middle, ending].join('_');
  const place = placed(constraint);
  const isIndex = ['pkey', 'key', 'excl'].includes(ending);
  return [
    ...mention('create', partKey(naming, 'constraint', table, name), place),
    ...(isIndex ? mention('create', keyIn(naming, 'index', [...table.slice(0, -1), name]), place) : []),
  ];
}

const relationKinds: Readonly<Record<string, SchemaKind>> = {
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_INDEX: 'index',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_TYPE: 'type',
};

/** ALTER TABLE and its like, one mention for each command. */
export function alteredTable(naming: Naming, node: SyntaxNode): readonly Mention[] {
  const relation = relationOf(node['relation']);
  if (relation === undefined) return [];
  const kind = relationKinds[text(node['objtype']) ?? ''] ?? 'table';
  const parts = partsOf(relation);
  return list(node['cmds']).flatMap(command =>
    commandMentions(naming, kind, parts, field(command, 'AlterTableCmd')),
  );
}

/** The attribute that a command sets, of the column that it names or else of the table. */
const attributes: Readonly<Record<string, string>> = {
  AT_AlterColumnType: 'type',
  AT_ColumnDefault: 'default',
  AT_SetNotNull: 'notNull',
  AT_DropNotNull: 'notNull',
  AT_SetStatistics: 'statistics',
  AT_SetStorage: 'storage',
  AT_SetCompression: 'compression',
  AT_SetOptions: 'options',
  AT_ResetOptions: 'options',
  AT_AddIdentity: 'identity',
  AT_SetIdentity: 'identity',
  AT_DropIdentity: 'identity',
  AT_SetExpression: 'generated',
  AT_DropExpression: 'generated',
  AT_EnableRowSecurity: 'rowSecurity',
  AT_DisableRowSecurity: 'rowSecurity',
  AT_ForceRowSecurity: 'forceRowSecurity',
  AT_NoForceRowSecurity: 'forceRowSecurity',
  AT_ChangeOwner: 'owner',
  AT_ReplicaIdentity: 'replicaIdentity',
  AT_SetRelOptions: 'options',
  AT_ResetRelOptions: 'options',
  AT_SetTableSpace: 'tablespace',
  AT_SetLogged: 'persistence',
  AT_SetUnLogged: 'persistence',
  AT_ClusterOn: 'clusterOn',
  AT_AddInherit: 'inherits',
  AT_DropInherit: 'inherits',
};

const onColumn =
  /Column|NotNull|Statistics|Storage|Compression|^AT_(?:Set|Reset)Options$|Identity|Expression/;

function commandMentions(
  naming: Naming,
  kind: SchemaKind,
  table: readonly string[],
  command: SyntaxNode,
): readonly Mention[] {
  const subtype = text(command['subtype']) ?? '';
  const name = text(command['name']);
  const about = attributes[subtype];
  const more = about === undefined ? {} : {about};
  switch (subtype) {
    case 'AT_AddColumn':
      return columnMentions(naming, table, field(command['def'], 'ColumnDef'));
    case 'AT_DropColumn':
      return mention('drop', partKey(naming, 'column', table, name));
    case 'AT_AddConstraint':
      return constraintMentions(naming, table, field(command['def'], 'Constraint'));
    case 'AT_DropConstraint':
      return mention('drop', partKey(naming, 'constraint', table, name));
    case 'AT_ValidateConstraint':
      return mention('alter', partKey(naming, 'constraint', table, name), {about: 'notValid'});
    case 'AT_AttachPartition':
    case 'AT_DetachPartition': {
      const partition = relationOf(field(command['def'], 'PartitionCmd')['name']);
      return partition
        ? mention('alter', keyIn(naming, 'table', partsOf(partition)), {about: 'partitionOf'})
        : [];
    }
    default: {
      const isColumn = name !== undefined && onColumn.test(subtype) && subtype !== 'AT_ReplicaIdentity';
      const isTrigger = name !== undefined && /^AT_(?:Enable|Disable)\w*Trig$/.test(subtype);
      if (isTrigger) return mention('alter', partKey(naming, 'trigger', table, name), {about: 'enabled'});
      const key = isColumn ? partKey(naming, 'column', table, name) : keyIn(naming, kind, table);
      return mention('alter', key, more);
    }
  }
}

/** CREATE INDEX; without a name PostgreSQL makes one of the table and the columns. */
export function createdIndex(naming: Naming, node: SyntaxNode): readonly Mention[] {
  const table = relationOf(node['relation']);
  if (table === undefined) return [];
  const columns = list(node['indexParams']).map(key => text(field(key, 'IndexElem')['name']) ?? 'expr');
  const name = text(node['idxname']) ?? [table.name, ...columns, 'idx'].join('_');
  return mention(
    'create',
    keyIn(naming, 'index', [...(table.schema === undefined ? [] : [table.schema]), name]),
  );
}

export function ofTable(
  naming: Naming,
  kind: SchemaKind,
  act: Mention['act'],
  relation: unknown,
  name: unknown,
): readonly Mention[] {
  const table = relationOf(relation);
  return table ? mention(act, partKey(naming, kind, partsOf(table), text(name))) : [];
}
