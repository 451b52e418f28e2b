import {describe, expect, it} from 'vitest';
import type {Attribution} from '../../../src/core/explain/attribution.ts';
import {attribute} from '../../../src/core/explain/attribute.ts';
import {comparePlans, shapeOf, type PlanComparison} from '../../../src/core/explain/compare.ts';
import {planOfJson} from '../../../src/core/explain/parse-json.ts';
import type {ExplainedPlan} from '../../../src/core/explain/plan.ts';
import {value} from '../../rig/sessions.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A node as EXPLAIN writes it; `cost` grows by what the test does not say. */
function node(type: string, fields: Fields = {}, ...children: readonly Fields[]): Fields {
  return {
    'Node Type': type,
    'Startup Cost': 0,
    'Total Cost': 10,
    'Plan Rows': 1,
    'Plan Width': 8,
    ...fields,
    ...(children.length === 0
      ? {}
      : {
          Plans: children.map((child, place) => ({
            'Parent Relationship': place === 0 ? 'Outer' : 'Inner',
            ...child,
          })),
        }),
  };
}

function scan(alias: string, fields: Fields = {}): Fields {
  return node('Seq Scan', {'Relation Name': alias, Alias: alias, ...fields});
}

function byIndex(alias: string, index: string): Fields {
  return scan(alias, {
    'Node Type': 'Index Scan',
    'Index Name': index,
    'Index Cond': '(x = 1)',
    'Scan Direction': 'Forward',
  });
}

function join(type: string, outer: Fields, inner: Fields): Fields {
  return node(type, {'Join Type': 'Inner'}, outer, type === 'Hash Join' ? node('Hash', {}, inner) : inner);
}

function measured(ms: number, rows: number, hit = 1): Fields {
  return {
    'Actual Startup Time': 0,
    'Actual Total Time': ms,
    'Actual Rows': rows,
    'Actual Loops': 1,
    'Shared Hit Blocks': hit,
    'Shared Read Blocks': 0,
  };
}

function planOf(root: Fields, about: Fields = {}): ExplainedPlan {
  const [plan] = value(planOfJson([{Plan: root, ...about}], ''));
  if (!plan) throw new Error('there is no plan');
  return plan;
}

function compare(before: Fields, after: Fields): PlanComparison {
  return comparePlans(attribute(planOf(before)), attribute(planOf(after)));
}

/** One line for each pair: depth, status, the nodes' types and the kinds of changes. */
function linesOf(before: Fields, after: Fields): readonly string[] {
  const [old, now] = [planOf(before), planOf(after)];
  return comparePlans(attribute(old), attribute(now)).nodes.map(line => {
    const from = 'before' in line ? old.nodes[line.before.id]?.type : undefined;
    const to = 'after' in line ? now.nodes[line.after.id]?.type : undefined;
    const kinds = 'changes' in line ? line.changes.map(({kind}) => kind).join(' ') : '';
    return `${'  '.repeat(line.depth)}${line.status}: ${[...new Set([from, to])].filter(Boolean).join(' → ')} ${kinds}`.trimEnd();
  });
}

