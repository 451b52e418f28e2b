import {describe, expect, it} from 'vitest';
import {attribute} from '../../../src/core/explain/attribute.ts';
import type {CatalogFacts, TableFacts} from '../../../src/core/explain/facts.ts';
import type {PlanFinding} from '../../../src/core/explain/finding.ts';
import {askedFacts, findingsOf} from '../../../src/core/explain/findings/findings.ts';
import {planOfJson} from '../../../src/core/explain/parse-json.ts';
import type {ExplainedPlan} from '../../../src/core/explain/plan.ts';

type Json = Readonly<Record<string, unknown>>;

/** A sequential scan of 100,000 rows that keeps ten of them. */
function scan(more: Json = {}): Json {
  return {
    'Node Type': 'Seq Scan',
    'Relation Name': 'orders',
    Schema: 'public',
    Alias: 'o',
    'Startup Cost': 0,
    'Total Cost': 2000,
    'Plan Rows': 10,
    'Plan Width': 8,
    'Actual Startup Time': 0.01,
    'Actual Total Time': 20,
    'Actual Rows': 10,
    'Actual Loops': 1,
    Filter: '(o.customer_id = 42)',
    'Rows Removed by Filter': 99_990,
    'Shared Hit Blocks': 1000,
    'Shared Read Blocks': 0,
    ...more,
  };
}

function planOf(root: Json, beside: Json = {}): ExplainedPlan {
  const value = {Plan: root, 'Planning Time': 0.1, 'Execution Time': 21, ...beside};
  const outcome = planOfJson(value, JSON.stringify(value));
  if (!outcome.ok || !outcome.value[0]) throw new Error('not a plan');
  return outcome.value[0];
}

function found(root: Json, facts?: CatalogFacts, beside: Json = {}): readonly PlanFinding[] {
  return findingsOf(attribute(planOf(root, beside)), facts);
}

function table(more: Partial<TableFacts> = {}): TableFacts {
  const column = (name: string, type: string): TableFacts['columns'][number] => ({
    name,
    type,
    notNull: true,
    statistics: {nullFraction: 0, width: 4, distinct: 10_000},
  });
  return {
    schema: 'public',
    name: 'orders',
    kind: 'table',
    rows: 100_000,
    pages: 1000,
    allVisiblePages: 1000,
    liveRows: 100_000,
    deadRows: 0,
    changedSinceAnalyze: 0,
    lastAnalyze: 1,
    indexes: [],
    columns: [
      column('id', 'integer'),
      column('customer_id', 'integer'),
      column('status', 'character varying(10)'),
      column('note', 'text'),
    ],
    ...more,
  };
}

function factsWith(...tables: readonly TableFacts[]): CatalogFacts {
  return {serverVersion: 170_000, now: 1_000_000_000, tables, foreignKeys: [], settings: {}};
}

function index(name: string, columns: readonly string[], more: Partial<TableFacts['indexes'][number]> = {}) {
  return {
    schema: 'public',
    name,
    method: 'btree',
    unique: false,
    valid: true,
    keys: columns.map(column => ({column, descending: false})),
    include: [],
    definition: '',
    ...more,
  };
}

const definitions = (findings: readonly PlanFinding[]): readonly string[] =>
  findings.flatMap(({actions}) =>
    actions.flatMap(action => (action.kind === 'create-index' ? action.definition : [])),
  );

describe('with and without the catalog', () => {
  it('is certain only when the catalog was asked', () => {
    expect(found(scan(), factsWith(table()))[0]).toMatchObject({
      check: 'seq-scan-discards',
      confidence: 'certain',
    });
    expect(found(scan())[0]).toMatchObject({
      check: 'seq-scan-discards',
      confidence: 'likely',
      basis: 'The catalog was not asked.',
    });
  });

  it.each([
    [[], 'orders has no index.'],
    [[index('i', ['id']), index('j', ['status'])], 'None of the 2 indexes of orders serves customer_id.'],
  ])('says what the catalog has: %j', (indexes, basis) => {
    expect(found(scan(), factsWith(table({indexes})))[0]?.basis).toBe(basis);
  });

  it.each([
    ['a valid index', {indexes: [index('i', ['customer_id', 'id'])]}, []],
    [
      'an index with another first column',
      {indexes: [index('i', ['id', 'customer_id'])]},
      ['seq-scan-discards'],
    ],
    [
      'a partial index',
      {indexes: [index('i', ['customer_id'], {predicate: '(id > 5)'})]},
      ['seq-scan-discards'],
    ],
    [
      'an index of another method',
      {indexes: [index('i', ['customer_id'], {method: 'brin'})]},
      ['seq-scan-discards'],
    ],
  ] satisfies [string, Partial<TableFacts>, string[]][])('%s', (_, more, checks) => {
    expect(found(scan(), factsWith(table(more))).map(({check}) => check)).toEqual(checks);
  });

  it('asks to rebuild an index that is not valid', () => {
    const [finding] = found(
      scan(),
      factsWith(table({indexes: [index('broken', ['customer_id'], {valid: false})]})),
    );
    expect(finding?.actions).toEqual([
      {kind: 'show-sql', title: 'Rebuild the index', sql: 'REINDEX INDEX CONCURRENTLY "public"."broken";'},
    ]);
  });

  it('gives an index a name that is not taken', () => {
    const facts = factsWith(table({namesTaken: ['orders_customer_id_idx']}));
    expect(definitions(found(scan(), facts))).toEqual([
      'CREATE INDEX orders_customer_id_idx1 ON public.orders USING btree (customer_id)',
    ]);
  });
});

