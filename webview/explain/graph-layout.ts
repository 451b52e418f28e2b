import {compactBox, type HierarchyData, type HierarchyNode} from '@antv/hierarchy';
import type {GraphItem, GraphTree} from './graph-tree.ts';

/** Sizes in px at 100 %. */
export const card = {width: 228, height: 76, across: 24, down: 42} as const;
const pitch = card.height + card.down;

export interface Box {
  readonly item: GraphItem;
  /** The upper left corner, in px at 100 % from the upper left of the drawing. */
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** By the item's key. */
  readonly boxes: ReadonlyMap<number, Box>;
  /** One for each level, from left to right. */
  readonly rows: readonly (readonly Box[])[];
}

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Items below one another without a fork: the layout sees one tall box. */
interface Run {
  readonly items: readonly GraphItem[];
  readonly below: Run[];
}

/**
 * Places the items of a tree from the root down, as close together as their subtrees allow.
 *
 * The library recurses, three calls for each level, and at some 2,500 levels the stack is full. A run of nodes with one
 * child each lies on a straight line in any case, so it is laid out as one tall box: only forks count as levels.
 */
export function layOut({root}: GraphTree): GraphLayout {
  const runs = runOf(root);
  const placed = compactBox(dataOf(runs), {
    direction: 'TB',
    getId: () => '',
    getWidth: () => card.width,
    getHeight: ({rows}) => Number(rows) * pitch,
    getHGap: () => card.across / 2,
    getVGap: () => 0,
    // Moving the root to 0 takes the library a time that grows with the square of the nodes.
    fixedRoot: false,
  });
  const boxes = boxesOf(placed, runs);
  return layoutOf(boxes);
}

/** @returns boxes that touch the area, level by level */
export function boxesIn({rows}: GraphLayout, area: Area): Box[] {
  const first = Math.max(0, Math.ceil((area.top - card.height) / pitch));
  const last = Math.min(rows.length - 1, Math.floor(area.bottom / pitch));
  const found: Box[] = [];
  for (let level = first; level <= last; level++) {
    const row = rows[level] ?? [];
    for (let index = firstFrom(row, area.left - card.width); index < row.length; index++) {
      const box = row[index];
      if (box === undefined || box.x > area.right) break;
      found.push(box);
    }
  }
  return found;
}

/** @returns the box at a point */
export function boxAt(layout: GraphLayout, x: number, y: number): Box | undefined {
  return boxesIn(layout, {left: x, top: y, right: x, bottom: y}).find(
    box => x >= box.x && x <= box.x + card.width && y >= box.y && y <= box.y + card.height,
  );
}

function runOf(root: GraphItem): Run {
  const first: {items: GraphItem[]; below: Run[]} = {items: [root], below: []};
  const waiting = [first];
  for (let run = waiting.pop(); run !== undefined; run = waiting.pop()) {
    let last = run.items[run.items.length - 1];
    for (let only = last?.children[0]; last?.children.length === 1 && only; only = last.children[0]) {
      run.items.push(only);
      last = only;
    }
    for (const child of last?.children ?? []) {
      const below = {items: [child], below: []};
      run.below.push(below);
      waiting.push(below);
    }
  }
  return first;
}

function dataOf(first: Run): HierarchyData {
  const root: HierarchyData = {rows: first.items.length, children: []};
  const waiting: [Run, HierarchyData][] = [[first, root]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [run, data] = next;
    data.children = run.below.map(below => ({rows: below.items.length, children: []}));
    for (const [index, child] of data.children.entries()) {
      const below = run.below[index];
      if (below !== undefined) waiting.push([below, child]);
    }
  }
  return root;
}

function boxesOf(placed: HierarchyNode, first: Run): Box[] {
  const boxes: Box[] = [];
  const waiting: [Run, HierarchyNode][] = [[first, placed]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [run, {x, children}] = next;
    for (const item of run.items) boxes.push({item, x, y: item.depth * pitch});
    for (const [index, child] of children.entries()) {
      const below = run.below[index];
      if (below !== undefined) waiting.push([below, child]);
    }
  }
  return boxes;
}

function layoutOf(boxes: readonly Box[]): GraphLayout {
  const rows: Box[][] = [];
  let width = 0;
  for (const box of boxes) {
    (rows[box.item.depth] ??= []).push(box);
    width = Math.max(width, box.x + card.width);
  }
  for (const row of rows) row.splice(0, row.length, ...row.toSorted((a, b) => a.x - b.x));
  return {
    width,
    height: rows.length * pitch - card.down,
    boxes: new Map(boxes.map(box => [box.item.key, box])),
    rows,
  };
}

/** @returns the first index whose box begins at or right of `x` */
function firstFrom(row: readonly Box[], x: number): number {
  let [low, high] = [0, row.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((row[middle]?.x ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @returns the level of the last cards that lie above `y`, at least 0 */
export function levelAbove(y: number): number {
  return Math.max(0, Math.floor(y / pitch));
}
