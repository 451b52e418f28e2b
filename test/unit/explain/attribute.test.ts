import {describe, expect, it} from 'vitest';
import {largePlan} from '../../rig/large-plan.ts';
import {attribute} from '../../../src/core/explain/attribute.ts';
import {planOfJson} from '../../../src/core/explain/parse-json.ts';
import {computed, node, type Node} from './plan-of.ts';

const initPlan = {'Parent Relationship': 'InitPlan'};
const subPlan = {'Parent Relationship': 'SubPlan', 'Subplan Name': 'SubPlan 1'};
const inner = {'Parent Relationship': 'Inner'};
const aware = {'Parallel Aware': true};

describe('time', () => {
  it('of a loop counts once for each loop, and what is below is taken off', () => {
    const {numbers, selfMs} = computed(
      node(
        'Nested Loop',
        [12, 1],
        {},
        node('Seq Scan', [2, 1, 100]),
        node('Index Scan', [0.05, 100, 3], {...inner, 'Plan Rows': 6}),
      ),
    );
    expect(selfMs).toEqual([5, 2, 5]);
    expect(numbers[2]?.execution).toMatchObject({
      loops: 100,
      processes: 1,
      rows: 300,
      estimate: {planned: 6, actual: 3, factor: 2, direction: 'too-high'},
    });
  });

  it('has the error of rounding, for each loop and each child', () => {
    const {numbers} = computed(
      node('Nested Loop', [12, 1], {}, node('Seq Scan', [2, 1]), node('Index Scan', [0.05, 100], inner)),
    );
    expect(numbers.map(({execution}) => execution?.time?.epsilonMs)).toEqual([0.0005, 0.0005, 0.05]);
    expect(numbers[0]?.execution?.time?.selfEpsilonMs).toBeCloseTo(0.051, 9);
  });

  it('of a SubPlan is taken off the node that runs it', () => {
    expect(computed(node('Seq Scan', [9, 1], {}, node('Seq Scan', [0.5, 10], subPlan))).selfMs).toEqual([
      4, 5,
    ]);
  });

  it('is absent with TIMING OFF, and the rest is there', () => {
    const untimed: Node = {'Node Type': 'Seq Scan', 'Plan Rows': 5, 'Actual Rows': 5, 'Actual Loops': 2};
    const {numbers} = computed(untimed);
    expect(numbers[0]?.execution).toEqual({
      loops: 2,
      processes: 1,
      rows: 10,
      estimate: {planned: 5, actual: 5, factor: 1, direction: 'exact'},
    });
  });

  it('is in no node that was never executed, nor its estimate', () => {
    const {numbers} = computed(node('Append', [1, 1], {}, node('Seq Scan', [0, 0, 0])));
    expect(numbers[1]).toMatchObject({state: 'never', plannedRows: 1});
    expect(numbers[1]).not.toHaveProperty('execution');
  });

  it('is unknown without ANALYZE', () => {
    const {numbers, attribution} = computed({'Node Type': 'Result', 'Total Cost': 0.01, 'Plan Rows': 1});
    expect(numbers).toEqual([
      {id: 0, state: 'unknown', cost: {total: 0.01, self: 0.01}, plannedRows: 1, total: {}, self: {}},
    ]);
    expect(attribution).not.toHaveProperty('executionMs');
  });

  it('beside the nodes is read as well', () => {
    const beside = {
      'Planning Time': 1.5,
      'Execution Time': 9.25,
      Triggers: [
        {'Trigger Name': 'a', Time: 2.5, Calls: 3},
        {'Trigger Name': 'b', Time: 1, Calls: 1},
      ],
      JIT: {Functions: 3, Timing: {Generation: {Deform: 0.1, Total: 1}, Total: 4.5}},
    };
    expect(computed(node('Result', [1, 1]), beside).attribution).toMatchObject({
      planningMs: 1.5,
      executionMs: 9.25,
      triggersMs: 3.5,
      jitMs: 4.5,
    });
  });
});

