import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Session} from '../../../src/core/session.ts';
import {pathToRelation, type NamedRelation} from '../../../src/postgres/catalog/path-to-relation.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {must, open} from './session.ts';

const setup = `
CREATE SCHEMA shop;
CREATE SCHEMA archive;
CREATE TABLE shop.orders (id int PRIMARY KEY);
CREATE TABLE archive.orders (id int PRIMARY KEY);
CREATE VIEW shop.recent AS SELECT id FROM shop.orders;
CREATE TABLE shop.events (at date, kind text) PARTITION BY RANGE (at);
CREATE TABLE shop.events_2024 PARTITION OF shop.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
  PARTITION BY LIST (kind);
CREATE TABLE archive.events_2024_click PARTITION OF shop.events_2024 FOR VALUES IN ('click');
CREATE INDEX events_at ON shop.events (at);
`;

describe.each(majors)('the way to a relation of a plan on PostgreSQL %d', major => {
  let database: TestDatabase;
  let session: Session;

  beforeAll(async () => {
    database = await createDatabase(major);
    await database.sql(setup);
    session = await open(database, {readOnly: true, parameters: {search_path: 'archive'}});
  });
  afterAll(async () => {
    await session?.close();
    await database?.drop();
  });

  const relation = (schema: string | null, name: string): NamedRelation => ({schema, name, kind: 'relation'});
  const index = (schema: string | null, name: string): NamedRelation => ({schema, name, kind: 'index'});

  it.each([
    ['a table', relation('shop', 'orders'), ['shop.orders table']],
    ['a table along the search path', relation(null, 'orders'), ['archive.orders table']],
    ['a view that is not on the search path', relation(null, 'recent'), ['shop.recent view']],
    ['a partitioned table', relation('shop', 'events'), ['shop.events partitioned-table']],
    [
      'a partition of a partition, in another schema',
      relation('archive', 'events_2024_click'),
      [
        'shop.events partitioned-table',
        'shop.events_2024 partitioned-table',
        'archive.events_2024_click table',
      ],
    ],
    ['an index by its table', index('shop', 'orders_pkey'), ['shop.orders table']],
    ['an index along the search path', index(null, 'orders_pkey'), ['archive.orders table']],
    ['the index of a partitioned table', index(null, 'events_at'), ['shop.events partitioned-table']],
    [
      'the index of a partition',
      index('archive', 'events_2024_click_at_idx'),
      [
        'shop.events partitioned-table',
        'shop.events_2024 partitioned-table',
        'archive.events_2024_click table',
      ],
    ],
    ['nothing for a name that is not there', relation('shop', 'nobody'), []],
    ['nothing for a table that is an index', relation('shop', 'orders_pkey'), []],
    ['nothing for a name with quotes in it', relation(`shop'"`, `orders'"`), []],
  ])('leads to %s', async (_, wanted, path) => {
    const found = must(await pathToRelation(session, wanted));
    expect(found.map(({schema, name, kind}) => `${schema}.${name} ${kind}`)).toEqual(path);
  });
});
