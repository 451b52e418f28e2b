import {textField, textsField} from '../fields.ts';
import type {IndexFacts} from '../facts.ts';
import type {IndexKey} from '../index-sql.ts';
import {formatRows, nodeTitle} from '../words.ts';
import type {PlanContext} from './context.ts';
import {catalogNotAsked, type Check, type Draft} from './draft.ts';
import {createAction, placeOf, proposalFor} from './index-advice.ts';
import {isWalkInOrder} from './index-scan-filter.ts';
import {conjuncts} from './print.ts';
import {discardingScans, type Discarding} from './scan.ts';
import {shortened} from './seq-scan-discards.ts';
import {columnTest} from './tests.ts';

/**
 * ORDER BY … LIMIT made the planner walk an index in its order, in the hope to meet enough matching rows early; it met
 * few, because it takes matching rows to be spread evenly. An index that has the filter's columns first and the order's
 * columns after them gives both.
 * Source: https://www.postgresql.org/docs/current/indexes-ordering.html; adjust_limit_rows_costs in pathnode.c
 */
export const orderByLimit: Check = {
  id: 'order-by-limit-index',
  find: context =>
    discardingScans(context, ['Index Scan', 'Index Only Scan'])
      .filter(({node}) => isWalkInOrder(context, node))
      .flatMap(scan => found(context, scan)),
};

function found(context: PlanContext, scan: Discarding): readonly Draft[] {
  const {node} = scan;
  const index = textField(node, 'Index Name') ?? '';
  const keys = keysFor(context, scan);
  const names = keys.map(key => ('column' in key ? key.column : key.expression));
  const place = placeOf(context, node, names);
  return [
    {
      cause: `order ${node.id}`,
      nodes: [node.id],
      what: `Walks ${index} in its order and throws most rows away to find the first that match`,
      why: `${nodeTitle(node)} read ${formatRows(scan.kept + scan.removed)} rows to return ${formatRows(scan.kept)}. Filter: ${shortened(textField(node, 'Filter') ?? '')}`,
      fix:
        keys.length > 0
          ? `Create an index on ${place}: the filter's columns first, then those of the order.`
          : `Create an index on the filter's columns followed by those of ${index}, or keep the order from being used: ORDER BY with an expression such as created_at + interval '0'.`,
      confidence: keys.length > 0 ? 'certain' : 'likely',
      basis: context.facts
        ? `The plan read ${index} without a condition, for its order only.`
        : catalogNotAsked,
      atStakeMs: scan.ms,
      actions: keys.length > 0 ? createAction(context, proposalFor(context, node, keys)) : [],
    },
  ];
}

/** Equality columns, then what the walked index is ordered by. Empty where one of both is not known. */
function keysFor(context: PlanContext, {node}: Discarding): readonly IndexKey[] {
  const table = context.tableOf(node);
  const walked = table?.indexes.find(({name}) => name === textField(node, 'Index Name'));
  const subject = context.subjectOf(node);
  const equal = conjuncts(context.condition(node, 'Filter'))
    .flatMap(term => columnTest(term, subject) ?? [])
    // The rows of a list of values are not in one order.
    .filter(({kind, operator}) => kind === 'equal' && operator !== 'ANY')
    .map(({column}) => column);
  if (!walked || equal.length === 0 || textsField(node, 'Filter').length !== 1) return [];
  const first = [...new Set(equal)].slice(0, 2);
  const order = orderOf(walked).filter(key => !('column' in key) || !first.includes(key.column));
  return [...first.map(column => ({column})), ...order];
}

// A third column of an order decides only between rows that are equal in two.
const orderColumns = 2;

function orderOf(index: IndexFacts): readonly IndexKey[] {
  return index.keys
    .slice(0, orderColumns)
    .flatMap(({column, expression, descending}): readonly IndexKey[] => {
      if (column !== undefined) return [{column, ...(descending ? {descending} : {})}];
      return expression ? [{expression}] : [];
    });
}
