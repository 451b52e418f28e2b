import {textsField} from '../fields.ts';
import type {IndexKey} from '../index-sql.ts';
import type {PlanNode} from '../plan.ts';
import {formatMs, formatRows, nodeTitle} from '../words.ts';
import type {PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';
import {createAction, indexBasis, placeOf, proposalFor, wordsOf} from './index-advice.ts';
import {conjuncts} from './print.ts';
import {columnTest, factsOf} from './tests.ts';

// Fewer rows are sorted in about the time that it takes to plan.
const fewestRows = 10_000;

// LIMIT has to take a small part, or reading the table in order is no gain.
const largestShare = 0.05;

const throughNodes = new Set(['Gather Merge', 'Gather', 'Result', 'Subquery Scan', 'LockRows']);

/**
 * ORDER BY … LIMIT reads and sorts a whole table to return its first rows. An index in this order returns them first.
 * Source: https://www.postgresql.org/docs/current/indexes-ordering.html
 */
export const missingSortIndex: Check = {
  id: 'missing-sort-index',
  find: context => context.plan.nodes.flatMap(node => (node.type === 'Limit' ? found(context, node) : [])),
};

function found(context: PlanContext, limit: PlanNode): readonly Draft[] {
  const sort = through(limit.children[0]);
  const scan = sort?.type === 'Sort' ? through(sort.children[0]) : undefined;
  const [sorted, kept] = [scan && context.executionOf(scan), context.executionOf(limit)];
  if (!sort || !scan || scan.type !== 'Seq Scan' || !sorted || !kept) return [];
  if (sorted.loops > sorted.processes || sorted.rows < fewestRows || kept.rows > sorted.rows * largestShare)
    return [];
  const order = orderKeys(context, sort, scan);
  const equal = equalColumns(context, scan);
  if (!order || !equal || !matters(context, context.totalMs(sort))) return [];
  const keys = [...equal.map(column => ({column})), ...order];
  const names = keys.map(({column}) => column);
  if (hasIndex(context, scan, names)) return [];
  const ms = context.totalMs(sort);
  return [
    {
      cause: `index ${placeOf(context, scan, names)}`,
      nodes: [sort.id, scan.id],
      what: `Sorts ${formatRows(sorted.rows)} rows of ${wordsOf(context, scan)} to return ${formatRows(kept.rows)}`,
      why: `${nodeTitle(sort)} by ${textsField(sort, 'Sort Key').join(', ')} took ${ms === undefined ? 'all rows' : formatMs(ms)} with its input; the Limit above takes the first ${formatRows(kept.rows)}.`,
      fix: `Create an index on ${placeOf(context, scan, names)}, so that the first rows are read first.`,
      confidence: 'certain',
      basis: indexBasis(context, scan, names),
      atStakeMs: ms,
      actions: createAction(context, proposalFor(context, scan, keys)),
    },
  ];
}

function through(node: PlanNode | undefined): PlanNode | undefined {
  let below = node;
  while (below && throughNodes.has(below.type)) [below] = below.children;
  return below;
}

const sortKey = /^(?:[\w$]+\.)?([a-z_][\w$]*)( DESC)?$/;

/** Plain columns with the default place of nulls, all in one direction; undefined for anything else. */
function orderKeys(
  context: PlanContext,
  sort: PlanNode,
  scan: PlanNode,
): readonly Extract<IndexKey, {readonly column: string}>[] | undefined {
  const parts = textsField(sort, 'Sort Key').map(key => sortKey.exec(key));
  const first = parts[0]?.[2];
  if (parts.length === 0 || parts.length > 3 || parts.some(part => !part || part[2] !== first))
    return undefined;
  const columns = parts.flatMap(part => part?.[1] ?? []);
  const table = context.tableOf(scan);
  // Without the catalog it is not known that these are columns, and not names given to expressions.
  if (!table || !columns.every(column => factsOf(table, column))) return undefined;
  return columns.map(column => ({column, ...(first === undefined ? {} : {descending: true})}));
}

/** Undefined where the filter has more than equality with one value: the order then is not the index's. */
function equalColumns(context: PlanContext, scan: PlanNode): readonly string[] | undefined {
  const terms = conjuncts(context.condition(scan, 'Filter'));
  const tests = terms.flatMap(term => columnTest(term, context.subjectOf(scan)) ?? []);
  const columns = [...new Set(tests.map(({column}) => column))];
  const plain = tests.every(({kind, operator}) => kind === 'equal' && operator !== 'ANY');
  return plain && tests.length === terms.length && columns.length <= 2 ? columns : undefined;
}

function hasIndex(context: PlanContext, scan: PlanNode, names: readonly string[]): boolean {
  const indexes = context.tableOf(scan)?.indexes ?? [];
  return indexes.some(({valid, predicate, keys}) => {
    return valid && predicate === undefined && names.every((name, at) => keys[at]?.column === name);
  });
}
