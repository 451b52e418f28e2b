import type {PlanNode} from '../../src/core/explain/plan.ts';
import type {Weights} from './colour-weights.ts';

/** A rectangle of the flame graph. */
export interface Bar {
  /** The node; of merged ones the heaviest. */
  readonly id: number;
  /** Siblings that are too narrow to be told apart; empty for a bar of one node. */
  readonly merged: readonly number[];
  /** Levels below the zoomed node. */
  readonly level: number;
  /** Parts of the whole width, 0–1. */
  readonly left: number;
  readonly width: number;
  /** The bar above. */
  readonly parent?: Bar;
  /** Place among the bars below the same one, from 1, and how many they are. */
  readonly place: number;
  readonly siblings: number;
}

export interface FlameOptions {
  readonly nodes: readonly PlanNode[];
  readonly weights: Weights;
  /** The node that takes the whole width. */
  readonly root: number;
  readonly collapsed: ReadonlySet<number>;
  /** Siblings with less than this part of the whole width are merged; 0 merges nothing. */
  readonly least: number;
}

export interface FlameLayout {
  /** From the zoomed node down, each level from left to right. */
  readonly levels: readonly (readonly Bar[])[];
  /** The bar of each node that has one, merged ones included. */
  readonly byId: ReadonlyMap<number, Bar>;
}

/**
 * Divides the width: each node has as much of it as its subtree weighs, so children lie within their parent, and what
 * they leave free on its right is its own. The weight of a subtree is the sum over its nodes, so this holds even where
 * work was moved from a node to another one. What weighs nothing has no bar.
 */
export function barsOf(options: FlameOptions): FlameLayout {
  const levels: (readonly Bar[])[] = [];
  const byId = new Map<number, Bar>();
  const root = {id: options.root, merged: [], level: 0, left: 0, width: 1, place: 1, siblings: 1};
  for (let level: readonly Bar[] = [root]; level.length > 0;) {
    levels.push(level);
    for (const bar of level) for (const id of [bar.id, ...bar.merged]) byId.set(id, bar);
    level = level.flatMap(bar => below(bar, options));
  }
  return {levels, byId};
}

/** @returns the most bars in any so many levels that follow one another */
export function mostBars({levels}: FlameLayout, count: number): number {
  let most = 0;
  let bars = 0;
  for (const [index, level] of levels.entries()) {
    bars += level.length - (levels[index - count]?.length ?? 0);
    most = Math.max(most, bars);
  }
  return most;
}

/** Less than this part of `least` is not drawn at all, unless merged into something wider. */
const invisible = 0.2;

function below(parent: Bar, options: FlameOptions): readonly Bar[] {
  const node = options.nodes[parent.id];
  if (node === undefined || parent.merged.length > 0 || options.collapsed.has(parent.id)) return [];
  const {sum} = options.weights;
  const whole = sum[options.root] ?? 0;
  const groups = grouped(node.children, id => (whole === 0 ? 0 : (sum[id] ?? 0) / whole), options.least);
  const wide = groups.filter(({width}) => width > options.least * invisible);
  return wide.map(({ids, left, width}, index) => ({
    id: ids.reduce((heaviest, id) => ((sum[id] ?? 0) > (sum[heaviest] ?? 0) ? id : heaviest), ids[0] ?? 0),
    merged: ids.length === 1 ? [] : ids,
    level: parent.level + 1,
    left: parent.left + left,
    width,
    parent,
    place: index + 1,
    siblings: wide.length,
  }));
}

interface Group {
  readonly ids: number[];
  readonly left: number;
  width: number;
}

/** Neighbours that are too narrow become one, as wide as they are together. */
function grouped(
  children: readonly PlanNode[],
  widthOf: (id: number) => number,
  least: number,
): readonly Group[] {
  const groups: Group[] = [];
  let left = 0;
  let narrow: Group | undefined;
  for (const {id} of children) {
    const width = widthOf(id);
    if (width === 0) continue;
    if (width < least && narrow !== undefined) {
      narrow.ids.push(id);
      narrow.width += width;
    } else {
      const group = {ids: [id], left, width};
      groups.push(group);
      narrow = width < least ? group : undefined;
    }
    left += width;
  }
  return groups;
}
