import {field, isNode, list, names} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {ownColumnsOf} from './tree-columns.ts';

type Rewrite = (node: SyntaxNode) => SyntaxNode;

/**
 * One form for all ways in which PostgreSQL writes one thing: what the versions do differently, and what changes when a
 * dump is loaded.
 * @returns a copy of a part of a syntax tree without the places of the text
 */
export function canonicalTree(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonicalTree);
  if (!isNode(value)) return value;
  const inside = Object.entries(value).filter(([name]) => !isPlace(name));
  const copy: SyntaxNode = Object.fromEntries(inside.map(([name, part]) => [name, canonicalTree(part)]));
  const [kind, node] = onlyEntry(copy);
  const rewrite = kind === undefined ? undefined : rewrites[kind];
  return rewrite && isNode(node) ? rewrite(node) : copy;
}

function isPlace(name: string): boolean {
  return /(?:^|_)location$|^(?:rexpr_)?list_(?:start|end)$|^stmt_len$/.test(name);
}

function onlyEntry(node: SyntaxNode): readonly [string, unknown] | readonly [] {
  const entries = Object.entries(node);
  const [first] = entries;
  return entries.length === 1 && first && /^[A-Z]/.test(first[0]) ? first : [];
}

const rewrites: Readonly<Record<string, Rewrite>> = {
  A_Expr: node => ({A_Expr: comparison(node)}),
  TypeCast: cast,
  TypeName: node => ({TypeName: typeName(node)}),
  BoolExpr: node => ({BoolExpr: flat(node)}),
  SortBy: node => ({
    SortBy: {...node, ...order(node['sortby_dir'], node['sortby_nulls'], 'sortby_dir', 'sortby_nulls')},
  }),
  IndexElem: node => ({
    IndexElem: {...node, ...order(node['ordering'], node['nulls_ordering'], 'ordering', 'nulls_ordering')},
  }),
  FuncCall: node => ({FuncCall: {...without(node, 'funcformat'), funcname: plainNames(node['funcname'])}}),
  CollateClause: node => ({CollateClause: {...node, collname: plainNames(node['collname'])}}),
  SelectStmt: node => ({SelectStmt: ownColumnsOf(node)}),
  ResTarget: node => ({ResTarget: target(node)}),
};

/** `IN (…)` is `= ANY (ARRAY[…])`, and `LIKE` is an operator. */
function comparison(node: SyntaxNode): SyntaxNode {
  const items = list(field(node['rexpr'], 'List')['items']);
  const isNegated = names(node['name'])[0] === '<>';
  switch (node['kind']) {
    case 'AEXPR_IN':
      return {
        ...node,
        kind: isNegated ? 'AEXPR_OP_ALL' : 'AEXPR_OP_ANY',
        rexpr: {A_ArrayExpr: {elements: items}},
      };
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE':
      return {...node, kind: 'AEXPR_OP'};
    default:
      return node;
  }
}

/** A cast of an array is one of its elements, and a string that is cast to text is that string. */
function cast(node: SyntaxNode): SyntaxNode {
  const type = typeName(field(node, 'typeName'));
  const elements = field(node['arg'], 'A_ArrayExpr')['elements'];
  if (Array.isArray(elements) && Array.isArray(type['arrayBounds'])) {
    const elementType = without(type, 'arrayBounds');
    return {
      A_ArrayExpr: {elements: list(elements).map(element => cast({arg: element, typeName: elementType}))},
    };
  }
  const arg = withoutStringCast(node['arg']);
  return isText(type, ['text']) && isString(arg) ? arg : {TypeCast: {...node, arg, typeName: type}};
}

function withoutStringCast(arg: unknown): SyntaxNode {
  const inner = field(arg, 'TypeCast');
  if (isText(field(inner, 'typeName'), ['text', 'varchar']) && isString(inner['arg']))
    return field(inner, 'arg');
  return isNode(arg) ? arg : {};
}

function isString(value: unknown): boolean {
  return 'sval' in field(value, 'A_Const');
}

function isText(type: SyntaxNode, of: readonly string[]): boolean {
  return (
    of.includes(names(type['names']).at(-1) ?? '') &&
    type['typmods'] === undefined &&
    type['arrayBounds'] === undefined
  );
}

function typeName(node: SyntaxNode): SyntaxNode {
  return {...node, names: plainNames(node['names'])};
}

/** What stands in `pg_catalog` is found without its name. */
function plainNames(value: unknown): unknown {
  const parts = list(value);
  return parts.length > 1 && names(parts)[0] === 'pg_catalog' ? parts.slice(1) : value;
}

function flat(node: SyntaxNode): SyntaxNode {
  if (node['boolop'] === 'NOT_EXPR') return node;
  const args = list(node['args']).flatMap(arg => {
    const inner = field(arg, 'BoolExpr');
    return inner['boolop'] === node['boolop'] ? list(inner['args']) : [arg];
  });
  return {...node, args};
}

/** Ascending is the default, with nulls last; descending has them first. */
function order(direction: unknown, nulls: unknown, directionName: string, nullsName: string): SyntaxNode {
  const isDescending = direction === 'SORTBY_DESC';
  const usual = isDescending ? 'SORTBY_NULLS_FIRST' : 'SORTBY_NULLS_LAST';
  return {
    [directionName]: direction === 'SORTBY_ASC' ? 'SORTBY_DEFAULT' : direction,
    [nullsName]: nulls === usual ? 'SORTBY_NULLS_DEFAULT' : nulls,
  };
}

/** A column's own name needs no AS. */
function target(node: SyntaxNode): SyntaxNode {
  const column = names(field(node['val'], 'ColumnRef')['fields']).at(-1);
  return column !== undefined && node['name'] === column ? without(node, 'name') : node;
}

function without(node: SyntaxNode, name: string): SyntaxNode {
  return Object.fromEntries(Object.entries(node).filter(([key]) => key !== name));
}
