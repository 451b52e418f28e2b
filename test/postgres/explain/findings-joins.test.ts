import {describe, expect, it} from 'vitest';
import type {FindingAction} from '../../../src/core/explain/finding.ts';
import type {Major} from '../../rig/servers.ts';
import {value} from '../../rig/sessions.ts';
import {
  blocks,
  checksOf,
  counter,
  endsWithTheFile,
  examine,
  examineFor,
  findingOf,
  follow,
  sessionsOn,
  type Examined,
} from './findings-rig.ts';

endsWithTheFile();

/** Cities decide their region, which the planner does not know; `visits` has two rows for each place. */
const places = `
CREATE TABLE places (id int PRIMARY KEY, city int NOT NULL, region int NOT NULL, name text NOT NULL);
INSERT INTO places SELECT i, i % 30, (i % 30) / 2, 'place ' || i FROM generate_series(1, 60000) AS i;
CREATE TABLE visits (id int PRIMARY KEY, place_id int NOT NULL, day date NOT NULL, note text NOT NULL);
INSERT INTO visits SELECT i, (i * 7919) % 60000 + 1, date '2024-01-01' + i % 300, repeat('n', 60)
  FROM generate_series(1, 60000) AS i;
CREATE INDEX visits_place_id_idx ON visits (place_id);
CREATE INDEX places_city_idx ON places (city);
VACUUM ANALYZE places;
VACUUM ANALYZE visits;
`;

const on = sessionsOn([14, 15, 16, 17, 18], places);

interface Case {
  readonly major: Major;
  readonly check: string;
  readonly before?: string;
  readonly statement: string;
  readonly leadsTo: string;
  /** What the fix says to write, or what its buttons do. */
  readonly rewritten?: string;
  /** Done instead of the actions, where they are to be tried and not kept. */
  readonly instead?: string;
  readonly better: (examined: Examined) => number;
}

const time = ({attribution}: Examined): number => attribution.executionMs ?? 0;

const worstEstimate = ({attribution}: Examined): number =>
  Math.max(...attribution.numbers.map(({execution}) => execution?.estimate?.factor ?? 1));

