import {afterEach, describe, expect, it} from 'vitest';
import type {ConnectionSettings} from '../../src/core/connections/connection.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import {openSession} from '../../src/postgres/connect.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {startPooler, type PoolerOptions} from '../rig/pgbouncer.ts';
import {majors, type Major} from '../rig/servers.ts';
import {failure, openOptions, settingsFor, value} from '../rig/sessions.ts';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

interface Pooled {
  readonly database: TestDatabase;
  readonly open: (changes?: Partial<ConnectionSettings>, readOnly?: boolean) => Promise<Outcome<Session>>;
}

async function pooled(major: Major, options: PoolerOptions): Promise<Pooled> {
  const database = await createDatabase(major, 'pooled');
  cleanUps.push(() => database.drop());
  const pooler = await startPooler(database.port, options);
  cleanUps.push(() => pooler.stop());
  return {
    database,
    open: async (changes = {}, readOnly = false) => {
      const settings = settingsFor({port: pooler.port, name: database.name}, changes);
      const opened = await openSession(settings, {...openOptions, readOnly});
      if (opened.ok) cleanUps.push(() => opened.value.close());
      return opened;
    },
  };
}

async function setting(session: Session, name: string): Promise<unknown> {
  return value(await session.query('SELECT current_setting($1) AS is', [name])).rows[0]?.['is'];
}

const parameters = {search_path: 'a, b', options: '-c statement_timeout=7s'};
const dropping = ['ignore_startup_parameters = search_path,options'];

describe.each(majors)('through PgBouncer to PostgreSQL %i', major => {
  it.each<[string, PoolerOptions]>([
    ['refuses', {mode: 'session'}],
    ['drops', {mode: 'session', settings: dropping}],
  ])('sets afterwards what it %s, where the session is kept', async (_what, options) => {
    const {open} = await pooled(major, options);
    const session = value(await open({parameters}, true));
    expect(await setting(session, 'search_path')).toBe('a, b');
    expect(await setting(session, 'statement_timeout')).toBe('7s');
    expect(failure(await session.query('CREATE TABLE t ()')).reason).toBe('read-only');
  });

  it.each<[string, PoolerOptions]>([
    ['refuses', {mode: 'transaction'}],
    ['drops', {mode: 'transaction', settings: dropping}],
    ['refuses, taking turns', {mode: 'transaction', settings: ['server_round_robin = 1']}],
  ])(
    'sets nothing that would fall on others, where it %s and the session is not kept',
    async (_what, options) => {
      const {open} = await pooled(major, options);
      expect(failure(await open({parameters: {search_path: 'a, b'}})).reason).toBe('session-not-kept');
      expect(failure(await open({}, true)).reason).toBe('session-not-kept');
      const other = value(await open());
      expect(await setting(other, 'search_path')).toBe('"$user", public');
      expect(await setting(other, 'default_transaction_read_only')).toBe('off');
    },
  );

  it('takes the word of a role that is read-only by itself', async () => {
    const {database, open} = await pooled(major, {mode: 'transaction'});
    await database.sql(`ALTER DATABASE "${database.name}" SET default_transaction_read_only = on`);
    const session = value(await open({}, true));
    expect(failure(await session.script('CREATE TABLE t ()')).reason).toBe('read-only');
  });

  it('cancels through it', async () => {
    const {open} = await pooled(major, {mode: 'transaction'});
    const session = value(await open());
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    expect(failure(await session.script('SELECT pg_sleep(60)', abort.signal)).reason).toBe('cancelled');
    expect(value(await session.query('SELECT 1 AS one')).rows).toEqual([{one: 1}]);
  });

  it('says that the database does not exist', async () => {
    const {open} = await pooled(major, {mode: 'transaction'});
    expect(failure(await open({database: 'no_such'})).message).toContain('no_such');
  });
});
