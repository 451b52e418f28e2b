import {describe, expect, it} from 'vitest';
import {attribute} from '../../src/core/explain/attribute.ts';
import type {Attribution} from '../../src/core/explain/attribution.ts';
import {readPlans} from '../../src/core/explain/read-plans.ts';
import {factsOf} from '../../webview/explain/node-facts.ts';
import {nodeSource} from '../../webview/explain/node-source.ts';
import {indentJson, linesOf} from '../../webview/explain/raw-lines.ts';
import {cacheShare, groupsOf, indexOf, tableOf, timeParts} from '../../webview/explain/summary.ts';
import {nextSorting, orderOf, type Sorting} from '../../webview/explain/table-order.ts';
import {largePlan} from '../rig/large-plan.ts';
import {value} from '../rig/sessions.ts';
import {planText} from './explain-rig.ts';

function attributed(text: string): Attribution {
  const [plan] = value(readPlans(text));
  if (!plan) throw new Error('no plan');
  return attribute(plan);
}

const fixtures = [
  'orders-report-18',
  'orders-report-indexed-18',
  'recent-customers-18',
  'parallel-report-18',
] as const;

describe('lines of a text', () => {
  it.each([
    ['', ['']],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['\n\na', ['', '', 'a']],
    ['x'.repeat(4500), ['x'.repeat(2000), 'x'.repeat(2000), 'x'.repeat(500)]],
    [`${'x'.repeat(2000)}\ny`, ['x'.repeat(2000), 'y']],
  ])('of %j', (text, lines) => {
    const found = linesOf(text);
    expect(Array.from({length: found.count}, (_, index) => found.at(index))).toEqual(lines);
  });

  it.each([
    ['{"a":1.00,"b":[]}', '{\n  "a": 1.00,\n  "b": []\n}'],
    [
      '[ {"a" : "x,{\\"y\\"]"} , 12345678901234567890 ]',
      '[\n  {\n    "a": "x,{\\"y\\"]"\n  },\n  12345678901234567890\n]',
    ],
    ['{ }', '{}'],
    ['"\\\\"', '"\\\\"'],
  ])('puts %j on lines without changing a value', (json, lines) => {
    expect(indentJson(json)).toBe(lines);
  });

  it.each(fixtures)('leaves %s what it is', name => {
    expect(JSON.parse(indentJson(planText(name)))).toEqual(JSON.parse(planText(name)));
  });
});

describe('the summary', () => {
  it.each(fixtures)('adds up to the whole of %s', name => {
    const attribution = attributed(planText(name));
    const groups = groupsOf(attribution, node => node.type);
    const sum = (values: readonly (number | undefined)[]): number =>
      values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    const epsilon = sum(attribution.numbers.map(({execution}) => execution?.time?.selfEpsilonMs));
    const self = sum(groups.map(({selfMs}) => selfMs));
    const total = attribution.numbers[0]?.execution?.time?.totalMs ?? 0;
    expect(Math.abs(self - total)).toBeLessThanOrEqual(epsilon);
    expect(sum(groups.map(({nodes}) => nodes.length))).toBe(attribution.plan.nodes.length);
    const {
      sharedHit = 0,
      sharedRead = 0,
      localHit = 0,
      localRead = 0,
      tempRead = 0,
    } = attribution.numbers[0]?.total ?? {};
    expect(sum(groups.map(({blocks}) => blocks))).toBe(
      sharedHit + sharedRead + localHit + localRead + tempRead,
    );
    const {executionMs = 0, nodesMs = 0, besideMs = 0} = timeParts(attribution);
    expect(nodesMs + besideMs).toBeCloseTo(executionMs, 9);
    expect(cacheShare(attribution)).toBeCloseTo(sharedHit / (sharedHit + sharedRead), 9);
  });

  it('groups by table with its schema, and by index', () => {
    const attribution = attributed(planText('orders-report-indexed-18'));
    expect(groupsOf(attribution, tableOf).map(({name}) => name)).toContain('shop.payments');
    expect(groupsOf(attribution, indexOf).map(({name}) => name)).toContain('payments_order_id_idx');
  });

  it('has no times for a plan that was not executed', () => {
    const attribution = attributed(planText('orders-report-estimated-18'));
    expect(timeParts(attribution)).toEqual({});
    expect(groupsOf(attribution, node => node.type).every(({selfMs}) => selfMs === undefined)).toBe(true);
    expect(cacheShare(attribution)).toBe(undefined);
  });
});

