import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Session} from '../../src/core/session.ts';
import {majors, startServer, type TestServer} from '../rig/servers.ts';
import {openFor, value} from '../rig/sessions.ts';
import {explain, planIn, stepsIn, useWhatIf} from './what-if-rig.ts';

/** Everything that tables can have and a plan depends on, with skewed values and correlated order. */
const schema = `
  CREATE SCHEMA "Sales";
  CREATE EXTENSION citext WITH SCHEMA "Sales";
  CREATE TYPE "Sales".status AS ENUM ('new', 'paid', 'sent', 'done');
  CREATE DOMAIN "Sales".money AS numeric(12,2) CHECK (VALUE >= 0);
  CREATE FUNCTION "Sales".slug(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower(replace($1, ' ', '-')) $$;
  CREATE TABLE "Sales".customers (id int PRIMARY KEY, email text NOT NULL, handle "Sales".citext, city text,
    name text, region text, zone bigint, CHECK (email LIKE '%@%'));
  CREATE TABLE "Sales".orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id int NOT NULL REFERENCES "Sales".customers, state "Sales".status NOT NULL DEFAULT 'new',
    created timestamptz NOT NULL DEFAULT now(), total "Sales".money, note text, tags text[], data jsonb);
  CREATE INDEX ON "Sales".orders (state, created);
  CREATE INDEX ON "Sales".customers ("Sales".slug(name));
  CREATE STATISTICS "Sales".places ON city, region, zone FROM "Sales".customers;
  CREATE TABLE "Sales".events (at date NOT NULL, kind int, body text) PARTITION BY RANGE (at);
  CREATE TABLE "Sales".events_1 PARTITION OF "Sales".events FOR VALUES FROM ('2024-01-01') TO ('2024-07-01');
  CREATE TABLE "Sales".events_2 PARTITION OF "Sales".events FOR VALUES FROM ('2024-07-01') TO ('2025-01-01');
  CREATE VIEW "Sales".recent AS
    SELECT o.*, c.city FROM "Sales".orders o JOIN "Sales".customers c ON c.id = o.customer_id WHERE o.state <> 'done';
  CREATE MATERIALIZED VIEW "Sales".totals AS SELECT i AS customer_id, i % 1000 AS total FROM generate_series(1, 50000) i;
  SELECT setseed(0.5);
  INSERT INTO "Sales".customers SELECT i, 'user' || i || '@example.org', 'h' || i, 'city' || (i % 100), 'name ' || i, 'r' || (i % 100), i % 100
    FROM generate_series(1, 20000) i;
  INSERT INTO "Sales".orders (customer_id, state, created, total, note, tags, data)
    SELECT 1 + (random() ^ 2 * 19999)::int, (enum_range(NULL::"Sales".status))[1 + (random() ^ 2 * 3)::int],
      '2024-01-01'::timestamptz + i * interval '2 minutes', random() * 1000,
      CASE WHEN i % 3 = 0 THEN 'note ' || i END, ARRAY['t' || i % 50, 'u' || i % 7], jsonb_build_object('k', i % 500)
    FROM generate_series(1, 120000) i;
  INSERT INTO "Sales".events SELECT '2024-01-01'::date + i % 366, i % 1000, 'body ' || i FROM generate_series(1, 60000) i`;

/** The path as a user sets it; all statements are written for it. */
const path = 'SET search_path = "Sales", public';

interface Case {
  readonly about: string;
  readonly definition: string;
  readonly sql: string;
  /** Part of the built index's bytes by which the estimate may differ; absent where none is made. */
  readonly size?: number;
  /** Part of the cost by which the plan with the index may differ. */
  readonly cost?: number;
  /** Without the index PostgreSQL 18 skips through another one, which a server before it reads as a whole. */
  readonly skips?: true;
}

const byCustomer = 'CREATE INDEX i ON orders (customer_id)';
const byTime = 'CREATE INDEX i ON orders (created)';

