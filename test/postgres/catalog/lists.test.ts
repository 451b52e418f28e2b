import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {formatBytes} from '../../../src/core/catalog/format.ts';
import type {PageKey} from '../../../src/core/catalog/page.ts';
import type {RelationKind} from '../../../src/core/catalog/relation.ts';
import type {Session} from '../../../src/core/session.ts';
import {findRelations} from '../../../src/postgres/catalog/find.ts';
import {listPartitions, listRelations} from '../../../src/postgres/catalog/relations.ts';
import {listFunctions} from '../../../src/postgres/catalog/routines.ts';
import {listExtensions, listSchemas} from '../../../src/postgres/catalog/schemas.ts';
import {listSequences} from '../../../src/postgres/catalog/sequences.ts';
import {listTypes} from '../../../src/postgres/catalog/types.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {must, open} from './session.ts';

const setup = `
CREATE EXTENSION hstore;
CREATE SCHEMA shop;
CREATE SCHEMA "Odd ""schema";
COMMENT ON SCHEMA shop IS 'it''s the shop';
SET search_path = shop, public;
CREATE TYPE mood AS ENUM ('sad', 'ok'); ALTER TYPE mood ADD VALUE 'so-so' BEFORE 'ok';
CREATE DOMAIN price AS numeric(10,2) NOT NULL CHECK (VALUE >= 0) CONSTRAINT even CHECK (VALUE % 2 = 0);
CREATE TYPE point3 AS (x float8, "Y y" numeric(4,1));
CREATE TYPE span AS RANGE (subtype = float8);
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
COMMENT ON TABLE customers IS 'who buys';
CREATE TABLE empty_log (line text);
CREATE UNLOGGED TABLE cache (k text, v text);
CREATE TABLE old_log () INHERITS (empty_log);
CREATE TABLE events (at date NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (what);
CREATE TABLE events_2025_a PARTITION OF events_2025 FOR VALUES IN ('a');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
INSERT INTO customers (name) SELECT 'c' || i FROM generate_series(1, 5000) AS i;
INSERT INTO events SELECT '2024-03-01', 'x' FROM generate_series(1, 700);
INSERT INTO events SELECT '2025-03-01', 'a' FROM generate_series(1, 300);
ANALYZE customers; ANALYZE events_2024; ANALYZE events_2025_a;
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
ALTER TABLE cache ENABLE ROW LEVEL SECURITY; ALTER TABLE cache FORCE ROW LEVEL SECURITY;
CREATE VIEW buyers AS SELECT id FROM customers;
CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM customers WITH NO DATA;
CREATE FOREIGN DATA WRAPPER dummy; CREATE SERVER elsewhere FOREIGN DATA WRAPPER dummy;
CREATE FOREIGN TABLE remote (id int) SERVER elsewhere;
CREATE SEQUENCE ticket AS smallint INCREMENT 5 START 10 MINVALUE 5 MAXVALUE 300 CYCLE; SELECT nextval('ticket');
CREATE TABLE numbered (n serial);
CREATE FUNCTION add(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE FUNCTION add(a text, OUT b text) LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT a';
CREATE PROCEDURE tidy() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
`;

