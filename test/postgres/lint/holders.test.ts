import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {LockHolder} from '../../../src/core/lint/target.ts';
import type {Session} from '../../../src/core/session.ts';
import {readTarget, type ReadTarget} from '../../../src/postgres/lint/read-target.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {ends} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';

const setup = `
CREATE SCHEMA shop;
CREATE TABLE orders (id int);
CREATE TABLE shop.orders (id int);
CREATE TABLE customers (id int);
CREATE TABLE free (id int);
INSERT INTO orders VALUES (1)`;

describe.each(ends)('on %i', major => {
  const role = `locker_${process.pid}_${major}`;
  let database: TestDatabase;
  let session: Session;
  let other: Session;
  let waiter: Session;
  let moment: Session;
  let waiting: Promise<unknown>;
  let target: ReadTarget;
  beforeAll(async () => {
    database = await createDatabase(major);
    await database.sql(`${setup}; CREATE ROLE ${role} LOGIN PASSWORD 'locker'`);
    session = await openFor(database);
    other = await openFor(database, {}, {applicationName: 'nightly-report'});
    waiter = await openFor(database, {}, {applicationName: 'waiter'});
    moment = await openFor(database, {}, {applicationName: 'moment'});
    value(
      await other.script(
        'BEGIN; LOCK TABLE customers IN SHARE MODE; UPDATE orders SET id = 2; TABLE shop.orders',
      ),
    );
    waiting = waiter.script('BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE');
    await new Promise(resolve => setTimeout(resolve, 3200));
    value(await moment.script('BEGIN; TABLE free'));
    target = await read(session);
  });
  afterAll(async () => {
    await other.close();
    await waiting;
    for (const each of [waiter, moment, session]) await each.close();
    await database.sql(`DROP ROLE ${role}`);
    await database.drop();
  });

  it('names who holds a lock, for how long and in which state', () => {
    const [holder, ...others] = held(target, 'orders');
    expect(others).toEqual([]);
    expect(holder).toEqual({
      modes: ['ROW EXCLUSIVE'],
      pid: other.server.backendPid,
      application: 'nightly-report',
      user: 'postgres',
      state: 'idle in transaction',
      seconds: expect.closeTo(4, -1),
    });
    expect(held(target, 'customers').map(({modes}) => modes)).toEqual([['SHARE']]);
    expect(target.holders({schema: 'shop', name: 'orders'}).map(({modes}) => modes)).toEqual([
      ['ACCESS SHARE'],
    ]);
  });

  it('has neither those of a moment nor itself, and nobody of a table that is not there', () => {
    expect(held(target, 'free')).toEqual([]);
    expect(held(target, 'nowhere')).toEqual([]);
  });

  it('has a prepared transaction', async () => {
    const sql = "BEGIN; LOCK TABLE free IN EXCLUSIVE MODE; PREPARE TRANSACTION 'left behind'";
    await database.sql(sql);
    await new Promise(resolve => setTimeout(resolve, 3200));
    const now = await read(session);
    await database.sql("ROLLBACK PREPARED 'left behind'");
    expect(held(now, 'free')).toContainEqual({
      modes: ['EXCLUSIVE'],
      application: 'left behind',
      user: 'postgres',
      state: 'prepared',
      seconds: expect.closeTo(4, -1),
    });
  });

  it('says to a role without privileges what it may see', async () => {
    const locker = await openFor(database, {user: role}, {password: 'locker'});
    const seen = await read(locker);
    await locker.close();
    const [holder] = held(seen, 'orders');
    expect(holder).toMatchObject({modes: ['ROW EXCLUSIVE'], pid: other.server.backendPid, user: 'postgres'});
    expect(holder).not.toHaveProperty('seconds');
    expect(holder).not.toHaveProperty('state');
  });

  async function read(db: Session): Promise<ReadTarget> {
    return value(await readTarget(db, {name: 'staging', now: 7}));
  }

  function held(from: ReadTarget, name: string): readonly LockHolder[] {
    return from.holders({name});
  }
});