describe('two plans of a statement', () => {
  it.each<readonly [about: string, before: Fields, after: Fields, lines: readonly string[]]>([
    ['one plan', scan('a'), scan('a'), ['same: Seq Scan']],
    [
      'a scan that goes through an index now',
      node('Limit', {}, scan('a', {Filter: '(x = 1)'})),
      node('Limit', {}, byIndex('a', 'a_x')),
      ['same: Limit', '  changed: Seq Scan → Index Scan type index condition condition'],
    ],
    ['another index', byIndex('a', 'a_x'), byIndex('a', 'a_y'), ['changed: Index Scan index']],
    [
      'a bitmap that is gone',
      node(
        'Bitmap Heap Scan',
        {'Relation Name': 'a', Alias: 'a'},
        node('Bitmap Index Scan', {'Index Name': 'a_x'}),
      ),
      byIndex('a', 'a_x'),
      ['changed: Bitmap Heap Scan → Index Scan type index condition cost', '  removed: Bitmap Index Scan'],
    ],
    [
      'a bitmap of another index',
      node(
        'Bitmap Heap Scan',
        {'Relation Name': 'a', Alias: 'a'},
        node('Bitmap Index Scan', {'Index Name': 'a_x'}),
      ),
      node(
        'Bitmap Heap Scan',
        {'Relation Name': 'a', Alias: 'a'},
        node('Bitmap Index Scan', {'Index Name': 'a_y'}),
      ),
      ['same: Bitmap Heap Scan', '  changed: Bitmap Index Scan index'],
    ],
    [
      'a join of another kind',
      join('Hash Join', scan('a'), scan('b')),
      join('Nested Loop', scan('a'), byIndex('b', 'b_id')),
      [
        'changed: Hash Join → Nested Loop type',
        '  same: Seq Scan',
        '  removed: Hash',
        '  changed: Seq Scan → Index Scan type index condition',
      ],
    ],
    [
      'sides that changed places',
      join('Nested Loop', scan('a'), scan('b')),
      join('Nested Loop', scan('b'), scan('a')),
      ['changed: Nested Loop join-order', '  same: Seq Scan', '  same: Seq Scan'],
    ],
    [
      'tables that are joined in another order',
      join('Nested Loop', join('Nested Loop', scan('a'), scan('b')), scan('c')),
      join('Nested Loop', join('Nested Loop', scan('b'), scan('c')), scan('a')),
      [
        'changed: Nested Loop join-order',
        '  changed: Nested Loop join-order',
        '    same: Seq Scan',
        '    same: Seq Scan',
        '  same: Seq Scan',
      ],
    ],
    [
      'a sort that an index saves',
      node('Limit', {}, node('Sort', {}, scan('a'))),
      node('Limit', {}, byIndex('a', 'a_x')),
      ['same: Limit', '  removed: Sort', '  changed: Seq Scan → Index Scan type index condition'],
    ],
    [
      'parallel workers that came',
      node('Aggregate', {Strategy: 'Plain', 'Partial Mode': 'Simple'}, scan('a')),
      node(
        'Aggregate',
        {Strategy: 'Plain', 'Partial Mode': 'Finalize'},
        node(
          'Gather',
          {'Workers Planned': 2},
          node(
            'Aggregate',
            {Strategy: 'Plain', 'Partial Mode': 'Partial'},
            scan('a', {'Parallel Aware': true}),
          ),
        ),
      ),
      ['same: Aggregate', '  added: Gather', '    added: Aggregate', '      changed: Seq Scan type'],
    ],
    [
      'a condition that has another value',
      scan('a', {Filter: '(x = 1)'}),
      scan('a', {Filter: '(x = 2)'}),
      ['same: Seq Scan'],
    ],
    [
      'nothing in common',
      node('Result', {}, scan('a')),
      node('Limit', {}, scan('b')),
      ['removed: Result', '  removed: Seq Scan', 'added: Limit', '  added: Seq Scan'],
    ],
    [
      'one table twice, told apart by aliases',
      join('Nested Loop', scan('o', {'Relation Name': 't'}), scan('p', {'Relation Name': 't'})),
      join('Nested Loop', scan('p', {'Relation Name': 't'}), {...byIndex('o', 't_x'), 'Relation Name': 't'}),
      [
        'changed: Nested Loop join-order',
        '  same: Seq Scan',
        '  changed: Seq Scan → Index Scan type index condition',
      ],
    ],
    [
      'a subplan under another node',
      node('Limit', {}, scan('a'), {
        ...scan('b'),
        'Parent Relationship': 'SubPlan',
        'Subplan Name': 'SubPlan 1',
      }),
      node(
        'Limit',
        {},
        {
          ...node('Sort', {}, scan('a'), {
            ...scan('b'),
            'Parent Relationship': 'SubPlan',
            'Subplan Name': 'SubPlan 1',
          }),
        },
      ),
      ['same: Limit', '  added: Sort', '    same: Seq Scan', '    same: Seq Scan'],
    ],
  ])('pair %s', (_, before, after, lines) => {
    expect(linesOf(before, after)).toEqual(lines);
  });

  it('carry their numbers', () => {
    const before = node('Sort', measured(10, 100, 40), scan('a', measured(8, 100, 30)));
    const after = node('Sort', measured(30, 100, 40), scan('a', measured(28, 100, 80)));
    const {nodes, ...totals} = compare(before, after);
    expect(nodes[1]).toMatchObject({
      status: 'changed',
      before: {
        id: 1,
        selfMs: 8,
        totalMs: 8,
        rows: 100,
        plannedRows: 1,
        selfBlocks: 30,
        totalBlocks: 30,
        totalCost: 10,
      },
      after: {id: 1, selfMs: 28, totalMs: 28, rows: 100, plannedRows: 1, selfBlocks: 80, totalBlocks: 80},
      changes: [
        {kind: 'time', before: 8, after: 28},
        {kind: 'buffers', before: 30, after: 80},
      ],
    });
    expect(totals).toMatchObject({
      sameShape: true,
      before: {nodes: 2, rows: 100, blocks: 40},
      after: {blocks: 40},
    });
  });

  it.each([
    ['a time within what was measured anyway', measured(10, 100), measured(11, 100), []],
    ['another time', measured(10, 100), measured(15, 100), ['time']],
    ['other rows', measured(10, 100), measured(10, 200), ['rows']],
    ['a time below the precision', measured(0.001, 1), measured(0.002, 1), []],
    ['other buffers', measured(10, 100, 100), measured(10, 100, 150), ['buffers']],
    ['one that was executed and one that was not', measured(10, 100), {}, []],
  ])('tell %s', (_, before, after, kinds) => {
    const [line] = compare(scan('a', before), scan('a', after)).nodes;
    expect(line && 'changes' in line ? line.changes.map(({kind}) => kind) : undefined).toEqual(kinds);
  });

  it('are JSON-safe', () => {
    const comparison = compare(scan('a'), node('Sort', {}, scan('a')));
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
  });

  it('name every node of both once, whatever the plans are', () => {
    const random = numbers(7);
    for (let round = 0; round < 200; round += 1) {
      const [old, now] = [planOf(randomPlan(random, 4)), planOf(randomPlan(random, 4))];
      const {nodes} = comparePlans(attribute(old), attribute(now));
      const ids = (side: 'before' | 'after'): readonly number[] =>
        nodes.flatMap(line => {
          const found = side === 'before' ? 'before' in line && line.before : 'after' in line && line.after;
          return found ? [found.id] : [];
        });
      expect(ids('before').toSorted((a, b) => a - b)).toEqual(old.nodes.map(({id}) => id));
      expect(ids('after')).toEqual(now.nodes.map(({id}) => id));
    }
  });

  it.each([
    ['a chain of joins', chain],
    ['an Append of many parts', wide],
  ])('of 10,000 nodes are matched node by node: %s', (_, make) => {
    const [before, after]: readonly Attribution[] = [
      attribute(planOf(make('Seq Scan'))),
      attribute(planOf(make('Index Scan'))),
    ];
    if (!before || !after) throw new Error('there are two plans');
    const {nodes} = comparePlans(before, after);
    expect(nodes.length).toBeGreaterThan(9_000);
    expect(nodes.filter(({status}) => status === 'added' || status === 'removed')).toEqual([]);
  });
});