describe('parallel parts', () => {
  it.each([
    ['the leader takes part', 1, 3, 3],
    ['the leader does not', 1, 2, 2],
    ['a worker came too late', 1, 1, 1],
    ['some rounds had fewer', 4, 10, 2.5],
    ['some rounds had none', 4, 3, 1],
  ])('%s', (_what, rounds, loops, processes) => {
    const {numbers, selfMs} = computed(
      node('Gather', [20, rounds], {'Workers Launched': 2}, node('Seq Scan', [4, loops], aware)),
    );
    expect(numbers[1]?.execution?.processes).toBe(processes);
    expect(selfMs).toEqual([20 * rounds - (4 * loops) / processes, (4 * loops) / processes]);
  });

  it('are as wide below joins, and narrow again in an InitPlan of the Gather', () => {
    const {numbers} = computed(
      node(
        'Gather',
        [20, 1],
        {},
        node('Result', [1, 1], {...initPlan, 'Subplan Name': 'InitPlan 1'}),
        node(
          'Nested Loop',
          [15, 3],
          {},
          node('Seq Scan', [4, 3], aware),
          node('Index Scan', [0.01, 300], inner),
        ),
      ),
    );
    expect(numbers.map(({execution}) => execution?.processes)).toEqual([1, 1, 3, 3, 3]);
    expect(numbers[4]?.execution?.time).toMatchObject({totalMs: 1, epsilonMs: 0.05});
  });

  it('have their bitmap from one process', () => {
    const {numbers, selfMs} = computed(
      node(
        'Gather',
        [20, 1],
        {},
        node(
          'Bitmap Heap Scan',
          [12, 3],
          aware,
          node(
            'BitmapOr',
            [5, 1, 0],
            {},
            node('Bitmap Index Scan', [2, 1]),
            node('Bitmap Index Scan', [1, 1]),
          ),
        ),
      ),
    );
    expect(numbers.map(({execution}) => execution?.processes)).toEqual([1, 3, 1, 1, 1]);
    expect(selfMs).toEqual([8, 7, 2, 2, 1]);
    expect(numbers[2]?.execution).not.toHaveProperty('estimate');
  });

  it('build a bitmap of their own in each process where the scan is not shared', () => {
    const {numbers} = computed(
      node('Gather', [20, 1], {}, node('Bitmap Heap Scan', [12, 30], {}, node('Bitmap Index Scan', [2, 30]))),
    );
    expect(numbers[2]?.execution?.processes).toBe(30);
  });

  it('take no more than the Gather when they go on beside it', () => {
    const {selfMs} = computed(
      node(
        'Sort',
        [30, 1],
        {},
        node('Gather', [10, 1], {}, node('Hash Join', [20, 2], {}, node('Seq Scan', [15, 2], aware))),
      ),
    );
    expect(selfMs).toEqual([20, 0, 2.5, 7.5]);
  });

  it.each([
    ['a share for the leader', 1000, 2, {}, 2400, 'exact'],
    ['no share where it is off', 1000, 2, {Settings: {parallel_leader_participation: 'off'}}, 2000, 'exact'],
    ['no share of the leader with many workers', 1000, 4, {}, 4000, 'exact'],
    ['too few rows', 1000, 2, {}, 24, 'too-high'],
  ])('are estimated with %s', (_what, planned, workers, beside, actual, direction) => {
    const scan = node('Seq Scan', [4, 3, actual / 3], {...aware, 'Plan Rows': planned});
    const root = node('Gather', [20, 1], {'Workers Planned': workers}, node('Sort', [5, 3], {}, scan));
    expect(computed(root, beside).numbers[2]?.execution?.estimate).toMatchObject({planned, direction});
  });

  it('are estimated for one process where each does the whole', () => {
    const scan = node('Seq Scan', [4, 3, 500], {'Plan Rows': 500, ...inner});
    const outer = node('Seq Scan', [4, 3, 800], {...aware, 'Plan Rows': 1000});
    const join = node('Nested Loop', [9, 3, 800], {'Plan Rows': 1000}, outer, scan);
    const groups = node('Aggregate', [10, 3, 7], {'Plan Rows': 7, 'Partial Mode': 'Partial'}, join);
    const {numbers} = computed(node('Gather', [20, 1, 21], {'Workers Planned': 2}, groups));
    expect(numbers.slice(1).map(({execution}) => execution?.estimate?.direction)).toEqual([
      'exact',
      'exact',
      'exact',
      'exact',
    ]);
  });
});