describe.each(majors)('the lists of the tree on PostgreSQL %d', major => {
  let database: TestDatabase;
  let db: Session;

  beforeAll(async () => {
    database = await createDatabase(major);
    await database.sql(setup);
    db = await open(database);
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  it('counts what each schema of users holds', async () => {
    const schemas = must(await listSchemas(db));
    expect(schemas.map(({name, inSearchPath}) => [name, inSearchPath])).toEqual([
      ['public', true],
      ['Odd "schema', false],
      ['shop', false],
    ]);
    expect(schemas[2]).toMatchObject({owner: 'postgres', comment: "it's the shop", usable: true});
    expect(schemas[2]?.counts).toEqual({
      tables: 6,
      views: 1,
      materializedViews: 1,
      foreignTables: 1,
      sequences: 3,
      functions: 4,
      types: 4,
    });
    expect(schemas[0]?.counts).toMatchObject({functions: 0, types: 0, tables: 0});
  });

  it('lists the schemas of the search_path first', async () => {
    const other = await open(database, {parameters: {search_path: 'shop, public'}});
    const schemas = must(await listSchemas(other));
    await other.close();
    expect(schemas.map(({name}) => name)).toEqual(['shop', 'public', 'Odd "schema']);
  });

  it('lists extensions with the version that an update would give', async () => {
    const extensions = must(await listExtensions(db));
    const hstore = extensions.find(({name}) => name === 'hstore');
    expect(hstore?.schema).toBe('public');
    expect(hstore?.availableVersion).toBe(hstore?.version);
    expect(extensions.map(({name}) => name)).toEqual(['hstore', 'plpgsql']);
  });

  const tables: readonly RelationKind[] = ['table', 'partitioned-table'];

  it('lists tables with their facts, partitions left to their parent', async () => {
    const {items, next} = must(await listRelations(db, 'shop', {kinds: tables, limit: 50}));
    expect(next).toBeUndefined();
    expect(items).toMatchObject([
      {kind: 'table', name: 'cache', persistence: 'unlogged', rowSecurity: 'forced', hasPrimaryKey: false},
      {
        kind: 'table',
        name: 'customers',
        rows: {kind: 'estimated', rows: 5000},
        rowSecurity: 'on',
        hasPrimaryKey: true,
        comment: 'who buys',
        inherits: false,
      },
      {kind: 'table', name: 'empty_log', rows: {kind: 'unknown'}, size: {kind: 'measured', bytes: 8192}},
      {
        kind: 'partitioned-table',
        name: 'events',
        strategy: 'range',
        partitions: 3,
        rows: {kind: 'estimated', rows: 1000},
      },
      {kind: 'table', name: 'numbered'},
      {kind: 'table', name: 'old_log', inherits: true},
    ]);
  });

  it('measures what the server measures', async () => {
    const {items} = must(await listRelations(db, 'shop', {kinds: tables, limit: 50}));
    const [expected] = await database.sql(`SELECT pg_total_relation_size('shop.customers')::int AS customers,
      (SELECT sum(pg_total_relation_size(relid))::int FROM pg_partition_tree('shop.events')) AS events`);
    const sizes = items.filter(({name}) => ['customers', 'events'].includes(name));
    expect(sizes.map(item => 'size' in item && item.size)).toEqual([
      {kind: 'measured', bytes: expected?.['customers']},
      {kind: 'measured', bytes: expected?.['events']},
    ]);
    expect(formatBytes(Number(expected?.['customers']))).toMatch(/kB$/);
  });

  it('lists partitions with their bounds', async () => {
    const {items} = must(await listRelations(db, 'shop', {kinds: ['partitioned-table'], limit: 1}));
    const {items: parts} = must(await listPartitions(db, items[0]?.oid ?? 0, {limit: 10}));
    expect(parts).toMatchObject([
      {kind: 'table', name: 'events_2024', bound: "FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"},
      {kind: 'partitioned-table', name: 'events_2025', strategy: 'list', partitions: 1},
      {kind: 'table', name: 'events_rest', bound: 'DEFAULT', inherits: false},
    ]);
  });

  it.each<[RelationKind, object]>([
    ['view', {kind: 'view', name: 'buyers'}],
    ['materialized-view', {kind: 'materialized-view', name: 'totals', populated: false}],
    ['foreign-table', {kind: 'foreign-table', name: 'remote', server: 'elsewhere'}],
  ])('lists a %s', async (kind, expected) => {
    const {items} = must(await listRelations(db, 'shop', {kinds: [kind], limit: 50}));
    expect(items).toMatchObject([expected]);
  });

  it('pages without losing or repeating a name', async () => {
    const names: string[] = [];
    let after: PageKey | undefined;
    do {
      const page = must(
        await listRelations(db, 'shop', {kinds: tables, limit: 2, ...(after ? {after} : {})}),
      );
      expect(page.items.length).toBeLessThanOrEqual(2);
      names.push(...page.items.map(({name}) => name));
      after = page.next;
    } while (after);
    expect(names).toEqual(['cache', 'customers', 'empty_log', 'events', 'numbered', 'old_log']);
  });

  it.each([
    ['LOG', ['empty_log', 'old_log']],
    ['_l', ['empty_log', 'old_log']],
    ['y_', ['empty_log']],
    ['%', []],
    ['nothing', []],
  ])('filters by %s', async (filter, expected) => {
    const {items} = must(await listRelations(db, 'shop', {kinds: tables, limit: 50, filter}));
    expect(items.map(({name}) => name)).toEqual(expected);
  });

  it('lists functions by overload, page by page', async () => {
    const first = must(await listFunctions(db, 'shop', {limit: 1}));
    expect(first.items).toMatchObject([
      {
        kind: 'function',
        name: 'add',
        identityArguments: 'a integer, b integer',
        returns: 'integer',
        language: 'sql',
        volatility: 'immutable',
      },
    ]);
    const rest = must(
      await listFunctions(db, 'shop', {limit: 5, ...(first.next ? {after: first.next} : {})}),
    );
    expect(rest.items).toMatchObject([
      {name: 'add', returns: 'text', volatility: 'stable', securityDefiner: true},
      {kind: 'procedure', name: 'tidy'},
      {kind: 'aggregate', name: 'total', identityArguments: 'integer'},
    ]);
    expect(rest.items[1]).not.toHaveProperty('returns');
    expect(must(await listFunctions(db, 'public', {limit: 5})).items).toEqual([]);
  });

  it('lists types, each with what it is made of', async () => {
    const {items} = must(await listTypes(db, 'shop', {limit: 10}));
    expect(items).toMatchObject([
      {kind: 'enum', name: 'mood', labels: ['sad', 'so-so', 'ok']},
      {
        kind: 'composite',
        name: 'point3',
        attributes: [
          {name: 'x', type: 'double precision'},
          {name: 'Y y', type: 'numeric(4,1)'},
        ],
      },
      {
        kind: 'domain',
        name: 'price',
        base: 'numeric(10,2)',
        nullable: false,
        checks: ['even', 'price_check'],
      },
      {kind: 'range', name: 'span', subtype: 'double precision'},
    ]);
    const page = must(await listTypes(db, 'shop', {limit: 2}));
    expect(page.next?.name).toBe('point3');
  });

  it('lists sequences with their last value and owner', async () => {
    const {items} = must(await listSequences(db, 'shop', {limit: 10}));
    expect(items).toMatchObject([
      {
        name: 'customers_id_seq',
        type: 'bigint',
        max: '9223372036854775807',
        lastValue: {kind: 'used', value: '5000'},
        ownedBy: {table: 'customers', column: 'id', identity: true},
      },
      {
        name: 'numbered_n_seq',
        lastValue: {kind: 'unused'},
        ownedBy: {table: 'numbered', column: 'n', identity: false},
      },
      {name: 'ticket', type: 'smallint', start: '10', increment: '5', min: '5', max: '300', cycles: true},
    ]);
    expect(items[2]).not.toHaveProperty('ownedBy');
  });

  it.each([
    ['events', ['events', 'events_2024', 'events_2025', 'events_rest', 'events_2025_a']],
    ['LOG', ['old_log', 'empty_log']],
    ['add', ['add', 'add']],
    ['hstore', []],
    ['pg_class', []],
    ['', []],
    ['%', []],
  ])('finds %s in all schemas', async (text, expected) => {
    const found = must(await findRelations(db, text, {limit: 20}));
    expect(found.map(({name}) => name)).toEqual(expected);
  });

  it('says what it found', async () => {
    const found = must(await findRelations(db, 'ti', {limit: 20}));
    expect(found).toMatchObject([
      {kind: 'procedure', name: 'tidy', schema: 'shop', identityArguments: '', partition: false},
      {kind: 'sequence', name: 'ticket', schema: 'shop', partition: false},
    ]);
    expect(must(await findRelations(db, 'events', {limit: 2}))).toHaveLength(2);
  });
});
