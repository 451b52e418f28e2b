import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {FindingAction} from '../finding.ts';
import type {PlanContext} from './context.ts';
import {type Check, type Draft} from './draft.ts';
import type {Expression} from './expression.ts';
import {adviseIndex, createAction, nameOf, proposalFor, wordsOf} from './index-advice.ts';
import {columnsIn, conjuncts, printExpression} from './print.ts';
import {discardingScans, sureOf, type Discarding} from './scan.ts';
import {formatShare, whyOf} from './seq-scan-discards.ts';
import {columnTest, factsOf, isOf, isSteady} from './tests.ts';

/**
 * Built-in functions that are immutable for every argument type they take, so that an index can hold their values.
 * Source: pg_proc.provolatile of PostgreSQL 14–18
 */
const immutable = new Set(
  `lower upper btrim ltrim rtrim length char_length octet_length substr substring left right abs md5 reverse
  replace translate split_part coalesce round floor ceil ceiling trunc initcap regexp_replace`.split(/\s+/),
);

const comparisons = new Set(['=', '<', '<=', '>', '>=']);

/**
 * A filter compares a function, a calculation or a cast of a column. An index on the column holds the column's values
 * and cannot be asked for what is made of them.
 * Source: https://www.postgresql.org/docs/current/indexes-expressional.html
 */
export const functionOnColumn: Check = {
  id: 'function-on-column',
  find: context =>
    discardingScans(context, ['Seq Scan', 'Index Scan', 'Index Only Scan', 'Bitmap Heap Scan']).flatMap(
      scan => found(context, scan),
    ),
};

interface Wrapped {
  readonly expression: Expression;
  readonly column: string;
  readonly operator: string;
  readonly value: Expression;
}

function found(context: PlanContext, scan: Discarding): readonly Draft[] {
  const {node} = scan;
  const terms = conjuncts(context.condition(node, 'Filter'));
  const subject = context.subjectOf(node);
  const tests = terms.flatMap(term => columnTest(term, subject) ?? []);
  // With columns to ask for, an index on those is the shorter way, and another check proposes it.
  if (adviseIndex(context, node, tests).kind === 'create') return [];
  const wrapped = terms.flatMap(term => wrappedColumn(term, context, scan) ?? []).filter(isComparison);
  return wrapped.slice(0, 1).flatMap(each => draftOf(context, scan, each, terms.length === 1));
}

function isComparison({operator}: Wrapped): boolean {
  return comparisons.has(operator);
}

function wrappedColumn(term: Expression, context: PlanContext, {node}: Discarding): Wrapped | undefined {
  if (term.kind !== 'binary') return undefined;
  const subject = context.subjectOf(node);
  const [expression, value] = isSteady(term.right, subject)
    ? [term.left, term.right]
    : [term.right, term.left];
  if (!isSteady(value, subject) || !['call', 'cast', 'binary'].includes(expression.kind)) return undefined;
  const columns = columnsIn(expression).filter(column => isOf(column, subject));
  const [column] = columns;
  if (column === undefined || columns.length > 1) return undefined;
  return {expression, column: column.name, operator: term.operator, value};
}

function draftOf(context: PlanContext, scan: Discarding, wrapped: Wrapped, alone: boolean): readonly Draft[] {
  const {node} = scan;
  const remedy = remedyOf(context, scan, wrapped);
  if (!remedy) return [];
  const printed = printExpression(wrapped.expression);
  return [
    {
      cause: `expression ${wordsOf(context, node)} ${printed}`,
      nodes: [node.id],
      what: `${printed} keeps an index on ${wrapped.column} from being used`,
      why: `${whyOf(scan)}. It keeps ${formatShare(scan.share)} of what it reads.`,
      fix: remedy.fix,
      confidence: sureOf(scan, alone && remedy.sure ? 'certain' : 'likely'),
      basis: remedy.basis,
      atStakeMs: scan.ms,
      actions: remedy.actions,
    },
  ];
}

interface Remedy {
  readonly fix: string;
  readonly basis: string;
  readonly sure: boolean;
  readonly actions: readonly FindingAction[];
}

function remedyOf(context: PlanContext, scan: Discarding, wrapped: Wrapped): Remedy | undefined {
  const table = context.tableOf(scan.node);
  const printed = printExpression(wrapped.expression);
  if (table?.indexes.some(({keys, valid}) => valid && keys.some(key => sameSql(key.expression, printed))))
    return undefined;
  return rewritten(context, scan, wrapped) ?? onExpression(context, scan, wrapped);
}

/** `lower(email)` and `(a + 1)`: what the server writes back has a pair of parentheses more or less. */
function sameSql(expression: string | undefined, printed: string): boolean {
  const bare = (sql: string): string => sql.replaceAll(/[\s()]/g, '');
  return expression !== undefined && bare(expression) === bare(printed);
}

/** A condition on the column itself that means the same; an index on the column then serves it. */
function rewritten(context: PlanContext, scan: Discarding, wrapped: Wrapped): Remedy | undefined {
  const condition = sameOnColumn(context, scan, wrapped);
  if (condition === undefined) return undefined;
  const {column} = wrapped;
  const table = context.tableOf(scan.node);
  const indexed = table?.indexes.some(({valid, predicate, keys}) => {
    return valid && predicate === undefined && keys[0]?.column === column;
  });
  const proposal = indexed ? undefined : proposalFor(context, scan.node, [{column}]);
  const also = indexed ? '' : `, with an index on ${column}`;
  return {
    fix: `Compare the column itself${also}: ${condition}`,
    basis: table
      ? indexed
        ? `An index of ${table.name} begins with ${column}.`
        : `No index of ${table.name} begins with ${column}.`
      : 'The catalog was not asked.',
    sure: true,
    actions: [
      {kind: 'show-sql', title: 'Rewritten condition', sql: condition},
      ...createAction(context, proposal),
    ],
  };
}