describe('a CTE', () => {
  const cte = (ms: number, hit = 0): Node =>
    node('Seq Scan', [ms, 1], {...initPlan, 'Subplan Name': 'CTE c', 'Shared Hit Blocks': hit});
  const scan = (ms: number, hit = 0, loops = 1): Node =>
    node('CTE Scan', [ms, loops], {'CTE Name': 'c', 'Shared Hit Blocks': hit});

  it('runs in its scan', () => {
    const {selfMs, numbers} = computed(
      node(
        'Aggregate',
        [12, 1],
        {'Shared Hit Blocks': 7},
        cte(8, 7),
        node('Sort', [11, 1], {'Shared Hit Blocks': 7}, scan(10, 7)),
      ),
    );
    expect(selfMs).toEqual([1, 8, 1, 2]);
    expect(numbers.map(({self}) => self.sharedHit)).toEqual([0, 7, 0, 0]);
  });

  it('runs in each of its scans as far as that could have caused it', () => {
    const root = node('Append', [13, 1], {}, cte(8), scan(9), scan(3));
    expect(computed(root).selfMs).toEqual([1, 8, 3, 1]);
  });

  it('runs where its blocks were read', () => {
    const root = node('Append', [13, 1], {'Shared Hit Blocks': 5}, cte(8, 5), scan(9, 5), scan(3, 0));
    const {selfMs, numbers} = computed(root);
    expect(selfMs).toEqual([1, 8, 1, 3]);
    expect(numbers.map(({self}) => self.sharedHit)).toEqual([0, 5, 0, 0]);
  });

  it('divides counters into whole numbers', () => {
    const root = node('Append', [13, 1], {'Shared Hit Blocks': 12}, cte(8, 7), scan(6, 5), scan(6, 7));
    const {numbers} = computed(root);
    const own = numbers.map(({self}) => self.sharedHit ?? 0);
    expect(own.every(Number.isInteger)).toBe(true);
    expect(own.reduce((sum, value) => sum + value, 0)).toBe(12);
    expect(Math.min(...own)).toBe(0);
  });

  it('can hide in the rounding of a scan of many loops', () => {
    const {selfMs, numbers} = computed(node('Nested Loop', [12, 1], {}, cte(8), scan(0, 0, 20_000)));
    expect(selfMs).toEqual([12, 8, -8]);
    expect(numbers[2]?.execution?.time?.selfEpsilonMs).toBe(10);
  });

  it('is not that of an outer query with the same name', () => {
    const {selfMs} = computed(
      node(
        'Hash Join',
        [30, 1],
        {},
        cte(10),
        node(
          'Limit',
          [7, 1],
          {...initPlan, 'Subplan Name': 'CTE d'},
          node('CTE Scan', [5, 1], {...initPlan, 'Subplan Name': 'CTE c', 'CTE Name': 'c'}),
          scan(6),
        ),
        scan(12),
        node('CTE Scan', [8, 1], {'CTE Name': 'd'}),
      ),
    );
    expect(selfMs[0]).toBe(10);
    expect(selfMs.reduce<number>((sum, ms) => sum + (ms ?? 0), 0)).toBeCloseTo(30, 9);
    expect(Math.min(...selfMs.map(ms => ms ?? 0))).toBeGreaterThanOrEqual(0);
  });

  it('that changes rows goes on after the root', () => {
    const insert = node('ModifyTable', [50, 1], {
      ...initPlan,
      'Subplan Name': 'CTE c',
      'Shared Hit Blocks': 90,
    });
    const {selfMs, numbers} = computed(node('Limit', [3, 1], {'Shared Hit Blocks': 4}, insert, scan(2, 4)));
    expect(selfMs).toEqual([1, 50, 0]);
    expect(numbers.map(({self}) => self.sharedHit)).toEqual([0, 90, 0]);
  });

  it('that recurs reads its own rows without running anything', () => {
    const union = node(
      'Recursive Union',
      [8, 1],
      {...initPlan, 'Subplan Name': 'CTE c'},
      node('Result', [1, 1]),
      node('WorkTable Scan', [0.5, 4], {...inner, 'CTE Name': 'c'}),
    );
    expect(computed(node('Aggregate', [10, 1], {}, union, scan(9))).selfMs).toEqual([1, 5, 1, 2, 1]);
  });
});

