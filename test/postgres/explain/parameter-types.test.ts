import {afterAll, describe, expect, it} from 'vitest';
import {offsetOfPosition} from '../../../src/core/sql/positions.ts';
import {openSession} from '../../../src/postgres/connect.ts';
import {parameterTypes} from '../../../src/postgres/explain/parameter-types.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {startPooler} from '../../rig/pgbouncer.ts';
import {majors, type Major} from '../../rig/servers.ts';
import {failure, openFor, openOptions, settingsFor, value} from '../../rig/sessions.ts';

const schema = `
  CREATE TYPE "Mood" AS ENUM ('good', 'bad');
  CREATE TABLE "Orders" (id bigint, placed timestamptz, mood "Mood", tags varchar(10)[], price numeric(9, 2));`;

const shared = new Map<Major, Promise<TestDatabase>>();

function database(major: Major): Promise<TestDatabase> {
  const known =
    shared.get(major) ??
    createDatabase(major, 'types').then(async made => {
      await made.sql(schema);
      return made;
    });
  shared.set(major, known);
  return known;
}

afterAll(async () => {
  for (const made of shared.values()) await (await made).drop();
});

describe.each(majors)('the types of parameters on PostgreSQL %i', major => {
  it.each<[string, readonly string[]]>([
    ['SELECT 1', []],
    ['SELECT * FROM "Orders" WHERE id = $1 AND placed > $2', ['bigint', 'timestamp with time zone']],
    [
      'SELECT * FROM "Orders" WHERE mood = $2 AND price = $1 AND tags && $3',
      ['numeric', '"Mood"', 'character varying[]'],
    ],
    ['INSERT INTO "Orders" (mood, id) VALUES ($1, $2) RETURNING $3', ['"Mood"', 'bigint', 'text']],
    ['DELETE FROM "Orders" WHERE id = ANY ($1)', ['bigint[]']],
    ['CREATE TABLE copy (a) AS SELECT $1::date WITH NO DATA', ['date']],
    ['CREATE MATERIALIZED VIEW m AS SELECT 1 AS a WHERE $1', ['boolean']],
    ['SELECT * FROM "Orders" LIMIT $1', ['bigint']],
    ['SELECT /* $7 */ $$ $8 $$, $1::inet -- $9', ['inet']],
    // What the statement does not tell, beside what it does.
    ['SELECT $1 IS NULL', ['unknown']],
    [
      'SELECT * FROM "Orders" WHERE ($1 IS NULL OR id = $2) AND ($3 IS NULL OR mood = $4)',
      ['unknown', 'bigint', 'unknown', '"Mood"'],
    ],
    ['SELECT $1 IS NULL, $2 || $3::text', ['unknown', 'text', 'text']],
    ['SELECT $3::date', ['unknown', 'unknown', 'date']],
    ['SELECT 1 WHERE $1 IS NULL OR 5 = $1', ['unknown']],
    ['SELECT $1 IS NULL, $70000::int', expect.objectContaining({length: 65_535})],
  ])('of %j are %j', async (sql, types) => {
    const session = await openFor(await database(major));
    expect(value(await parameterTypes(session, sql))).toEqual(types);
    expect(session.transactionStatus()).toBe('idle');
    expect(value(await session.query('SELECT * FROM pg_prepared_statements')).rows).toEqual([]);
    await session.close();
  });

  it.each([
    ['SELECT é🐘 FROM "Orders" WHERE id = $1', '42703', 'é🐘'],
    ['CREATE TABLE "🐘" AS SELECT $1::int FROM nowhere', '42P01', 'nowhere'],
    ['SELECT $1; SELECT 2', '42601', undefined],
    ['TRUNCATE "Orders"', '42601', 'TRUNCATE'],
  ])('of %j: fails with %s at %j', async (sql, sqlState, word) => {
    const session = await openFor(await database(major));
    const {server} = failure(await parameterTypes(session, sql));
    expect(server?.sqlState).toBe(sqlState);
    const {position} = server ?? {};
    expect(position && offsetOfPosition(sql, position)).toBe(word && sql.indexOf(word));
    expect(session.transactionStatus()).toBe('idle');
    expect(value(await session.query('SELECT * FROM pg_prepared_statements')).rows).toEqual([]);
    await session.close();
  });

  it('come through PgBouncer in transaction mode, which keeps nothing', async () => {
    const made = await database(major);
    const pooler = await startPooler(made.port, {mode: 'transaction', settings: ['server_round_robin = 1']});
    const session = value(await openSession(settingsFor({port: pooler.port, name: made.name}), openOptions));
    expect(value(await parameterTypes(session, 'SELECT $1::date, $2 IS NULL'))).toEqual(['date', 'unknown']);
    failure(await parameterTypes(session, 'SELECT nothing'));
    expect(value(await session.query('SELECT * FROM pg_prepared_statements')).rows).toEqual([]);
    await session.close();
    await pooler.stop();
  });
});
