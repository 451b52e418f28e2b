import type {Statement, SyntaxNode} from './parser.ts';
import {absent, present, type Effect} from './effect.ts';
import {alterations} from './effects-alter.ts';
import {drops} from './effects-drop.ts';
import {
  field,
  names,
  qualified,
  relationOf,
  text,
  type DatabaseObject,
  type QualifiedName,
} from './objects.ts';

type Reader = (node: SyntaxNode) => readonly Effect[];

/** @returns what a statement makes, changes or drops, as far as the catalog can show it; empty for data. */
export function effectsOf({kind, node}: Pick<Statement, 'kind' | 'node'>): readonly Effect[] {
  return readers[kind]?.(node) ?? [];
}

const readers: Readonly<Record<string, Reader>> = {
  CreateStmt: node => present(relation('table', node['relation']), node['if_not_exists'] === true),
  CreateTableAsStmt: node => {
    const kind = node['objtype'] === 'OBJECT_MATVIEW' ? 'materialized view' : 'table';
    return present(relation(kind, field(node, 'into')['rel']), node['if_not_exists'] === true);
  },
  ViewStmt: node => present(relation('view', node['view']), node['replace'] === true),
  CreateSeqStmt: node => present(relation('sequence', node['sequence']), node['if_not_exists'] === true),
  IndexStmt: node => indexEffects(node),
  CreateEnumStmt: node => present(typeNamed(node['typeName'])),
  CompositeTypeStmt: node => present(relation('type', node['typevar'])),
  CreateRangeStmt: node => present(typeNamed(node['typeName'])),
  CreateDomainStmt: node => present(typeNamed(node['domainname'])),
  AlterEnumStmt: node => enumEffects(node),
  CreateFunctionStmt: node => {
    const name = qualified(names(node['funcname']));
    return present(name && {kind: 'function', name}, node['replace'] === true);
  },
  CreateSchemaStmt: node => present(single('schema', node['schemaname']), node['if_not_exists'] === true),
  CreateExtensionStmt: node => present(single('extension', node['extname']), node['if_not_exists'] === true),
  CreateTrigStmt: node =>
    present(owned('trigger', node['relation'], node['trigname']), node['replace'] === true),
  CreatePolicyStmt: node => present(owned('policy', node['table'], node['policy_name'])),
  AlterTableStmt: node => alterations(node),
  RenameStmt: node => renames(node),
  DropStmt: node => drops(node),
};

function relation(
  kind: 'table' | 'view' | 'materialized view' | 'sequence' | 'type',
  node: unknown,
): DatabaseObject | undefined {
  const name = relationOf(node);
  return name && {kind, name};
}

function typeNamed(node: unknown): DatabaseObject | undefined {
  const name = qualified(names(node));
  return name && {kind: 'type', name};
}

function single(kind: 'schema' | 'extension', node: unknown): DatabaseObject | undefined {
  const name = text(node);
  return name === undefined ? undefined : {kind, name: {name}};
}

function owned(kind: 'trigger' | 'policy', table: unknown, node: unknown): DatabaseObject | undefined {
  const of = relationOf(table);
  const name = text(node);
  return of && name !== undefined ? {kind, table: of, name} : undefined;
}

/** An index lives in its table's schema; without a name the server makes one up. */
function indexEffects(node: SyntaxNode): readonly Effect[] {
  const table = relationOf(node['relation']);
  const name = text(node['idxname']);
  if (table === undefined || name === undefined) return [];
  return present({kind: 'index', name: inSchemaOf(table, name)}, node['if_not_exists'] === true);
}

function enumEffects(node: SyntaxNode): readonly Effect[] {
  const type = qualified(names(node['typeName']));
  const value = text(node['newVal']);
  const old = text(node['oldVal']);
  if (type === undefined || value === undefined) return [];
  return [
    ...present({kind: 'enum value', type, name: value}, node['skipIfNewValExists'] === true),
    ...(old === undefined ? [] : absent({kind: 'enum value', type, name: old})),
  ];
}

function renames(node: SyntaxNode): readonly Effect[] {
  const name = text(node['newname']);
  const from = relationOf(node['relation']);
  const old = text(node['subname']);
  if (name === undefined || from === undefined) return [];
  switch (node['renameType']) {
    case 'OBJECT_TABLE':
      return [
        ...absent({kind: 'table', name: from}),
        ...present({kind: 'table', name: inSchemaOf(from, name)}),
      ];
    case 'OBJECT_INDEX':
      return [
        ...absent({kind: 'index', name: from}),
        ...present({kind: 'index', name: inSchemaOf(from, name)}),
      ];
    case 'OBJECT_COLUMN':
      return [
        ...absent(old === undefined ? undefined : {kind: 'column', table: from, name: old}),
        ...present({kind: 'column', table: from, name}),
      ];
    default:
      return [];
  }
}

function inSchemaOf(other: QualifiedName, name: string): QualifiedName {
  return other.schema === undefined ? {name} : {schema: other.schema, name};
}