const cases: readonly Case[] = [
  {
    major: 14,
    check: 'estimate-error',
    statement:
      'SELECT count(v.note) FROM places p JOIN visits v ON v.place_id = p.id WHERE p.city = 22 AND p.region = 11',
    leadsTo:
      'CREATE STATISTICS places_city_region_stats (dependencies, mcv) ON city, region FROM public.places',
    better: worstEstimate,
  },
  {
    major: 16,
    check: 'estimate-error',
    before: `CREATE TABLE pairs AS SELECT i % 300 AS a, (i % 300) * 7 AS b, i AS c FROM generate_series(1, 60000) AS i; ANALYZE pairs; SET work_mem = '64MB'`,
    statement:
      'SELECT count(*) FROM (SELECT a, b, max(c) AS c FROM pairs GROUP BY a, b) AS g JOIN places p ON p.id = g.c',
    leadsTo: 'CREATE STATISTICS pairs_a_b_stats (ndistinct) ON a, b FROM public.pairs',
    better: worstEstimate,
  },
  {
    major: 18,
    check: 'estimate-error',
    statement: `SELECT count(v.note) FROM places p JOIN visits v ON v.place_id = p.id WHERE p.id % 2 = 1`,
    leadsTo: 'CREATE STATISTICS places_expr_stats ON ((id % 2)) FROM public.places',
    better: worstEstimate,
  },
  {
    major: 15,
    check: 'stale-statistics',
    before: `CREATE TABLE fresh (id int, kind int) WITH (autovacuum_enabled = off); INSERT INTO fresh SELECT i, 1 FROM generate_series(1, 5000) AS i; ANALYZE fresh; INSERT INTO fresh SELECT i, 2 FROM generate_series(1, 40000) AS i; SELECT pg_sleep(1.2)`,
    statement: 'SELECT count(*) FROM fresh f JOIN visits v ON v.id = f.id WHERE f.kind = 2',
    leadsTo: '"kind":"analyze","table":{"schema":"public","name":"fresh"}',
    better: worstEstimate,
  },
  {
    major: 17,
    check: 'stale-statistics',
    before: `CREATE TABLE never (id int, kind int) WITH (autovacuum_enabled = off); INSERT INTO never SELECT i, i % 2 FROM generate_series(1, 40000) AS i; SELECT pg_sleep(1.2)`,
    statement: 'SELECT count(*) FROM never n JOIN visits v ON v.id = n.id WHERE n.kind = 1',
    leadsTo: '"kind":"analyze","table":{"schema":"public","name":"never"}',
    better: worstEstimate,
  },
  {
    major: 18,
    check: 'heap-fetches',
    before:
      'SET synchronous_commit = on; CREATE TABLE moving AS SELECT i AS id, i % 100 AS b FROM generate_series(1, 40000) AS i; ALTER TABLE moving SET (autovacuum_enabled = off); CREATE INDEX ON moving (id); ANALYZE moving; SET enable_seqscan = off; SET enable_bitmapscan = off',
    statement: 'SELECT count(id) FROM moving WHERE id < 20000',
    leadsTo: '"kind":"vacuum","table":{"schema":"public","name":"moving"}',
    better: blocks,
  },
  {
    major: 15,
    check: 'nested-loop-many',
    before:
      'SET enable_memoize = off; CREATE TABLE misled AS SELECT i AS id, i % 100 AS a, (i % 100) / 2 AS b, i % 100 + 1 AS c FROM generate_series(1, 200000) AS i; ANALYZE misled; ALTER TABLE misled SET (autovacuum_enabled = off)',
    statement:
      'SELECT count(v.note) FROM misled m JOIN visits v ON v.id = m.id % 50000 + 1 WHERE m.a < 10 AND m.b < 5 AND m.c < 11 AND m.a + 0 < 10 AND m.b + 0 < 5',
    leadsTo: 'enable_nestloop = off',
    instead: 'SET enable_nestloop = off',
    better: blocks,
  },
  {
    major: 16,
    check: 'join-filter-discards',
    before:
      'CREATE TABLE few AS SELECT i * 10 AS n FROM generate_series(1, 100) AS i; CREATE TABLE many AS SELECT i AS n, repeat($$x$$, 60) AS t FROM generate_series(1, 20000) AS i; ANALYZE few; ANALYZE many; SET work_mem = $$64MB$$',
    statement: 'SELECT count(t) FROM few f JOIN many m ON m.n >= f.n AND m.n < f.n + 2',
    leadsTo: 'CREATE INDEX many_n_idx ON public.many USING btree (n)',
    better: time,
  },
  {
    major: 14,
    check: 'or-blocks-index',
    statement:
      'SELECT count(*) FROM (SELECT * FROM places WHERE id < 400) AS p JOIN visits v ON v.place_id = p.id OR v.id = p.city + 1 WHERE v.note IS NOT NULL AND v.id < 10000',
    before: 'SET enable_bitmapscan = off',
    leadsTo: 'UNION',
    rewritten: `SELECT count(*) FROM (SELECT p.id, v.id FROM places p JOIN visits v ON v.place_id = p.id WHERE p.id < 400 AND v.id < 10000
      UNION SELECT p.id, v.id FROM places p JOIN visits v ON v.id = p.city + 1 WHERE p.id < 400 AND v.id < 10000) AS u`,
    better: time,
  },
  {
    major: 17,
    check: 'bitmap-and',
    before:
      'CREATE TABLE crossed AS SELECT i AS id, (i * 7919) % 10 AS a, (i * 10473) % 11 AS b, repeat($$x$$, 60) AS t FROM generate_series(1, 180000) AS i; CREATE INDEX ON crossed (a); CREATE INDEX ON crossed (b); VACUUM ANALYZE crossed; SET enable_seqscan = off; SET enable_indexscan = off',
    statement: 'SELECT t FROM crossed WHERE a = 7 AND b = 8',
    leadsTo: 'USING btree (',
    better: blocks,
  },
  {
    major: 18,
    check: 'covering-index',
    before:
      'SET synchronous_commit = on; CREATE TABLE ledger AS SELECT i AS id, (i * 7919) % 500 AS account, i % 977 AS amount, repeat($$x$$, 100) AS t FROM generate_series(1, 60000) AS i; CREATE INDEX ledger_account_idx ON ledger (account); VACUUM ANALYZE ledger',
    statement: 'SELECT sum(amount) FROM ledger WHERE account BETWEEN 10 AND 24',
    leadsTo: 'INCLUDE (amount)',
    better: blocks,
  },
  {
    major: 14,
    check: 'large-offset',
    statement: 'SELECT * FROM visits ORDER BY id LIMIT 10 OFFSET 50000',
    leadsTo: 'WHERE',
    rewritten: 'SELECT * FROM visits WHERE id > 50000 ORDER BY id LIMIT 10',
    better: blocks,
  },
  {
    major: 15,
    check: 'cte-scanned-often',
    statement:
      'WITH c AS MATERIALIZED (SELECT * FROM visits) SELECT (SELECT count(*) FROM c WHERE id = 7) + (SELECT count(*) FROM c WHERE id = 8)',
    leadsTo: 'NOT MATERIALIZED',
    rewritten:
      'WITH c AS NOT MATERIALIZED (SELECT * FROM visits) SELECT (SELECT count(*) FROM c WHERE id = 7) + (SELECT count(*) FROM c WHERE id = 8)',
    better: blocks,
  },
  {
    major: 16,
    check: 'subplan-per-row',
    statement:
      'SELECT p.id, (SELECT count(*) FROM visits v WHERE v.place_id = p.id) FROM places p WHERE p.id < 20000',
    leadsTo: 'GROUP BY',
    rewritten:
      'SELECT p.id, coalesce(c.n, 0) FROM places p LEFT JOIN (SELECT place_id, count(*) AS n FROM visits GROUP BY place_id) AS c ON c.place_id = p.id WHERE p.id < 20000',
    better: blocks,
  },
  {
    major: 17,
    check: 'partitions-not-pruned',
    before: `CREATE TABLE log (day date NOT NULL, n int) PARTITION BY RANGE (day); DO $$ BEGIN FOR m IN 0..11 LOOP EXECUTE format('CREATE TABLE log_%s PARTITION OF log FOR VALUES FROM (%L) TO (%L)', m, date '2024-01-01' + m * 30, date '2024-01-01' + (m + 1) * 30); END LOOP; END $$; INSERT INTO log SELECT date '2024-01-01' + i % 360, i FROM generate_series(1, 60000) AS i; ANALYZE log`,
    statement: `SELECT * FROM log WHERE to_char(day, 'YYYY-MM-DD') = '2024-03-01'`,
    leadsTo: 'Compare day itself',
    rewritten: `SELECT * FROM log WHERE day = '2024-03-01'`,
    better: blocks,
  },
  {
    major: 18,
    check: 'wide-rows',
    before: `CREATE TABLE docs AS SELECT i AS id, repeat(md5(i::text), 60) AS body FROM generate_series(1, 8000) AS i; ALTER TABLE docs ALTER body SET STORAGE PLAIN; ANALYZE docs; SET work_mem = '64MB'`,
    statement: 'SELECT id, body FROM docs',
    leadsTo: 'Select the columns',
    rewritten: 'SELECT id FROM docs',
    better: ({attribution}) => Number(attribution.plan.root.fields['Plan Width']),
  },
];

