import {setTimeout as wait} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Outcome} from '../../../../src/core/outcome.ts';
import {partOf} from '../../../../src/core/health/assess.ts';
import type {SessionRow} from '../../../../src/core/health/parts/sessions.ts';
import {endBackend, type Ended} from '../../../../src/postgres/health/backends.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {majors} from '../../../rig/servers.ts';
import {failure, openFor, value} from '../../../rig/sessions.ts';
import {dropWithRoles, makeRoles, readAs} from '../slow/roles.ts';
import {Programs} from './programs.ts';

describe.each(majors)('on PostgreSQL %s', major => {
  let database: TestDatabase;
  let programs: Programs;
  beforeAll(async () => {
    database = await createDatabase(major);
    await makeRoles(database);
    await database.sql(
      `CREATE ROLE "${database.name}_signals" LOGIN PASSWORD 'postgres' IN ROLE pg_signal_backend`,
    );
    programs = new Programs(database);
  });
  afterAll(async () => {
    await programs.close();
    await dropWithRoles(database, [`${database.name}_signals`]);
  });

  const rowOf = async (pid: number): Promise<SessionRow> => {
    const rows = partOf(await readAs(database, 'superuser', ['sessions']), 'sessions')?.rows;
    const row = rows?.find(one => one.pid === pid);
    if (!row) throw new Error(`session ${pid} is not there`);
    return row;
  };

  const end = async (
    {pid, startedAt}: Pick<SessionRow, 'pid' | 'startedAt'>,
    how: 'cancel' | 'terminate',
    user = 'postgres',
  ): Promise<Outcome<Ended>> => {
    const session = await openFor(database, {user});
    const ended = await endBackend(session, {pid, ...(startedAt === undefined ? {} : {startedAt})}, how, {
      wait,
    });
    await session.close();
    return ended;
  };

  it('cancels a query, and the session stays', async () => {
    const {pid, client, ended} = await programs.open('sleeps', ['SELECT pg_sleep(60)']);
    await programs.untilActive(pid);
    expect(value(await end(await rowOf(pid), 'cancel'))).toBe('query-ended');
    await expect(ended).rejects.toMatchObject({code: '57014'});
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{one: 1}]);
    const again = failure(await end(await rowOf(pid), 'cancel'));
    expect(again).toMatchObject({reason: 'nothing-to-do'});
    expect(again.message).toBe(`Session ${pid} is idle and runs no query that could be cancelled.`);
  });

  it('terminates a session, and says when it was gone before', async () => {
    const {pid} = await programs.open('idles', ['BEGIN', 'SELECT 1']);
    const row = await rowOf(pid);
    expect(value(await end(row, 'terminate'))).toBe('gone');
    expect(value(await end(row, 'terminate'))).toBe('already-gone');
    expect(value(await end(row, 'cancel'))).toBe('already-gone');
  });

  it('leaves a session alone that got the number of another one', async () => {
    const {pid, client} = await programs.open('innocent', ['SELECT 1']);
    const before = {pid, startedAt: ((await rowOf(pid)).startedAt ?? 0) - 60_000};
    for (const how of ['cancel', 'terminate'] as const)
      expect(value(await end(before, how))).toBe('other-session');
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{one: 1}]);
  });

  it('says when a session does not end', async () => {
    // A function that catches the cancellation goes on.
    await database.sql(`CREATE FUNCTION stubborn() RETURNS void LANGUAGE plpgsql AS $$ BEGIN
      LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$`);
    const {pid} = await programs.open('stubborn', ['SELECT stubborn()']);
    await programs.untilActive(pid);
    const session = await openFor(database);
    const {startedAt = 0} = await rowOf(pid);
    const ended = await endBackend(session, {pid, startedAt}, 'cancel', {wait: () => wait(1)});
    await session.close();
    expect(value(ended)).toBe('still-there');
  });

  it.each(['cancel', 'terminate'] as const)('tells who may, to a role that may not %s', async how => {
    const {pid} = await programs.open('protected', ['SELECT pg_sleep(60)']);
    await programs.untilActive(pid);
    const row = await rowOf(pid);
    const refused = failure(await end(row, how, `${database.name}_ordinary`));
    expect(refused.server?.sqlState).toBe('42501');
    expect(refused.message).toMatch(new RegExp(`^This role may not .* session ${pid} of postgres\\.$`));
    expect(refused.advice).toBe('Only a superuser may do that.');
    const {pid: plain} = await programs.open('plain', ['SELECT pg_sleep(60)'], {
      user: `${database.name}_ordinary`,
    });
    await programs.untilActive(plain);
    const other = failure(await end({pid: plain}, how, `${database.name}_monitor`));
    expect(other.advice).toContain('pg_signal_backend');
    expect(value(await end(await rowOf(plain), 'terminate', `${database.name}_signals`))).toBe('gone');
  });

  it('says when it cannot see what became of a query', async () => {
    const {pid, ended} = await programs.open('unseen', ['SELECT pg_sleep(60)'], {
      user: `${database.name}_ordinary`,
    });
    await programs.untilActive(pid);
    const sent = failure(await end(await rowOf(pid), 'cancel', `${database.name}_signals`));
    expect(sent.reason).toBe('unsupported');
    await expect(ended).rejects.toMatchObject({code: '57014'});
  });

  it('does not end the server’s own processes', async () => {
    const rows = partOf(await readAs(database, 'superuser', ['sessions']), 'sessions')?.rows;
    const checkpointer = rows?.find(({kind}) => kind === 'checkpointer');
    const refused = failure(await end(checkpointer ?? {pid: 0}, 'terminate'));
    expect(refused.message).toBe(`Process ${checkpointer?.pid} is the server's own and cannot be ended.`);
  });
});
