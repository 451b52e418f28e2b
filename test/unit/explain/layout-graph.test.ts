import {describe, expect, it} from 'vitest';
import type {PlanNode} from '../../../src/core/explain/plan.ts';
import type {Weights} from '../../../webview/explain/colour-weights.ts';
import {GraphFolds} from '../../../webview/explain/graph-folds.ts';
import {boxAt, boxesIn, card, layOut, type GraphLayout} from '../../../webview/explain/graph-layout.ts';
import {graphTree, type GraphTree} from '../../../webview/explain/graph-tree.ts';

/** A tree as the parents of its nodes, with a weight for each. */
interface Shape {
  readonly parents: readonly (number | undefined)[];
  readonly own?: (id: number) => number;
  readonly members?: boolean;
  readonly noted?: readonly number[];
}

function chain(length: number): Shape {
  return {parents: Array.from({length}, (_, id) => (id === 0 ? undefined : id - 1))};
}

function star(length: number): Shape {
  return {parents: Array.from({length}, (_, id) => (id === 0 ? undefined : 0)), members: true};
}

/** Every join has a scan and the next join, as of a query over very many tables. */
function leftDeep(joins: number): Shape {
  const parents = Array.from({length: joins * 2 + 1}, (_, id) =>
    id === 0 ? undefined : id % 2 === 1 ? id - 1 : id - 2,
  );
  return {parents};
}

function twoEach(length: number): Shape {
  const parents: (number | undefined)[] = [];
  const add = (parent: number | undefined, size: number): void => {
    const id = parents.push(parent) - 1;
    if (size <= 1) return;
    const left = Math.floor((size - 1) / 2);
    if (left > 0) add(id, left);
    add(id, size - 1 - left);
  };
  add(undefined, length);
  return {parents};
}

interface Building extends PlanNode {
  readonly children: Building[];
}

function made({parents, own = () => 1, members = false, noted = []}: Shape): {
  readonly nodes: readonly PlanNode[];
  readonly weights: Weights;
  readonly folds: GraphFolds;
} {
  const nodes: Building[] = parents.map((parent, id) => ({
    id,
    type: 'Scan',
    children: [],
    fields: {},
    ...(parent === undefined ? {} : {parent, relationship: members ? 'Member' : 'Outer'}),
  }));
  for (const node of nodes) if (node.parent !== undefined) nodes[node.parent]?.children.push(node);
  const weight = Float64Array.from(nodes, ({id}) => own(id));
  const sum = Float64Array.from(weight);
  const size = new Uint32Array(nodes.length).fill(1);
  for (const {id, parent} of nodes.toReversed()) {
    if (parent === undefined) continue;
    sum[parent] = (sum[parent] ?? 0) + (sum[id] ?? 0);
    size[parent] = (size[parent] ?? 0) + (size[id] ?? 0);
  }
  const weights: Weights = {by: 'time', own: weight, sum, size, format: String};
  const numbers = nodes.map(({id}) => ({
    id,
    state: 'unknown' as const,
    cost: {total: 0, self: 0},
    plannedRows: 0,
    total: {},
    self: {},
  }));
  const root = nodes[0];
  if (root === undefined) throw new Error('no nodes');
  const plan = {format: 'json' as const, root, nodes, analyzed: true, fields: {}, source: ''};
  const finding = {
    check: 'x',
    nodes: noted,
    what: '',
    why: '',
    fix: '',
    confidence: 'likely' as const,
    basis: '',
    actions: [],
  };
  const model = {attribution: {plan, numbers}, findings: noted.length > 0 ? [finding] : []};
  return {nodes, weights, folds: new GraphFolds(model, weights)};
}

function drawn(shape: Shape, {all = false, collapsed = new Set<number>()} = {}): GraphTree {
  const {nodes, weights, folds} = made(shape);
  if (all) folds.openAll();
  const tree = graphTree(nodes, weights, folds.with(collapsed));
  if (tree === undefined) throw new Error('nothing drawn');
  return tree;
}

/** What no reader would forgive: cards on each other, and parents that do not stand over their children. */
function faults(layout: GraphLayout): string[] {
  const faults: string[] = [];
  for (const row of layout.rows)
    for (const [index, box] of row.entries()) {
      const next = row[index + 1];
      if (next && next.x - box.x < card.width + card.across - 0.01)
        faults.push(`${box.item.key} touches ${next.item.key}`);
      if (box.x < -0.01 || box.x + card.width > layout.width + 0.01)
        faults.push(`${box.item.key} is outside`);
      const [first, last] = [box.item.children[0], box.item.children.at(-1)].map(child =>
        child ? layout.boxes.get(child.key) : undefined,
      );
      if (first && last && Math.abs((first.x + last.x) / 2 - box.x) > 0.01)
        faults.push(`${box.item.key} is not over the middle`);
    }
  return faults;
}

