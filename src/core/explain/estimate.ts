import type {Estimate} from './attribution.ts';
import {numberField} from './fields.ts';
import type {FieldValue, ExplainedPlan, PlanNode} from './plan.ts';

/** Their rows are not a share of what all processes return: each process has its own groups, its own limit. */
const perProcess: ReadonlySet<string> = new Set(['Aggregate', 'Group', 'Unique', 'Limit', 'SetOp']);

/** The executor counts no rows here: "due to implementation limitations", as the documentation of EXPLAIN says. */
const uncounted: ReadonlySet<string> = new Set(['BitmapAnd', 'BitmapOr']);

/**
 * Tells which nodes of a parallel part return a share of the rows (PostgreSQL calls their paths partial): those that
 * divide a table among processes, and what stands on them. Any other node there runs whole in each process.
 * Source: create_partial_* in pathnode.c and allpaths.c
 * @returns by node id
 */
export function sharesOf(
  {nodes}: ExplainedPlan,
  gather: readonly (PlanNode | undefined)[],
): readonly boolean[] {
  const shares: boolean[] = Array.from({length: nodes.length}, () => false);
  for (let id = nodes.length - 1; id >= 0; id -= 1) {
    const node = nodes[id];
    if (!node || !gather[id] || perProcess.has(node.type)) continue;
    shares[id] =
      node.fields['Parallel Aware'] === true ||
      node.children.some(child => passesRows(child) && shares[child.id] === true);
  }
  return shares;
}

/** A join's rows are a share when its outer side is; its inner side is read whole or, hashed together, by all. */
function passesRows({relationship}: PlanNode): boolean {
  return relationship === 'Outer' || relationship === 'Member' || relationship === 'Subquery';
}

/**
 * Compares `Plan Rows` with the rows of one loop. Both are of at least one row, as the planner rounds its own.
 *
 * Where a node returns a share of the rows, `Plan Rows` is the planner's total ÷ its divisor: the planned workers plus
 * what the leader contributes, 1 − 0.3 × workers, when that is positive and `parallel_leader_participation` is on.
 * The processes that ran are seldom as many, so the actual total of one round of the Gather is divided by the same.
 * Without `Settings` in the plan the leader is taken to participate, as is the default. A member of a Parallel Append
 * may have been planned with fewer workers than the Gather, which the plan does not show: its factor can be off by
 * the ratio of the divisors.
 * Source: get_parallel_divisor in costsize.c
 * @param gather above the node when its rows are a share
 * @returns undefined where there is nothing to compare: never executed, no costs, or rows that are not counted
 */
export function estimateOf(
  plan: ExplainedPlan,
  node: PlanNode,
  gather: PlanNode | undefined,
): Estimate | undefined {
  const expected = numberField(node, 'Plan Rows');
  const perLoop = numberField(node, 'Actual Rows');
  const loops = numberField(node, 'Actual Loops') ?? 0;
  if (expected === undefined || perLoop === undefined || loops === 0 || uncounted.has(node.type))
    return undefined;
  const rounds = gather ? (numberField(gather, 'Actual Loops') ?? 1) : 1;
  const actual = gather ? (perLoop * loops) / rounds / divisorOf(plan, gather) : perLoop;
  return compared(expected, actual);
}

function compared(planned: number, actual: number): Estimate {
  const [expected, seen] = [Math.max(1, planned), Math.max(1, actual)];
  const factor = Math.max(expected, seen) / Math.min(expected, seen);
  const direction = expected === seen ? 'exact' : expected < seen ? 'too-low' : 'too-high';
  return {planned, actual, factor, direction};
}

function divisorOf(plan: ExplainedPlan, gather: PlanNode): number {
  const workers = numberField(gather, 'Workers Planned') ?? 0;
  const leader = leaderTakesPart(plan) ? Math.max(0, 1 - 0.3 * workers) : 0;
  return Math.max(1, workers + leader);
}

function leaderTakesPart({fields}: ExplainedPlan): boolean {
  const settings = fields['Settings'];
  return !(isObject(settings) && settings['parallel_leader_participation'] === 'off');
}

function isObject(value: FieldValue | undefined): value is {readonly [name: string]: FieldValue} {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
