import {Client} from 'pg';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {assess} from '../../../../src/core/health/assess.ts';
import type {HealthFinding} from '../../../../src/core/health/finding.ts';
import type {Reading} from '../../../../src/core/health/parts.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {dropWithRoles, makeRoles, readAs, type Who} from '../slow/roles.ts';

/** 10 MB each, all in the cache. */
const table = (
  name: string,
): string => `CREATE TABLE ${name} (id int PRIMARY KEY, customer_id int NOT NULL, note text NOT NULL)
  WITH (autovacuum_enabled = off);
INSERT INTO ${name} SELECT g, hashint4(g) & 8191, repeat('x', 60) FROM generate_series(1, 100000) g;`;

const fixture = `CREATE EXTENSION pg_stat_statements;
${['orders', 'computed', 'summed', 'seldom', 'indexed'].map(table).join('\n')}
CREATE INDEX indexed_customer ON indexed (customer_id, id);
CREATE TABLE small (id int PRIMARY KEY, customer_id int); INSERT INTO small SELECT g, g FROM generate_series(1, 1000) g;`;

/** Each so often that a day of it is worth a word: ten million rows. */
const work: readonly (readonly [times: number, sql: string])[] = [
  [105, 'SELECT id, note FROM orders WHERE customer_id = $1'],
  [105, 'SELECT id FROM computed WHERE customer_id + 0 = $1'],
  [105, 'SELECT sum(id + $1::int) FROM summed WHERE id > 0'],
  [20, 'SELECT id FROM seldom WHERE customer_id = $1'],
  [200, 'SELECT id FROM indexed WHERE customer_id = $1'],
  [200, 'SELECT id FROM small WHERE customer_id = $1'],
];

async function run(url: string): Promise<void> {
  const client = new Client({connectionString: url});
  await client.connect();
  await client.query('SET max_parallel_workers_per_gather = 0');
  for (const [times, sql] of work)
    for (let time = 1; time <= times; time += 1) await client.query(sql, [time]);
  await client.end();
}

/** A day later by the server's clock, with the same counters. */
function aDayLater(reading: Reading): Reading {
  const {server} = reading;
  if (server?.kind !== 'seen') expect.fail('the server was not read');
  return {...reading, server: {...server, value: {...server.value, now: server.value.now + 86_400_000}}};
}

async function toldIn(reading: Reading): Promise<readonly HealthFinding[]> {
  return (await assess(reading)).findings.filter(({check}) => check === 'seq-scans-want-index');
}

describe.each([14, 18] as const)('sequential scans of PostgreSQL %i', major => {
  let database: TestDatabase;
  let reading: Reading;
  const read = (who: Who): Promise<Reading> => readAs(database, who, ['indexes', 'statements']);

  beforeAll(async () => {
    database = await createDatabase(major, 'seq_scans');
    await makeRoles(database);
    await database.sql(fixture);
    await database.sql('VACUUM ANALYZE');
    await run(database.url);
    do reading = await read('superuser');
    while (!isThere(reading));
    // A database without a reset counts since the server began, which the other tests share.
    const since = reading.server?.kind === 'seen' ? reading.server.value.now : 0;
    reading = {...reading, ...beginning(reading, since)};
  });
  afterAll(() => dropWithRoles(database));

  it('names the statement, and the columns where they are certain', async () => {
    const told = await toldIn(aDayLater(reading));
    expect(told.map(({subject, severity}) => [subject?.kind === 'table' && subject.name, severity])).toEqual(
      expect.arrayContaining([
        ['orders', 'warning'],
        ['computed', 'warning'],
      ]),
    );
    expect(told).toHaveLength(2);
    const of = (name: string): HealthFinding | undefined => told.find(({what}) => what.startsWith(name));
    expect(of('orders')?.why).toContain('“SELECT id, note FROM orders WHERE customer_id = $1”');
    expect(of('orders')?.actions.map(({kind}) => kind)).toEqual(['migration', 'explain']);
    expect(of('computed')?.actions.map(({kind}) => kind)).toEqual(['explain']);
  });

  it('says nothing while the counters are young', async () => {
    expect(await toldIn(reading)).toEqual([]);
  });

  it('leaves the statement to pg_stat_statements where that is not read', async () => {
    const {statements: _, ...without} = aDayLater(reading);
    const told = await toldIn(without);
    // Whether the whole is wanted nobody knows then.
    expect(told.map(({what}) => what.split(' ', 1).join('')).toSorted()).toEqual([
      'computed',
      'orders',
      'summed',
    ]);
    expect(told.every(({severity, actions}) => severity === 'information' && actions.length === 0)).toBe(
      true,
    );
  });

  it('offers an index that ends the scans', async () => {
    const [orders] = (await toldIn(aDayLater(reading))).filter(({what}) => what.startsWith('orders'));
    const [action] = orders?.actions ?? [];
    if (action?.kind !== 'migration') expect.fail('there is no migration');
    for (const {up} of action.migrations) await database.sql(up);
    const plan = await database.sql('EXPLAIN SELECT id, note FROM orders WHERE customer_id = 5');
    expect(JSON.stringify(plan)).toMatch(/Index/);
    for (const {down} of action.migrations.toReversed()) await database.sql(down);
    expect(await database.sql(`SELECT FROM pg_index WHERE indrelid = 'orders'::regclass`)).toHaveLength(1);
  });

  it.each(['monitor', 'ordinary'] as const)('does not fail as %s', async who => {
    const other = await read(who);
    expect(other.indexes).toMatchObject({kind: 'seen'});
    const since = other.server?.kind === 'seen' ? other.server.value.now : 0;
    const told = await toldIn(aDayLater({...other, ...beginning(other, since)}));
    expect(told.map(({subject}) => subject?.kind === 'table' && subject.name)).toContain('orders');
  });
});

function beginning({indexes}: Reading, since: number): Reading {
  return indexes?.kind === 'seen' ? {indexes: {...indexes, value: {...indexes.value, since}}} : {};
}

/** The collector of 14 is up to half a second behind. */
function isThere({indexes}: Reading): boolean {
  if (indexes?.kind !== 'seen') return false;
  const scans = indexes.value.tables.map(({name, seqRows}) => [name, seqRows] as const);
  return (
    scans.some(([name, rows]) => name === 'summed' && rows >= 10_500_000) &&
    scans.some(([name, rows]) => name === 'small' && rows >= 200_000)
  );
}