function done(actions: readonly FindingAction[], instead: string | undefined): readonly FindingAction[] {
  return instead === undefined ? actions : [{kind: 'show-sql', title: '', sql: instead}];
}

describe('what the finding says, done', () => {
  it.each(cases)('$check on $major: $statement', async each => {
    const {major, check, before: first = '', statement, leadsTo, rewritten, instead, better} = each;
    const session = on(major);
    for (const sql of first.includes('DO $$') ? [first] : first.split('; ')) value(await session.script(sql));
    const before = await examineFor(session, statement, check);
    const finding = findingOf(before, check);
    expect(JSON.stringify([finding.fix, finding.actions])).toContain(leadsTo);
    await follow(session, done(finding.actions, instead));
    if (finding.actions.some(({kind}) => kind === 'create-index')) value(await session.script('VACUUM'));
    const after = await examine(session, rewritten ?? statement);
    expect(checksOf(after)).not.toContain(check);
    expect(better(after)).toBeLessThan(better(before));
  });
});

interface NearMiss {
  readonly check: string;
  readonly before?: string;
  readonly statement: string;
  readonly why: string;
  /** What has to be in the plan for this to be a near miss. */
  readonly has: RegExp;
  /** Which share of the table's blocks has to be all-visible for that, within a tenth. */
  readonly visible?: 0 | 1;
}

