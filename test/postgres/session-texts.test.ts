import {afterEach, describe, expect, it} from 'vitest';
import type {Session} from '../../src/core/session.ts';
import {majors, type Major} from '../rig/servers.ts';
import {createDatabase} from '../rig/databases.ts';
import {failure, openFor, value} from '../rig/sessions.ts';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function open(major: Major): Promise<Session> {
  const made = await createDatabase(major, 'texts');
  cleanUps.push(() => made.drop());
  const session = await openFor(made);
  cleanUps.push(() => session.close());
  return session;
}

describe.each(majors)('texts of a session on PostgreSQL %i', major => {
  it('are those of the server, whatever the type: nothing is parsed', async () => {
    const session = await open(major);
    const columns = [
      ["'2024-02-29 12:00:00.123456'::timestamp", '2024-02-29 12:00:00.123456'],
      ["'infinity'::date", 'infinity'],
      ['9007199254740993::int8', '9007199254740993'],
      ['1.10::numeric', '1.10'],
      ['true', 't'],
      ['\'{"a": 1.0,  "b":9007199254740993}\'::json', '{"a": 1.0,  "b":9007199254740993}'],
      ['\'{1,NULL,"x y"}\'::text[]', '{1,NULL,"x y"}'],
      ["'\\xdeadBEEF'::bytea", '\\xdeadbeef'],
      ["interval '1 day 2 hours'", '1 day 02:00:00'],
      ["'é🐘'", 'é🐘'],
      ["''", ''],
    ] as const;
    for (const [expression, text] of columns) {
      expect(value(await session.texts(`SELECT ${expression}, 'other'`))).toEqual([text]);
      expect(value(await session.texts(`SELECT ${expression}, 'other'`, {params: []}))).toEqual([text]);
    }
  });

  it('are the first column of every row, without NULL', async () => {
    const session = await open(major);
    expect(value(await session.texts("VALUES ('a', 1), (NULL, 2), ('c', 3)"))).toEqual(['a', 'c']);
    expect(value(await session.texts('SELECT 1 WHERE false'))).toEqual([]);
    expect(value(await session.texts('SELECT'))).toEqual([]);
    expect(value(await session.texts('CREATE TABLE t ()'))).toEqual([]);
  });

  it('take values by the extended protocol, and leave placeholders alone without any', async () => {
    const session = await open(major);
    expect(value(await session.texts('SELECT $1::int + 1', {params: ['41']}))).toEqual(['42']);
    expect(value(await session.texts('SELECT $1::text IS NULL', {params: [null]}))).toEqual(['t']);
    expect(failure(await session.texts('SELECT $1::int', {params: []})).server?.sqlState).toBe('08P01');
    expect(failure(await session.texts('SELECT $1::int')).server?.sqlState).toBe('42P02');
  });

  it('refuse several statements where values are given', async () => {
    const session = await open(major);
    const several = 'CREATE TABLE a (); CREATE TABLE b ()';
    expect(failure(await session.texts(several, {params: []})).server?.sqlState).toBe('42601');
    expect(value(await session.texts("SELECT count(*) FROM pg_class WHERE relname IN ('a', 'b')"))).toEqual([
      '0',
    ]);
  });

  it('say where they fail, are cancelled on the server, and leave the session usable', async () => {
    const session = await open(major);
    for (const options of [{}, {params: []}]) {
      expect(failure(await session.texts('SELECT é FROM pg_class', options)).server).toMatchObject({
        sqlState: '42703',
        position: 8,
      });
      const stop = new AbortController();
      const running = session.texts('SELECT pg_sleep(30)', options, stop.signal);
      setTimeout(() => stop.abort(), 50);
      expect(failure(await running)).toMatchObject({reason: 'cancelled', server: {sqlState: '57014'}});
      expect(value(await session.texts('SELECT 1', options))).toEqual(['1']);
    }
  });

  it('keep their turn', async () => {
    const session = await open(major);
    const results = await Promise.all([
      session.texts("SELECT 'a', pg_sleep(0.05)"),
      session.query('SELECT 1 AS one'),
      session.texts('SELECT $1::text', {params: ['c']}),
    ]);
    expect(results.map(result => result.ok && result.value)).toEqual([
      ['a'],
      expect.objectContaining({rows: [{one: 1}]}),
      ['c'],
    ]);
  });
});
