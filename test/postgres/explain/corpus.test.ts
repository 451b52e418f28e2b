import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {attribute} from '../../../src/core/explain/attribute.ts';
import {planOfJson} from '../../../src/core/explain/parse-json.ts';
import type {ExplainedPlan} from '../../../src/core/explain/plan.ts';
import {nodeTitle} from '../../../src/core/explain/words.ts';
import {value} from '../../rig/sessions.ts';
import type {CorpusCase} from './corpus/corpus-case.ts';
import {corpusFor, createCorpus, type CorpusDatabase} from './corpus/corpus.ts';
import {violations} from './corpus/invariants.ts';
import {nodeTypesOf} from './corpus/node-types.ts';
import {showsIt} from './corpus/shows.ts';

const everything = ['ANALYZE', 'VERBOSE', 'BUFFERS', 'SETTINGS', 'WAL', 'FORMAT JSON'];

function plansOf(text: string): readonly ExplainedPlan[] {
  return value(planOfJson(JSON.parse(text), text));
}

/** What the invariants hold against the plans, with the text of the first that breaks one. */
function broken(text: string): readonly string[] {
  const found = plansOf(text).flatMap(plan => violations(attribute(plan)));
  return found.length === 0 ? [] : [...found, text];
}

describe.each([14, 16, 18] as const)('the corpus on PostgreSQL %i', major => {
  let corpus: CorpusDatabase;
  const seen = new Set<string>();
  beforeAll(async () => {
    corpus = await createCorpus(major);
    value(await corpus.session.script('SET track_io_timing = on'));
  });
  afterAll(() => corpus.drop());

  function named(name: string): CorpusCase {
    return corpusFor(major).find(item => item.name === name) ?? expect.fail(`no statement "${name}"`);
  }

  it.each(corpusFor(major))('adds up: $name', async item => {
    const text = await corpus.explain(item, everything);
    const plans = plansOf(text);
    expect(
      item.shows.filter(wanted => !showsIt(plans, wanted)),
      text,
    ).toEqual([]);
    expect(broken(text)).toEqual([]);
    for (const {nodes} of plans) for (const {type} of nodes) seen.add(type);
  });

  it('has every kind of node', () => {
    expect(nodeTypesOf(major).filter(type => !seen.has(type))).toEqual([]);
  });

  it.each([
    [2, ['ANALYZE', 'BUFFERS']],
    [4, ['ANALYZE', 'VERBOSE', 'BUFFERS', 'TIMING OFF']],
    [4, ['ANALYZE', 'BUFFERS OFF', 'COSTS OFF', 'SUMMARY OFF']],
    [4, ['VERBOSE', 'SETTINGS']],
    ...(major >= 17 ? ([[4, ['ANALYZE', 'MEMORY', 'SERIALIZE TEXT']]] as const) : []),
  ] as const)('adds up, one in %i, with %j', async (step, options) => {
    for (const item of corpusFor(major).filter((_, index) => index % step === 0))
      expect(broken(await corpus.explain(item, [...options, 'FORMAT JSON'])), item.name).toEqual([]);
  });

  // The statements are such that nothing but who ran the InitPlan or CTE can tell these times and blocks apart.
  it.each([
    ['InitPlan in a scan below a sort and a limit', 'Seq Scan on orders'],
    ['InitPlan in the output of a scan below a sort', 'Index Scan using orders_pkey on orders'],
    ['partitions pruned by an InitPlan', 'Append'],
    ['InitPlan before a Gather', 'Gather'],
    ['InitPlan in HAVING and in a window', 'HashAggregate'],
    ['CTE read once', 'CTE Scan on big'],
  ])('gives the work to who ran it: %s', async (name, title) => {
    for (const options of [everything, ['ANALYZE', 'BUFFERS', 'FORMAT JSON']]) {
      const [plan] = plansOf(await corpus.explain(named(name), options));
      if (!plan) expect.fail('no plan');
      const {numbers} = attribute(plan);
      const total = (id: number): number => numbers[id]?.execution?.time?.totalMs ?? 0;
      const below = (id: number): number =>
        plan.nodes[id]?.children.reduce((sum, {id}) => sum + total(id), 0) ?? 0;
      const moved = total(plan.nodes.find(({relationship}) => relationship === 'InitPlan')?.id ?? -1);
      const runner =
        plan.nodes.find(node => node.relationship !== 'InitPlan' && nodeTitle(node) === title)?.id ?? -1;
      expect(numbers[runner]?.execution?.time?.selfMs).toBeCloseTo(total(runner) - below(runner) - moved, 6);
      expect(numbers[0]?.execution?.time?.selfMs).toBeCloseTo(total(0) - below(0) + moved, 6);
    }
  });

  it.each([
    ['data-modifying CTE that is not read', 'Insert on awards'],
    ['two data-modifying CTEs in a row', 'Update on customers'],
  ])('knows what ran after the root: %s', async (name, title) => {
    const [plan] = plansOf(await corpus.explain(named(name), everything));
    if (!plan) expect.fail('no plan');
    const {numbers, executionMs = 0} = attribute(plan);
    const late = plan.nodes.find(node => nodeTitle(node) === title)?.id ?? -1;
    expect(numbers[late]?.self.walRecords).toBeGreaterThan(numbers[0]?.total.walRecords ?? Infinity);
    expect(executionMs).toBeGreaterThan(numbers[late]?.execution?.time?.totalMs ?? Infinity);
  });
});