describe('the shape of a plan', () => {
  const plain = node('Limit', {}, scan('a', {Filter: "(x = 'secret')", Schema: 'public'}));

  it.each<readonly [string, Fields, Fields]>([
    ['values of the statement', plain, node('Limit', {}, scan('a', {Filter: "(x = 'other')"}))],
    ['costs and rows', plain, node('Limit', {'Total Cost': 99, 'Plan Rows': 3}, scan('a'))],
    ['being executed', plain, node('Limit', measured(1, 1), scan('a', measured(1, 1)))],
    [
      'planned workers',
      node('Gather', {'Workers Planned': 2}, scan('a')),
      node('Gather', {'Workers Planned': 3}, scan('a')),
    ],
    [
      'how a version names a subplan',
      node('Limit', {}, scan('a'), {
        ...scan('b'),
        'Parent Relationship': 'InitPlan',
        'Subplan Name': 'InitPlan 1 (returns $0)',
      }),
      node('Limit', {}, scan('a'), {
        ...scan('b'),
        'Parent Relationship': 'InitPlan',
        'Subplan Name': 'InitPlan 1',
      }),
    ],
  ])('is the same but for %s', (_, one, other) => {
    expect(shapeOf(planOf(one))).toMatch(/^[0-9a-f]{16}$/);
    expect(shapeOf(planOf(one, {Settings: {work_mem: '1GB'}}))).toBe(shapeOf(planOf(other)));
  });

  it.each<readonly [string, Fields, Fields]>([
    ['the kind of scan', scan('a'), byIndex('a', 'a_x')],
    ['the index', byIndex('a', 'a_x'), byIndex('a', 'a_y')],
    ['the relation', scan('a'), scan('b')],
    ['the kind of join', join('Nested Loop', scan('a'), scan('b')), join('Merge Join', scan('a'), scan('b'))],
    ['the join order', join('Nested Loop', scan('a'), scan('b')), join('Nested Loop', scan('b'), scan('a'))],
    [
      'an outer join',
      join('Nested Loop', scan('a'), scan('b')),
      {...join('Nested Loop', scan('a'), scan('b')), 'Join Type': 'Left'},
    ],
    [
      'what is inside what',
      node('Sort', {}, node('Limit', {}, scan('a'))),
      node('Limit', {}, node('Sort', {}, scan('a'))),
    ],
    [
      'where a child hangs',
      node('Append', {}, node('Append', {}, scan('a')), scan('b')),
      node('Append', {}, node('Append', {}, scan('a'), scan('b'))),
    ],
    ['a parallel scan', scan('a'), scan('a', {'Parallel Aware': true})],
  ])('is another one for %s', (_, one, other) => {
    expect(shapeOf(planOf(one))).not.toBe(shapeOf(planOf(other)));
  });

  it('collides in none of 20,000 plans that differ in one name', () => {
    const shapes = Array.from({length: 20_000}, (_, place) => shapeOf(planOf(scan(`table_${place}`))));
    expect(new Set(shapes).size).toBe(shapes.length);
  });
});

