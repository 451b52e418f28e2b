import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {attribute} from '../../../src/core/explain/attribute.ts';
import {comparePlans, shapeOf} from '../../../src/core/explain/compare.ts';
import {planOfJson} from '../../../src/core/explain/parse-json.ts';
import type {ExplainedPlan} from '../../../src/core/explain/plan.ts';
import type {WhatIfRequest, WhatIfResult} from '../../../src/core/explain/what-if.ts';
import {fail, type Outcome} from '../../../src/core/outcome.ts';
import type {Session} from '../../../src/core/session.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {planWithHypotheticalIndex} from '../../../src/postgres/explain/hypopg.ts';
import {whatIf} from '../../../src/postgres/explain/what-if.ts';
import {startDebianServer, type DebianServer} from '../../rig/debian-server.ts';
import {failure, openFor, value} from '../../rig/sessions.ts';

let server: DebianServer;
let session: Session;
const parser = createParser();
const timeouts = {statement: 10_000, lock: 1000};

/** The embedded server is not for these tests: asked for, it says so. */
function ask(
  request: Pick<WhatIfRequest, 'sql' | 'definition'> & Partial<WhatIfRequest>,
): Promise<Outcome<WhatIfResult>> {
  const openScratch = (): Promise<Outcome<never>> =>
    Promise.resolve(fail('nothing-to-do', 'asked for the embedded server'));
  return whatIf({parser, session, openScratch}, {mode: 'explain', timeouts, ...request});
}

const byCustomer = 'CREATE INDEX by_customer ON sales.orders (customer_id)';
const ofCustomer = 'SELECT * FROM sales.orders WHERE customer_id = 77';

beforeAll(async () => {
  server = await startDebianServer();
  const maker = await openFor(server);
  value(
    await maker.script(`CREATE SCHEMA extras; CREATE EXTENSION hypopg SCHEMA extras; CREATE SCHEMA sales;
      CREATE TABLE sales.orders (id int PRIMARY KEY, customer_id int, note text, tags text[]);
      INSERT INTO sales.orders SELECT i, i % 5000, 'note ' || i, ARRAY['t' || i % 9] FROM generate_series(1, 200000) i;
      CREATE TABLE sales.events (at int, kind int) PARTITION BY RANGE (at);
      CREATE TABLE sales.events_1 PARTITION OF sales.events FOR VALUES FROM (0) TO (100000);
      INSERT INTO sales.events SELECT i, i % 500 FROM generate_series(0, 99999) i`),
  );
  value(await maker.script('VACUUM (ANALYZE)'));
  await maker.close();
});
afterAll(() => server.stop());
beforeEach(async () => {
  session = await openFor(server);
});
afterEach(() => session.close());

async function hypothetical(of: Session): Promise<readonly string[]> {
  return value(await of.texts('SELECT count(*) FROM extras.hypopg()'));
}

