import {describe, expect, it} from 'vitest';
import {readPlans} from '../../../src/core/explain/read-plans.ts';
import type {ExplainedPlan, Fields} from '../../../src/core/explain/plan.ts';

/*
 * What real servers print is compared with their JSON in test/postgres/explain. Here is what those servers cannot print:
 * JIT's lines of 17 and later, which the test servers are built without, extensions, and newer or other versions.
 */

function planOf(text: string): ExplainedPlan {
  const plans = readPlans(text);
  if (!plans.ok) expect.fail(plans.failure.message);
  const [plan] = plans.value;
  if (!plan || plans.value.length > 1) expect.fail(`${plans.value.length} plans`);
  return plan;
}

function rootFields(title: string): Fields {
  return planOf(`${title}  (cost=0.00..1.00 rows=1 width=4)`).root.fields;
}

describe('a line', () => {
  it.each([
    [
      'Custom Scan (Columnar (fast)) on public.t x',
      {
        'Node Type': 'Custom Scan',
        'Custom Plan Provider': 'Columnar (fast)',
        'Relation Name': 't',
        Schema: 'public',
        Alias: 'x',
      },
    ],
    ['Custom Scan (Citus Adaptive)', {'Node Type': 'Custom Scan', 'Custom Plan Provider': 'Citus Adaptive'}],
    [
      'Index Scan using "<13543>btree_t_a" on t',
      {'Node Type': 'Index Scan', 'Index Name': '<13543>btree_t_a', 'Scan Direction': 'Forward'},
    ],
    [
      'Parallel Hash Right Anti Join',
      {'Node Type': 'Hash Join', 'Join Type': 'Right Anti', 'Parallel Aware': true},
    ],
    ['Merge Semi Join', {'Node Type': 'Merge Join', 'Join Type': 'Semi'}],
    ['Hash Right Semi Join', {'Node Type': 'Hash Join', 'Join Type': 'Right Semi'}],
    ['Named Tuplestore Scan', {'Node Type': 'Named Tuplestore Scan'}],
    [
      'Table Function Scan on "xmltable" x',
      {'Node Type': 'Table Function Scan', 'Table Function Name': 'xmltable', Alias: 'x'},
    ],
    [
      'Async Foreign Scan on pg_temp.f',
      {'Node Type': 'Foreign Scan', Operation: 'Select', 'Async Capable': true, Schema: 'pg_temp'},
    ],
    [
      'Vector Scan using "my index" on s.t',
      {'Node Type': 'Vector Scan', 'Index Name': 'my index', 'Relation Name': 't', Schema: 's'},
    ],
    ['Quantum Exchange', {'Node Type': 'Quantum Exchange'}],
    ['Seq Scan on "a ""b"" on c".d.e', {'Node Type': 'Seq Scan'}],
  ])('%s', (title, fields) => {
    expect(rootFields(title)).toMatchObject(fields);
  });

  it.each([
    ['Foo: 12', {Foo: 12}],
    ['Foo Bar: 1.50', {'Foo Bar': 1.5}],
    ['Foo: 12 kB', {Foo: '12 kB'}],
    ['Foo: true', {Foo: true}],
    ['Vector Distance: x <-> y', {'Vector Distance': 'x <-> y'}],
    ['Filter: true', {Filter: 'true'}],
    ['Cache Key: 1', {'Cache Key': '1'}],
    [
      "Output: a, f(b, c), 'd, \"e', \"g, h\", (ARRAY[1, 2]), CASE WHEN a THEN '(' END",
      {Output: ['a', 'f(b, c)', "'d, \"e'", '"g, h"', '(ARRAY[1, 2])', "CASE WHEN a THEN '(' END"]},
    ],
    [
      'Buffers: shared hit=1 read=2, temp read=3 written=4',
      {'Shared Hit Blocks': 1, 'Shared Read Blocks': 2, 'Local Hit Blocks': 0, 'Temp Written Blocks': 4},
    ],
    [
      'WAL: records=1 bytes=59 buffers full=3',
      {'WAL Records': 1, 'WAL FPI': 0, 'WAL Bytes': 59, 'WAL Buffers Full': 3},
    ],
    ['Sort Method: still in progress', {'Sort Method': 'still in progress'}],
    ['oracle query: SELECT 1', {'oracle query': 'SELECT 1'}],
  ])('%s below a node', (line, fields) => {
    expect(
      planOf(`Limit  (cost=0.00..1.00 rows=1 width=4) (actual time=0.1..0.2 rows=1 loops=1)\n  ${line}`).root
        .fields,
    ).toMatchObject(fields);
  });
});

