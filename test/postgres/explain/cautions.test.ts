import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Session} from '../../../src/core/session.ts';
import {cautionsFor} from '../../../src/postgres/explain/cautions.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';

const schema = (port: number, name: string): string => `
  CREATE TABLE orders (id int, note text);
  CREATE VIEW killing AS SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = -1;
  CREATE FUNCTION reloads() RETURNS boolean LANGUAGE sql AS 'SELECT pg_reload_conf()';
  CREATE FUNCTION resets() RETURNS int LANGUAGE plpgsql AS
    $$BEGIN PERFORM pg_catalog.pg_stat_reset (); RETURN 1; END$$;
  CREATE FUNCTION locks() RETURNS boolean LANGUAGE sql STRICT SECURITY DEFINER
    BEGIN ATOMIC SELECT pg_try_advisory_lock(1); END;
  CREATE FUNCTION harmless() RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN 'pg_reload_conf()'; END$$;
  CREATE EXTENSION postgres_fdw;
  CREATE SERVER self FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '${port}', dbname '${name}');
  CREATE USER MAPPING FOR postgres SERVER self OPTIONS (user 'postgres', password 'postgres');
  CREATE FOREIGN TABLE far (id int, note text) SERVER self OPTIONS (table_name 'orders');`;

describe.each(majors)('before a statement is executed on PostgreSQL %i', major => {
  let database: TestDatabase;
  let session: Session;

  beforeAll(async () => {
    database = await createDatabase(major, 'cautions');
    await database.sql(schema(database.port, database.name));
    session = await openFor(database);
  });

  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  it.each<[string, readonly string[]]>([
    ['SELECT * FROM orders WHERE id = $1', []],
    ["SELECT 'pg_reload_conf()', harmless(), count(*) FROM orders", []],
    [
      'SELECT * FROM killing',
      ['It ends other sessions (pg_terminate_backend), and ROLLBACK does not take that back.'],
    ],
    [
      'SELECT reloads() FROM orders',
      [
        'It makes the server read its configuration again (pg_reload_conf), and ROLLBACK does not take that back.',
      ],
    ],
    [
      'DELETE FROM orders WHERE id = resets()',
      ['Its function resets resets statistics (pg_stat_reset), and ROLLBACK does not take that back.'],
    ],
    [
      'SELECT locks()',
      [
        'Its function locks takes an advisory lock that outlasts the transaction (pg_try_advisory_lock), and ROLLBACK does not take that back.',
      ],
    ],
    ['SELECT * FROM far', [expect.stringContaining('another server (far), where')]],
    ['SELECT count(*) FROM far', [expect.stringContaining('another server (Aggregate on (')]],
  ])('%j is looked at', async (sql, sentences) => {
    const request = {sql, values: sql.includes('$1') ? ['1'] : [], timeouts: {statement: 5000, lock: 1000}};
    expect(value(await cautionsFor(session, request))).toEqual(sentences);
    expect(session.transactionStatus()).toBe('idle');
  });
});
