import {field, isNode, list, names, relationOf, text} from '../../sql/objects.ts';
import type {Statement, SyntaxNode} from '../../sql/parser.ts';
import type {SchemaKind} from '../objects.ts';
import {globalKey, keyIn, mention, partKey, type Mention, type Naming} from './mention.ts';
import {keysNamed} from './named.ts';
import {renamed} from './renames.ts';
import {alteredTable, createdIndex, createdTable, ofTable, partsOf} from './tables.ts';

type Reader = (naming: Naming, node: SyntaxNode) => readonly Mention[];

/** @returns what a statement makes, changes or drops, by the names in it; nothing for what it does by running code */
export function mentionsOf(
  naming: Naming,
  {kind, node}: Pick<Statement, 'kind' | 'node'>,
): readonly Mention[] {
  return readers[kind]?.(naming, node) ?? [];
}

const readers: Readonly<Record<string, Reader>> = {
  CreateStmt: createdTable,
  CreateForeignTableStmt: (naming, node) => createdTable(naming, field(node, 'base')),
  AlterTableStmt: alteredTable,
  IndexStmt: createdIndex,
  ViewStmt: (naming, node) => relation(naming, 'view', node['view']),
  CreateTableAsStmt: (naming, node) =>
    relation(
      naming,
      node['objtype'] === 'OBJECT_MATVIEW' ? 'materialized view' : 'table',
      field(node, 'into')['rel'],
    ),
  CreateSeqStmt: (naming, node) => relation(naming, 'sequence', node['sequence']),
  AlterSeqStmt: (naming, node) => relation(naming, 'sequence', node['sequence'], 'alter'),
  CreateEnumStmt: (naming, node) => inSchema(naming, 'type', node['typeName']),
  CreateRangeStmt: (naming, node) => inSchema(naming, 'type', node['typeName']),
  CompositeTypeStmt: (naming, node) => relation(naming, 'type', node['typevar']),
  AlterEnumStmt: (naming, node) => inSchema(naming, 'type', node['typeName'], 'alter', {about: 'labels'}),
  CreateDomainStmt: (naming, node) => domain(naming, node),
  AlterDomainStmt: (naming, node) => inSchema(naming, 'domain', node['typeName'], 'alter'),
  DefineStmt: (naming, node) =>
    keysNamed(naming, node['kind'], {List: {items: node['defnames']}}).flatMap(key => mention('create', key)),
  CreateFunctionStmt: (naming, node) => inSchema(naming, 'function', node['funcname']),
  AlterFunctionStmt: (naming, node) => inSchema(naming, 'function', field(node, 'func')['objname'], 'alter'),
  CreateSchemaStmt: (_, node) => global('schema', node['schemaname']),
  CreateExtensionStmt: (_, node) => global('extension', node['extname']),
  AlterExtensionStmt: (_, node) => global('extension', node['extname'], 'alter'),
  CreateTrigStmt: (naming, node) => ofTable(naming, 'trigger', 'create', node['relation'], node['trigname']),
  RuleStmt: (naming, node) => ofTable(naming, 'rule', 'create', node['relation'], node['rulename']),
  CreatePolicyStmt: (naming, node) => ofTable(naming, 'policy', 'create', node['table'], node['policy_name']),
  AlterPolicyStmt: (naming, node) => ofTable(naming, 'policy', 'alter', node['table'], node['policy_name']),
  CreateEventTrigStmt: (_, node) => global('event trigger', node['trigname']),
  AlterEventTrigStmt: (_, node) => global('event trigger', node['trigname'], 'alter'),
  CreatePublicationStmt: (_, node) => global('publication', node['pubname']),
  AlterPublicationStmt: (_, node) => global('publication', node['pubname'], 'alter'),
  CreateSubscriptionStmt: (_, node) => global('subscription', node['subname']),
  AlterSubscriptionStmt: (_, node) => global('subscription', node['subname'], 'alter'),
  CreateFdwStmt: (_, node) => global('foreign data wrapper', node['fdwname']),
  AlterFdwStmt: (_, node) => global('foreign data wrapper', node['fdwname'], 'alter'),
  CreateForeignServerStmt: (_, node) => global('server', node['servername']),
  AlterForeignServerStmt: (_, node) => global('server', node['servername'], 'alter'),
  CreatePLangStmt: (_, node) => global('language', node['plname']),
  CreateAmStmt: (_, node) => global('access method', node['amname']),
  CreateStatsStmt: (naming, node) => inSchema(naming, 'statistics', node['defnames']),
  AlterStatsStmt: (naming, node) => inSchema(naming, 'statistics', node['defnames'], 'alter'),
  CreateRoleStmt: (_, node) => global('role', node['role']),
  AlterRoleStmt: (_, node) => global('role', field(node, 'role')['rolename'], 'alter'),
  CommentStmt: (naming, node) =>
    keysNamed(naming, node['objtype'], node['object']).flatMap(key =>
      mention('alter', key, {about: 'comment'}),
    ),
  AlterOwnerStmt: (naming, node) =>
    keysNamed(naming, node['objectType'], node['object']).flatMap(key =>
      mention('alter', key, {about: 'owner'}),
    ),
  GrantStmt: (naming, node) => granted(naming, node),
  DropStmt: (naming, node) =>
    list(node['objects']).flatMap(object =>
      keysNamed(naming, node['removeType'], object).flatMap(key => mention('drop', key)),
    ),
  RenameStmt: renamed,
  AlterObjectSchemaStmt: renamed,
};

function relation(
  naming: Naming,
  kind: SchemaKind,
  node: unknown,
  act: Mention['act'] = 'create',
): readonly Mention[] {
  const name = relationOf(node);
  return name ? mention(act, keyIn(naming, kind, partsOf(name))) : [];
}

function inSchema(
  naming: Naming,
  kind: SchemaKind,
  name: unknown,
  act: Mention['act'] = 'create',
  more: Pick<Mention, 'about'> = {},
): readonly Mention[] {
  return mention(act, keyIn(naming, kind, names(name)), more);
}

function global(kind: SchemaKind, name: unknown, act: Mention['act'] = 'create'): readonly Mention[] {
  return mention(act, globalKey(kind, text(name)));
}

function domain(naming: Naming, node: SyntaxNode): readonly Mention[] {
  const name = names(node['domainname']);
  return [
    ...inSchema(naming, 'domain', node['domainname']),
    ...list(node['constraints']).flatMap(constraint => {
      const given = text(field(constraint, 'Constraint')['conname']);
      return mention('create', partKey(naming, 'constraint', name, given ?? `${name.at(-1)}_check`));
    }),
  ];
}

/** Of a column the privileges are the column's. */
function granted(naming: Naming, node: SyntaxNode): readonly Mention[] {
  const columns = list(node['privileges']).flatMap(privilege =>
    names(field(privilege, 'AccessPriv')['cols']),
  );
  return list(node['objects']).flatMap(object => {
    const table = relationOf(field(object, 'RangeVar'));
    const keys =
      columns.length > 0 && table
        ? columns.map(column => partKey(naming, 'column', partsOf(table), column))
        : keysGranted(naming, node['objtype'], object);
    return keys.flatMap(key => mention('alter', key, {about: 'privileges'}));
  });
}

/** GRANT ON TABLE names views and sequences as well. */
function keysGranted(naming: Naming, type: unknown, object: unknown): readonly string[] {
  if (!isNode(object)) return [];
  const also = type === 'OBJECT_TABLE' ? ['OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_SEQUENCE'] : [];
  return [type, ...also].flatMap(one => keysNamed(naming, one, object));
}
