import {execFile} from 'node:child_process';
import {stat} from 'node:fs/promises';
import {promisify} from 'node:util';
import {Client} from 'pg';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {hour} from '../../../../src/core/health/time.ts';
import {startDebianServer, startDebianStandby, type DebianServer} from '../../../rig/debian-server.ts';
import {readAt, sqlAt, told, until} from './provoke.ts';

const programs = '/usr/lib/postgresql/15/bin';
const run = promisify(execFile);

/** It compiles everything, and never vacuums by itself. */
const flags =
  `shared_preload_libraries=pg_stat_statements jit_above_cost=0 jit_inline_above_cost=0 jit_optimize_above_cost=0
  autovacuum=off autovacuum_freeze_max_age=2000000000 autovacuum_multixact_freeze_max_age=2000000000
  max_prepared_transactions=2`.split(/\s+/);

let server: DebianServer;
const sql = (...texts: readonly string[]): ReturnType<typeof sqlAt> => sqlAt(server.url(), ...texts);

beforeAll(async () => {
  server = await startDebianServer(flags);
  await sql(
    'CREATE EXTENSION pg_stat_statements',
    'CREATE TABLE things (id int)',
    'INSERT INTO things VALUES (1)',
  );
});
afterAll(() => server.stop());

describe('a server that compiles', () => {
  const says = async (): Promise<readonly string[]> =>
    told('jit', await readAt(server, ['settings', 'statements']));
  /** Compiles for longer, the more columns there are. */
  const compiled = (columns: number): string =>
    `SELECT ${Array.from({length: columns}, (_, at) => `sum(id + ${at}) FILTER (WHERE id % ${at + 2} = 0)`).join(', ')} FROM things`;
  const ms = `(SELECT sum(jit_generation_time + jit_inlining_time + jit_optimization_time + jit_emission_time)
    FROM pg_stat_statements)`;

  it('jit: tells of five seconds of compiling, where it is on', async () => {
    await sql(compiled(2));
    await until(server.url(), `${ms} > 0`);
    expect(await says()).toEqual([]);
    while ((await sql(`SELECT ${ms} > 5100 AS enough`))[0]?.['enough'] !== true)
      await Promise.all([sql(compiled(60)), sql(compiled(60))]);
    expect(await says()).toEqual([
      expect.stringMatching(/^information: Compiling took \d+ % of the time of \d+ statements$/),
    ]);
    await sql('ALTER SYSTEM SET jit = off', 'SELECT pg_reload_conf()');
    await until(server.url(), `NOT current_setting('jit')::bool`);
    expect(await says()).toEqual([]);
  });
});

describe('a standby that waits for no query', () => {
  let standby: DebianServer;
  beforeAll(async () => {
    standby = await startDebianStandby(server, [
      'max_standby_streaming_delay=0',
      'hot_standby_feedback=off',
      'max_prepared_transactions=2',
    ]);
  });
  afterAll(async () => {
    await standby.stop();
    await sql(`SELECT pg_drop_replication_slot('standby')`);
  });

  it('replication-conflicts: tells of ten in a day, and not of fewer', async () => {
    const read = (): ReturnType<typeof readAt> => readAt(standby, ['replication', 'database', 'writing']);
    expect(await told('replication-conflicts', await read(), {later: hour})).toEqual([]);
    const reader = new Client({connectionString: standby.url()});
    const cancelled = new Promise(resolve => reader.on('error', resolve));
    await reader.connect();
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await reader.query('SELECT count(*) FROM things');
    await sql('DELETE FROM things', 'VACUUM things');
    expect(await cancelled).toMatchObject({code: '40001'});
    await until(standby.url(), 'conflicts > 0 FROM pg_stat_database WHERE datname = current_database()');
    const reading = await read();
    expect(await told('replication-conflicts', reading, {later: 3 * hour})).toEqual([]);
    expect(await told('replication-conflicts', reading, {later: hour})).toEqual([
      'information: Replay has cancelled 1 query of this database',
    ]);
  });
});