describe('conditions', () => {
  it.each([
    [`((o.customer_id = 42) AND (o.id > 5))`, '(customer_id)'],
    [`((o.id > 5) AND ((o.status)::text = 'open'::text))`, '(status)'],
    [`(o.id > 5)`, '(id)'],
    [`(5 < o.id)`, '(id)'],
    [`(o.customer_id = ANY ('{1,2}'::integer[]))`, '(customer_id)'],
    [`(o.customer_id IS NULL)`, '(customer_id)'],
    [`(o.customer_id = $1)`, '(customer_id)'],
    [`(o.customer_id = (InitPlan 1).col1)`, '(customer_id)'],
    [`(lower(o.note) = 'x'::text)`, '(lower(note))'],
    [`((o.note || 'a'::text) = 'x'::text)`, `((note || 'a'::text))`],
  ])('%s leads to an index on %s', (filter, keys) => {
    const [definition] = definitions(found(scan({Filter: filter}), factsWith(table())));
    expect(definition?.endsWith(`USING btree ${keys}`)).toBe(true);
  });

  it.each([
    ['a comparison of two columns', '(o.customer_id = o.id)'],
    ['inequality', '(o.customer_id <> 42)'],
    ['a pattern that begins with anything', `(o.note ~~ '%x'::text)`],
    ['text under another collation', `((o.note)::text = 'x'::text)`],
    ['a subquery of the row', '(o.customer_id = (SubPlan 1))'],
    ['what changes from row to row', `(o.customer_id = (random())::integer)`],
    ['what is not understood', '(CASE WHEN (o.id = 5) THEN 1 ELSE 2 END = o.customer_id)'],
    ['a function that may not be immutable', `(my_function(o.note) = 'x'::text)`],
    ['broken text', `((o.customer_id = 42`],
    ['ROW', '(ROW(o.id, o.customer_id) > ROW(1, 2))'],
    ['nothing', ''],
  ])('proposes nothing for %s', (_, filter) => {
    expect(definitions(found(scan({Filter: filter}), factsWith(table())))).toEqual([]);
  });

  it('sees through the cast of varchar only when the catalog says that it is one', () => {
    const filter = {Filter: `((o.status)::text = 'open'::text)`};
    expect(definitions(found(scan(filter)))).toEqual([]);
    expect(definitions(found(scan(filter), factsWith(table())))).toHaveLength(1);
  });

  it('is not misled by the name of a table of a hundred quotes', () => {
    const facts = factsWith(table({name: 'Or"ders', namesTaken: []}));
    const [definition] = definitions(found(scan({'Relation Name': 'Or"ders'}), facts));
    expect(definition).toBe(
      'CREATE INDEX "Or""ders_customer_id_idx" ON public."Or""ders" USING btree (customer_id)',
    );
  });

  it('reads a condition of ten thousand parentheses', () => {
    const filter = `${'('.repeat(10_000)}o.customer_id = 42${')'.repeat(10_000)}`;
    expect(definitions(found(scan({Filter: filter}), factsWith(table())))).toEqual([]);
  });
});

