import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {RelationKind} from '../../../src/core/catalog/relation.ts';
import type {Session} from '../../../src/core/session.ts';
import {listColumns} from '../../../src/postgres/catalog/columns.ts';
import {listConstraints, listPolicies, listTriggers} from '../../../src/postgres/catalog/constraints.ts';
import {readDefinition} from '../../../src/postgres/catalog/definition.ts';
import {findRelations} from '../../../src/postgres/catalog/find.ts';
import {listIndexes} from '../../../src/postgres/catalog/indexes.ts';
import {listPartitions, listRelations} from '../../../src/postgres/catalog/relations.ts';
import {listFunctions} from '../../../src/postgres/catalog/routines.ts';
import {countRows, firstRows} from '../../../src/postgres/catalog/rows.ts';
import {listExtensions, listSchemas} from '../../../src/postgres/catalog/schemas.ts';
import {listSequences} from '../../../src/postgres/catalog/sequences.ts';
import {listTypes} from '../../../src/postgres/catalog/types.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {must, open} from './session.ts';

const setup = `
DO $$ BEGIN CREATE ROLE catalog_guest LOGIN PASSWORD 'guest'; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$;
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id serial PRIMARY KEY, secret text, note text DEFAULT lower('X'), CHECK (id > 0));
CREATE INDEX by_note ON shop.orders (lower(note)) WHERE note <> '';
INSERT INTO shop.orders (secret) SELECT 's' FROM generate_series(1, 2000); ANALYZE shop.orders;
ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON shop.orders USING (id > 10);
CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE INSERT ON shop.orders FOR EACH ROW WHEN (NEW.id > 1) EXECUTE FUNCTION shop.touch();
CREATE TABLE shop.events (at date) PARTITION BY RANGE (at);
CREATE TABLE shop.events_2024 PARTITION OF shop.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE shop.events_rest PARTITION OF shop.events DEFAULT;
CREATE TABLE shop.quiet (a int);
CREATE SEQUENCE shop.ticket; SELECT nextval('shop.ticket');
CREATE VIEW shop.notes AS SELECT note FROM shop.orders;
CREATE TYPE shop.mood AS ENUM ('ok');
`;

const kinds: readonly RelationKind[] = ['table', 'partitioned-table', 'view'];

