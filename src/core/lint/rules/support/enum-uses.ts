import {isNode, nodesOf} from '../../../explain/syntax-tree.ts';
import {field, list, names, qualified, relationOf, text} from '../../../sql/objects.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import type {Relation, SchemaModel, Type} from '../../model/schema.ts';
import type {LintStatement} from '../../statement.ts';
import {relationNamed, short} from './relation-names.ts';

/** A value of an enum, and where to look types and columns up. */
export interface EnumValue {
  readonly type: Pick<Type, 'schema' | 'name'>;
  readonly value: string;
  readonly model: SchemaModel;
}

/** @returns the `A_Const` nodes of a statement that certainly are this value: PostgreSQL reads them when it plans */
export function usesOf(statement: LintStatement, wanted: EnumValue): readonly SyntaxNode[] {
  const all = nodesOf({[statement.kind]: statement.node});
  if (!all.some(({kind, node}) => kind === 'A_Const' && isValue(node, wanted.value))) return [];
  const relations = all
    .filter(({kind}) => kind === 'RangeVar')
    .flatMap(({node}) => relationOf(node) ?? [])
    .concat(relationNamed(statement) ?? [])
    .flatMap(name => wanted.model.relation(name) ?? []);
  const found = all.flatMap(({kind, node}) => readers[kind]?.(node, wanted, relations) ?? []);
  return [...new Set([...found, ...written(statement, wanted)])];
}

function isValue(node: SyntaxNode, value: string): boolean {
  return text(field(node, 'sval')['sval']) === value;
}

type Reader = (node: SyntaxNode, wanted: EnumValue, relations: readonly Relation[]) => readonly SyntaxNode[];

const readers: Readonly<Record<string, Reader>> = {
  TypeCast: ({typeName, arg}, wanted) => (isType(typeName, wanted) ? constants(innermost(arg), wanted) : []),
  A_Expr: ({lexpr, rexpr}, wanted, relations) => {
    const [left, right] = [isColumn(lexpr, wanted, relations), isColumn(rexpr, wanted, relations)];
    return [...(left ? constants(rexpr, wanted) : []), ...(right ? constants(lexpr, wanted) : [])];
  },
  ColumnDef: ({typeName, constraints}, wanted) =>
    isType(typeName, wanted)
      ? list(constraints).flatMap(each => constants(field(each, 'Constraint')['raw_expr'], wanted))
      : [],
};

function isType(typeName: unknown, {type, model}: EnumValue): boolean {
  const name = isNode(typeName) ? qualified(names(typeName['names'])) : undefined;
  const found = name && model.type(name);
  return found?.name === type.name && found.schema === type.schema;
}

function innermost(node: unknown): unknown {
  const cast = field(node, 'TypeCast');
  return 'arg' in cast ? innermost(cast['arg']) : node;
}

/** @returns the constant itself, or those of a list in parentheses */
function constants(node: unknown, {value}: EnumValue): readonly SyntaxNode[] {
  const items = [
    ...list(Array.isArray(node) ? node : [node]),
    ...list(field(node, 'List')['items']),
    ...list(field(node, 'A_ArrayExpr')['elements']),
  ];
  return items.map(item => field(item, 'A_Const')).filter(constant => isValue(constant, value));
}

function isColumn(node: unknown, {type}: EnumValue, relations: readonly Relation[]): boolean {
  const name = names(field(node, 'ColumnRef')['fields']).at(-1);
  return name !== undefined && relations.some(relation => relation.columns.get(name)?.type === short(type));
}

/** What INSERT, UPDATE and SET DEFAULT put into columns of the type. */
function written(statement: LintStatement, wanted: EnumValue): readonly SyntaxNode[] {
  const {node, kind} = statement;
  const name = relationNamed(statement);
  const relation = name && wanted.model.relation(name);
  if (!relation) return [];
  const isOf = (column: string | undefined): boolean =>
    relation.columns.get(column ?? '')?.type === short(wanted.type);
  switch (kind) {
    case 'InsertStmt':
      return inserted(node, relation, isOf).flatMap(value => constants(value, wanted));
    case 'UpdateStmt':
      return list(node['targetList'])
        .map(each => field(each, 'ResTarget'))
        .filter(target => isOf(text(target['name'])))
        .flatMap(target => constants(target['val'], wanted));
    case 'AlterTableStmt':
      return statement.actions
        .filter(({subtype, node: action}) => subtype === 'AT_ColumnDefault' && isOf(text(action['name'])))
        .flatMap(({node: action}) => constants(action['def'], wanted));
    default:
      return [];
  }
}

function inserted(
  node: SyntaxNode,
  relation: Relation,
  isOf: (column: string | undefined) => boolean,
): readonly SyntaxNode[] {
  const named = list(node['cols']).map(each => text(field(each, 'ResTarget')['name']));
  const columns = named.length > 0 ? named : [...relation.columns.keys()];
  const query = field(field(node, 'selectStmt'), 'SelectStmt');
  const rows = [
    ...list(query['valuesLists']).map(row => list(field(row, 'List')['items'])),
    list(query['targetList']).map(each => field(field(each, 'ResTarget'), 'val')),
  ];
  return rows.flatMap(row => row.filter((_, index) => isOf(columns[index])));
}
