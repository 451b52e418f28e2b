import {afterAll, beforeAll, describe, expect, inject, it} from 'vitest';
import {fail} from '../../src/core/outcome.ts';
import {quoteIdentifier} from '../../src/core/sql/quote.ts';
import {openSession} from '../../src/postgres/connect.ts';
import {createDatabase} from '../../src/postgres/create-database.ts';
import {ends} from '../rig/servers.ts';
import {failure, openFor, openOptions, settingsFor, value} from '../rig/sessions.ts';
import type {Session} from '../../src/core/session.ts';

describe.each(ends)('a database that is missing on PostgreSQL %i', major => {
  const server = inject('servers').find(each => each.major === major) ?? {port: 0};
  const name = `Missing "${process.pid}" ${Date.now().toString(36)}`;
  const role = `guest_${process.pid}_${Date.now().toString(36)}`;
  const open = (database: string, user = 'postgres') =>
    openSession(settingsFor(server, {database, user}), openOptions);
  let admin: Session;

  beforeAll(async () => {
    admin = await openFor(server);
    value(await admin.script(`CREATE ROLE ${role} LOGIN PASSWORD 'postgres'`));
  });

  afterAll(async () => {
    await admin.script(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)}`);
    await admin.script(`DROP ROLE IF EXISTS ${role}`);
    await admin.close();
  });

  const isThere = async (): Promise<boolean> =>
    value(await admin.query('SELECT FROM pg_database WHERE datname = $1', [name])).rows.length === 1;

  it('is not made by who may not, and the advice says what to ask for', async () => {
    const refused = failure(await createDatabase(database => open(database, role), name));
    expect(refused).toMatchObject({
      message: expect.stringContaining('may not create databases'),
      advice: expect.stringContaining('CREATEDB'),
      server: {sqlState: '42501'},
    });
    expect(await isThere()).toBe(false);
  });

  it('is made under exactly its name, also where there is no database postgres', async () => {
    const asked: string[] = [];
    const made = await createDatabase(database => {
      asked.push(database);
      return database === 'postgres'
        ? Promise.resolve(fail('no-such-database', 'There is no database "postgres".'))
        : open(database);
    }, name);
    value(made);
    expect(asked).toEqual(['postgres', 'template1']);
    expect(await isThere()).toBe(true);
    await value(await open(name)).close();
  });

  it('is no longer missing then', async () => {
    const refused = failure(await createDatabase(open, name));
    expect(refused).toMatchObject({message: expect.stringContaining('already'), server: {sqlState: '42P04'}});
  });
});
