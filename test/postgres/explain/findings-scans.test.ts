import {afterEach, beforeAll, describe, expect, it} from 'vitest';
import type {Session} from '../../../src/core/session.ts';
import type {Major} from '../../rig/servers.ts';
import {value} from '../../rig/sessions.ts';
import {
  blocks,
  checksOf,
  endsWithTheFile,
  examine,
  examineFor,
  findingOf,
  follow,
  prepared,
} from './findings-rig.ts';

endsWithTheFile();

/** 60,000 orders of 6,000 customers, in no order; one of 500 is open; a few are paid. */
const shop = `
CREATE TABLE orders (
  id int PRIMARY KEY, customer_id int NOT NULL, status varchar(10) NOT NULL, region int NOT NULL,
  email text NOT NULL, created_at timestamptz NOT NULL, tags text[] NOT NULL, note text NOT NULL);
INSERT INTO orders SELECT i, (i * 7919) % 6000, CASE WHEN i % 500 = 0 THEN 'open' ELSE 'done' END, CASE WHEN i <= 300 THEN 999 ELSE i % 300 END,
  'User' || i || '@example.com', timestamptz '2024-01-01 00:00Z' + i * interval '10 minutes',
  ARRAY['t' || i % 2000, 'all'], repeat('x', 120)
  FROM generate_series(1, 60000) AS i;
VACUUM ANALYZE orders;
`;

const withoutIndexes = `DO $$ DECLARE i regclass; BEGIN
  FOR i IN SELECT indexrelid FROM pg_index WHERE indrelid = 'orders'::regclass AND NOT indisprimary LOOP
    EXECUTE 'DROP INDEX ' || i; END LOOP; END $$`;

interface Case {
  readonly major: Major;
  readonly check: string;
  readonly statement: string;
  /** What the finding leads to, part of its actions or its fix. */
  readonly leadsTo: string;
  /** Where the fix is another statement. */
  readonly rewritten?: string;
}

