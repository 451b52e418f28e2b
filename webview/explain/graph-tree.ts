import type {PlanNode} from '../../src/core/explain/plan.ts';
import type {Weights} from './colour-weights.ts';
import {stackKey, type Folds} from './graph-folds.ts';

/** What is not drawn under an item. */
export interface Hidden {
  readonly nodes: number;
  /** Σ of their weights. */
  readonly weight: number;
}

/** One thing that is drawn: a node, or a stack of siblings that matter little. */
export interface GraphItem {
  /** A node's id; below 0 for a stack. */
  readonly key: number;
  readonly kind: 'node' | 'stack';
  /** The node itself; of a stack the first one in it. */
  readonly node: PlanNode;
  /** The siblings in a stack. */
  readonly stacked: readonly PlanNode[];
  /** 0 for the root. */
  readonly depth: number;
  readonly parent?: GraphItem;
  readonly children: readonly GraphItem[];
  /** Present where something below is hidden, or in a closed stack. */
  readonly hidden?: Hidden;
  /** Whether there is anything to hide or show. */
  readonly folds: boolean;
  /** Place among its siblings, from 1, and how many they are. */
  readonly place: number;
  readonly siblings: number;
}

export interface GraphTree {
  readonly root: GraphItem;
  /** Pre-order. */
  readonly items: readonly GraphItem[];
  readonly byKey: ReadonlyMap<number, GraphItem>;
  /** The item that shows a node: its own, its stack, or the nearest one above that hides it. */
  itemOf(id: number): GraphItem;
}

/**
 * So many levels with more than one child are laid out, which no real plan reaches: the layout recurses, and a stack
 * has an end. What is deeper stays hidden here, and is in the other views.
 */
const deepest = 800;

type Mutable<T> = {-readonly [K in keyof T]: T[K]};
type Building = Mutable<Omit<GraphItem, 'children'>> & {children: Building[]; branches: number};

/** @returns what is drawn of a plan */
export function graphTree(nodes: readonly PlanNode[], weights: Weights, folds: Folds): GraphTree | undefined {
  const [first] = nodes;
  if (first === undefined) return undefined;
  const root = itemFor(first);
  const items: Building[] = [];
  // Not by recursion: a plan may be thousands of levels deep.
  const waiting = [root];
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    items.push(item);
    expand(item, weights, folds);
    for (const child of item.children.toReversed()) waiting.push(child);
  }
  const byKey = new Map<number, GraphItem>(items.map(item => [item.key, item]));
  return {root, items, byKey, itemOf: id => nearest(nodes, byKey, root, id)};
}

function itemFor(node: PlanNode): Building {
  return {
    key: node.id,
    kind: 'node',
    node,
    stacked: [],
    depth: 0,
    children: [],
    folds: node.children.length > 0,
    place: 1,
    siblings: 1,
    branches: 0,
  };
}

function expand(item: Building, weights: Weights, folds: Folds): void {
  if (item.kind === 'stack' || item.node.children.length === 0) return;
  if (folds.folded(item.node.id) || item.branches > deepest) {
    item.hidden = hiddenBelow(item.node, weights);
    return;
  }
  const stacked = folds.stacked(item.node.id);
  const open = folds.opened(stackKey(item.node.id));
  const shown = open ? item.node.children : item.node.children.filter(({id}) => !stacked.has(id));
  item.children = shown.map(child => itemFor(child));
  if (stacked.size > 0) item.children.push(stackOf(item.node, stacked, weights, open));
  place(item);
}

function stackOf(parent: PlanNode, ids: ReadonlySet<number>, weights: Weights, open: boolean): Building {
  const stacked = parent.children.filter(({id}) => ids.has(id));
  const stack: Building = {
    ...itemFor(stacked[0] ?? parent),
    key: stackKey(parent.id),
    kind: 'stack',
    stacked,
  };
  stack.folds = true;
  if (open) return stack;
  stack.hidden = {
    nodes: stacked.reduce((sum, {id}) => sum + (weights.size[id] ?? 0), 0),
    weight: stacked.reduce((sum, {id}) => sum + (weights.sum[id] ?? 0), 0),
  };
  return stack;
}

function place(parent: Building): void {
  const {children} = parent;
  for (const [index, child] of children.entries()) {
    child.parent = parent;
    child.depth = parent.depth + 1;
    child.place = index + 1;
    child.siblings = children.length;
    child.branches = parent.branches + (children.length > 1 ? 1 : 0);
  }
}

function hiddenBelow({id}: PlanNode, {size, sum, own}: Weights): Hidden {
  return {nodes: (size[id] ?? 1) - 1, weight: Math.max(0, (sum[id] ?? 0) - (own[id] ?? 0))};
}

function nearest(
  nodes: readonly PlanNode[],
  byKey: ReadonlyMap<number, GraphItem>,
  root: GraphItem,
  id: number,
): GraphItem {
  for (let node = nodes[id]; node !== undefined; node = nodes[node.parent ?? -1]) {
    const parent = node.parent;
    const item =
      byKey.get(node.id) ??
      (parent !== undefined && byKey.has(parent) ? byKey.get(stackKey(parent)) : undefined);
    if (item !== undefined) return item;
  }
  return root;
}