const nearMisses: readonly NearMiss[] = [
  {
    check: 'covering-index',
    before: `SET synchronous_commit = on; CREATE TABLE bookings AS SELECT i AS id, (i * 7919) % 500 AS account, i % 977 AS amount, repeat('x', 100) AS t FROM generate_series(1, 60000) AS i; CREATE INDEX ON bookings (account); VACUUM ANALYZE bookings`,
    statement: 'SELECT count(t) FROM bookings WHERE account BETWEEN 10 AND 24',
    why: 'the column that the index does not have is wide',
    has: /"(Index|Bitmap Heap) Scan"/,
    visible: 1,
  },
  {
    check: 'covering-index',
    before: `SET synchronous_commit = on; CREATE TABLE in_order AS SELECT i AS id, i / 120 AS account, i % 977 AS amount, repeat('x', 100) AS t FROM generate_series(1, 60000) AS i; CREATE INDEX ON in_order (account); VACUUM ANALYZE in_order`,
    statement: 'SELECT sum(amount) FROM in_order WHERE account BETWEEN 10 AND 140',
    why: 'the rows lie beside each other',
    has: /"(Index|Bitmap Heap) Scan"/,
    visible: 1,
  },
  {
    check: 'covering-index',
    before: `CREATE TABLE unvacuumed WITH (autovacuum_enabled = off) AS SELECT i AS id, (i * 7919) % 500 AS account, i % 977 AS amount, repeat('x', 100) AS t FROM generate_series(1, 60000) AS i; CREATE INDEX ON unvacuumed (account); ANALYZE unvacuumed`,
    statement: 'SELECT sum(amount) FROM unvacuumed WHERE account BETWEEN 10 AND 24',
    why: 'no block of the table is all-visible',
    has: /"(Index|Bitmap Heap) Scan"/,
    visible: 0,
  },
  {
    check: 'wide-rows',
    before: `CREATE TABLE paragraphs AS SELECT i AS id, repeat(md5(i::text), 13) AS body FROM generate_series(1, 40000) AS i; ANALYZE paragraphs`,
    statement: 'SELECT id, body FROM paragraphs',
    why: 'many rows, none of them wide',
    has: /"Plan Width": 4\d\d,/,
  },
  {
    check: 'wide-rows',
    before: `CREATE TABLE pages AS SELECT i AS id, repeat(md5(i::text), 60) AS body FROM generate_series(1, 4000) AS i; ANALYZE pages`,
    statement: 'SELECT id, body FROM pages',
    why: 'wide rows, not many of them',
    has: /"Plan Width": 19\d\d,/,
  },
  {
    check: 'wide-rows',
    before: `CREATE TABLE verses AS SELECT i AS id, repeat(md5(i::text), 13) AS body FROM generate_series(1, 40000) AS i; ANALYZE verses`,
    statement: 'SELECT max(body) FROM (SELECT id, body FROM verses ORDER BY id DESC OFFSET 0) AS v',
    why: 'the sort carries many rows, none of them wide',
    has: /"Node Type": "Sort"/,
  },
  {
    check: 'stale-statistics',
    before: `CREATE TABLE grown (id int, kind int) WITH (autovacuum_enabled = off); INSERT INTO grown SELECT i, i % 5 FROM generate_series(1, 5000) AS i; ANALYZE grown; INSERT INTO grown SELECT i, i % 5 FROM generate_series(5001, 45000) AS i; SELECT pg_sleep(1.2)`,
    statement: 'SELECT count(v.note) FROM grown g JOIN visits v ON v.id = g.id WHERE g.kind < 4',
    why: 'the table grew ninefold, and the estimate is right nevertheless',
    has: /"Relation Name": "grown"/,
  },
  {
    check: 'stale-statistics',
    statement:
      'SELECT count(v.note) FROM places p JOIN visits v ON v.place_id = p.id WHERE p.city < 8 AND p.region < 4',
    why: 'the estimate is wrong by four times, and the statistics are new',
    has: /"Actual Rows": 16000/,
  },
  {
    check: 'nested-loop-many',
    before: 'SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_memoize = off',
    statement:
      'SELECT count(p.name), count(v.note) FROM places p JOIN visits v ON v.place_id = p.id WHERE p.id <= 15000',
    why: 'the planner knew how often it would look up',
    has: /"Actual Loops": 15000/,
  },
];

