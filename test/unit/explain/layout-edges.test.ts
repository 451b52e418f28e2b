import {describe, expect, it} from 'vitest';
import {attribute} from '../../../src/core/explain/attribute.ts';
import {weightsOf} from '../../../webview/explain/colour-weights.ts';
import {allEdges, edgesIn, edgeWidth, type Edge} from '../../../webview/explain/graph-edges.ts';
import {GraphFolds} from '../../../webview/explain/graph-folds.ts';
import {layOut, type Area} from '../../../webview/explain/graph-layout.ts';
import {GraphPlan} from '../../../webview/explain/graph-plan.ts';
import {graphTree} from '../../../webview/explain/graph-tree.ts';
import {node, planOf, type Node} from './plan-of.ts';

/** A join of two scans of one CTE, beside an InitPlan. */
const joined = node(
  'Nested Loop',
  [50, 1, 20],
  {},
  node('Seq Scan', [20, 1, 100_000], {'Parent Relationship': 'InitPlan', 'Subplan Name': 'CTE recent'}),
  node('Result', [1, 1, 1], {'Parent Relationship': 'InitPlan', 'Subplan Name': 'InitPlan 2 (returns $1)'}),
  node('CTE Scan', [5, 1, 100], {'CTE Name': 'recent'}),
  node('CTE Scan', [5, 2, 100], {'CTE Name': 'recent'}),
  node('CTE Scan', [5, 2, 100], {'CTE Name': 'of another query'}),
);

function edgesOf(root: Node, area?: Area): readonly Edge[] {
  const model = {attribution: attribute(planOf(root)), findings: []};
  const weights = weightsOf(model, 'self-time');
  const plan = new GraphPlan(model, 'self-time');
  const tree = graphTree(plan.nodes, weights, new GraphFolds(model, weights).with(new Set()));
  if (tree === undefined) throw new Error('nothing drawn');
  const layout = layOut(tree);
  return area === undefined ? allEdges(layout, plan) : edgesIn(layout, plan, area);
}

describe('the edges of a graph', () => {
  it('lead to inputs, to what hangs at the side, and from scans to their CTE', () => {
    expect(edgesOf(joined).map(({kind, below, side, rows}) => [kind, below, side, rows])).toEqual([
      ['side', 1, 'CTE recent', 100_000],
      ['side', 2, 'InitPlan 2', 1],
      ['input', 3, undefined, 100],
      ['input', 4, undefined, 200],
      ['input', 5, undefined, 200],
      ['reference', 3, undefined, 0],
      ['reference', 4, undefined, 0],
    ]);
  });

  it('are as wide as the rows are many, and dashed ones stay thin', () => {
    const [cte, init, scan] = edgesOf(joined).map(edge => edgeWidth(edge));
    expect(cte).toBe(3);
    expect(init).toBeLessThan(2);
    expect(scan).toBeCloseTo(1 + 1.4 * Math.log10(101), 5);
  });

  it('cross an area though both ends are outside of it', () => {
    const wide = node(
      'Append',
      [9, 1],
      {},
      ...Array.from({length: 9}, () => node('Seq Scan', [1, 1], {'Parent Relationship': 'Member'})),
    );
    const left = {left: 0, top: 0, right: 300, bottom: 300};
    const ids = (area: Area): readonly number[] => edgesOf(wide, area).map(({below}) => below);
    expect(ids(left)).toEqual([1, 2]);
    // Between the first child and the root, there is also the way to the first one.
    expect(ids({...left, left: 260, right: 270})).toEqual([1, 2]);
    expect(ids({...left, top: 2000, bottom: 2300})).toEqual([]);
  });
});