describe('one cause, one finding', () => {
  const partitions = Array.from({length: 500}, (_, at) =>
    scan({
      'Relation Name': `orders_${at}`,
      Alias: `orders_${at + 1}`,
      Filter: `(orders_${at + 1}.customer_id = 42)`,
      'Actual Total Time': 0.04,
      'Rows Removed by Filter': 200,
      'Actual Rows': 0,
      'Parent Relationship': 'Member',
      'Shared Hit Blocks': 2,
    }),
  );
  const append = {
    ...scan(),
    'Node Type': 'Append',
    'Actual Total Time': 20.5,
    'Shared Hit Blocks': 1000,
    Plans: partitions,
  };
  const {
    Filter: _,
    'Rows Removed by Filter': __,
    'Relation Name': ___,
    ...root
  } = append as Record<string, unknown>;
  const parent = table({kind: 'partitioned-table', partitionKey: ['id']});
  const facts = factsWith(
    parent,
    ...partitions.map((_, at) =>
      table({
        name: `orders_${at}`,
        partitionOf: {schema: 'public', name: 'orders'},
        pages: 2,
        rows: 200,
        columns: parent.columns,
      }),
    ),
  );

  it('tells 500 partitions once, of their table', () => {
    const findings = found(root, facts);
    expect(findings.map(({check}) => check)).toEqual(['seq-scan-discards']);
    expect(findings[0]?.nodes).toHaveLength(500);
    expect(definitions(findings)).toEqual([
      'CREATE INDEX orders_customer_id_idx ON public.orders USING btree (customer_id)',
    ]);
    expect(findings[0]?.atStakeMs).toBeCloseTo(20, 0);
    expect(findings[0]?.why).toContain('499 more steps');
  });
});

describe('what is asked of the catalog', () => {
  it('names each relation once, and the constraints of triggers', () => {
    const plan = planOf(
      {
        ...scan(),
        Plans: [
          scan({'Parent Relationship': 'Outer'}),
          scan({'Parent Relationship': 'Inner', Schema: undefined}),
        ],
      },
      {
        Triggers: [
          {'Trigger Name': 'RI_1', 'Constraint Name': 'fk', Relation: 'orders', Time: 1, Calls: 1},
          {'Trigger Name': 't', Relation: 'orders', Time: 1, Calls: 1},
        ],
      },
    );
    expect(askedFacts(plan)).toEqual({
      relations: [
        {schema: 'public', name: 'orders'},
        {schema: null, name: 'orders'},
      ],
      constraints: ['fk'],
    });
  });
});

describe('order and size', () => {
  it('puts what costs most first', () => {
    const findings = found(
      {
        ...scan({
          'Node Type': 'Nested Loop',
          'Relation Name': undefined,
          Filter: undefined,
          'Rows Removed by Filter': undefined,
          'Actual Total Time': 100,
        }),
        Plans: [
          scan({'Parent Relationship': 'Outer', 'Actual Total Time': 30}),
          scan({'Parent Relationship': 'Inner', Alias: 'p', Filter: '(p.id = 7)', 'Actual Total Time': 60}),
        ],
      },
      factsWith(table()),
      {'Execution Time': 101},
    );
    const stakes = findings.map(({atStakeMs}) => atStakeMs ?? 0);
    expect(stakes.length).toBeGreaterThan(1);
    expect(stakes).toEqual(stakes.toSorted((a, b) => b - a));
  });

  it('says nothing of a plan that was not executed and of one that did nothing', () => {
    expect(
      found({'Node Type': 'Result', 'Total Cost': 0.01, 'Plan Rows': 1, 'Plan Width': 4, 'Startup Cost': 0}),
    ).toEqual([]);
    expect(
      found(scan({'Actual Loops': 0, 'Actual Rows': 0, 'Actual Total Time': 0}), factsWith(table())),
    ).toEqual([]);
  });

  it('looks through 10,000 nodes that all discard rows', () => {
    const join = {'Relation Name': undefined, Filter: undefined, 'Join Filter': '(o.id = o.customer_id)'};
    let root = scan();
    for (let at = 0; at < 200; at += 1) {
      const filter = `((o.customer_id = ${at}) OR (o.id = 5) OR (lower(o.note) = 'x'::text))`;
      const scans = Array.from({length: 48}, () =>
        scan({
          'Parent Relationship': 'Member',
          Filter: filter,
          'Rows Removed by Filter': 2000,
          'Actual Total Time': 5,
        }),
      );
      const append = {
        ...scan({...join, 'Node Type': 'Append', 'Parent Relationship': 'Inner', 'Actual Total Time': 245}),
        Plans: scans,
      };
      root = {
        ...scan({...join, 'Node Type': 'Nested Loop', 'Actual Total Time': 20 + at * 250}),
        Plans: [{...root, 'Parent Relationship': 'Outer'}, append],
      };
    }
    const attribution = attribute(planOf(root, {'Execution Time': 50}));
    const facts = factsWith(table());
    expect(attribution.plan.nodes).toHaveLength(10_001);
    expect(findingsOf(attribution, facts)).not.toEqual([]);
  });
});