describe('an InitPlan', () => {
  const plan = (name: string, ms: number): Node =>
    node('Result', [ms, 1], {...initPlan, 'Subplan Name': name});

  it.each([
    ['a string', 'InitPlan 1 (returns $0)', {Filter: '(total > $0)'}],
    ['an array', 'InitPlan 1 (returns $0)', {Output: ['id', '($0 * total)']}],
    ['an array of arrays', 'InitPlan 1 (returns $0)', {'Grouping Sets': [['id'], ['$0']]}],
    ['its second column', 'InitPlan 1 (returns $0,$1)', {'Index Cond': '(total = $1)'}],
    ['the words of PostgreSQL 17', 'InitPlan 1', {'Index Cond': '(total = (InitPlan 1).col1)'}],
    ['an array in the words of PostgreSQL 17', 'InitPlan 2', {Output: ['id', '(InitPlan 2).col1']}],
  ])('runs in the node that asks for it in %s', (_where, name, asks) => {
    const {selfMs} = computed(
      node('Limit', [14, 1], {}, plan(name, 8), node('Sort', [13, 1], {}, node('Seq Scan', [12, 1], asks))),
    );
    expect(selfMs).toEqual([1, 8, 1, 4]);
  });

  it('runs below a node that repeats it in its output', () => {
    const {selfMs} = computed(
      node(
        'Limit',
        [30, 1],
        {Output: ['$0']},
        plan('InitPlan 1 (returns $0)', 8),
        node('Sort', [29, 1], {Output: ['$0']}, node('Seq Scan', [12, 1], {Output: ['$0']})),
      ),
    );
    expect(selfMs).toEqual([1, 8, 17, 4]);
  });

  it('is not mistaken for another parameter', () => {
    const {selfMs} = computed(
      node(
        'Nested Loop',
        [30, 1],
        {},
        plan('InitPlan 1 (returns $1)', 8),
        node('Seq Scan', [12, 1], {Filter: '(id > $10)'}),
        node('Seq Scan', [13, 1], {...inner, Filter: '(id > $1)'}),
      ),
    );
    expect(selfMs).toEqual([5, 8, 12, 5]);
  });

  it('stays with the node that runs it itself', () => {
    const root = node('Result', [9, 1], {Output: ['$0']}, plan('InitPlan 1 (returns $0)', 8));
    expect(computed(root).selfMs).toEqual([1, 8]);
  });

  it('runs in the Gather whose workers need it', () => {
    const {selfMs} = computed(
      node(
        'Aggregate',
        [25, 1],
        {},
        plan('InitPlan 1', 8),
        node('Gather', [24, 1], {}, node('Seq Scan', [12, 3], {...aware, Filter: '(n > (InitPlan 1).col1)'})),
      ),
    );
    expect(selfMs).toEqual([1, 8, 4, 12]);
  });

  it('runs in the Append that prunes its partitions by it', () => {
    const filter = {'Parent Relationship': 'Member', Filter: '(day = $0)'};
    const {selfMs} = computed(
      node(
        'Aggregate',
        [15, 1],
        {},
        plan('InitPlan 1 (returns $0)', 8),
        node('Append', [14, 1], {}, node('Seq Scan', [0, 0, 0], filter), node('Seq Scan', [5, 1], filter)),
      ),
    );
    expect(selfMs).toEqual([1, 8, 1, 0, 5].map((ms, index) => (index === 3 ? undefined : ms)));
  });

  it('runs in another InitPlan', () => {
    const {selfMs} = computed(
      node(
        'Seq Scan',
        [40, 1],
        {Filter: '(a > $1)'},
        plan('InitPlan 1 (returns $0)', 8),
        node(
          'Aggregate',
          [20, 1],
          {...initPlan, 'Subplan Name': 'InitPlan 2 (returns $1)'},
          node('Seq Scan', [15, 1], {Filter: '(b > $0)'}),
        ),
      ),
    );
    expect(selfMs).toEqual([20, 8, 5, 7]);
  });

  it('is found where it must have run when the plan does not show who asks', () => {
    const {selfMs} = computed(
      node('Limit', [14, 1], {}, plan('InitPlan 1', 8), node('Sort', [13, 1], {}, node('Seq Scan', [12, 1]))),
    );
    expect(selfMs).toEqual([1, 8, 1, 4]);
  });
});

