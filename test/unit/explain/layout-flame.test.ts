import {describe, expect, it} from 'vitest';
import {attribute} from '../../../src/core/explain/attribute.ts';
import {readPlans} from '../../../src/core/explain/read-plans.ts';
import {weightsOf, type Weights} from '../../../webview/explain/colour-weights.ts';
import {barsOf, mostBars, type Bar, type FlameOptions} from '../../../webview/explain/flame-layout.ts';
import {largePlan} from '../../rig/large-plan.ts';
import {node, planOf} from './plan-of.ts';

function optionsOf(text: string): FlameOptions & {readonly weights: Weights} {
  const plans = readPlans(text);
  if (!plans.ok || plans.value[0] === undefined) return expect.fail('no plan');
  const model = {attribution: attribute(plans.value[0]), findings: []};
  const {nodes} = model.attribution.plan;
  return {nodes, weights: weightsOf(model, 'self-time'), root: 0, collapsed: new Set(), least: 0};
}

/** Children that leave their parent, or lie on each other. */
function faults({levels}: ReturnType<typeof barsOf>): string[] {
  const slack = 1e-9;
  return levels.flatMap(level =>
    level.flatMap((bar, index) => {
      const {id, parent, left, width} = bar;
      const next = level[index + 1];
      return [
        ...(parent && (left < parent.left - slack || left + width > parent.left + parent.width + slack)
          ? [`${id} leaves ${parent.id}`]
          : []),
        ...(next && next.left < left + width - slack ? [`${id} covers ${next.id}`] : []),
      ];
    }),
  );
}

const own = (bar: Bar, bars: readonly Bar[]): number =>
  bar.width - bars.filter(({parent}) => parent === bar).reduce((sum, {width}) => sum + width, 0);

describe('the bars of a flame graph', () => {
  const options = optionsOf(largePlan(400));

  it('lie within their parents, and leave free what is the parent’s own', () => {
    const layout = barsOf(options);
    expect(faults(layout)).toEqual([]);
    const bars = layout.levels.flat();
    const whole = options.weights.sum[0] ?? 0;
    for (const bar of bars)
      expect(own(bar, bars) * whole).toBeCloseTo(options.weights.own[bar.id] ?? Number.NaN, 6);
  });

  it('has one for every node that weighs anything', () => {
    const weighty = options.nodes.filter(({id}) => (options.weights.sum[id] ?? 0) > 0);
    expect(barsOf(options).byId.size).toBe(weighty.length);
  });

  it('merges neighbours that are too narrow, and keeps the sum of their widths', () => {
    const layout = barsOf({...options, least: 0.01});
    expect(faults(layout)).toEqual([]);
    const merged = layout.levels.flat().filter(bar => bar.merged.length > 0);
    expect(merged.length).toBeGreaterThan(0);
    const {sum} = options.weights;
    for (const bar of merged) {
      const width = bar.merged.reduce((total, id) => total + (sum[id] ?? 0), 0) / (sum[0] ?? 1);
      expect(bar.width).toBeCloseTo(width, 9);
      expect(bar.merged.every(id => layout.byId.get(id) === bar)).toBe(true);
    }
  });

  it('gives the zoomed node the whole width', () => {
    const root = options.nodes.find(({id, children}) => id > 0 && children.length === 2)?.id ?? 0;
    const [[bar] = []] = barsOf({...options, root}).levels;
    expect(bar).toMatchObject({id: root, left: 0, width: 1, level: 0});
  });

  it('hides what is below a collapsed node', () => {
    const layout = barsOf({...options, collapsed: new Set([0])});
    expect(layout.levels.length).toBe(1);
  });

  it('divides 10,000 nodes, and a chain of 3,000', () => {
    const many = optionsOf(largePlan(10_000));
    let chain = node('Seq Scan', [1, 1]);
    for (let depth = 1; depth < 3000; depth++) chain = node('Limit', [1 + depth, 1], {}, chain);
    const deep = {attribution: attribute(planOf(chain)), findings: []};
    const {nodes} = deep.attribution.plan;
    expect(barsOf(many).levels.flat().length).toBeGreaterThan(9000);
    expect(barsOf({...many, nodes, weights: weightsOf(deep, 'self-time')}).levels.length).toBe(3000);
  });

  it('counts the most bars that can be in sight', () => {
    const layout = barsOf(options);
    const counts = layout.levels.map(level => level.length);
    const windows = counts.map((_, index) =>
      counts.slice(index, index + 5).reduce((sum, count) => sum + count, 0),
    );
    expect(mostBars(layout, 5)).toBe(Math.max(...windows));
  });
});