function chain(type: string): Fields {
  let plan = scan('t0', {'Node Type': type});
  for (let place = 1; place < 5000; place += 1)
    plan = join('Nested Loop', plan, scan(`t${place}`, {'Node Type': type}));
  return plan;
}

function wide(type: string): Fields {
  const parts = Array.from({length: 5000}, (_, place) =>
    node('Sort', {}, scan(`t${place}`, {'Node Type': type})),
  );
  return node('Append', {}, ...parts.map(part => ({...part, 'Parent Relationship': 'Member'})));
}

/** Park and Miller: the same numbers in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function randomPlan(random: () => number, depth: number): Fields {
  const pick = (names: readonly string[]): string => names[Math.floor(random() * names.length)] ?? '';
  if (depth === 0 || random() < 0.2)
    return scan(pick(['a', 'b', 'c']), {'Node Type': pick(['Seq Scan', 'Index Scan'])});
  const type = pick(['Hash Join', 'Nested Loop', 'Sort', 'Append', 'Aggregate', 'Hash']);
  const count = /Join|Loop/.test(type) ? 2 : 1 + Math.floor(random() * 2);
  const children = Array.from({length: count}, () => randomPlan(random, depth - 1));
  const hung =
    random() < 0.2
      ? [
          {
            ...randomPlan(random, 1),
            'Parent Relationship': 'InitPlan',
            'Subplan Name': pick(['InitPlan 1', 'CTE x']),
          },
        ]
      : [];
  return node(type, {}, ...children, ...hung);
}
