import {textField} from '../fields.ts';
import type {ExplainedPlan, PlanNode} from '../plan.ts';
import type {PlanContext} from './context.ts';

/** What may end a node before it has returned all of its rows. */
export type Stopper = 'Limit' | 'Join' | 'SubPlan';

/** Nodes that read all of their input before they return a row. */
const blocking = new Set(['Sort', 'Incremental Sort', 'Hash', 'ModifyTable']);

/**
 * @returns what may have ended the node early: a Limit above, the inner side of a join that needs one match, an input
 * of a merge join, or a subquery of which one row is taken. Undefined when the node ran to its end
 * Source: nodeLimit.c, nodeNestloop.c, nodeMergejoin.c and nodeSubplan.c
 */
export function stoppedBy({plan}: PlanContext, node: PlanNode): Stopper | undefined {
  const known = stoppers.get(plan) ?? stoppersOf(plan);
  stoppers.set(plan, known);
  return known[node.id];
}

const stoppers = new WeakMap<ExplainedPlan, readonly (Stopper | undefined)[]>();

/** Parents come before their children, so one pass is enough. */
function stoppersOf({nodes}: ExplainedPlan): readonly (Stopper | undefined)[] {
  const result: (Stopper | undefined)[] = [];
  for (const node of nodes) {
    const above = node.parent === undefined ? undefined : nodes[node.parent];
    const inherited = above && !readsAll(above) ? result[above.id] : undefined;
    result.push(above && (stopperOf(node, above) ?? inherited));
  }
  return result;
}

function stopperOf(below: PlanNode, above: PlanNode): Stopper | undefined {
  if (below.relationship === 'SubPlan' || below.relationship === 'InitPlan') return 'SubPlan';
  if (above.type === 'Limit') return 'Limit';
  if (above.type === 'Merge Join') return 'Join';
  if (!above.type.endsWith('Join') && above.type !== 'Nested Loop') return undefined;
  const single =
    above.fields['Inner Unique'] === true || /Semi|Anti/.test(textField(above, 'Join Type') ?? '');
  return single && below.relationship === 'Inner' ? 'Join' : undefined;
}

function readsAll(node: PlanNode): boolean {
  if (node.type === 'Aggregate') return textField(node, 'Strategy') !== 'Sorted';
  return blocking.has(node.type);
}
