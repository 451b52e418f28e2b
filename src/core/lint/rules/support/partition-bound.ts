import {field, list, text} from '../../../sql/objects.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import type {Relation} from '../../model/schema.ts';

/** What FOR VALUES says of a key of one column: texts of constants without quotes. */
export type Bound =
  | {readonly kind: 'default'}
  | {readonly kind: 'range'; readonly from?: string; readonly to?: string}
  | {readonly kind: 'list'; readonly values: readonly string[]}
  /** By hash, by several columns, or by what is no constant. */
  | {readonly kind: 'other'};

/** @param node a `PartitionBoundSpec` */
export function boundOf(node: SyntaxNode): Bound {
  if (node['is_default'] === true) return {kind: 'default'};
  const [lower, upper] = [list(node['lowerdatums']), list(node['upperdatums'])];
  const values = list(node['listdatums']).map(each => constantOf(each));
  if (values.length > 0 && values.every(value => value !== undefined)) return {kind: 'list', values};
  if (lower.length !== 1 || upper.length !== 1) return {kind: 'other'};
  const [from, to] = [endOf(lower[0]), endOf(upper[0])];
  return from === 'other' || to === 'other'
    ? {kind: 'other'}
    : {kind: 'range', ...(from ? {from: from.value} : {}), ...(to ? {to: to.value} : {})};
}

function constantOf(node: unknown): string | undefined {
  const constant = field(node, 'A_Const');
  const {ival, fval, sval, isnull} = constant;
  if (isnull === true) return undefined;
  if (sval !== undefined) return text(field(constant, 'sval')['sval']) ?? '';
  if (fval !== undefined) return text(field(constant, 'fval')['fval']);
  return ival === undefined ? undefined : JSON.stringify(field(constant, 'ival')['ival'] ?? 0);
}

/** Nothing for MINVALUE and MAXVALUE, which the parser takes for columns. */
function endOf(node: unknown): {readonly value: string} | 'other' | undefined {
  if (Object.keys(field(node, 'ColumnRef')).length > 0) return undefined;
  const value = constantOf(node);
  return value === undefined ? 'other' : {value};
}

/** A comparison of one column with a constant. */
interface Test {
  readonly column: string;
  readonly sign: '<' | '<=' | '>' | '>=' | '=';
  readonly values: readonly string[];
}

const column = String.raw`"?([\w$]+)"?`;
const constant = String.raw`('(?:[^']|'')*'|-?\d+(?:\.\d+)?)(?:::[\w ]+(?:\(\d+\))?)?`;