const cases: readonly Case[] = [
  {
    major: 14,
    check: 'seq-scan-discards',
    statement: 'SELECT * FROM orders WHERE customer_id = 42',
    leadsTo: 'CREATE INDEX orders_customer_id_idx ON public.orders USING btree (customer_id)',
  },
  {
    major: 15,
    check: 'seq-scan-discards',
    statement: `SELECT id FROM orders o WHERE o.status = 'open' AND o.created_at > '2025-01-01'`,
    leadsTo: 'CREATE INDEX orders_status_created_at_idx ON public.orders USING btree (status, created_at)',
  },
  {
    major: 16,
    check: 'seq-scan-discards',
    statement: `SELECT * FROM orders WHERE customer_id IN (42, 43) AND note LIKE '%x%'`,
    leadsTo: 'CREATE INDEX orders_customer_id_idx ON public.orders USING btree (customer_id)',
  },
  {
    major: 17,
    check: 'seq-scan-discards',
    statement: `SELECT * FROM orders WHERE created_at >= '2024-02-01' AND created_at < '2024-02-02'`,
    leadsTo: 'CREATE INDEX orders_created_at_idx ON public.orders USING btree (created_at)',
  },
  {
    major: 18,
    check: 'seq-scan-discards',
    statement: `SELECT * FROM orders WHERE tags @> ARRAY['t77']`,
    leadsTo: 'CREATE INDEX orders_tags_idx ON public.orders USING gin (tags)',
  },
  {
    major: 14,
    check: 'function-on-column',
    statement: `SELECT * FROM orders WHERE lower(email) = 'user77@example.com'`,
    leadsTo: 'CREATE INDEX orders_lower_idx ON public.orders USING btree (lower(email))',
  },
  {
    major: 15,
    check: 'function-on-column',
    statement: `SELECT * FROM orders WHERE created_at::date = '2024-03-01'`,
    leadsTo: `created_at >= '2024-03-01'::date AND created_at < '2024-03-01'::date + 1`,
    rewritten: `SELECT * FROM orders WHERE created_at >= '2024-03-01'::date AND created_at < '2024-03-01'::date + 1`,
  },
  {
    major: 16,
    check: 'function-on-column',
    statement: `SELECT * FROM orders WHERE id::numeric = 42.0`,
    leadsTo: 'id = 42',
    rewritten: 'SELECT * FROM orders WHERE id = 42',
  },
  {
    major: 17,
    check: 'function-on-column',
    statement: 'SELECT * FROM orders WHERE id + 10 = 50',
    leadsTo: 'id = 50 - 10',
    rewritten: 'SELECT * FROM orders WHERE id = 50 - 10',
  },
  {
    major: 18,
    check: 'function-on-column',
    statement: `SELECT * FROM orders WHERE date_trunc('day', created_at) = '2024-03-01 00:00Z'`,
    leadsTo: `interval '1 day'`,
    rewritten: `SELECT * FROM orders WHERE created_at >= '2024-03-01 00:00Z' AND created_at < '2024-03-01 00:00Z'::timestamptz + interval '1 day'`,
  },
  {
    major: 14,
    check: 'or-blocks-index',
    statement: `SELECT * FROM orders WHERE customer_id = 42 OR email = 'User77@example.com'`,
    leadsTo: 'CREATE INDEX orders_email_idx ON public.orders USING btree (email)',
  },
  {
    major: 17,
    check: 'index-scan-filter',
    statement: `SET enable_seqscan = off; SELECT * FROM orders WHERE id BETWEEN 1 AND 20000 AND status = 'open'`,
    leadsTo: 'CREATE INDEX orders_status_id_idx ON public.orders USING btree (status, id)',
  },
  {
    major: 16,
    check: 'missing-sort-index',
    statement: 'SELECT * FROM orders ORDER BY created_at DESC LIMIT 10',
    leadsTo: 'CREATE INDEX orders_created_at_idx ON public.orders USING btree (created_at DESC)',
  },
  {
    major: 18,
    check: 'order-by-limit-index',
    statement: `SELECT * FROM orders WHERE region = 999 ORDER BY id DESC LIMIT 1`,
    leadsTo: 'CREATE INDEX orders_region_id_idx ON public.orders USING btree (region, id)',
  },
];

describe('what the finding says, done', () => {
  const sessions = new Map<Major, Session>();
  beforeAll(async () => {
    await Promise.all(
      ([14, 15, 16, 17, 18] as const).map(async major => sessions.set(major, await prepared(major, shop))),
    );
  });

  afterEach(async () => {
    for (const session of sessions.values())
      value(await session.script(`${withoutIndexes}; RESET enable_seqscan`));
  });

  it.each(cases)('$check on $major: $statement', async ({major, check, statement, leadsTo, rewritten}) => {
    const session = sessions.get(major);
    if (!session) throw new Error('not prepared');
    const [setting, sql] = statement.includes('; ') ? statement.split('; ') : ['', statement];
    if (setting) value(await session.script(setting));
    const before = await examineFor(session, sql ?? '', check);
    const finding = findingOf(before, check);
    expect(JSON.stringify([finding.fix, finding.actions])).toContain(leadsTo);
    expect(finding.atStakeMs).toBeGreaterThan(0);
    await follow(
      session,
      finding.actions.filter(({kind}) => kind === 'create-index'),
    );
    const after = await examine(session, rewritten ?? sql ?? '');
    expect(checksOf(after)).not.toContain(check);
    expect(blocks(after)).toBeLessThan(blocks(before) / 2);
  });
});

