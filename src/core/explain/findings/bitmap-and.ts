import type {PlanNode} from '../plan.ts';
import {formatMs, formatRows} from '../words.ts';
import type {PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';
import {adviseIndex, createAction, indexBasis, placeOf} from './index-advice.ts';
import {conjuncts} from './print.ts';
import {columnTest} from './tests.ts';

// The narrowest of the combined indexes has to find at least this many times the rows that fit all conditions.
const leastWaste = 5;

/**
 * Two or more indexes are read in full and their results intersected, where each of them finds many more rows than all
 * of them together. One index on all the columns finds the result at once.
 * Source: https://www.postgresql.org/docs/current/indexes-bitmap-scans.html
 */
export const bitmapAnd: Check = {
  id: 'bitmap-and',
  find: context =>
    context.plan.nodes.flatMap(node => (node.type === 'BitmapAnd' ? found(context, node) : [])),
};

function found(context: PlanContext, and: PlanNode): readonly Draft[] {
  const heap = context.parentOf(and);
  if (heap?.type !== 'Bitmap Heap Scan' || and.children.some(({type}) => type !== 'Bitmap Index Scan'))
    return [];
  const rows = and.children.map(child => context.executionOf(child)?.rows ?? 0);
  const kept = context.executionOf(heap)?.rows;
  const ms = context.totalMs(and);
  if (kept === undefined || Math.min(...rows) < Math.max(kept, 1) * leastWaste || !matters(context, ms))
    return [];
  const subject = context.subjectOf(heap);
  const tests = and.children.flatMap(child =>
    conjuncts(context.condition(child, 'Index Cond')).flatMap(term => columnTest(term, subject) ?? []),
  );
  const proven = tests.map(({column}) => column);
  const advice = adviseIndex(context, heap, tests, proven);
  if (advice.kind !== 'create' || advice.keys.length < 2) return [];
  const counts = rows.map(formatRows).join(' and ');
  return [
    {
      cause: `index ${placeOf(context, heap, advice.keys)}`,
      nodes: [and.id, heap.id],
      what: 'Intersects the results of several indexes where one index could answer',
      why: `The indexes found ${counts} rows, of which ${formatRows(kept)} fit all conditions${ms === undefined ? '' : `; reading the indexes took ${formatMs(ms)}`}.`,
      fix: `Create an index on ${placeOf(context, heap, advice.keys)}.`,
      confidence: 'certain',
      basis: indexBasis(context, heap, advice.keys),
      atStakeMs: ms,
      actions: createAction(context, advice.proposal),
    },
  ];
}