const units = new Set(['year', 'month', 'week', 'day', 'hour', 'minute']);

function sameOnColumn(context: PlanContext, scan: Discarding, wrapped: Wrapped): string | undefined {
  const {expression, operator, value, column} = wrapped;
  const name = quoteWhereNeeded(column);
  const type = factsOf(context.tableOf(scan.node), column)?.type ?? '';
  const other = printExpression(value);
  if (expression.kind === 'cast' && expression.type === 'date' && type.startsWith('timestamp'))
    return inSpan(name, operator, other, `${other} + 1`);
  const unit = truncatedUnit(expression);
  if (unit !== undefined && operator === '=')
    return `${name} >= ${other} AND ${name} < ${other} + interval '1 ${unit}'`;
  const year = yearOf(expression, value);
  if (year !== undefined && operator === '=')
    return `${name} >= '${year}-01-01' AND ${name} < '${year + 1}-01-01'`;
  if (expression.kind === 'cast' && isInteger(type)) return onInteger(name, operator, value);
  return moved(name, expression, operator, other);
}

function inSpan(name: string, operator: string, from: string, to: string): string | undefined {
  const conditions: Readonly<Record<string, string>> = {
    '=': `${name} >= ${from} AND ${name} < ${to}`,
    '<': `${name} < ${from}`,
    '>=': `${name} >= ${from}`,
    '<=': `${name} < ${to}`,
    '>': `${name} >= ${to}`,
  };
  return conditions[operator];
}

function truncatedUnit(expression: Expression): string | undefined {
  if (expression.kind !== 'call' || expression.name !== 'date_trunc' || expression.arguments.length !== 2)
    return undefined;
  const [unit, column] = expression.arguments;
  const word = unit?.kind === 'constant' ? /^'(\w+)'::text$/.exec(unit.text)?.[1] : undefined;
  return column?.kind === 'column' && word !== undefined && units.has(word) ? word : undefined;
}

function yearOf(expression: Expression, value: Expression): number | undefined {
  if (expression.kind !== 'call' || !['EXTRACT', 'date_part'].includes(expression.name)) return undefined;
  const [field, column] = expression.arguments;
  const isYear = field?.kind === 'constant' && /^(?:year|'year'::text)$/.test(field.text);
  const year = value.kind === 'constant' ? /^'?(\d{4})'?::/.exec(value.text)?.[1] : undefined;
  return isYear && column?.kind === 'column' && year !== undefined ? Number(year) : undefined;
}

function isInteger(type: string): boolean {
  return ['smallint', 'integer', 'bigint'].includes(type);
}

/** The number was passed as numeric, double precision or text; a whole one can be compared as it is. */
function onInteger(name: string, operator: string, value: Expression): string | undefined {
  const number =
    value.kind === 'constant' ? /^'?(-?\d+)(?:\.0+)?'?(?:::|$)/.exec(value.text)?.[1] : undefined;
  const isText = value.kind === 'constant' && value.text.endsWith('::text');
  // Text compares digit by digit: '10' comes before '9'.
  if (number === undefined || (isText && operator !== '=')) return undefined;
  return `${name} ${operator} ${number}`;
}

/** `(a + 1) > 5` → `a > 5 - 1`. Factors are left alone: they turn the comparison where they are negative. */
function moved(name: string, expression: Expression, operator: string, other: string): string | undefined {
  if (expression.kind !== 'binary' || expression.left.kind !== 'column') return undefined;
  if (expression.right.kind !== 'constant') return undefined;
  const turned: Readonly<Record<string, string>> = {'+': '-', '-': '+'};
  const back = turned[expression.operator];
  return back === undefined ? undefined : `${name} ${operator} ${other} ${back} ${expression.right.text}`;
}

function onExpression(context: PlanContext, scan: Discarding, wrapped: Wrapped): Remedy | undefined {
  const {expression} = wrapped;
  if (!isIndexable(expression)) return undefined;
  const printed = printExpression(expression);
  const {node} = scan;
  const table = nameOf(context, node);
  const proposal = proposalFor(context, node, [{expression: printed}]);
  return {
    fix: `Create an index on the expression ${printed} of ${table?.name ?? wordsOf(context, node)}, or compare the column itself.`,
    basis: context.tableOf(node)
      ? `No index of ${wordsOf(context, node)} has the key ${printed}.`
      : 'The catalog was not asked.',
    sure: true,
    actions: createAction(context, proposal),
  };
}

/** Only what is known to be immutable: CREATE INDEX refuses the rest. A cast may depend on settings. */
function isIndexable(expression: Expression): boolean {
  switch (expression.kind) {
    case 'column':
    case 'constant':
      return true;
    case 'call':
      return immutable.has(expression.name.toLowerCase()) && expression.arguments.every(isIndexable);
    case 'binary':
      return (
        ['+', '-', '*', '/', '%', '||'].includes(expression.operator) &&
        isIndexable(expression.left) &&
        isIndexable(expression.right)
      );
    default:
      return false;
  }
}