const good: readonly (readonly [statement: string, why: string, indexes?: string])[] = [
  ['SELECT * FROM orders WHERE id = 42', 'the primary key finds it'],
  ['SELECT count(*) FROM orders', 'every row is wanted'],
  ['SELECT * FROM orders WHERE id > 5000', 'most rows are kept'],
  [`SELECT id FROM orders WHERE status = 'done'`, 'most rows are kept'],
  [`SELECT * FROM orders WHERE note LIKE '%y%'`, 'no common index serves it'],
  [`SELECT * FROM orders WHERE random() < 0.001`, 'the condition changes from row to row'],
  [`SELECT * FROM orders WHERE note = 'z' || (random() * 10)::text`, 'the value changes from row to row'],
  ['SELECT * FROM orders ORDER BY id DESC LIMIT 10', 'the primary key has this order'],
  ['SELECT region, id FROM orders ORDER BY region, id', 'every row is wanted'],
  ['SELECT * FROM orders WHERE region % 2 = 0 LIMIT 20', 'it stops after a few rows'],
  ['SELECT * FROM orders WHERE region = 7 ORDER BY id LIMIT 1', 'it finds a match early'],
  ['SELECT * FROM small WHERE b = 7', 'the table is small'],
  [
    `SELECT * FROM orders WHERE customer_id = 42 AND status = 'done'`,
    'the index finds few rows, and the filter keeps them',
    'CREATE INDEX ON orders (customer_id)',
  ],
  [
    `SELECT * FROM orders WHERE lower(email) = 'user77@example.com'`,
    'the expression is indexed',
    'CREATE INDEX ON orders (lower(email))',
  ],
  [
    `SELECT * FROM orders WHERE status = 'open'`,
    'an index on varchar serves the text operators',
    'CREATE INDEX ON orders (status)',
  ],
  [
    'SELECT * FROM orders WHERE customer_id = 42 OR region = 999',
    'both arms have an index',
    'CREATE INDEX ON orders (customer_id); CREATE INDEX ON orders (region)',
  ],
  [
    `SELECT * FROM orders WHERE tags @> ARRAY['t77']`,
    'the inverted index serves it',
    'CREATE INDEX ON orders USING gin (tags)',
  ],
  [
    'SELECT customer_id FROM orders WHERE customer_id BETWEEN 100 AND 400',
    'an index-only scan of visible rows',
    'CREATE INDEX ON orders (customer_id)',
  ],
];

describe('good plans', () => {
  let session: Session;
  beforeAll(async () => {
    session = await prepared(
      17,
      `${shop}CREATE TABLE small AS SELECT i AS a, i % 50 AS b FROM generate_series(1, 500) AS i;\nANALYZE small;\n`,
    );
  });

  it.each(good.map(([statement, why, indexes = '']) => ({statement, why, indexes})))(
    'nothing about $statement: $why',
    async ({statement, indexes}) => {
      value(await session.script(indexes));
      const examined = await examine(session, statement);
      value(await session.script(withoutIndexes));
      expect(examined.findings).toEqual([]);
    },
  );
});

describe('a plan that was not executed', () => {
  it.each([
    ['SELECT * FROM orders WHERE customer_id = 42', ['seq-scan-discards']],
    ['SELECT * FROM orders WHERE id > 5000', []],
    ['SELECT * FROM orders WHERE id = 5', []],
    ['SELECT * FROM few WHERE b = 7', []],
  ])('%s: %j', async (statement, checks) => {
    const session = await prepared(
      18,
      `${shop}CREATE TABLE few AS SELECT i AS a, i % 50 AS b FROM generate_series(1, 500) AS i;\nANALYZE few;\n`,
    );
    const before = await examine(session, statement, 'VERBOSE, FORMAT JSON');
    expect(checksOf(before)).toEqual(checks);
    for (const finding of before.findings) {
      expect(finding).toMatchObject({
        confidence: 'likely',
        why: expect.stringContaining('is expected to keep 10'),
      });
      expect(finding).not.toHaveProperty('atStakeMs');
      await follow(session, finding.actions);
      const after = await examine(session, statement, 'VERBOSE, FORMAT JSON');
      expect(after.findings).toEqual([]);
      expect(after.attribution.numbers[0]?.cost.total).toBeLessThan(
        (before.attribution.numbers[0]?.cost.total ?? 0) / 4,
      );
    }
  });
});
