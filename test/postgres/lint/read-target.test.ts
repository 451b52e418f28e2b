import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Relation} from '../../../src/core/lint/model/schema.ts';
import type {QualifiedName} from '../../../src/core/sql/objects.ts';
import type {Session} from '../../../src/core/session.ts';
import {readTarget, type ReadTarget} from '../../../src/postgres/lint/read-target.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';

const setup = `
CREATE SCHEMA shop;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE shop.size AS ENUM ('s', 'm');
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(40) NOT NULL, mood mood, size shop.size);
CREATE TABLE orders (id serial PRIMARY KEY, customer_id bigint, total numeric(8, 2) DEFAULT 0, code text,
  twice numeric GENERATED ALWAYS AS (total * 2) STORED,
  CONSTRAINT total_positive CHECK (total > 0), CONSTRAINT code_once UNIQUE (code) INCLUDE (total));
ALTER TABLE orders ADD CONSTRAINT customer FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
ALTER TABLE orders ADD CONSTRAINT code_set CHECK (code IS NOT NULL) NOT VALID;
CREATE INDEX by_lower ON orders (lower(code), total) WHERE total > 10;
CREATE INDEX by_hash ON orders USING hash (code);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON orders USING (true);
CREATE TABLE events (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE shop.events_20 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE VIEW order_codes AS SELECT o.code, c.name FROM orders o JOIN customers c ON c.id = o.customer_id;
CREATE MATERIALIZED VIEW totals AS SELECT total FROM orders;
CREATE UNLOGGED TABLE "Odd ""T" (a int CHECK (a > 0 AND a < 7 OR (a = 1)));
CREATE TEMPORARY TABLE passing (a int);
CREATE TABLE shop.orders (other int);
INSERT INTO customers (name) SELECT 'c' FROM generate_series(1, 5000);
INSERT INTO orders (customer_id, total, code) SELECT g, g, g FROM generate_series(1, 5000) AS g;
ANALYZE customers, orders`;

