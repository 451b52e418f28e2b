import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {CatalogFacts, TableFacts} from '../../../src/core/explain/facts.ts';
import type {Session} from '../../../src/core/session.ts';
import {readPlanFacts} from '../../../src/postgres/explain/facts.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {failure, openFor, value} from '../../rig/sessions.ts';

const schema = `
CREATE SCHEMA shop;
CREATE SCHEMA "odd Schema";
CREATE TABLE shop.orders (id int PRIMARY KEY, customer_id int NOT NULL, status varchar(10), email text, total numeric);
CREATE TABLE shop.items (id int PRIMARY KEY, order_id int CONSTRAINT items_order REFERENCES shop.orders, n int);
CREATE TABLE shop.payments (id int PRIMARY KEY, order_id int CONSTRAINT payments_order REFERENCES shop.orders);
CREATE INDEX ON shop.payments (order_id);
CREATE TABLE "odd Schema"."Odd ""Table" (a int);
CREATE INDEX orders_both ON shop.orders (customer_id, total DESC) INCLUDE (status);
CREATE INDEX orders_lower ON shop.orders (lower(email)) WHERE status = 'open';
CREATE STATISTICS shop.orders_stats (ndistinct, mcv) ON customer_id, status FROM shop.orders;
ALTER TABLE shop.orders ALTER customer_id SET STATISTICS 500;
INSERT INTO shop.orders SELECT i, i % 10, 'open', 'e' || i, i FROM generate_series(1, 1000) AS i;
ANALYZE shop.orders;
CREATE TABLE shop.log (day date NOT NULL, n int) PARTITION BY RANGE (day, (n + 1));
CREATE TABLE shop.log_a PARTITION OF shop.log FOR VALUES FROM ('2024-01-01', 0) TO ('2025-01-01', 0) PARTITION BY LIST (n);
CREATE TABLE shop.log_a_1 PARTITION OF shop.log_a FOR VALUES IN (1);
INSERT INTO shop.log SELECT '2024-06-01', 1 FROM generate_series(1, 100);
ANALYZE shop.log;
CREATE MATERIALIZED VIEW shop.totals AS SELECT 1 AS n;
CREATE VIEW shop.seen AS SELECT 1 AS n;`;