/** @returns the comparisons of a CHECK that is nothing but such, with AND between them */
function testsOf(expression: string): readonly Test[] {
  if (/\b(?:or|not)\b(?!\s+null)/i.test(expression.replaceAll(/'(?:[^']|'')*'/g, "''"))) return [];
  const plain = expression.replaceAll(/\s+/g, ' ');
  const compared = [...plain.matchAll(new RegExp(`${column} ?(<=|>=|<|>|=) ?${constant}`, 'g'))].map(
    ([, name = '', sign = '', value = '']) => ({
      column: name,
      sign: signs[sign] ?? '=',
      values: [bare(value)],
    }),
  );
  const between = [
    ...plain.matchAll(new RegExp(`${column} between ${constant} and ${constant}`, 'gi')),
  ].flatMap(([, name = '', from = '', to = '']): readonly Test[] => [
    {column: name, sign: '>=', values: [bare(from)]},
    {column: name, sign: '<=', values: [bare(to)]},
  ]);
  const lists = [
    ...plain.matchAll(new RegExp(`${column} (?:in ?|= any ?\\(array ?)[([]([^()\\]]*)[)\\]]`, 'gi')),
  ].map(([, name = '', values = '']): Test => ({
    column: name,
    sign: '=',
    values: [...values.matchAll(new RegExp(constant, 'g'))].map(([, value = '']) => bare(value)),
  }));
  return [...compared, ...between, ...lists];
}

const signs: Readonly<Record<string, Test['sign']>> = {'<': '<', '<=': '<=', '>': '>', '>=': '>=', '=': '='};

function bare(value: string): string {
  return value.startsWith("'") ? value.slice(1, -1).replaceAll("''", "'") : value;
}

/** Numbers by their size, dates as they are written. */
function order(a: string, b: string): number | undefined {
  if (a === b) return 0;
  const isNumber = /^-?\d+(?:\.\d+)?$/;
  if (isNumber.test(a) && isNumber.test(b)) return Number(a) - Number(b);
  const isDate = /^\d{4}-\d\d-\d\d/;
  return isDate.test(a) && isDate.test(b) ? (a < b ? -1 : 1) : undefined;
}

/** @returns whether a valid CHECK of the table proves that all its rows are inside, so that none has to be read */
export function isImplied(bound: Bound, table: Relation): boolean {
  if (bound.kind === 'default' || bound.kind === 'other') return false;
  return validChecks(table).some(({expression}) => {
    const tests = testsOf(expression);
    return [...new Set(tests.map(test => test.column))].some(
      name =>
        isNotNull(table, name, expression) &&
        isInside(
          bound,
          tests.filter(test => test.column === name),
        ),
    );
  });
}

function isInside(bound: Exclude<Bound, {kind: 'default' | 'other'}>, tests: readonly Test[]): boolean {
  if (bound.kind === 'list')
    return tests.some(
      ({sign, values}) => sign === '=' && values.every(value => bound.values.includes(value)),
    );
  const {from, to} = bound;
  return (
    (from === undefined ||
      tests.some(
        ({sign, values: [value = '']}) => sign.startsWith('>') && (order(value, from) ?? -1) >= 0,
      )) &&
    (to === undefined ||
      tests.some(({sign, values: [value = '']}) => {
        const distance = order(value, to) ?? 1;
        return sign === '<' ? distance <= 0 : sign === '<=' && distance < 0;
      }))
  );
}

/** @returns whether a valid CHECK proves that no row of the default partition belongs into the new one */
export function isExcluded(bound: Bound, table: Relation): boolean {
  if (bound.kind !== 'range') return false;
  const {from, to} = bound;
  return validChecks(table).some(
    ({expression}) =>
      testsOf(expression).some(({sign, values: [value = '']}) => {
        if (sign === '<' && from !== undefined) return (order(value, from) ?? 1) <= 0;
        return sign === '>=' && to !== undefined && (order(value, to) ?? -1) >= 0;
      }) || isNegation(expression, bound),
  );
}

/** `NOT (at >= … AND at < …)`, as the fix writes it, or the two outer ranges with OR between them. */
function isNegation(expression: string, {from, to}: Extract<Bound, {kind: 'range'}>): boolean {
  if (from === undefined || to === undefined) return false;
  const plain = expression
    .replaceAll(/[\s()"]+/g, ' ')
    .replaceAll(/::[\w ]+?(?= |$)/g, '')
    .trim();
  const [lower, upper] = [from, to].map(
    value => `'?${value.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}'?`,
  );
  const negated = new RegExp(
    `^not (?:[\\w$]+ is not null and )?[\\w$]+ >= ${lower} and [\\w$]+ < ${upper}$`,
    'i',
  );
  return negated.test(plain) || new RegExp(`^[\\w$]+ < ${lower} or [\\w$]+ >= ${upper}$`, 'i').test(plain);
}

function validChecks({constraints}: Relation): readonly {readonly expression: string}[] {
  return [...constraints.values()].flatMap(({kind, valid, expression}) =>
    kind === 'check' && valid && expression !== undefined ? [{expression}] : [],
  );
}

/** A table of which little is known gets the benefit of the doubt: a CHECK with these very bounds is no accident. */
function isNotNull({columns, complete}: Relation, name: string, expression: string): boolean {
  const column = columns.get(name);
  return (
    (column ? column.notNull : !complete) ||
    new RegExp(`"?${name}"? is not null`, 'i').test(expression.replaceAll(/\s+/g, ' '))
  );
}

/** @returns the bound as a condition on its key column; nothing where there are none or several */
export function conditionOf(bound: Bound, keys: readonly string[] | undefined): string | undefined {
  const [key, ...others] = keys ?? [];
  if (key === undefined || others.length > 0 || key.startsWith('(')) return undefined;
  const name = quoteWhereNeeded(key);
  if (bound.kind === 'list')
    return `${name} IS NOT NULL AND ${name} IN (${bound.values.map(literal).join(', ')})`;
  if (bound.kind !== 'range') return undefined;
  return [
    `${name} IS NOT NULL`,
    ...(bound.from === undefined ? [] : [`${name} >= ${literal(bound.from)}`]),
    ...(bound.to === undefined ? [] : [`${name} < ${literal(bound.to)}`]),
  ].join(' AND ');
}

function literal(value: string): string {
  return /^-?\d+(?:\.\d+)?$/.test(value) ? value : `'${value.replaceAll("'", "''")}'`;
}