describe('transaction numbers', () => {
  const says = async (check: string): Promise<readonly string[]> =>
    told(check, await readAt(server, ['tables', 'database', 'sessions', 'settings']));

  /** Goes on with other numbers, as if those before had been used: hundreds of millions take hours. */
  async function jumpTo(...numbers: readonly string[]): Promise<void> {
    const data = String((await sql('SHOW data_directory'))[0]?.['data_directory']);
    const {uid, gid} = await stat(data);
    const user = {uid, gid, cwd: data};
    await run(`${programs}/pg_ctl`, ['stop', '-D', data, '-m', 'fast'], user);
    await run(`${programs}/pg_resetwal`, [...numbers, '-D', data], user);
    await server.restart();
  }
  /** The first of a file of pg_xact, so that none before it has to be there. */
  const xid = (files: number): string => String(files * 2 ** 20);

  it('xmin-held-back: tells of five million transactions since one was prepared', async () => {
    await sql('BEGIN', 'INSERT INTO things VALUES (2)', `PREPARE TRANSACTION 'forgotten'`);
    await jumpTo('-x', xid(4));
    expect(await says('xmin-held-back')).toEqual([]);
    await jumpTo('-x', xid(6));
    expect(await says('xmin-held-back')).toEqual([
      expect.stringMatching(
        /^warning: The prepared transaction forgotten keeps VACUUM from removing what died in the last 6,29\d,\d{3} transactions$/,
      ),
    ]);
    await sql(`ROLLBACK PREPARED 'forgotten'`);
    expect(await says('xmin-held-back')).toEqual([]);
  });

  it('wraparound-near: tells of tables and databases that VACUUM should have frozen long ago', async () => {
    await sql(
      'CREATE DATABASE elsewhere',
      'CREATE TABLE hasty (id int) WITH (autovacuum_freeze_max_age = 200000000, autovacuum_multixact_freeze_max_age = 200000000)',
      'CREATE TABLE patient (id int)',
    );
    await jumpTo('-x', xid(450));
    expect(await says('wraparound-near')).toEqual([]);
    await jumpTo('-x', xid(600));
    expect(await says('wraparound-near')).toEqual([
      expect.stringMatching(
        /^warning: hasty holds transactions that are 62\d,\d{3},\d{3} old, 29 % of the way/,
      ),
    ]);
    await jumpTo('-x', xid(1600), '-m', `${9000 * 65_536},1`);
    const old = '1,67\\d,\\d{3},\\d{3} old, 78 % of the way';
    const elsewhere = ['elsewhere', 'template0', 'template1'].map(name =>
      expect.stringMatching(`^error: The database ${name} holds transactions that are ${old}`),
    );
    expect(await says('wraparound-near')).toEqual([
      expect.stringMatching(`^error: things holds transactions that are ${old}`),
      ...elsewhere,
      expect.stringMatching(/^warning: hasty holds multixacts that are 589,823,999 old, 28 % of the way/),
    ]);
    await sql('VACUUM (FREEZE) hasty, patient, things');
    expect(await says('wraparound-near')).toEqual([
      ...elsewhere.slice(0, 1),
      expect.stringMatching(`^error: The database postgres holds transactions that are ${old}`),
      ...elsewhere.slice(1),
    ]);
    await sql('VACUUM (FREEZE)');
    expect(await says('wraparound-near')).toEqual(elsewhere);
    await sql('ALTER DATABASE template0 ALLOW_CONNECTIONS true');
    for (const name of ['elsewhere', 'template0', 'template1'])
      await sqlAt(server.url(name), 'VACUUM (FREEZE)');
    await sql('ALTER DATABASE template0 ALLOW_CONNECTIONS false');
    expect(await says('wraparound-near')).toEqual([]);
  });
});