describe('the layout of a graph', () => {
  it.each([
    ['one node', chain(1), 1],
    ['a chain of 3,000', chain(3000), 3000],
    ['a chain of 10,000', chain(10_000), 10_000],
    ['10,000 children of one node', star(10_001), 10_002],
    ['10,000 nodes with two children each', twoEach(10_000), 10_000],
  ])('places %s without overlaps', (_, shape, items) => {
    const tree = drawn(shape, {all: true});
    const layout = layOut(tree);
    expect(layout.boxes.size).toBe(items);
    expect(faults(layout)).toEqual([]);
  });

  it('hides what is deeper than 800 forks, rather than to fail', () => {
    const tree = drawn(leftDeep(4000), {all: true});
    expect(faults(layOut(tree))).toEqual([]);
    const end = tree.items.find(({hidden}) => hidden !== undefined);
    expect(end?.depth).toBe(801);
    expect(end?.hidden?.nodes).toBe(8001 - 2 * 801 - 1);
  });

  it('finds what touches an area, and what is at a point', () => {
    const layout = layOut(drawn(twoEach(300), {all: true}));
    const middle = layout.width / 2;
    const area = {left: middle - 5000, top: 200, right: middle + 5000, bottom: 900};
    const touching = [...layout.boxes.values()].filter(
      ({x, y}) =>
        x + card.width >= area.left && x <= area.right && y + card.height >= area.top && y <= area.bottom,
    );
    expect(touching.length).toBeGreaterThan(5);
    expect(new Set(boxesIn(layout, area))).toEqual(new Set(touching));
    const [box] = touching;
    if (box === undefined) return;
    expect(boxAt(layout, box.x + 5, box.y + 5)).toBe(box);
    expect(boxAt(layout, box.x + 5, box.y + card.height + 5)).toBeUndefined();
  });
});

describe('what a graph folds', () => {
  it.each<[string, Shape, number]>([
    ['nothing of a small plan', {...twoEach(40), own: id => (id === 0 ? 1000 : 0)}, 40],
    ['all that is quiet of a large one', {...twoEach(63), own: id => (id === 0 ? 1000 : 0.001)}, 3],
    ['nothing where all weigh alike', twoEach(63), 63],
    ['partitions into a stack, but for the heaviest three', {...star(500), own: id => id}, 5],
    ['partitions into a stack, but for up to eight that matter', {...star(41), own: () => 5}, 10],
    ['no twelve partitions', star(13), 13],
    ['not what a finding is about', {...star(500), own: id => id, noted: [7]}, 6],
  ])('%s', (_, shape, items) => {
    expect(drawn(shape).items.length).toBe(items);
  });

  it('says how much a fold hides', () => {
    const tree = drawn({...twoEach(63), own: id => (id === 0 ? 1000 : 0.5)}, {collapsed: new Set([1])});
    expect(tree.byKey.get(1)?.hidden).toEqual({nodes: 30, weight: 15});
    expect(tree.itemOf(5).key).toBe(1);
  });

  it('says how much a stack holds', () => {
    const tree = drawn({...star(500), own: id => id});
    const stack = tree.items.at(-1);
    expect(stack).toMatchObject({kind: 'stack', place: 4, siblings: 4, hidden: {nodes: 496}});
    expect(tree.itemOf(17)).toBe(stack);
  });

  it('opens what hides a node', () => {
    const {nodes, weights, folds} = made({...twoEach(255), own: id => (id === 0 ? 1000 : 0.001)});
    const draw = (): GraphTree | undefined => graphTree(nodes, weights, folds.with(new Set()));
    expect(draw()?.byKey.has(9)).toBe(false);
    expect(folds.reveal(9)).toBe(true);
    expect(draw()?.byKey.has(9)).toBe(true);
    expect(folds.reveal(9)).toBe(false);
  });

  it('opens a fold, and leaves closing to the page', () => {
    const {folds} = made({...twoEach(255), own: id => (id === 0 ? 1000 : 0.001)});
    expect(folds.toggle(1)).toBe(true);
    expect(folds.with(new Set()).folded(1)).toBe(false);
    expect(folds.toggle(1)).toBe(false);
  });
});