describe('the order of the table', () => {
  const {plan, numbers} = attributed(planText('orders-report-18'));
  const loops = {
    id: 'loops',
    title: '',
    hint: '',
    sortBy: (id: number) => (id === 3 ? undefined : numbers[id]?.execution?.loops),
    cell: () => ({text: ''}),
  };

  it('goes through three orders with three clicks', () => {
    let sorting: Sorting = {kind: 'tree'};
    const seen = Array.from({length: 3}, () => (sorting = nextSorting(sorting, 'loops')));
    expect(seen).toEqual([
      {kind: 'by', column: 'loops', descending: true},
      {kind: 'by', column: 'loops', descending: false},
      {kind: 'tree'},
    ]);
  });

  it.each([true, false])('has what has no value at the end (descending %s)', descending => {
    const order = orderOf(plan.nodes, {kind: 'by', column: 'loops', descending}, [loops], new Set());
    expect(order.at(-1)).toBe(3);
    const values = order.slice(0, -1).map(id => loops.sortBy(id) ?? 0);
    const sorted = values.toSorted((a, b) => (descending ? b - a : a - b));
    expect(values).toEqual(sorted);
  });

  it('leaves out everything below a collapsed node', () => {
    const {nodes} = attributed(largePlan(500)).plan;
    const collapsed = nodes.find(({id, children}) => id > 0 && children.length > 1)?.id ?? 0;
    const below = (id: number): number =>
      (nodes[id]?.children ?? []).reduce((sum, child) => sum + 1 + below(child.id), 0);
    const order = orderOf(nodes, {kind: 'tree'}, [], new Set([collapsed]));
    expect(order.length).toBe(500 - below(collapsed));
    expect(order).toContain(collapsed);
  });
});

describe('a node', () => {
  it('tells where it comes from by the scans below it', () => {
    const {plan} = attributed(planText('orders-report-18'));
    const join = plan.nodes.find(({type}) => type === 'Hash Join');
    expect(nodeSource(plan, join?.id ?? -1)).toMatchObject({
      type: 'Hash Join',
      alias: null,
      aliasesBelow: ['l', 'o'],
    });
    const scan = plan.nodes.findLast(({type}) => type === 'Seq Scan');
    expect(nodeSource(plan, scan?.id ?? -1)).toMatchObject({
      relation: 'payments',
      schema: 'shop',
      aliasesBelow: [],
    });
  });

  const cases: readonly (readonly [Record<string, unknown>, string, string])[] = [
    [
      {'Rows Removed by Filter': 9, 'Actual Rows': 1, 'Actual Loops': 3},
      'Removed by filter',
      'about 27, 9 in each loop (90 % of what was read)',
    ],
    [{'Rows Removed by Filter': 9, 'Actual Rows': 1}, 'Removed by filter', '9 (90 % of what was read)'],
    [{'Heap Fetches': 12}, 'Heap fetches', '12'],
    [
      {'Sort Method': 'external merge', 'Sort Space Used': 2048, 'Sort Space Type': 'Disk'},
      'Sort',
      'external merge, 2 MB on disk',
    ],
    [
      {'Sort Method': 'quicksort', 'Sort Space Used': 25, 'Sort Space Type': 'Memory'},
      'Sort',
      'quicksort, 25 kB of memory',
    ],
    [
      {'Hash Buckets': 1024, 'Hash Batches': 4, 'Original Hash Batches': 1},
      'Hash table',
      '1,024 buckets in 4 batches, 1 planned',
    ],
    [{'Cache Hits': 3, 'Cache Misses': 1}, 'Hit share', '75 %'],
    [{'Workers Planned': 2, 'Workers Launched': 1}, 'Workers', '1 of 2 launched'],
    [{'Subplans Removed': 5}, 'Subplans removed', '5'],
    [{'Sort Key': ['a', 'b DESC']}, 'Sort Key', 'a, b DESC'],
    [{'Actual Loops': 0}, 'Executed', 'never'],
  ];

  it.each(cases)('with %j says of "%s": %s', (fields, name, text) => {
    const node = {
      'Node Type': 'Seq Scan',
      'Total Cost': 5,
      'Plan Rows': 1,
      'Actual Total Time': 1,
      'Actual Rows': 1,
      'Actual Loops': 1,
      ...fields,
    };
    const facts = factsOf(attributed(JSON.stringify([{Plan: node}])), 0).flatMap(group => group.facts);
    expect(facts.find(fact => fact.name === name)?.value).toBe(text);
  });
});
