import {describe, expect, it} from 'vitest';
import {attribute} from '../../../src/core/explain/attribute.ts';
import type {ColourBy, PlanModel} from '../../../webview/explain/model.ts';
import {colourOf} from '../../../webview/explain/colour.ts';
import {formatShare} from '../../../webview/explain/colour-values.ts';
import {weightsOf} from '../../../webview/explain/colour-weights.ts';
import {badgesOf, sideName, spokenName, subjectOf, titleParts} from '../../../webview/explain/graph-words.ts';
import {node, planOf, type Node} from './plan-of.ts';

const modelOf = (root: Node): PlanModel => ({attribution: attribute(planOf(root)), findings: []});

/** 100 ms, of which the scans take 60 and 25 and the join the rest. */
const join = (fields: Parameters<typeof node>[2] = {}): Node =>
  node(
    'Hash Join',
    [100, 1, 40],
    {'Total Cost': 900, 'Plan Rows': 4000, 'Shared Hit Blocks': 90, 'Shared Read Blocks': 10},
    node('Seq Scan', [60, 1, 1_200_000], {
      'Relation Name': 'orders',
      'Total Cost': 500,
      'Plan Rows': 30_000,
      'Shared Hit Blocks': 72,
      'Shared Read Blocks': 8,
      ...fields,
    }),
    node('Index Scan', [0.025, 1000, 3], {
      'Relation Name': 'customers',
      'Index Name': 'customers_pkey',
      'Total Cost': 100,
      'Plan Rows': 3,
      'Shared Hit Blocks': 15,
    }),
  );

