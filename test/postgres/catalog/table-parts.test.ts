import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Session} from '../../../src/core/session.ts';
import {listColumns} from '../../../src/postgres/catalog/columns.ts';
import {listConstraints, listPolicies, listTriggers} from '../../../src/postgres/catalog/constraints.ts';
import {listIndexes} from '../../../src/postgres/catalog/indexes.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {must, open} from './session.ts';

const setup = `
DO $$ BEGIN CREATE ROLE clerk_of_parts; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE SCHEMA shop;
SET search_path = shop;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY,
  gone int,
  customer int REFERENCES customers DEFERRABLE INITIALLY DEFERRED,
  price numeric(10,2) NOT NULL DEFAULT 1.5,
  gross numeric GENERATED ALWAYS AS (price * 2) STORED,
  mood mood DEFAULT 'ok',
  label text COLLATE "C",
  during int4range,
  PRIMARY KEY (id) INCLUDE (label),
  UNIQUE (label) DEFERRABLE,
  CONSTRAINT apart EXCLUDE USING gist (during WITH &&)
);
ALTER TABLE orders DROP COLUMN gone;
ALTER TABLE orders ADD CONSTRAINT dear CHECK (price > 1) NOT VALID;
COMMENT ON COLUMN orders.price IS 'without tax';
COMMENT ON CONSTRAINT dear ON orders IS 'not cheap';
CREATE INDEX by_mood ON orders (mood) WHERE mood IS NOT NULL;
COMMENT ON INDEX by_mood IS 'for the dashboard';
CREATE UNIQUE INDEX by_gross ON orders (lower(label), gross DESC NULLS LAST);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW WHEN (OLD.price <> NEW.price) EXECUTE FUNCTION touch();
CREATE TRIGGER asleep AFTER INSERT ON orders FOR EACH STATEMENT EXECUTE FUNCTION touch();
ALTER TABLE orders DISABLE TRIGGER asleep;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON orders FOR SELECT TO clerk_of_parts, postgres USING (customer = 1);
CREATE POLICY strict ON orders AS RESTRICTIVE WITH CHECK (price > 0);
INSERT INTO orders (price) SELECT 2 FROM generate_series(1, 100);
`;