const cases: readonly Case[] = [
  {
    about: 'an equality',
    definition: byCustomer,
    sql: 'SELECT * FROM orders WHERE customer_id = 77',
    size: 0.05,
  },
  {
    about: 'a range',
    definition: byTime,
    sql: "SELECT count(*) FROM orders WHERE created BETWEEN '2024-03-01' AND '2024-03-02'",
    size: 0.01,
    skips: true,
  },
  {
    about: 'the inner side of a nested loop',
    definition: byCustomer,
    sql: "SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.city = 'city7' AND c.id < 2000",
    size: 0.05,
  },
  {
    about: 'ORDER BY with LIMIT',
    definition: 'CREATE INDEX i ON orders (created DESC)',
    sql: 'SELECT * FROM orders ORDER BY created DESC LIMIT 10',
    size: 0.01,
  },
  {
    about: 'an index-only scan',
    definition: 'CREATE INDEX i ON orders (customer_id) INCLUDE (total)',
    sql: 'SELECT customer_id, total FROM orders WHERE customer_id < 50',
    size: 0.02,
    // a built index tells the planner the column's least value, an estimate only the histogram's
    cost: 0.1,
  },
  {
    about: 'a partial index',
    definition: "CREATE INDEX i ON orders (total) WHERE state = 'paid'",
    sql: "SELECT * FROM orders WHERE state = 'paid' AND total > 990",
    size: 0.05,
  },
  {
    about: 'an expression',
    definition: 'CREATE INDEX i ON customers (lower(email))',
    sql: "SELECT * FROM customers WHERE lower(email) = 'user5@example.org'",
    size: 0.02,
  },
  {
    about: 'a pattern, which a collation other than C keeps from the index',
    definition: 'CREATE INDEX i ON customers (email)',
    sql: "SELECT * FROM customers WHERE email LIKE 'user12%'",
    size: 0.02,
  },
  {
    about: 'a pattern and its operator class',
    definition: 'CREATE INDEX i ON customers (email text_pattern_ops)',
    sql: "SELECT * FROM customers WHERE email LIKE 'user123%'",
    size: 0.02,
  },
  {
    about: 'a type of an extension',
    definition: 'CREATE INDEX i ON customers (handle)',
    sql: "SELECT * FROM customers WHERE handle = 'H77'",
    size: 0.02,
  },
  {
    about: 'a function of the user',
    definition: 'CREATE INDEX i ON customers (slug(email), city)',
    sql: "SELECT * FROM customers WHERE slug(email) = 'user5@example.org'",
    size: 0.02,
  },
  {
    about: 'few values',
    definition: 'CREATE INDEX i ON orders (state)',
    sql: "SELECT * FROM orders WHERE state = 'done'",
    size: 0.02,
  },
  {
    about: 'two columns',
    definition: 'CREATE UNIQUE INDEX i ON orders (customer_id, created)',
    sql: "SELECT * FROM orders WHERE customer_id = 5 AND created > '2024-03-01'",
    size: 0.01,
  },
  {
    about: 'a column with nulls',
    definition: 'CREATE INDEX i ON orders (note)',
    sql: "SELECT * FROM orders WHERE note = 'note 300'",
    size: 0.05,
  },
  {
    about: 'a hash',
    definition: 'CREATE INDEX i ON orders USING hash (created)',
    sql: "SELECT * FROM orders WHERE created = '2024-02-02'",
    size: 0.02,
    skips: true,
  },
  {
    about: 'a block range',
    definition: 'CREATE INDEX i ON orders USING brin (created)',
    sql: "SELECT * FROM orders WHERE created BETWEEN '2024-03-01' AND '2024-03-02'",
    size: 0.02,
  },
  {
    about: 'an array',
    definition: 'CREATE INDEX i ON orders USING gin (tags)',
    sql: "SELECT * FROM orders WHERE tags @> '{t7,u3}'",
  },
  {
    about: 'a document',
    definition: 'CREATE INDEX i ON orders USING gin (data)',
    sql: `SELECT * FROM orders WHERE data @> '{"k": 7}'`,
    cost: 0.05,
  },
  {
    about: 'partitions, of which one is read',
    definition: 'CREATE INDEX i ON events (kind)',
    sql: "SELECT * FROM events WHERE kind = 5 AND at >= '2024-03-01' AND at < '2024-04-01'",
    size: 0.02,
  },
  {
    about: 'all partitions',
    definition: 'CREATE INDEX i ON events (kind)',
    sql: 'SELECT * FROM events WHERE kind = 5',
    size: 0.02,
  },
  {about: 'a view', definition: byCustomer, sql: 'SELECT * FROM recent WHERE customer_id = 9', size: 0.05},
  {
    about: 'a materialized view',
    definition: 'CREATE INDEX i ON totals (customer_id)',
    sql: 'SELECT * FROM totals WHERE customer_id = 9',
    size: 0.02,
  },
  {
    about: 'an UPDATE',
    definition: byCustomer,
    sql: "UPDATE orders SET note = 'x' WHERE customer_id = 77",
    size: 0.05,
  },
  {
    about: 'columns that depend on each other',
    definition: 'CREATE INDEX i ON customers (city)',
    sql: "SELECT * FROM customers WHERE city = 'city7' AND region = 'r7' AND zone = 7 ORDER BY name",
    size: 0.02,
  },
  {
    about: 'groups of columns that depend on each other',
    definition: 'CREATE INDEX i ON customers (region, city)',
    sql: 'SELECT city, region, zone, count(*) FROM customers GROUP BY city, region, zone ORDER BY count(*)',
    // one page of twenty
    size: 0.06,
  },
  {
    about: 'an index that does not help',
    definition: 'CREATE INDEX i ON orders (total)',
    sql: 'SELECT * FROM orders WHERE total > 1',
    size: 0.02,
  },
];

