import {field, isNode, list, names, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';

/** How to find out what the parts of an expression are. */
export interface TypeSource {
  column(parts: readonly string[]): string;
  cast(typeName: SyntaxNode): string;
  query(select: SyntaxNode): string;
}

const functions: Readonly<Record<string, string>> = {
  count: 'bigint',
  row_number: 'bigint',
  rank: 'bigint',
  dense_rank: 'bigint',
  now: 'timestamp with time zone',
  lower: 'text',
  upper: 'text',
  concat: 'text',
  concat_ws: 'text',
  string_agg: 'text',
  format: 'text',
  replace: 'text',
  md5: 'text',
  length: 'integer',
  bool_and: 'boolean',
  bool_or: 'boolean',
  every: 'boolean',
  gen_random_uuid: 'uuid',
  jsonb_build_object: 'jsonb',
  json_build_object: 'json',
  jsonb_agg: 'jsonb',
  json_agg: 'json',
  to_jsonb: 'jsonb',
  to_json: 'json',
};

const sums: Readonly<Record<string, string>> = {
  smallint: 'bigint',
  integer: 'bigint',
  bigint: 'numeric',
  real: 'real',
  'double precision': 'double precision',
};

const values: Readonly<Record<string, string>> = {
  SVFOP_CURRENT_DATE: 'date',
  SVFOP_CURRENT_TIME: 'time with time zone',
  SVFOP_CURRENT_TIMESTAMP: 'timestamp with time zone',
  SVFOP_LOCALTIME: 'time without time zone',
  SVFOP_LOCALTIMESTAMP: 'timestamp without time zone',
};

const truths = new Set(['BoolExpr', 'NullTest', 'BooleanTest']);
const comparisons = new Set(['=', '<>', '<', '>', '<=', '>=', '~', '!~', '~~', '!~~', '@>', '<@', '&&', '?']);
const arithmetic = new Set(['+', '-', '*', '/', '%']);
const integers = ['smallint', 'integer', 'bigint'];

/** @returns the type that an expression has as far as its form tells; empty where it does not */
export function typeOf(source: TypeSource, expression: unknown): string {
  if (!isNode(expression)) return '';
  const [kind = '', inner] = Object.entries(expression)[0] ?? [];
  const node = isNode(inner) ? inner : {};
  if (truths.has(kind)) return 'boolean';
  switch (kind) {
    case 'ColumnRef':
      return source.column(names(node['fields']));
    case 'TypeCast':
      return source.cast(field(node, 'typeName'));
    case 'A_Const':
      return constant(node);
    case 'FuncCall':
      return call(source, node);
    case 'A_Expr':
      return operation(source, node);
    case 'CollateClause':
      return typeOf(source, node['arg']);
    case 'CoalesceExpr':
    case 'MinMaxExpr':
      return common(list(node['args']).map(each => typeOf(source, each)));
    case 'CaseExpr': {
      const results = list(node['args']).map(each => field(each, 'CaseWhen')['result']);
      return common([...results, node['defresult']].filter(isNode).map(each => typeOf(source, each)));
    }
    case 'SQLValueFunction':
      return values[text(node['op']) ?? ''] ?? '';
    case 'SubLink':
      return sublink(source, node);
    default:
      return '';
  }
}

function sublink(source: TypeSource, node: SyntaxNode): string {
  const type = node['subLinkType'];
  if (type === 'EXISTS_SUBLINK' || type === 'ANY_SUBLINK' || type === 'ALL_SUBLINK') return 'boolean';
  const inner = source.query(field(field(node, 'subselect'), 'SelectStmt'));
  return type === 'ARRAY_SUBLINK' && inner !== '' ? `${inner}[]` : inner;
}

/** A string by itself is of no type yet, and becomes text; a NULL takes the type of what is around it. */
function constant(node: SyntaxNode): string {
  if (node['isnull'] === true) return '';
  if ('ival' in node) return 'integer';
  if ('fval' in node) return /^\d+$/.test(text(field(node, 'fval')['fval']) ?? '') ? 'bigint' : 'numeric';
  if ('boolval' in node) return 'boolean';
  return 'sval' in node ? 'text' : '';
}

/** @returns the type of all that is known, where they agree */
function common(types: readonly string[]): string {
  const known = new Set(types.filter(type => type !== ''));
  const [first] = known;
  return known.size === 1 && first !== undefined ? first : '';
}

function call(source: TypeSource, node: SyntaxNode): string {
  const name = names(node['funcname']).at(-1) ?? '';
  const args = list(node['args']);
  const first = args[0] && typeOf(source, args[0]);
  if (
    name === 'min' ||
    name === 'max' ||
    name === 'lag' ||
    name === 'lead' ||
    name === 'first_value' ||
    name === 'last_value'
  )
    return withoutModifier(first ?? '', name === 'min' || name === 'max');
  if (name === 'sum') return sums[first ?? ''] ?? (first?.startsWith('numeric') === true ? 'numeric' : '');
  if (name === 'avg')
    return integers.includes(first ?? '') || first?.startsWith('numeric') === true ? 'numeric' : '';
  if (name === 'array_agg') return first === undefined || first === '' ? '' : `${first}[]`;
  return functions[name] ?? '';
}

/** The result of a function has no length; those of `min` and `max` over text of any kind are text. */
function withoutModifier(type: string, isExtreme: boolean): string {
  const bare = type.replace(/\([\d,]+\)/, '');
  if (bare === 'character') return 'bpchar';
  return isExtreme && bare === 'character varying' ? 'text' : bare;
}

function operation(source: TypeSource, node: SyntaxNode): string {
  const operator = names(node['name']).at(-1) ?? '';
  if (node['kind'] === 'AEXPR_NULLIF') return typeOf(source, node['lexpr']);
  if (node['kind'] !== 'AEXPR_OP' || comparisons.has(operator)) return 'boolean';
  const [left, right] = [node['lexpr'], node['rexpr']].map(each => typeOf(source, each));
  if (operator === '||')
    return left === 'jsonb' ? 'jsonb' : left === 'text' || right === 'text' ? 'text' : '';
  if (operator === '->>' || operator === '#>>') return 'text';
  if (operator === '->' || operator === '#>') return left ?? '';
  if (!arithmetic.has(operator)) return '';
  const [low, high] = [integers.indexOf(left ?? ''), integers.indexOf(right ?? '')].toSorted((a, b) => a - b);
  if (low !== undefined && high !== undefined && low >= 0) return integers[high] ?? '';
  return left === right ? (left?.replace(/^numeric\(.*/, 'numeric') ?? '') : '';
}