it('JIT of PostgreSQL 17 and later says how much of its generation is deforming', () => {
  const {fields} =
    planOf(`Result  (cost=0.00..0.01 rows=1 width=4) (actual time=0.001..0.001 rows=1.00 loops=1)
Planning Time: 0.030 ms
JIT:
  Functions: 7
  Options: Inlining false, Optimization false, Expressions true, Deforming true
  Timing: Generation 0.500 ms (Deform 0.200 ms), Inlining 0.000 ms, Optimization 1.000 ms, Emission 2.000 ms, Total 3.500 ms
Execution Time: 5.123 ms`);
  expect(fields).toEqual({
    'Planning Time': 0.03,
    'Execution Time': 5.123,
    Triggers: [],
    JIT: {
      Functions: 7,
      Options: {Inlining: false, Optimization: false, Expressions: true, Deforming: true},
      Timing: {Generation: {Deform: 0.2, Total: 0.5}, Inlining: 0, Optimization: 1, Emission: 2, Total: 3.5},
    },
  });
});

it.each([
  ['Trigger audit: time=0.123 calls=3', {'Trigger Name': 'audit', Time: 0.123, Calls: 3}],
  ['Trigger audit on orders: calls=3', {'Trigger Name': 'audit', Relation: 'orders', Calls: 3}],
  ['Trigger for constraint fk: time=0.123 calls=3', {'Constraint Name': 'fk', Time: 0.123, Calls: 3}],
  [
    'Trigger RI_1 for constraint fk on orders: time=1.000 calls=3',
    {'Trigger Name': 'RI_1', 'Constraint Name': 'fk', Relation: 'orders', Time: 1, Calls: 3},
  ],
  ['Trigger on update on orders: calls=3', {'Trigger Name': 'on update', Relation: 'orders', Calls: 3}],
])('%s', (line, trigger) => {
  const {fields} = planOf(`Insert on t  (cost=0.00..0.01 rows=0 width=0) (actual rows=0 loops=1)\n${line}`);
  expect(fields['Triggers']).toEqual([trigger]);
});

it.each([
  [
    `work_mem = '8MB', search_path = '"$user", public', temp_tablespaces = ''`,
    {work_mem: '8MB', search_path: '"$user", public', temp_tablespaces: ''},
  ],
  [`jit = 'off', effective_cache_size = NULL`, {jit: 'off', effective_cache_size: null}],
  [`my.setting = 'it''s, or = not'`, {'my.setting': `it''s, or = not`}],
])('settings: %s', (line, settings) => {
  expect(planOf(`Result  (cost=0.00..0.01 rows=1 width=4)\nSettings: ${line}`).fields['Settings']).toEqual(
    settings,
  );
});

it('a value with line breaks ends where its quote ends, and one that never ends is one line', () => {
  const lines = (filter: string): readonly (readonly [unknown, number])[] => {
    const {nodes} = planOf(`Limit  (cost=0.00..1.00 rows=1 width=4)
  ->  Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)
        Filter: ${filter}
  ->  Seq Scan on u  (cost=0.00..1.00 rows=1 width=4)`);
    return [[nodes[1]?.fields['Filter'], nodes.length]];
  };
  expect(lines(`(a = 'x\n\n  ->  y\nB: c'::text)`)).toEqual([[`(a = 'x\n\n  ->  y\nB: c'::text)`, 3]]);
  expect(lines(`(a = 'x`)).toEqual([[`(a = 'x`, 3]]);
});

it('children of an extension’s node, and of a node with one, are named by their place', () => {
  const {nodes} = planOf(`Custom Scan (Many)  (cost=0.00..1.00 rows=1 width=4)
  ->  Custom Scan (One)  (cost=0.00..1.00 rows=1 width=4)
        ->  Result  (cost=0.00..1.00 rows=1 width=4)
  ->  Subquery Scan on s  (cost=0.00..1.00 rows=1 width=4)
        ->  Result  (cost=0.00..1.00 rows=1 width=4)
        SubPlan expr_1
          ->  Result  (cost=0.00..1.00 rows=1 width=4)`);
  expect(nodes.map(({parent, relationship, subplanName}) => [parent, relationship, subplanName])).toEqual(
    [
      [undefined, undefined, undefined],
      [0, 'children', undefined],
      [1, 'child', undefined],
      [0, 'children', undefined],
      [3, 'Subquery', undefined],
      [3, 'SubPlan', 'expr_1'],
    ].map(row => row.map(cell => (cell === 'expr_1' ? 'SubPlan expr_1' : cell))),
  );
});

it('rules make several plans of one statement', () => {
  const plans = readPlans(`Insert on a  (cost=0.00..0.01 rows=0 width=0)
  ->  Result  (cost=0.00..0.01 rows=1 width=4)

Insert on b  (cost=0.00..0.01 rows=0 width=0)
  ->  Result  (cost=0.00..0.01 rows=1 width=4)
Planning Time: 1.000 ms`);
  expect(plans.ok && plans.value.map(({root, fields}) => [root.fields['Relation Name'], fields])).toEqual([
    ['a', {}],
    ['b', {'Planning Time': 1}],
  ]);
});
