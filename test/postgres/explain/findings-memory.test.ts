import {describe, expect, it} from 'vitest';
import {majors, type Major} from '../../rig/servers.ts';
import {value} from '../../rig/sessions.ts';
import {
  checksOf,
  counter,
  endsWithTheFile,
  examine,
  examineFor,
  findingOf,
  follow,
  sessionsOn,
} from './findings-rig.ts';

endsWithTheFile();

/** 100,000 events in no order of their columns. */
const events = `
CREATE TABLE events (id int PRIMARY KEY, a int NOT NULL, b int NOT NULL, payload text NOT NULL);
INSERT INTO events SELECT i, (i * 7919) % 100000, (i * 10473) % 50000, repeat('p', 20 + i % 60)
  FROM generate_series(1, 100000) AS i;
CREATE INDEX events_b_idx ON events (b);
CREATE INDEX events_part_idx ON events ((id / 40000));
VACUUM ANALYZE events;
`;

const on = sessionsOn(majors, events);

interface Case {
  readonly check: string;
  readonly statement: string;
  readonly settings?: string;
  readonly only?: readonly Major[];
}

const cases: readonly Case[] = [
  {check: 'disk-sort', statement: 'SELECT * FROM events ORDER BY a'},
  {
    check: 'disk-sort',
    statement: 'SELECT a, b FROM events ORDER BY payload, a',
    settings: `SET work_mem = '512kB'`,
  },
  {
    check: 'disk-sort',
    statement: 'SELECT id / 40000, a, payload FROM events ORDER BY id / 40000, a',
    settings: `SET work_mem = '1MB'; SET enable_seqscan = off`,
    only: [14, 16, 18],
  },
  {
    check: 'hash-batches',
    statement: 'SELECT count(*), max(y.payload) FROM events x JOIN events y ON y.a = x.id',
    settings: `SET work_mem = '1MB'; SET enable_mergejoin = off`,
  },
  {
    check: 'hash-aggregate-spill',
    statement: 'SELECT b, count(*), sum(a) FROM events GROUP BY b',
    settings: `SET work_mem = '512kB'; SET enable_sort = off; SET enable_indexscan = off`,
  },
  {
    check: 'hash-aggregate-spill',
    statement: 'SELECT payload, a, avg(b), min(id), max(id) FROM events GROUP BY payload, a',
    settings: `SET work_mem = '1MB'; SET enable_sort = off`,
  },
  {
    check: 'lossy-bitmap',
    statement: 'SELECT count(payload) FROM events WHERE b BETWEEN 0 AND 1500',
    settings: `SET work_mem = '64kB'; SET enable_indexscan = off; SET enable_seqscan = off`,
  },
  {
    check: 'temp-files',
    statement: `WITH e AS MATERIALIZED (SELECT * FROM events) SELECT count(*) FROM e`,
    settings: `SET work_mem = '1MB'`,
  },
  {
    check: 'temp-files',
    statement: 'SELECT max(n), max(payload) FROM (SELECT count(*) OVER () AS n, payload FROM events) AS w',
    settings: `SET work_mem = '1MB'`,
  },
];

const everywhere = cases.flatMap(each => (each.only ?? majors).map(major => ({...each, major})));

describe('with the memory that the finding names', () => {
  it.each(everywhere)('$check on $major: $statement', async ({major, check, statement, settings = ''}) => {
    const session = on(major);
    value(await session.script(settings));
    const before = await examineFor(session, statement, check);
    const finding = findingOf(before, check);
    expect(finding.confidence).not.toBe('possible');
    await follow(session, finding.actions);
    const after = await examine(session, statement);
    expect(checksOf(after)).not.toContain(check);
    const kind = check === 'lossy-bitmap' ? 'sharedHit' : 'tempWritten';
    if (kind === 'tempWritten') expect(counter(after, kind)).toBe(0);
    else expect(after.attribution.plan.source).toMatch(/"Lossy Heap Blocks": 0/);
  });

  it.each(majors)('asks for no more than several times what a sort on %i then takes', async major => {
    const session = on(major);
    const sql = 'SELECT * FROM events ORDER BY a';
    const finding = findingOf(await examine(session, sql), 'disk-sort');
    await follow(session, finding.actions);
    const after = await examine(session, sql);
    const used = Number(after.attribution.plan.root.fields['Sort Space Used']);
    const asked = Number(/SET work_mem = '(\d+)MB'/.exec(JSON.stringify(finding.actions))?.[1]) * 1024;
    expect(asked / used).toBeLessThan(3);
  });
});

const good: readonly (readonly [statement: string, settings?: string])[] = [
  ['SELECT a, b FROM events ORDER BY a', `SET work_mem = '64MB'`],
  ['SELECT count(*) FROM events x JOIN events y ON y.a = x.id', `SET work_mem = '64MB'`],
  ['SELECT b, count(*) FROM events GROUP BY b', `SET work_mem = '64MB'`],
  ['SELECT count(payload) FROM events WHERE b BETWEEN 0 AND 1500', 'SET enable_indexscan = off'],
  ['WITH e AS MATERIALIZED (SELECT id FROM events WHERE id < 1000) SELECT count(*) FROM e'],
];

describe('with enough memory', () => {
  it.each(good.map(([statement, settings = '']) => ({statement, settings})))(
    'nothing about $statement',
    async ({statement, settings}) => {
      const session = on(15);
      value(await session.script(settings));
      const found = checksOf(await examine(session, statement));
      expect(found.filter(check => cases.some(each => each.check === check))).toEqual([]);
    },
  );
});
