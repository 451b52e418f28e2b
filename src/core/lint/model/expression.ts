import {nodesOf} from '../../explain/syntax-tree.ts';
import {field, isNode, list, names, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';

/** @returns the columns that an expression over one table names, each once */
export function columnsIn(expression: unknown): readonly string[] {
  const found = nodesOf(expression).flatMap(({kind, node}) =>
    kind === 'ColumnRef' ? (names(node['fields']).at(-1) ?? []) : [],
  );
  return [...new Set(found)];
}

/** Named after what they are. Source: `FigureColnameInternal` in src/backend/parser/parse_target.c of PostgreSQL */
const fixed: Readonly<Record<string, string>> = {
  CoalesceExpr: 'coalesce',
  A_ArrayExpr: 'array',
  RowExpr: 'row',
  XmlSerialize: 'xmlserialize',
  GroupingFunc: 'grouping',
  MergeSupportFunc: 'merge_action',
  JsonObjectConstructor: 'json_object',
  JsonArrayConstructor: 'json_array',
  JsonArrayQueryConstructor: 'json_array',
  JsonObjectAgg: 'json_objectagg',
  JsonArrayAgg: 'json_arrayagg',
  JsonParseExpr: 'json',
  JsonScalarExpr: 'json_scalar',
  JsonSerializeExpr: 'json_serialize',
};

const valueFunctions: Readonly<Record<string, string>> = {
  SVFOP_CURRENT_DATE: 'current_date',
  SVFOP_CURRENT_TIME: 'current_time',
  SVFOP_CURRENT_TIME_N: 'current_time',
  SVFOP_CURRENT_TIMESTAMP: 'current_timestamp',
  SVFOP_CURRENT_TIMESTAMP_N: 'current_timestamp',
  SVFOP_LOCALTIME: 'localtime',
  SVFOP_LOCALTIME_N: 'localtime',
  SVFOP_LOCALTIMESTAMP: 'localtimestamp',
  SVFOP_LOCALTIMESTAMP_N: 'localtimestamp',
  SVFOP_CURRENT_ROLE: 'current_role',
  SVFOP_CURRENT_USER: 'current_user',
  SVFOP_USER: 'user',
  SVFOP_SESSION_USER: 'session_user',
  SVFOP_CURRENT_CATALOG: 'current_catalog',
  SVFOP_CURRENT_SCHEMA: 'current_schema',
};

interface Figured {
  readonly name: string;
  /** A type's name gives way to a name from inside. */
  readonly isWeak: boolean;
}

/** @returns the name that PostgreSQL gives to the result of an expression; undefined where it has none */
export function figuredName(expression: unknown): string | undefined {
  return figured(expression)?.name;
}

function figured(expression: unknown): Figured | undefined {
  if (!isNode(expression)) return undefined;
  const [kind = '', inner] = Object.entries(expression)[0] ?? [];
  const node = isNode(inner) ? inner : {};
  const strong = (name: string | undefined): Figured | undefined =>
    name === undefined ? undefined : {name, isWeak: false};
  switch (kind) {
    case 'ColumnRef':
      return strong(names(node['fields']).at(-1));
    case 'A_Indirection':
      return strong(names(node['indirection']).at(-1)) ?? figured(node['arg']);
    case 'FuncCall':
      return strong(names(node['funcname']).at(-1));
    case 'A_Expr':
      return node['kind'] === 'AEXPR_NULLIF' ? strong('nullif') : undefined;
    case 'TypeCast':
      return cast(node);
    case 'CollateClause':
      return figured(node['arg']);
    case 'CaseExpr':
      return figuredCase(node);
    case 'MinMaxExpr':
      return strong(node['op'] === 'IS_LEAST' ? 'least' : 'greatest');
    case 'SQLValueFunction':
      return strong(valueFunctions[text(node['op']) ?? '']);
    case 'SubLink':
      return figuredSublink(node);
    case 'XmlExpr':
      return strong(text(node['op'])?.replace('IS_', '').toLowerCase());
    case 'JsonFuncExpr':
      return strong(text(node['op'])?.replace('_OP', '').toLowerCase());
    default:
      return strong(fixed[kind]);
  }
}

function cast(node: SyntaxNode): Figured | undefined {
  const inside = figured(node['arg']);
  if (inside && !inside.isWeak) return inside;
  const name = names(field(node, 'typeName')['names']).at(-1);
  return name === undefined ? inside : {name, isWeak: true};
}

function figuredCase(node: SyntaxNode): Figured {
  const otherwise = figured(node['defresult']);
  return otherwise && !otherwise.isWeak ? otherwise : {name: 'case', isWeak: true};
}

function figuredSublink(node: SyntaxNode): Figured | undefined {
  if (node['subLinkType'] === 'EXISTS_SUBLINK') return {name: 'exists', isWeak: false};
  if (node['subLinkType'] === 'ARRAY_SUBLINK') return {name: 'array', isWeak: false};
  if (node['subLinkType'] !== 'EXPR_SUBLINK') return undefined;
  const target = field(list(field(field(node, 'subselect'), 'SelectStmt')['targetList'])[0], 'ResTarget');
  const name = text(target['name']);
  return name === undefined ? figured(target['val']) : {name, isWeak: false};
}