const rig = useWhatIf();

describe.each(majors)('asked of PostgreSQL %i', major => {
  let server: TestServer;
  let session: Session;
  beforeAll(async () => {
    server = await startServer(major);
    session = await openFor(server);
    value(await session.script(schema));
    value(await session.script('VACUUM (ANALYZE)'));
    value(await session.script(path));
  });
  afterAll(async () => {
    await session.close();
    await server.stop();
  });

  it.each(cases)('says of $about what building the index says', async one => {
    const {definition, sql, size, cost = 0.02, skips = false} = one;
    const answer = value(await rig.ask(session, {sql, definition}));
    const before = await explain(session, sql);
    value(await session.script(definition));
    const after = await explain(session, sql);
    const bytes = await sizeOfBuilt(session);
    value(await session.script('DROP INDEX i'));
    expect(stepsIn(answer.before)).toBe(stepsIn(before));
    expect(stepsIn(answer.after)).toBe(stepsIn(after));
    expect(answer.how).toBe('statistics');
    expect(answer.notes.join('\n')).toContain("chooses the server's own plan");
    if (!skips || major === 18) expect(costOf(answer.before) / costOf(before)).toSatisfy(near(0.02));
    expect(costOf(answer.after) / costOf(after)).toSatisfy(near(cost));
    expect(rowsOf(answer.after) / rowsOf(after)).toSatisfy(near(cost));
    if (size === undefined) expect(answer.bytes).toBeNull();
    else expect((answer.bytes ?? 0) / bytes).toSatisfy(near(size));
  });

  it('plans for values, and for values that are not known', async () => {
    const question = {
      sql: 'SELECT * FROM orders WHERE customer_id = $1',
      definition: 'CREATE INDEX i ON orders (customer_id)',
    };
    const rare = value(await rig.ask(session, {...question, values: ['19000']}));
    const generic = value(await rig.ask(session, {...question, mode: 'generic'}));
    expect(rare.after).toContain('customer_id = 19000');
    expect(generic.before).toContain('customer_id = $1');
    expect(generic.after).toContain('customer_id = $1');
    expect(costOf(generic.after)).toBeLessThan(costOf(generic.before));
  });
});

function near(part: number): (ratio: number) => boolean {
  return ratio => Math.abs(ratio - 1) <= part;
}

function costOf(text: string): number {
  return Number(planIn(text).root.fields['Total Cost']);
}

/** Planned, and at least one, as the planner counts. */
function rowsOf(text: string): number {
  return Math.max(1, Number(planIn(text).root.fields['Plan Rows']));
}

async function sizeOfBuilt(session: Session): Promise<number> {
  const sizes = await session.texts(
    "SELECT sum(pg_relation_size(relid)) FROM pg_partition_tree('i') WHERE isleaf UNION ALL SELECT pg_relation_size('i') ORDER BY 1 DESC",
  );
  return Number(value(sizes)[0]);
}