const good: readonly (readonly [statement: string, why: string])[] = [
  ['SELECT count(*) FROM places p JOIN visits v ON v.place_id = p.id', 'both tables are wanted whole'],
  ['SELECT * FROM places p JOIN visits v ON v.place_id = p.id WHERE p.id = 42', 'two lookups'],
  [
    'SELECT * FROM places p JOIN visits v ON v.place_id = p.id WHERE p.id < 100',
    'a hundred lookups by index',
  ],
  [
    'SELECT * FROM places p WHERE EXISTS (SELECT FROM visits v WHERE v.place_id = p.id) LIMIT 5',
    'it stops early',
  ],
  ['SELECT * FROM visits ORDER BY id LIMIT 10 OFFSET 20', 'the second page'],
  [
    'WITH c AS MATERIALIZED (SELECT * FROM visits WHERE id < 50) SELECT * FROM c, c AS d WHERE c.id = d.id',
    'a small WITH query',
  ],
  [
    'SELECT p.id, (SELECT max(v.id) FROM visits v WHERE v.place_id = p.id) FROM places p WHERE p.id < 50',
    'few subqueries',
  ],
  ['SELECT city, count(*) FROM places GROUP BY city', 'every row is wanted'],
  ['SELECT DISTINCT day FROM visits', 'every row is wanted'],
  [
    'SELECT p.city, count(*) FROM places p JOIN visits v ON v.place_id = p.id GROUP BY p.city',
    'every row is wanted',
  ],
  ['SELECT * FROM places p WHERE p.id IN (SELECT place_id FROM visits WHERE id < 20)', 'few lookups'],
  [`SELECT * FROM visits WHERE id = 5 UNION ALL SELECT * FROM visits WHERE id = 6`, 'two lookups'],
  ['SELECT 1', 'there is no table'],
  ['SELECT count(*) FROM generate_series(1, 1000)', 'the estimate of the function is right'],
];

describe('good plans', () => {
  it.each(good)('nothing about %s: %s', async statement => {
    const session = on(17);
    value(await session.script(`SET work_mem = '64MB'`));
    expect((await examine(session, statement)).findings).toEqual([]);
  });

  it.each(nearMisses)('not $check, $why: $statement', async ({before = '', statement, has, visible}) => {
    const session = on(17);
    for (const sql of ["SET work_mem = '64MB'", ...before.split('; ')]) value(await session.script(sql));
    const {attribution, facts, findings} = await examine(session, statement);
    expect(attribution.plan.source).toMatch(has);
    const {pages = 1, allVisiblePages = 0} = facts.tables[0] ?? {};
    if (visible !== undefined) expect(Math.abs(allVisiblePages / pages - visible)).toBeLessThan(0.1);
    expect(findings).toEqual([]);
  });

  it('reads no temporary files in them', async () => {
    const examined = await examine(on(17), 'SELECT count(*) FROM places');
    expect(counter(examined, 'tempRead', 'tempWritten')).toBe(0);
  });
});
