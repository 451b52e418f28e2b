import {startsProcesses, type Parallelism} from './parallel.ts';
import type {ExplainedPlan} from './plan.ts';
import type {Quantity} from './quantity.ts';

/**
 * Fits parallel work into the time of the node that waited for it. Workers go on while the leader is busy above the
 * Gather, so they can have worked longer than the Gather took; and a worker that starts late waits less for a bitmap
 * that another one builds than it took to build. Then the node has no time of its own, and what is below it has
 * shares of the wall clock in proportion to its own times. Changes `self`; the sum stays the same.
 */
export function fitOverlaps({nodes}: ExplainedPlan, {gather}: Parallelism, time: Quantity): void {
  const {self, selfSlack} = time;
  const below = new Float64Array(nodes.length);
  const share = new Float64Array(nodes.length).fill(1);
  for (let id = nodes.length - 1; id >= 0; id -= 1) {
    const node = nodes[id];
    if (!node) continue;
    const [own, children] = [self[id] ?? 0, below[id] ?? 0];
    const isParallel = startsProcesses(node) || gather[id] !== undefined;
    if (isParallel && own < -(selfSlack[id] ?? 0) && children + own > 0) {
      share[id] = (children + own) / children;
      self[id] = 0;
    }
    if (node.parent !== undefined) below[node.parent] = (below[node.parent] ?? 0) + children + own;
  }
  scale(nodes, share, self);
}

/** A node is scaled by the shares of all nodes above it. */
function scale(nodes: ExplainedPlan['nodes'], share: Float64Array, self: Float64Array): void {
  const inherited = new Float64Array(nodes.length).fill(1);
  for (const {id, parent} of nodes) {
    if (parent === undefined) continue;
    inherited[id] = (inherited[parent] ?? 1) * (share[parent] ?? 1);
    if (inherited[id] !== 1) self[id] = (self[id] ?? 0) * (inherited[id] ?? 1);
  }
}
