import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Cell} from '../../../src/core/catalog/rows.ts';
import type {Session} from '../../../src/core/session.ts';
import {countRows, firstRows} from '../../../src/postgres/catalog/rows.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {must, open} from './session.ts';

const setup = `
CREATE SCHEMA "My ""shop""";
SET search_path = "My ""shop""";
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE pair AS (a int, b text);
CREATE TABLE kinds (n numeric, big bigint, t text, j jsonb, by bytea, arr text[], m mood, p pair, r int4range, v bool,
  at timestamptz, i interval, x xml, "it's ""odd""" int, uuid uuid, box box, none text);
INSERT INTO kinds VALUES (1.50, 9223372036854775807, 'a' || chr(10) || 'b', '{"a": 1}', '\\x00ff', '{a,NULL}', 'ok', '(1,x)',
  '[1,5)', true, '2024-01-02 03:04:05Z', '1 day', '<a/>', 7, '00000000-0000-0000-0000-000000000001', '(1,1),(0,0)', NULL);
CREATE TABLE long (t text, by bytea, j text[]);
INSERT INTO long VALUES (repeat('é😀', 30), decode(repeat('ab', 100), 'hex'), ARRAY[repeat('x', 500)]), ('12345', '\\x0102030405', '{}');
CREATE TABLE many AS SELECT i FROM generate_series(1, 250) AS i;
CREATE TABLE bare (); INSERT INTO bare DEFAULT VALUES;
CREATE FUNCTION sneaky() RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO "My ""shop""".many VALUES (0); RETURN 1; END';
CREATE VIEW trap AS SELECT sneaky() AS x;
`;

const schema = 'My "shop"';
const texts = (cells: readonly Cell[] | undefined) => cells?.map(cell => cell && cell.text);

describe.each(majors)('rows on PostgreSQL %d', major => {
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

  async function oid(table: string): Promise<number> {
    const [row] = await database.sql(`SELECT '"My ""shop""".${table}'::regclass::oid AS oid`);
    return Number(row?.['oid']);
  }

  it('counts exactly, without statistics', async () => {
    expect(must(await countRows(db, {schema, name: 'many'}))).toBe(250n);
    expect(db.transactionStatus()).toBe('idle');
  });

  it('shows a value of any type as its text', async () => {
    const {columns, rows, more} = must(await firstRows(db, await oid('kinds')));
    expect(columns[0]).toEqual({name: 'n', type: 'numeric'});
    expect(columns[6]).toEqual({name: 'm', type: '"My ""shop""".mood'});
    expect(more).toBe(false);
    expect(texts(rows[0])).toEqual([
      '1.50',
      '9223372036854775807',
      'a\nb',
      '{"a": 1}',
      String.raw`\x00ff`,
      '{a,NULL}',
      'ok',
      '(1,x)',
      '[1,5)',
      'true',
      '2024-01-02 03:04:05+00',
      '1 day',
      '<a/>',
      '7',
      '00000000-0000-0000-0000-000000000001',
      '(1,1),(0,0)',
      null,
    ]);
  });

  it('lets the server cut long values, by characters', async () => {
    const {rows} = must(await firstRows(db, await oid('long'), {longest: 5}));
    expect(rows).toEqual([
      [
        {text: 'é😀é😀é', cut: true},
        {text: String.raw`\xababababab`, cut: true},
        {text: '{xxxx', cut: true},
      ],
      [
        {text: '12345', cut: false},
        {text: String.raw`\x0102030405`, cut: false},
        {text: '{}', cut: false},
      ],
    ]);
  });

  it('stops at the limit and says that there is more', async () => {
    const {rows, more} = must(await firstRows(db, await oid('many')));
    expect([rows.length, more]).toEqual([100, true]);
    const all = must(await firstRows(db, await oid('many'), {limit: 250}));
    expect([all.rows.length, all.more]).toEqual([250, false]);
  });

  it('shows a table without columns', async () => {
    expect(must(await firstRows(db, await oid('bare')))).toEqual({
      columns: [],
      rows: [[]],
      more: false,
      hidden: [],
    });
  });

  it('writes nothing, even where a view would', async () => {
    const outcome = await firstRows(db, await oid('trap'));
    expect(outcome).toMatchObject({ok: false, failure: {server: {sqlState: '25006'}}});
    expect(db.transactionStatus()).toBe('idle');
    expect(must(await countRows(db, {schema, name: 'many'}))).toBe(250n);
  });

  it('is cancelled on the server, and the session goes on', async () => {
    await database.sql(
      `CREATE VIEW "My ""shop""".slow AS SELECT i FROM generate_series(1, 300) AS i WHERE pg_sleep(0.1)::text = ''`,
    );
    const abort = new AbortController();
    const counting = countRows(db, {schema, name: 'slow'}, {signal: abort.signal});
    setTimeout(() => abort.abort(), 200);
    expect(await counting).toMatchObject({ok: false, failure: {reason: 'cancelled'}});
    expect(db.transactionStatus()).toBe('idle');
    expect(must(await countRows(db, {schema, name: 'many'}))).toBe(250n);
  });

  it.each(['gone', `o"; DROP TABLE many; --`])('fails plainly for %s', async name => {
    expect(await countRows(db, {schema, name})).toMatchObject({
      ok: false,
      failure: {reason: 'sql', server: {sqlState: '42P01'}},
    });
    expect(await firstRows(db, 1)).toMatchObject({ok: false, failure: {reason: 'invalid-input'}});
    expect(db.transactionStatus()).toBe('idle');
  });
});
