import {numberField} from './fields.ts';
import type {ExplainedPlan, PlanNode} from './plan.ts';

/** How a node runs beside itself. */
export interface Parallelism {
  /** Processes that ran each node side by side, by node id; 1 outside of parallel parts. */
  readonly processes: Float64Array;
  /** The Gather or Gather Merge whose processes run the node, by node id. */
  readonly gather: readonly (PlanNode | undefined)[];
}

/** @returns whether the node starts processes that run what is below it. */
export function startsProcesses({type}: PlanNode): boolean {
  return type === 'Gather' || type === 'Gather Merge';
}

/**
 * Counts processes from what ran, not from what was launched: the leader may not take part
 * (`parallel_leader_participation`), and a worker may come too late to run anything. They are the loops of the
 * Gather's child ÷ the loops of the Gather, which is fractional where some rounds had fewer workers.
 * A bitmap for a parallel heap scan is built by one process while the others wait for it.
 * Source: nodeGather.c, nodeBitmapHeapscan.c
 */
export function parallelismOf({nodes}: ExplainedPlan): Parallelism {
  const processes = new Float64Array(nodes.length).fill(1);
  const gather: (PlanNode | undefined)[] = Array.from({length: nodes.length});
  for (const node of nodes) {
    const parent = node.parent === undefined ? undefined : nodes[node.parent];
    if (!parent) continue;
    const isBelow = startsProcesses(parent) && !isBeside(node);
    gather[node.id] = isBelow ? parent : gather[parent.id];
    processes[node.id] = isBelow
      ? processesOf(parent, node)
      : isSharedBitmap(parent, node)
        ? 1
        : (processes[parent.id] ?? 1);
  }
  return {processes, gather};
}

/** Never below 1: a round in which nothing ran below the Gather does not make the others longer. */
function processesOf(gather: PlanNode, child: PlanNode): number {
  const rounds = numberField(gather, 'Actual Loops') ?? 0;
  const loops = numberField(child, 'Actual Loops') ?? 0;
  return rounds > 0 ? Math.max(1, loops / rounds) : 1;
}

/** An InitPlan or SubPlan of the Gather itself is run by the leader. */
function isBeside({relationship}: PlanNode): boolean {
  return relationship === 'InitPlan' || relationship === 'SubPlan';
}

function isSharedBitmap(parent: PlanNode, {relationship}: PlanNode): boolean {
  return (
    parent.type === 'Bitmap Heap Scan' && parent.fields['Parallel Aware'] === true && relationship === 'Outer'
  );
}
