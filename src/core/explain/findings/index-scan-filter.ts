import {textField} from '../fields.ts';
import type {PlanNode} from '../plan.ts';
import type {PlanContext} from './context.ts';
import {type Check, type Draft} from './draft.ts';
import {adviseIndex, createAction, indexBasis, placeOf} from './index-advice.ts';
import {stoppedBy} from './limits.ts';
import {conjuncts} from './print.ts';
import {discardingScans, type Discarding} from './scan.ts';
import {formatShare, whyOf} from './seq-scan-discards.ts';
import {columnTest, type ColumnTest} from './tests.ts';

/**
 * An index found rows that the filter then threw away, nine of ten and more: it has the wrong columns, or too few. An
 * index on the columns of both conditions finds only what is wanted.
 * Source: https://www.postgresql.org/docs/current/indexes-multicolumn.html
 */
export const indexScanFilter: Check = {
  id: 'index-scan-filter',
  find: context =>
    discardingScans(context, ['Index Scan', 'Index Only Scan', 'Bitmap Heap Scan']).flatMap(scan =>
      found(context, scan),
    ),
};

function found(context: PlanContext, scan: Discarding): readonly Draft[] {
  const {node} = scan;
  // Whoever walks an index for its order and stops early has another remedy.
  if (isWalkInOrder(context, node)) return [];
  const filtered = testsIn(context, node, node, 'Filter');
  if (filtered.length === 0) return [];
  const asked = indexTests(context, node);
  const proven = filtered.map(({column}) => column);
  const advice = adviseIndex(context, node, [...asked, ...filtered], proven);
  if (advice.kind !== 'create' || !filtered.some(({column}) => advice.keys.includes(column))) return [];
  const terms = conjuncts(context.condition(node, 'Filter'));
  return [
    {
      cause: `index ${placeOf(context, node, advice.keys)}`,
      nodes: [node.id],
      what: `The index finds rows of which the filter keeps ${formatShare(scan.share)}`,
      why: whyOf(scan),
      fix: `Create an index on ${placeOf(context, node, advice.keys)}, so that no row has to be read to be thrown away.`,
      confidence: filtered.length === terms.length ? 'certain' : 'possible',
      basis: indexBasis(context, node, advice.keys),
      atStakeMs: scan.ms,
      actions: createAction(context, advice.proposal),
    },
  ];
}

/** @returns whether a node reads an index only for its order, under a LIMIT. */
export function isWalkInOrder(context: PlanContext, node: PlanNode): boolean {
  const walks = node.type === 'Index Scan' || node.type === 'Index Only Scan';
  return walks && textField(node, 'Index Cond') === undefined && stoppedBy(context, node) === 'Limit';
}

/** The conditions that the index was asked for; those of a bitmap stand in the nodes below. */
function indexTests(context: PlanContext, node: PlanNode): readonly ColumnTest[] {
  if (node.type !== 'Bitmap Heap Scan') return testsIn(context, node, node, 'Index Cond');
  const [child] = node.children;
  if (child?.type !== 'Bitmap Index Scan') return [];
  return testsIn(context, node, child, 'Index Cond');
}

function testsIn(context: PlanContext, scan: PlanNode, node: PlanNode, field: string): readonly ColumnTest[] {
  const subject = context.subjectOf(scan);
  return conjuncts(context.condition(node, field)).flatMap(term => columnTest(term, subject) ?? []);
}
