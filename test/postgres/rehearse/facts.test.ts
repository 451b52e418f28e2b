import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Session} from '../../../src/core/session.ts';
import {LiveFacts} from '../../../src/postgres/rehearse/facts.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {failure, openFor, value} from '../../rig/sessions.ts';

describe.each(majors)('on %i', major => {
  let database: TestDatabase;
  let session: Session;
  beforeAll(async () => {
    database = await createDatabase(major);
    await database.sql(`
      CREATE TABLE orders (id int PRIMARY KEY, note text);
      CREATE TABLE "Odd ""T" (id int);
      CREATE TABLE events (id int) PARTITION BY LIST (id);
      CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
      CREATE TABLE events_2 PARTITION OF events FOR VALUES IN (2);
      INSERT INTO orders SELECT g, repeat('x', 100) FROM generate_series(1, 10000) AS g;
      INSERT INTO events SELECT 1 + g % 2 FROM generate_series(1, 1000) AS g;
      ANALYZE orders, events_1, events_2`);
    session = await openFor(database);
  });
  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  it('reads sizes with indexes, and of a partitioned table with its partitions', async () => {
    const names = [
      'public.orders',
      'public.events',
      'public."Odd ""T"',
      'public.orders_pkey',
      'public.nowhere',
    ];
    const facts = value(await new LiveFacts(session).read(names));
    const [sizes] = await database.sql(
      `SELECT pg_total_relation_size('orders')::int AS orders,
        (pg_total_relation_size('events_1') + pg_total_relation_size('events_2'))::int AS events,
        pg_relation_size('orders_pkey')::int AS key`,
    );
    expect(facts.get('public.orders')).toMatchObject({bytes: sizes?.['orders'], rows: 10_000});
    expect(facts.get('public.events')).toMatchObject({bytes: sizes?.['events'], rows: 1000});
    expect(facts.get('public.orders_pkey')).toEqual({bytes: sizes?.['key']});
    expect(facts.get('public."Odd ""T"')).toMatchObject({bytes: 0});
    expect(facts.has('public.nowhere')).toBe(false);
    expect(session.transactionStatus()).toBe('idle');
  });

  it('counts writes between two looks', async () => {
    // What was written before must not arrive in between.
    await expect
      .poll(() => number("SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'orders'"), {
        timeout: 20_000,
      })
      .toBe(10_000);
    const facts = new LiveFacts(session);
    await new Promise(resolve => setTimeout(resolve, 300));
    await database.sql('UPDATE orders SET id = id + 100000 WHERE id <= 2000');
    // The server tells its statistics with a delay; two looks within 2 s say nothing.
    await new Promise(resolve => setTimeout(resolve, 2000));
    await expect
      .poll(() => number("SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'orders'"), {
        timeout: 20_000,
      })
      .toBeGreaterThanOrEqual(2000);
    const orders = value(await facts.read(['public.orders'])).get('public.orders');
    const {writesPerSecond = 0, writesOver = 0} = orders ?? {};
    expect(Math.round(writesPerSecond * writesOver)).toBe(2000);
    expect(facts.notes()[0]).toMatch(/^Writes per second are an average over the last [\d.]+ s\.$/);
  });

  async function number(sql: string): Promise<number> {
    const [row = {}] = value(await session.query(sql)).rows;
    return Number(Object.values(row)[0]);
  }

  it('counts since the statistics were reset where there was no time', async () => {
    await database.sql('SELECT pg_stat_reset()');
    const facts = value(await new LiveFacts(session).read(['public.orders']));
    expect(facts.get('public.orders')?.writesOver).toBeGreaterThan(0);
  });

  it('does not wait for a table that somebody has locked', async () => {
    const other = await openFor(database);
    value(await other.script('BEGIN; LOCK TABLE orders'));
    const facts = new LiveFacts(session);
    expect(failure(await facts.read(['public.orders'])).reason).toBe('locked');
    expect(facts.notes().join()).toContain('Sizes and traffic on the target are not known');
    await other.close();
  });
});