describe('a what-if with HypoPG', () => {
  it('says what building the index says', async () => {
    const answer = value(await ask({sql: ofCustomer, definition: `${byCustomer};`}));
    value(await session.script(byCustomer));
    const built = await explain(session, ofCustomer);
    const bytes = Number(value(await session.texts("SELECT pg_relation_size('sales.by_customer')"))[0]);
    value(await session.script('DROP INDEX sales.by_customer'));
    expect(answer).toMatchObject({how: 'hypopg', definition: byCustomer});
    expect(shapeOf(planIn(answer.before))).toBe(shapeOf(planIn(await explain(session, ofCustomer))));
    expect(shapeOf(planIn(answer.after))).toBe(shapeOf(planIn(built)));
    expect(costOf(answer.after) / costOf(built)).toSatisfy((ratio: number) => Math.abs(ratio - 1) < 0.05);
    // HypoPG reckons without shared tuples, so it tells more
    expect((answer.bytes ?? 0) / bytes).toSatisfy((ratio: number) => ratio > 0.9 && ratio < 4);
    expect(answer.notes).toEqual([expect.stringContaining('HypoPG 1.')]);
  });

  it('names the index in the plan as it is proposed, not as HypoPG does', async () => {
    const answer = value(
      await ask({
        sql: ofCustomer,
        definition: 'create index "My \\ ""index""" on sales.orders (customer_id)',
      }),
    );
    const names = planIn(answer.after).nodes.flatMap(({fields}) => fields['Index Name'] ?? []);
    expect(names).toEqual(['My \\ "index"']);
  });

  it('leaves nothing in its session, and nothing for others', async () => {
    value(await ask({sql: ofCustomer, definition: byCustomer}));
    const other = await openFor(server);
    expect([await hypothetical(session), await hypothetical(other)]).toEqual([['0'], ['0']]);
    expect(session.transactionStatus()).toBe('idle');
    await other.close();
  });

  it.each([
    ['a statement that is wrong', 'SELECT nothing FROM sales.orders', byCustomer, '42703'],
    ['a table that is not there', ofCustomer, 'CREATE INDEX i ON sales.nothing (a)', '42P01'],
    ['two statements', ofCustomer, `${byCustomer}; DROP TABLE sales.orders`, undefined],
  ])('fails for %s, and leaves nothing either', async (_, sql, definition, sqlState) => {
    const bad = failure(await ask({sql, definition}));
    expect([bad.reason, bad.server?.sqlState]).toEqual([sqlState ? 'sql' : 'invalid-input', sqlState]);
    expect(await hypothetical(session)).toEqual(['0']);
    expect(session.transactionStatus()).toBe('idle');
  });

  it('knows partitioned tables', async () => {
    const answer = value(
      await ask({
        sql: 'SELECT * FROM sales.events WHERE kind = 7',
        definition: 'CREATE INDEX by_kind ON sales.events (kind)',
      }),
    );
    expect(planIn(answer.after).nodes.map(({fields}) => fields['Index Name'])).toContain('by_kind');
  });

  it('leaves nothing after a failure behind the creation of the index', async () => {
    const request = {
      sql: ofCustomer,
      mode: 'explain',
      definition: byCustomer,
      name: 'by_customer',
      timeouts,
    } as const;
    const stop = new AbortController();
    const broken: Session = {
      ...session,
      server: session.server,
      texts: (sql, options, signal) => {
        const plans = session.texts(sql, options, signal);
        return plans.finally(() => void (sql.includes('sales.orders') && stop.abort()));
      },
    };
    failure(await planWithHypotheticalIndex(broken, request, stop.signal));
    expect(await hypothetical(session)).toEqual(['0']);
  });

  it.each([['an access method that it does not know', 'CREATE INDEX i ON sales.orders USING gin (tags)']])(
    'passes %s on to the embedded server',
    async (_, definition) => {
      const bad = failure(await ask({sql: "SELECT * FROM sales.orders WHERE tags @> '{t1}'", definition}));
      expect(bad.message).toBe('asked for the embedded server');
      expect(await hypothetical(session)).toEqual(['0']);
    },
  );

  it('plans for values and for values that are not known', async () => {
    const question = {sql: 'SELECT * FROM sales.orders WHERE customer_id = $1', definition: byCustomer};
    const known = value(await ask({...question, values: ['77']}));
    const generic = value(await ask({...question, mode: 'generic'}));
    expect(known.after).toContain('customer_id = 77');
    expect(generic.before).toContain('customer_id = $1');
    expect(generic.after).toContain('customer_id = $1');
    expect(planIn(generic.after).nodes.some(({fields}) => fields['Index Name'] === 'by_customer')).toBe(true);
  });

  it('plans a statement that writes, and does not execute it', async () => {
    const answer = value(
      await ask({sql: 'DELETE FROM sales.orders WHERE customer_id = 77', definition: byCustomer}),
    );
    expect(costOf(answer.after)).toBeLessThan(costOf(answer.before));
    expect(value(await session.texts('SELECT count(*) FROM sales.orders WHERE customer_id = 77'))).toEqual([
      '40',
    ]);
  });

  it('ends a plan that takes too long', async () => {
    value(await session.script('BEGIN; LOCK TABLE sales.orders'));
    const waiting = await openFor(server);
    const request = {sql: ofCustomer, mode: 'explain', definition: byCustomer, name: 'i'} as const;
    const bad = failure(
      await planWithHypotheticalIndex(waiting, {...request, timeouts: {statement: 0, lock: 50}}),
    );
    expect(bad.server?.sqlState).toBe('55P03');
    await waiting.close();
  });

  it('pairs the nodes of the two plans', async () => {
    const answer = value(await ask({sql: `${ofCustomer} ORDER BY id LIMIT 5`, definition: byCustomer}));
    const [before, after] = [answer.before, answer.after].map(text => attribute(planIn(text)));
    if (!before || !after) throw new Error('there are two plans');
    const comparison = comparePlans(before, after);
    expect(comparison.sameShape).toBe(false);
    expect(comparison.after.cost).toBeLessThan(comparison.before.cost);
    expect(comparison.nodes.map(({status}) => status)).toContain('changed');
  });
});

async function explain(on: Session, sql: string): Promise<string> {
  return value(await on.texts(`EXPLAIN (VERBOSE, FORMAT JSON) ${sql}`))[0] ?? '';
}

function planIn(text: string): ExplainedPlan {
  const [plan] = value(planOfJson(JSON.parse(text), text));
  if (!plan) throw new Error('there is no plan');
  return plan;
}

function costOf(text: string): number {
  return Number(planIn(text).root.fields['Total Cost']);
}