describe.each(majors)('on %i', major => {
  let database: TestDatabase;
  let session: Session;
  let target: ReadTarget;
  beforeAll(async () => {
    database = await createDatabase(major);
    await database.sql(setup);
    await database.sql('CREATE INDEX CONCURRENTLY by_total ON orders ((1 / (total - 1)))').catch(() => {});
    session = await openFor(database);
    target = value(await readTarget(session, {name: 'staging', now: 7}));
  });
  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  it('says what it is', () => {
    expect(target).toMatchObject({name: 'staging', readAt: 7, major});
  });

  it('has columns as a history has them', () => {
    expect([...relation('customers').columns.values()]).toEqual([
      {name: 'id', type: 'bigint', notNull: true, identity: 'always'},
      {name: 'name', type: 'character varying(40)', notNull: true},
      {name: 'mood', type: 'mood', notNull: false},
      {name: 'size', type: 'shop.size', notNull: false},
    ]);
    expect([...relation('orders').columns.values()]).toEqual([
      {name: 'id', type: 'integer', notNull: true, default: "nextval('public.orders_id_seq'::regclass)"},
      {name: 'customer_id', type: 'bigint', notNull: false},
      {name: 'total', type: 'numeric(8,2)', notNull: false, default: '0'},
      {name: 'code', type: 'text', notNull: false},
      {
        name: 'twice',
        type: 'numeric',
        notNull: false,
        generated: 'stored',
        expression: 'total * (2)::numeric',
      },
    ]);
  });

  it('has constraints, and whether they are valid', () => {
    const constraints = [...relation('orders').constraints.values()].filter(({kind}) => kind !== 'not null');
    expect(constraints).toEqual([
      {name: 'code_once', kind: 'unique', columns: ['code'], valid: true},
      {name: 'code_set', kind: 'check', columns: ['code'], valid: false, expression: 'code IS NOT NULL'},
      {
        name: 'customer',
        kind: 'foreign key',
        columns: ['customer_id'],
        valid: false,
        references: {relation: {schema: 'public', name: 'customers'}, columns: ['id']},
      },
      {name: 'orders_pkey', kind: 'primary key', columns: ['id'], valid: true},
      {
        name: 'total_positive',
        kind: 'check',
        columns: ['total'],
        valid: true,
        expression: 'total > (0)::numeric',
      },
    ]);
    const checks = [...relation('Odd "T').constraints.values()].map(({expression}) => expression);
    expect(checks).toEqual(['((a > 0) AND (a < 7)) OR (a = 1)']);
  });

  it('has indexes, a failed one among them', () => {
    const plain = {schema: 'public', include: [], unique: false, method: 'btree'};
    expect([...relation('orders').indexes.values()]).toEqual([
      {...plain, name: 'by_hash', keys: ['code'], method: 'hash'},
      {...plain, name: 'by_lower', keys: ['(lower(code))', 'total'], where: 'total > (10)::numeric'},
      {...plain, name: 'by_total', keys: ['(1::numeric / (total - 1::numeric))'], valid: false},
      {
        ...plain,
        name: 'code_once',
        keys: ['code'],
        include: ['total'],
        unique: true,
        constraint: 'code_once',
      },
      {...plain, name: 'orders_pkey', keys: ['id'], unique: true, constraint: 'orders_pkey'},
    ]);
  });

  it('has triggers, policies, partitions, and what views read', () => {
    expect(relation('orders')).toMatchObject({triggers: ['touched'], policies: ['mine'], rowSecurity: true});
    expect(relation('events')).toMatchObject({
      kind: 'partitioned table',
      partitionBy: {strategy: 'range', keys: ['at']},
      partitions: [
        {schema: 'shop', name: 'events_20'},
        {schema: 'public', name: 'events_rest'},
      ],
    });
    const partitionOf = {schema: 'public', name: 'events'};
    expect(relation('events_20', 'shop')).toMatchObject({partitionOf, isDefaultPartition: false});
    expect(relation('events_rest')).toMatchObject({partitionOf, isDefaultPartition: true});
    expect(relation('order_codes')).toMatchObject({
      kind: 'view',
      reads: [
        {schema: 'public', name: 'customers'},
        {schema: 'public', name: 'orders'},
      ],
    });
    expect(relation('totals')).toMatchObject({kind: 'materialized view'});
    expect(relation('Odd "T')).toMatchObject({kind: 'table', unlogged: true});
  });

  it('looks names up along search_path, and has neither catalogs nor what is temporary', () => {
    expect(relation('orders').schema).toBe('public');
    for (const name of ['passing', 'pg_class', 'nowhere', 'events_20'])
      expect(target.relation({name})).toBeUndefined();
    expect(target.facts({name: 'nowhere'})).toBeUndefined();
  });

  it('has sizes', async () => {
    const [size] = await database.sql("SELECT pg_total_relation_size('orders')::int AS bytes");
    expect(target.facts({name: 'orders'})).toMatchObject({bytes: size?.['bytes'], rows: 5000});
    const [heap] = await database.sql("SELECT pg_relation_size('orders')::int AS bytes");
    expect(target.facts({name: 'orders'})?.heap).toBe(heap?.['bytes']);
    const parts = "SELECT sum(pg_relation_size(relid))::int AS bytes FROM pg_partition_tree('events')";
    const [whole] = await database.sql(parts);
    expect(target.facts({name: 'events'})?.heap).toBe(whole?.['bytes']);
  });

  // The statement is tried on all versions where rehearsals use it.
  it.runIf(major === 18)('counts what is written between two readings', async () => {
    const first = value(await readTarget(session, {name: 'staging', now: 7}));
    await new Promise(resolve => setTimeout(resolve, 2100));
    await database.sql('UPDATE orders SET total = total + 1');
    await new Promise(resolve => setTimeout(resolve, 1200));
    const later = value(await readTarget(session, {name: 'staging', now: 8, previous: first}));
    const {writesPerSecond = 0, writesOver = 0} = later.facts({name: 'orders'}) ?? {};
    expect(Math.round(writesPerSecond * writesOver)).toBe(5000);
  });

  it('waits for nobody, and sees how long a transaction is open', async () => {
    const other = await openFor(database);
    value(await other.script('BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE'));
    const began = performance.now();
    const during = value(await readTarget(session, {name: 'staging', now: 8}));
    expect(performance.now() - began).toBeLessThan(900);
    await other.close();
    expect(during.relation({name: 'orders'})?.columns.size).toBe(5);
    expect(during.facts({name: 'orders'})).toMatchObject({rows: 5000});
    expect(during.facts({name: 'orders'})?.bytes).toBeGreaterThan(100_000);
    expect(during.longestTransaction).toBeGreaterThanOrEqual(0);
    expect(target.longestTransaction).toBeUndefined();
  });

  it('serves a role without any privilege', async () => {
    const role = `reader_${process.pid}_${major}`;
    await database.sql(`CREATE ROLE ${role} LOGIN PASSWORD 'reader'`);
    const reader = await openFor(database, {user: role}, {password: 'reader'});
    const seen = value(await readTarget(reader, {name: 'staging', now: 7}));
    await reader.close();
    await database.sql(`DROP ROLE ${role}`);
    expect(seen.relation({name: 'orders'})).toEqual(target.relation({name: 'orders'}));
    expect(seen.facts({name: 'orders'})?.bytes).toBeGreaterThan(100_000);
  });

  function relation(name: string, schema?: string): Relation {
    const asked: QualifiedName = schema === undefined ? {name} : {schema, name};
    const found = target.relation(asked);
    if (!found) expect.fail(`no ${name}`);
    return found;
  }
});