describe('counters', () => {
  it('are subtracted by whichever name they have', () => {
    const {numbers} = computed(
      node(
        'Sort',
        [9, 1],
        {'I/O Read Time': 1.2, 'Temp Written Blocks': 9, 'WAL Bytes': 300},
        node('Seq Scan', [5, 1], {'I/O Read Time': 1.1, 'Temp Written Blocks': 2, 'WAL Bytes': 300}),
      ),
    );
    expect(numbers[0]?.self).toEqual({sharedReadMs: 0.1, tempWritten: 7, walBytes: 0});
    expect(computed(node('Seq Scan', [5, 1], {'Shared I/O Read Time': 1.1})).numbers[0]?.total).toEqual({
      sharedReadMs: 1.1,
    });
  });

  it('of a leader already hold those of its workers', () => {
    const {numbers} = computed(
      node(
        'Gather',
        [9, 1],
        {'Shared Hit Blocks': 30},
        node('Seq Scan', [5, 3], {...aware, 'Shared Hit Blocks': 28}),
      ),
    );
    expect(numbers.map(({self}) => self.sharedHit)).toEqual([2, 28]);
  });
});

describe('cost', () => {
  it.each([
    ['of a node is what its children do not cost', [100, 60, 30], [10, 60, 30]],
    ['under a LIMIT is not negative', [1, 500, 0], [0, 500, 0]],
  ])('%s', (_what, [root = 0, first = 0, second = 0], own) => {
    const {numbers} = computed({
      'Node Type': 'Limit',
      'Total Cost': root,
      Plans: [
        {'Node Type': 'Seq Scan', 'Total Cost': first},
        {'Node Type': 'Seq Scan', 'Total Cost': second},
      ],
    });
    expect(numbers.map(({cost}) => cost.self)).toEqual(own);
  });
});

describe('large plans', () => {
  it('of 10,000 nodes are read and computed', () => {
    const text = largePlan(10_000);
    const plans = planOfJson(JSON.parse(text), text);
    const numbers = plans.ok && plans.value[0] ? attribute(plans.value[0]).numbers : [];
    expect(numbers).toHaveLength(10_000);
  });

  it('may be deeper than calls can be', () => {
    const depth = 50_000;
    const above = '{"Node Type":"Result","Actual Loops":1,"Actual Total Time":1,"Plans":[';
    const text = `{"Plan":${above.repeat(depth)}{"Node Type":"Seq Scan"}${']}'.repeat(depth)}}`;
    const plans = planOfJson(JSON.parse(text), text);
    expect(plans.ok && plans.value[0] && attribute(plans.value[0]).numbers).toHaveLength(depth + 1);
  });
});