describe('the colour of a node', () => {
  it.each<[ColourBy, readonly [level: number, tone: string, text: string][]]>([
    [
      'self-time',
      [
        [3, 'warm', '15.0 ms'],
        [5, 'warm', '60.0 ms'],
        [3, 'warm', '25.0 ms'],
      ],
    ],
    [
      'buffers',
      [
        [2, 'warm', '40 kB'],
        [5, 'warm', '640 kB'],
        [3, 'warm', '120 kB'],
      ],
    ],
    [
      'cost',
      [
        [4, 'warm', 'cost 300'],
        [5, 'warm', 'cost 500'],
        [2, 'warm', 'cost 100'],
      ],
    ],
    [
      'rows',
      [
        [0, 'warm', '40 rows'],
        [5, 'warm', '1,200,000 rows'],
        [2, 'warm', '3,000 rows'],
      ],
    ],
    [
      'estimate',
      [
        [4, 'cool', '100× too high'],
        [3, 'warm', '40× too low'],
        [0, 'warm', 'exact'],
      ],
    ],
  ])('by %s', (by, expected) => {
    const shade = colourOf(modelOf(join()), by);
    const seen = [0, 1, 2].map(id => [shade(id).level, shade(id).tone, shade(id).text]);
    expect(seen).toEqual(expected);
  });

  it('has no text where the plan has no such number', () => {
    const plan = planOf({'Node Type': 'Result', 'Total Cost': 4, 'Plan Rows': 1});
    const model = {attribution: attribute(plan), findings: []};
    expect(colourOf(model, 'self-time')(0)).toEqual({level: 0, tone: 'warm', text: '', fill: 0});
    expect(colourOf(model, 'cost')(0)).toMatchObject({level: 5, text: 'cost 4', share: 1});
    expect(colourOf(model, 'cost')(7).text).toBe('');
  });

  it.each([
    [0, '0 %'],
    [0.0004, '< 0.1 %'],
    [0.012, '1.2 %'],
    [0.0996, '10 %'],
    [0.62, '62 %'],
    [1, '100 %'],
  ])('writes the share %d as %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });
});

describe('the weight of a subtree', () => {
  it('sums up to the plan, whatever its nodes are compared by', () => {
    const {by, own, sum, size} = weightsOf(modelOf(join()), 'rows');
    expect(by).toBe('time');
    expect([...own].map(Math.round)).toEqual([15, 60, 25]);
    expect([...sum].map(Math.round)).toEqual([100, 60, 25]);
    expect([...size]).toEqual([3, 1, 1]);
  });

  it.each<[ColourBy, string]>([
    ['self-time', 'cost'],
    ['estimate', 'cost'],
    ['buffers', 'cost'],
    ['rows', 'rows'],
  ])('without times, by %s, is of %s', (colourBy, by) => {
    const plan = planOf({
      'Node Type': 'Sort',
      'Total Cost': 9,
      'Plan Rows': 5,
      Plans: [{'Node Type': 'Seq Scan', 'Parent Relationship': 'Outer', 'Total Cost': 4, 'Plan Rows': 5}],
    });
    expect(weightsOf({attribution: attribute(plan), findings: []}, colourBy).by).toBe(by);
  });

  it('is of nodes where a plan has no number at all', () => {
    const plan = planOf({'Node Type': 'Result'});
    expect(weightsOf({attribution: attribute(plan), findings: []}, 'cost')).toMatchObject({by: 'nodes'});
  });
});

describe('the words of a card', () => {
  const first = (root: Node): ReturnType<typeof planOf>['root'] => planOf(root).root;

  it.each<[string, string, Node]>([
    ['Seq Scan', 'on orders o', node('Seq Scan', [1, 1], {'Relation Name': 'orders', Alias: 'o'})],
    ['Sort', 'by a, b DESC', node('Sort', [1, 1], {'Sort Key': ['a', 'b DESC']})],
    ['Hash Join', 'on (a.x = b.y)', node('Hash Join', [1, 1], {'Hash Cond': '(a.x = b.y)'})],
    ['Limit', '', node('Limit', [1, 1])],
  ])('writes %s: %s', (step, subject, root) => {
    expect(titleParts(first(root)).step).toBe(step);
    expect(subjectOf(first(root))).toBe(subject);
  });

  it.each([
    ['InitPlan', 'InitPlan 1 (returns $0)', 'InitPlan 1'],
    ['InitPlan', 'CTE recent', 'CTE recent'],
    ['SubPlan', 'SubPlan 2', 'SubPlan 2'],
    ['Outer', undefined, undefined],
  ])('names what is at the side: %s %s', (relationship, name, expected) => {
    const fields = name === undefined ? {} : {'Subplan Name': name};
    expect(sideName(first(node('Result', [1, 1], {'Parent Relationship': relationship, ...fields})))).toBe(
      expected,
    );
  });

  it.each<[string, Node, readonly string[]]>([
    ['a good estimate', node('Seq Scan', [1, 1, 9], {'Plan Rows': 1}), []],
    ['a bad one', node('Seq Scan', [1, 1, 400], {'Plan Rows': 10}), ['est. 40× low']],
    ['an execution that was not', node('Seq Scan', [0, 0, 0]), ['never executed']],
    [
      'a sort on disk',
      node('Sort', [1, 1], {'Sort Space Type': 'Disk', 'Sort Space Used': 5120, 'Temp Written Blocks': 640}),
      ['5 MB'],
    ],
    ['a sort in memory', node('Sort', [1, 1], {'Sort Space Type': 'Memory', 'Sort Space Used': 71}), []],
    ['a hash in batches', node('Hash', [1, 1], {'Hash Batches': 4}), ['batches']],
    ['missing workers', node('Gather', [1, 1], {'Workers Planned': 4, 'Workers Launched': 1}), ['1 of 4']],
    ['planned workers', node('Gather', [1, 1], {'Workers Planned': 2, 'Workers Launched': 2}), ['2']],
  ])('marks %s', (_, root, texts) => {
    const {attribution} = modelOf(root);
    const [numbers] = attribution.numbers;
    if (numbers === undefined) throw new Error('no numbers');
    expect(badgesOf(attribution.plan.root, numbers, 0).map(({text}) => text)).toEqual(texts);
  });

  it('says all of it to screen readers', () => {
    const model = modelOf(join());
    const {plan, numbers} = model.attribution;
    const [, scan] = plan.nodes;
    const own = numbers[1];
    if (scan === undefined || own === undefined) throw new Error('no scan');
    const say = (by: ColourBy): string => spokenName(scan, own, colourOf(model, by)(1), 2);
    const end = '1,200,000 rows, 2 findings, estimate 40× too low';
    expect(say('self-time')).toBe(`Seq Scan on orders, self 60.0 ms, 60 % of the time, ${end}`);
    expect(say('buffers')).toBe(`Seq Scan on orders, self 60.0 ms, 640 kB, 80 % of the plan, ${end}`);
  });
});
