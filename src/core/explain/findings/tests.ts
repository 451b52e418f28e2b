import type {ColumnFacts, TableFacts} from '../facts.ts';
import type {ColumnReference, Expression} from './expression.ts';
import {columnsIn} from './print.ts';

/** A condition on one column that an index on this column can serve. */
export interface ColumnTest {
  /** `equal` is also IN and IS NULL; `contains` needs an inverted index (GIN). */
  readonly kind: 'equal' | 'range' | 'contains';
  readonly column: string;
  readonly operator: string;
  /** The other side; absent for IS NULL and for a bare boolean. */
  readonly value?: Expression;
}

/** The relation that the conditions of a node are about. */
export interface Subject {
  /** Alias as the plan writes it. */
  readonly alias: string;
  /** Absent when the catalog was not asked: then a cast is never seen through. */
  readonly table?: TableFacts;
}

const mirrored: Readonly<Record<string, string>> = {'=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<='};

/** Operators of the default GIN classes, by the type of column that has them. Source: documentation, "GIN: Built-in Operator Classes" */
const inverted = new Set(['@>', '?', '?|', '?&', '@@', '@?', '&&']);

/**
 * @returns the condition as a test of one column against something that does not change within a scan; undefined for
 * anything else, and for what is not understood
 * Source: https://www.postgresql.org/docs/current/indexes-types.html
 */
export function columnTest(term: Expression, subject: Subject): ColumnTest | undefined {
  switch (term.kind) {
    case 'column':
      return isOf(term, subject) ? {kind: 'equal', column: term.name, operator: '='} : undefined;
    case 'not': {
      const column = columnOf(term.term, subject);
      return column === undefined ? undefined : {kind: 'equal', column, operator: '='};
    }
    case 'null-test': {
      const column = columnOf(term.of, subject);
      return column === undefined || term.negated ? undefined : {kind: 'equal', column, operator: 'IS NULL'};
    }
    case 'any':
      return term.operator === '=' ? compared(term.left, 'ANY', term.right, subject) : undefined;
    case 'binary':
      return compared(term.left, term.operator, term.right, subject) ?? flipped(term, subject);
    default:
      return undefined;
  }
}

function flipped(
  {left, operator, right}: Extract<Expression, {readonly kind: 'binary'}>,
  subject: Subject,
): ColumnTest | undefined {
  const turned = mirrored[operator];
  return turned === undefined ? undefined : compared(right, turned, left, subject);
}

function compared(
  left: Expression,
  operator: string,
  value: Expression,
  subject: Subject,
): ColumnTest | undefined {
  const column = columnOf(left, subject);
  if (column === undefined || !isSteady(value, subject)) return undefined;
  if (operator === '=' || operator === 'ANY') return {kind: 'equal', column, operator, value};
  if (operator in mirrored) return {kind: 'range', column, operator, value};
  if (!inverted.has(operator) || !hasInvertedOperators(column, subject)) return undefined;
  return {kind: 'contains', column, operator, value};
}

/** Ranges have `@>` and `&&` too, and those are not for GIN. */
function hasInvertedOperators(column: string, {table}: Subject): boolean {
  const type = factsOf(table, column)?.type;
  return type !== undefined && (type === 'jsonb' || type === 'tsvector' || type.endsWith('[]'));
}

/**
 * A column, also in the cast that PostgreSQL puts around varchar for the operators of text: it changes nothing, and an
 * index on the column serves it. The same text around a column of type text is a COLLATE, around another type a conversion.
 */
export function columnOf(expression: Expression, subject: Subject): string | undefined {
  if (expression.kind === 'column') return isOf(expression, subject) ? expression.name : undefined;
  if (expression.kind !== 'cast' || expression.of.kind !== 'column' || expression.type !== 'text')
    return undefined;
  const {of} = expression;
  const type = factsOf(subject.table, of.name)?.type;
  return isOf(of, subject) && type?.startsWith('character varying') ? of.name : undefined;
}

/** @returns true for a column of the subject; a plan without VERBOSE names no alias. */
export function isOf(column: ColumnReference, {alias}: Subject): boolean {
  return column.relation === undefined || column.relation === alias;
}

/** Functions whose value changes from row to row, so that no index can be asked for it. */
const volatile = new Set(['random', 'clock_timestamp', 'nextval', 'gen_random_uuid', 'timeofday']);

/** A constant, a parameter, or a value of another relation. A subplan may depend on the row. */
export function isSteady(value: Expression, subject: Subject): boolean {
  if (value.kind === 'other') return false;
  if (value.kind === 'call' && volatile.has(value.name)) return false;
  if (value.kind === 'constant') return true;
  return !columnsIn(value).some(column => isOf(column, subject)) && partsOf(value).every(understood);
}

function understood(part: Expression): boolean {
  return (
    part.kind !== 'other' &&
    !(part.kind === 'call' && volatile.has(part.name)) &&
    partsOf(part).every(understood)
  );
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'call':
      return expression.arguments;
    case 'cast':
    case 'null-test':
      return [expression.of];
    case 'binary':
    case 'any':
      return [expression.left, expression.right];
    case 'and':
    case 'or':
      return expression.terms;
    case 'not':
      return [expression.term];
    default:
      return [];
  }
}

/** @returns what the catalog says of a column. */
export function factsOf(table: TableFacts | undefined, column: string): ColumnFacts | undefined {
  return table?.columns.find(({name}) => name === column);
}
