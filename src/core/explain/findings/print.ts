import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {ColumnReference, Expression} from './expression.ts';

/** @returns the expression as SQL without the aliases of its columns, as an index's definition needs it. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'column':
      return quoteWhereNeeded(expression.name);
    case 'constant':
    case 'other':
      return expression.text;
    case 'call':
      return printCall(expression.name, expression.arguments.map(printExpression));
    case 'cast':
      return `(${printExpression(expression.of)})::${expression.type}`;
    case 'binary':
      return `(${printExpression(expression.left)} ${expression.operator} ${printExpression(expression.right)})`;
    case 'any':
      return `(${printExpression(expression.left)} ${expression.operator} ANY (${printExpression(expression.right)}))`;
    case 'and':
    case 'or':
      return `(${expression.terms.map(printExpression).join(` ${expression.kind.toUpperCase()} `)})`;
    case 'not':
      return `(NOT ${printExpression(expression.term)})`;
    case 'null-test':
      return `(${printExpression(expression.of)} IS ${expression.negated ? 'NOT ' : ''}NULL)`;
    default:
      return expression satisfies never;
  }
}

function printCall(name: string, values: readonly string[]): string {
  return name === 'EXTRACT' ? `EXTRACT(${values.join(' FROM ')})` : `${name}(${values.join(', ')})`;
}

/** @returns every column that occurs, as often as it occurs. */
export function columnsIn(expression: Expression): readonly ColumnReference[] {
  switch (expression.kind) {
    case 'column':
      return [expression];
    case 'constant':
      return [];
    case 'other':
      return expression.names;
    case 'call':
      return expression.arguments.flatMap(columnsIn);
    case 'cast':
    case 'null-test':
      return columnsIn(expression.of);
    case 'binary':
    case 'any':
      return [...columnsIn(expression.left), ...columnsIn(expression.right)];
    case 'and':
    case 'or':
      return expression.terms.flatMap(columnsIn);
    case 'not':
      return columnsIn(expression.term);
    default:
      return expression satisfies never;
  }
}

/** @returns the terms that all have to hold. */
export function conjuncts(expression: Expression | undefined): readonly Expression[] {
  if (expression === undefined) return [];
  return expression.kind === 'and' ? expression.terms.flatMap(conjuncts) : [expression];
}