describe.each(majors)('what a session may not see or reach on PostgreSQL %d', major => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase(major);
    await database.sql(setup);
  });
  afterAll(() => database.drop());

  async function oid(name: string): Promise<number> {
    const [row] = await database.sql(`SELECT '${name}'::regclass::oid AS oid`);
    return Number(row?.['oid']);
  }

  describe('an ordinary role without rights, on a read-only session', () => {
    let guest: Session;
    let orders: number;

    beforeAll(async () => {
      guest = await open(database, {user: 'catalog_guest', password: 'guest', readOnly: true});
      orders = await oid('shop.orders');
    });
    afterAll(() => guest.close());

    it('sees the tree', async () => {
      const schemas = must(await listSchemas(guest));
      expect(schemas.map(({name, usable}) => [name, usable])).toEqual([
        ['public', true],
        ['shop', false],
      ]);
      const {items} = must(await listRelations(guest, 'shop', {kinds, limit: 10}));
      expect(items.map(({name}) => name)).toEqual(['events', 'notes', 'orders', 'quiet']);
      expect(items[2]).toMatchObject({rows: {kind: 'estimated', rows: 2000}, size: {kind: 'measured'}});
      expect(must(await listFunctions(guest, 'shop', {limit: 10})).items).toHaveLength(1);
      expect(must(await listTypes(guest, 'shop', {limit: 10})).items).toHaveLength(1);
      expect(must(await listExtensions(guest))).toHaveLength(1);
      expect(must(await findRelations(guest, 'orders', {limit: 10}))).toHaveLength(2);
    });

    it('sees a table’s parts and definition', async () => {
      expect(must(await listColumns(guest, orders))).toHaveLength(3);
      expect(must(await listIndexes(guest, orders))).toHaveLength(2);
      expect(must(await listConstraints(guest, orders)).length).toBeGreaterThanOrEqual(2);
      expect(must(await listTriggers(guest, orders))).toHaveLength(1);
      expect(must(await listPolicies(guest, orders)).policies).toHaveLength(1);
      const text = must(await readDefinition(guest, {kind: 'relation', oid: orders}));
      expect(text).toContain('CREATE TABLE shop.orders');
    });

    it('is told that a sequence’s value is not for it', async () => {
      const {items} = must(await listSequences(guest, 'shop', {limit: 10}));
      expect(items.map(({lastValue}) => lastValue.kind)).toEqual(['not-visible', 'not-visible']);
    });

    it('is refused rows, and shown the columns it was granted', async () => {
      expect(await countRows(guest, {schema: 'shop', name: 'orders'})).toMatchObject({
        ok: false,
        failure: {server: {sqlState: '42501'}},
      });
      await database.sql(
        `GRANT USAGE ON SCHEMA shop TO catalog_guest; GRANT SELECT (id, note) ON shop.orders TO catalog_guest`,
      );
      const rows = must(await firstRows(guest, orders, {limit: 3}));
      await database.sql(
        `REVOKE USAGE ON SCHEMA shop FROM catalog_guest; REVOKE SELECT (id, note) ON shop.orders FROM catalog_guest`,
      );
      expect(rows.columns.map(({name}) => name)).toEqual(['id', 'note']);
      expect(rows.hidden).toEqual(['secret']);
      // Row security applies: the policy begins at 11.
      expect(rows.rows[0]?.[0]).toEqual({text: '11', cut: false});
    });
  });

  describe('while another session holds ACCESS EXCLUSIVE', () => {
    let holder: Session;
    let db: Session;

    beforeAll(async () => {
      db = await open(database);
      holder = await open(database);
      must(await holder.query('BEGIN'));
      must(
        await holder.query(
          'LOCK TABLE shop.orders, ONLY shop.events, shop.events_2024 IN ACCESS EXCLUSIVE MODE',
        ),
      );
      must(await holder.query('ALTER SEQUENCE shop.ticket INCREMENT 2'));
    });
    afterAll(async () => {
      await holder.query('ROLLBACK');
      await holder.close();
      await db.close();
    });

    it('lists all the same: estimates where it is locked, measures elsewhere', async () => {
      const {items} = must(await listRelations(db, 'shop', {kinds, limit: 10}));
      const sizes = items.flatMap(item => ('size' in item ? [[item.name, item.size.kind]] : []));
      expect(sizes).toEqual([
        ['events', 'estimated'],
        ['orders', 'estimated'],
        ['quiet', 'measured'],
      ]);
      const orders = items.find(({name}) => name === 'orders');
      // 2,000 rows take some pages, and ANALYZE has counted them.
      expect(orders && 'size' in orders && orders.size.bytes).toBeGreaterThan(8192);
    });

    it('lists partitions, without the bound of a locked one', async () => {
      const {items} = must(await listPartitions(db, await oid('shop.events'), {limit: 10}));
      expect(items.map(item => [item.name, 'bound' in item ? item.bound : ''])).toEqual([
        ['events_2024', ''],
        ['events_rest', 'DEFAULT'],
      ]);
    });

    it('lists sequences, without the value of a locked one', async () => {
      const {items} = must(await listSequences(db, 'shop', {limit: 10}));
      expect(items.map(({name, lastValue}) => [name, lastValue.kind])).toEqual([
        ['orders_id_seq', 'used'],
        ['ticket', 'not-visible'],
      ]);
    });

    it.each([
      ['columns', (orders: number) => listColumns(db, orders, {lockTimeout: 100})],
      ['indexes', (orders: number) => listIndexes(db, orders, {lockTimeout: 100})],
      ['policies', (orders: number) => listPolicies(db, orders, {lockTimeout: 100})],
      [
        'the definition',
        (orders: number) => readDefinition(db, {kind: 'relation', oid: orders}, {lockTimeout: 100}),
      ],
      ['a count', () => countRows(db, {schema: 'shop', name: 'orders'}, {lockTimeout: 100})],
    ])('does not hang on %s, and says that it is locked', async (_what, read) => {
      const outcome = await read(await oid('shop.orders'));
      expect(outcome).toMatchObject({ok: false, failure: {reason: 'locked', server: {sqlState: '55P03'}}});
      expect(db.transactionStatus()).toBe('idle');
    });

    it('leaves the session’s own settings alone', async () => {
      must(await listRelations(db, 'shop', {kinds, limit: 10}));
      const settings = must(
        await db.query(
          `SELECT current_setting('search_path') AS path, current_setting('lock_timeout') AS lock`,
        ),
      );
      expect(settings.rows).toEqual([{path: '"$user", public', lock: '0'}]);
    });
  });

  it('says that what was dropped is gone', async () => {
    const db = await open(database);
    const outcomes = await Promise.all(
      (
        [
          'relation',
          'routine',
          'type',
          'index',
          'constraint',
          'trigger',
          'policy',
          'extension',
          'schema',
        ] as const
      ).map(kind => readDefinition(db, {kind, oid: 4_000_000_000})),
    );
    await db.close();
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ok: false, failure: {reason: 'invalid-input'}});
  });
});