describe.each(majors)('the parts of a table on PostgreSQL %d', major => {
  let database: TestDatabase;
  let db: Session;
  let orders: number;

  beforeAll(async () => {
    database = await createDatabase(major);
    await database.sql(setup);
    db = await open(database);
    const [row] = await database.sql(`SELECT 'shop.orders'::regclass::oid AS oid`);
    orders = Number(row?.['oid']);
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  it('lists columns with what fills them', async () => {
    const columns = must(await listColumns(db, orders));
    expect(columns).toEqual([
      {
        position: 1,
        name: 'id',
        type: 'bigint',
        nullable: false,
        fill: {kind: 'identity', always: true},
        inPrimaryKey: true,
      },
      {
        position: 3,
        name: 'customer',
        type: 'integer',
        nullable: true,
        fill: {kind: 'nothing'},
        inPrimaryKey: false,
      },
      {
        position: 4,
        name: 'price',
        type: 'numeric(10,2)',
        nullable: false,
        fill: {kind: 'default', expression: '1.5'},
        inPrimaryKey: false,
        comment: 'without tax',
      },
      {
        position: 5,
        name: 'gross',
        type: 'numeric',
        nullable: true,
        fill: {kind: 'generated', expression: expect.stringContaining('price * '), storage: 'stored'},
        inPrimaryKey: false,
      },
      {
        position: 6,
        name: 'mood',
        type: 'shop.mood',
        nullable: true,
        fill: {kind: 'default', expression: `'ok'::shop.mood`},
        inPrimaryKey: false,
      },
      {
        position: 7,
        name: 'label',
        type: 'text',
        nullable: true,
        fill: {kind: 'nothing'},
        // An INCLUDE column is stored with the key and no part of it.
        inPrimaryKey: false,
        collation: 'pg_catalog."C"',
      },
      {
        position: 8,
        name: 'during',
        type: 'int4range',
        nullable: true,
        fill: {kind: 'nothing'},
        inPrimaryKey: false,
      },
    ]);
  });

  if (major >= 18)
    it('tells virtual from stored', async () => {
      await database.sql('CREATE TABLE shop.v (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL)');
      const [row] = await database.sql(`SELECT 'shop.v'::regclass::oid AS oid`);
      expect(must(await listColumns(db, Number(row?.['oid'])))[1]?.fill).toEqual({
        kind: 'generated',
        expression: '(a + 1)',
        storage: 'virtual',
      });
    });

  it('lists indexes with what they are for', async () => {
    const indexes = must(await listIndexes(db, orders));
    expect(indexes).toMatchObject([
      {name: 'orders_pkey', purpose: {kind: 'constraint', type: 'primary-key', constraint: 'orders_pkey'}},
      {name: 'apart', method: 'gist', purpose: {kind: 'constraint', type: 'exclusion', constraint: 'apart'}},
      {
        name: 'by_gross',
        purpose: {kind: 'unique'},
        definition:
          'CREATE UNIQUE INDEX by_gross ON shop.orders USING btree (lower(label), gross DESC NULLS LAST)',
      },
      {
        name: 'by_mood',
        purpose: {kind: 'plain'},
        partial: true,
        comment: 'for the dashboard',
        state: 'valid',
      },
      {
        name: 'orders_label_key',
        purpose: {kind: 'constraint', type: 'unique', constraint: 'orders_label_key'},
        size: {kind: 'measured', bytes: 16384},
        partial: false,
      },
    ]);
  });

  it('counts scans, and says when the last one was from 16 on', async () => {
    await database.sql('SELECT pg_stat_reset()');
    const probe = await open(database);
    await probe.query('SET enable_seqscan = off');
    for (const _ of [1, 2, 3]) await probe.query('SELECT price FROM shop.orders WHERE id = 7');
    await probe.close();
    await expect
      .poll(async () => must(await listIndexes(db, orders))[0]?.use?.scans, {timeout: 20_000})
      .toBe(3);
    const use = must(await listIndexes(db, orders))[0]?.use;
    expect(use?.since).toBeInstanceOf(Date);
    expect(use?.lastScan instanceof Date).toBe(major >= 16);
    // The index carries price, so its three entries may have been read without a row.
    expect(use?.entriesRead).toBe(3);
    expect(use?.rowsFetched).toBeLessThanOrEqual(3);
  });

  it('names the foreign keys that an index supports, and the one that is the replica identity', async () => {
    await database.sql(`CREATE TABLE shop.two (a int, b int, PRIMARY KEY (a, b));
      CREATE TABLE shop.ref (x int, y int, z int NOT NULL, CONSTRAINT both_fkey FOREIGN KEY (x, y) REFERENCES shop.two);
      CREATE INDEX yx ON shop.ref (y, x, z); CREATE INDEX zx ON shop.ref (z, x, y);
      CREATE INDEX part ON shop.ref (x, y) WHERE z > 0; CREATE INDEX block ON shop.ref USING brin (x, y);
      CREATE UNIQUE INDEX one ON shop.ref (z); ALTER TABLE shop.ref REPLICA IDENTITY USING INDEX one`);
    const [row] = await database.sql(`SELECT 'shop.ref'::regclass::oid AS oid`);
    const indexes = must(await listIndexes(db, Number(row?.['oid'])));
    expect(
      indexes.map(({name, foreignKeys, replicaIdentity}) => [name, foreignKeys, replicaIdentity]),
    ).toEqual([
      ['block', [], false],
      ['one', [], true],
      ['part', [], false],
      ['yx', ['both_fkey'], false],
      ['zx', [], false],
    ]);
  });

  it('tells an index that failed to build', async () => {
    await database.sql('CREATE TABLE shop.twice AS SELECT 1 AS a FROM generate_series(1, 2)');
    await expect(
      database.sql('CREATE UNIQUE INDEX CONCURRENTLY broken ON shop.twice (a)'),
    ).rejects.toMatchObject({code: '23505'});
    const [row] = await database.sql(`SELECT 'shop.twice'::regclass::oid AS oid`);
    expect(must(await listIndexes(db, Number(row?.['oid'])))).toMatchObject([
      {name: 'broken', state: 'not-ready'},
    ]);
  });

  it('gives the index of a partitioned table no scans of its own', async () => {
    await database.sql('CREATE TABLE shop.parts (a int PRIMARY KEY) PARTITION BY HASH (a)');
    const [row] = await database.sql(`SELECT 'shop.parts'::regclass::oid AS oid`);
    const [index] = must(await listIndexes(db, Number(row?.['oid'])));
    expect(index?.name).toBe('parts_pkey');
    expect(index).not.toHaveProperty('use');
  });

  it('lists constraints', async () => {
    const constraints = must(await listConstraints(db, orders)).filter(({kind}) => kind !== 'not-null');
    expect(constraints).toMatchObject([
      {kind: 'primary-key', name: 'orders_pkey', definition: 'PRIMARY KEY (id) INCLUDE (label)'},
      {kind: 'unique', name: 'orders_label_key', timing: 'deferrable'},
      {
        kind: 'foreign-key',
        name: 'orders_customer_fkey',
        timing: 'initially-deferred',
        references: {schema: 'shop', name: 'customers'},
        validated: true,
        enforced: true,
      },
      {kind: 'exclusion', name: 'apart'},
      {kind: 'check', name: 'dear', validated: false, comment: 'not cheap', timing: 'immediate'},
    ]);
  });

  if (major >= 18)
    it('lists what 18 added: NOT NULL by name, and NOT ENFORCED', async () => {
      await database.sql('ALTER TABLE shop.orders ADD CONSTRAINT lax CHECK (price < 5) NOT ENFORCED');
      const constraints = must(await listConstraints(db, orders));
      expect(constraints.find(({name}) => name === 'lax')).toMatchObject({enforced: false});
      expect(constraints.filter(({kind}) => kind === 'not-null').map(({name}) => name)).toEqual([
        'orders_id_not_null',
        'orders_price_not_null',
      ]);
    });

  it('lists triggers, not those behind foreign keys', async () => {
    const triggers = must(await listTriggers(db, orders));
    expect(triggers).toMatchObject([
      {name: 'asleep', fires: 'disabled'},
      {
        name: 'touched',
        fires: 'origin',
        definition: expect.stringContaining('WHEN ((old.price <> new.price)) EXECUTE FUNCTION shop.touch()'),
      },
    ]);
  });

  it('lists policies', async () => {
    const {rowSecurity, policies} = must(await listPolicies(db, orders));
    expect(rowSecurity).toBe('on');
    expect(policies).toMatchObject([
      {
        name: 'mine',
        command: 'select',
        permissive: true,
        roles: ['clerk_of_parts', 'postgres'],
        using: '(customer = 1)',
      },
      {
        name: 'strict',
        command: 'all',
        permissive: false,
        roles: ['public'],
        withCheck: expect.stringContaining('price > '),
      },
    ]);
    expect(policies[0]).not.toHaveProperty('withCheck');
  });

  it('knows a table without policies, and no table at all', async () => {
    const [row] = await database.sql(`SELECT 'shop.customers'::regclass::oid AS oid`);
    expect(must(await listPolicies(db, Number(row?.['oid'])))).toEqual({rowSecurity: 'off', policies: []});
    expect(must(await listColumns(db, 1))).toEqual([]);
    expect(must(await listIndexes(db, 1))).toEqual([]);
  });
});