describe.each(majors)('facts of PostgreSQL %i', major => {
  let database: TestDatabase;
  let session: Session;
  let facts: CatalogFacts;

  beforeAll(async () => {
    database = await createDatabase(major, 'facts');
    await database.sql(schema);
    session = await openFor(database);
    facts = value(
      await readPlanFacts(session, {
        relations: ['orders', 'log_a_1', 'totals', 'seen', 'missing'].map(name => ({schema: 'shop', name})),
        constraints: ['items_order', 'payments_order', 'orders_pkey', 'none'],
      }),
    );
  });

  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  const table = (name: string): TableFacts => {
    const found = facts.tables.find(each => each.name === name);
    if (!found) expect.fail(`no facts on ${name}`);
    return found;
  };

  it('tells the server, its clock and its settings', () => {
    expect(Math.floor(facts.serverVersion / 10_000)).toBe(major);
    expect(Math.abs(facts.now - Date.now())).toBeLessThan(60_000);
    expect(facts.settings).toMatchObject({work_mem: '4MB', hash_mem_multiplier: major === 14 ? '1' : '2'});
  });

  it('finds tables, the partitioned tables above, and those that refer to them', () => {
    expect(facts.tables.map(({name}) => name).toSorted()).toEqual(
      ['items', 'log', 'log_a', 'log_a_1', 'orders', 'payments', 'totals'].toSorted(),
    );
    expect(table('log_a_1').partitionOf).toEqual({schema: 'shop', name: 'log'});
    expect(table('log')).toMatchObject({
      kind: 'partitioned-table',
      partitionKey: ['day'],
      rows: 100,
      pages: 1,
    });
    expect(table('orders').partitionOf).toBeUndefined();
    expect(table('totals').kind).toBe('materialized-view');
  });

  it('tells indexes with their keys', () => {
    expect(table('orders')).toMatchObject({rows: 1000, kind: 'table'});
    expect(table('orders').indexes).toMatchObject([
      {
        name: 'orders_both',
        method: 'btree',
        unique: false,
        valid: true,
        keys: [
          {column: 'customer_id', descending: false},
          {column: 'total', descending: true},
        ],
        include: ['status'],
      },
      {
        name: 'orders_lower',
        keys: [{expression: 'lower(email)', descending: false}],
        predicate: `((status)::text = 'open'::text)`,
        definition: expect.stringContaining('ON shop.orders'),
      },
      {name: 'orders_pkey', unique: true},
    ]);
    expect(table('orders').indexes[0]).not.toHaveProperty('predicate');
    expect(table('orders').namesTaken).toContain('orders_both');
  });

  it('tells columns with their statistics, and extended statistics', () => {
    const [id, customer, status] = table('orders').columns;
    expect(id).toMatchObject({
      name: 'id',
      type: 'integer',
      notNull: true,
      statistics: {distinct: -1, width: 4},
    });
    expect(id).not.toHaveProperty('statisticsTarget');
    expect(customer).toMatchObject({statisticsTarget: 500, statistics: {distinct: 10}});
    expect(status).toMatchObject({type: 'character varying(10)', notNull: false});
    expect(table('orders').extendedStatistics).toEqual([
      {name: 'orders_stats', columns: ['customer_id', 'status'], kinds: ['ndistinct', 'mcv']},
    ]);
  });

  it('tells whether the referencing side of a foreign key has an index', () => {
    expect(facts.foreignKeys).toMatchObject([
      {
        constraint: 'items_order',
        table: {schema: 'shop', name: 'items'},
        columns: ['order_id'],
        references: {schema: 'shop', name: 'orders'},
        referencedColumns: ['id'],
        indexed: false,
      },
      {constraint: 'payments_order', indexed: true},
    ]);
  });

  it('looks along the search path where a plan names no schema, and takes odd names', async () => {
    const asked = {
      relations: [
        {schema: null, name: 'orders'},
        {schema: 'odd Schema', name: 'Odd "Table'},
      ],
      constraints: [],
    };
    const names = async (): Promise<readonly string[]> =>
      value(await readPlanFacts(session, asked)).tables.map(each => each.name);
    expect(await names()).toEqual(['Odd "Table']);
    value(await session.script('SET search_path = nowhere, shop'));
    expect((await names()).toSorted()).toEqual(['Odd "Table', 'orders']);
    value(await session.script('RESET search_path'));
  });

  it('needs no rights on the tables, and then has no statistics of columns', async () => {
    const role = `nobody_${process.pid}_${major}`;
    await database.sql(`CREATE ROLE ${role}`);
    value(await session.script(`SET ROLE ${role}`));
    const {tables} = value(
      await readPlanFacts(session, {relations: [{schema: 'shop', name: 'orders'}], constraints: []}),
    );
    expect(tables[0]?.indexes).toHaveLength(3);
    expect(tables[0]?.columns.every(({statistics}) => statistics === undefined)).toBe(true);
    value(await session.script('RESET ROLE'));
    await database.sql(`DROP ROLE ${role}`);
  });

  it('does not wait for a lock', async () => {
    const other = await openFor(database);
    value(await other.script('BEGIN; LOCK TABLE shop.orders IN ACCESS EXCLUSIVE MODE'));
    const begun = Date.now();
    const {tables} = value(
      await readPlanFacts(session, {relations: [{schema: 'shop', name: 'orders'}], constraints: []}),
    );
    expect(Date.now() - begun).toBeLessThan(1000);
    expect(tables[0]).toMatchObject({rows: 1000, indexes: [{definition: ''}, {predicate: ''}, {}]});
    await other.close();
  });

  it('asks for nothing where the plan has no table, and stops when it is told to', async () => {
    expect(value(await readPlanFacts(session, {relations: [], constraints: []}))).toMatchObject({
      tables: [],
      foreignKeys: [],
    });
    const stopped = await readPlanFacts(session, {relations: [], constraints: []}, AbortSignal.abort());
    expect(failure(stopped).reason).toBe('cancelled');
  });
});
