import {setTimeout as pause} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {Client} from 'pg';
import {assess, partOf} from '../../../../src/core/health/assess.ts';
import {check as replicaLagging} from '../../../../src/core/health/checks/replica-lagging.ts';
import {liveParts, type Reading} from '../../../../src/core/health/parts.ts';
import {ratesBetween} from '../../../../src/core/health/series.ts';
import {minute} from '../../../../src/core/health/time.ts';
import {readHealth} from '../../../../src/postgres/health/read-health.ts';
import {startDebianServer, startDebianStandby, type DebianServer} from '../../../rig/debian-server.ts';
import {openFor, value} from '../../../rig/sessions.ts';
import {look} from './look.ts';

/** A primary with an archive that fails, a slot that nobody reads from, and a standby that streams. */
let primary: DebianServer;
let standby: DebianServer;

async function sql(server: DebianServer, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({connectionString: server.url()});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The test's own time limit ends it. */
async function until(server: DebianServer, condition: string): Promise<void> {
  while ((await sql(server, `SELECT (SELECT ${condition}) AS done`))[0]?.['done'] !== true) await pause(50);
}

async function read(server: DebianServer, user = 'postgres'): Promise<Reading> {
  const session = await openFor(server, {user});
  const {reading} = value(await readHealth(session, liveParts));
  await session.close();
  return reading;
}

async function found(reading: Reading, check: string): Promise<readonly unknown[]> {
  return (await assess(reading)).findings.filter(one => one.check === check);
}

beforeAll(async () => {
  primary = await startDebianServer([
    'archive_mode=on',
    'wal_level=logical',
    'max_slot_wal_keep_size=1GB',
    'wal_init_zero=off',
  ]);
  await sql(
    primary,
    `CREATE ROLE monitor LOGIN PASSWORD 'postgres' IN ROLE pg_monitor; CREATE ROLE ordinary LOGIN PASSWORD 'postgres';
      CREATE TABLE things (id int PRIMARY KEY, note text)`,
  );
  await sql(primary, `SELECT pg_create_logical_replication_slot('left_behind', 'pgoutput')`);
  standby = await startDebianStandby(primary, [
    'max_standby_streaming_delay=100ms',
    'hot_standby_feedback=off',
  ]);
  await until(primary, `EXISTS (SELECT FROM pg_stat_replication WHERE state = 'streaming')`);
}, 120_000);
afterAll(async () => {
  await standby.stop();
  await primary.stop();
});

describe('a primary', () => {
  it('names who receives from it, and its slots', async () => {
    const reading = await read(primary);
    const replication = partOf(reading, 'replication');
    expect(replication?.receivers).toEqual([
      expect.objectContaining({
        application: 'standby',
        client: '127.0.0.1',
        state: 'streaming',
        sync: 'async',
      }),
    ]);
    expect(replication?.receivers[0]?.replayLag).toBeGreaterThanOrEqual(0);
    expect(replication?.slots).toEqual([
      expect.objectContaining({name: 'left_behind', kind: 'logical', active: false, database: 'postgres'}),
      expect.objectContaining({name: 'standby', kind: 'physical', active: true, walStatus: 'reserved'}),
    ]);
    expect(replication?.standby).toBe(undefined);
    expect(await found(reading, 'replica-lagging')).toEqual([]);
    expect(await found(reading, 'slot-inactive')).toEqual([]);
  });

  it('hides from an ordinary role how far they are, and not from a member of pg_monitor', async () => {
    const reading = await read(primary, 'ordinary');
    const [receiver] = partOf(reading, 'replication')?.receivers ?? [];
    expect(receiver?.state).toBe(undefined);
    expect(reading.replication?.kind === 'seen' && reading.replication.gaps).toHaveLength(1);
    const pids = partOf(reading, 'sessions')?.rows.filter(({kind}) => kind === 'walsender');
    expect(pids?.map(({pid}) => pid)).toEqual([receiver?.pid]);
    const monitor = await read(primary, 'monitor');
    expect(partOf(monitor, 'replication')?.receivers[0]?.state).toBe('streaming');
    expect(monitor.replication?.kind === 'seen' && monitor.replication.gaps).toEqual([]);
  });

  it('tells of an archive that fails', async () => {
    await sql(primary, `ALTER SYSTEM SET archive_command = 'false'`);
    await sql(primary, 'SELECT pg_reload_conf(), pg_switch_wal()');
    await until(primary, 'failed_count > 0 FROM pg_stat_archiver');
    const reading = await read(primary);
    expect(await found(reading, 'archive-failing')).toMatchObject([
      {severity: 'error', what: 'The archive of the WAL has been failing from the beginning'},
    ]);
    expect(partOf(reading, 'writing')?.archive).toMatchObject({mode: 'on', archived: 0});
    expect(partOf(reading, 'writing')?.archive.waiting).toBeGreaterThan(0);
    await sql(primary, `ALTER SYSTEM SET archive_command = 'true'`);
    await sql(primary, 'SELECT pg_reload_conf(), pg_switch_wal()');
    await until(primary, 'last_archived_time > last_failed_time FROM pg_stat_archiver');
    expect(await found(await read(primary), 'archive-failing')).toEqual([]);
  });

  it('tells of a slot that nobody reads from, once it keeps much', async () => {
    // Each fills up a segment of 16 MB.
    for (let segment = 0; segment < 17; segment += 1)
      await sql(primary, `SELECT pg_logical_emit_message(false, '', ''), pg_switch_wal()`);
    const reading = await read(primary);
    expect(await found(reading, 'slot-inactive')).toMatchObject([
      {severity: 'warning', subject: {kind: 'slot', name: 'left_behind'}},
    ]);
    expect(await found(reading, 'slot-near-limit')).toEqual([]);
  });

  it('tells of commits that wait for a standby which is not there', async () => {
    await sql(primary, `ALTER SYSTEM SET synchronous_standby_names = 'nobody'`);
    await sql(primary, 'SELECT pg_reload_conf()');
    await until(primary, `current_setting('synchronous_standby_names') = 'nobody'`);
    const commits = sql(primary, `SET synchronous_commit = on; INSERT INTO things VALUES (0, '')`);
    await until(primary, `EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep')`);
    const reading = await read(primary, 'monitor');
    expect(look(replicaLagging, reading)).toEqual([]);
    expect(look(replicaLagging, reading, {later: minute})).toMatchObject([
      {severity: 'error', what: '1 commit waits for a synchronous standby'},
    ]);
    await sql(primary, 'ALTER SYSTEM RESET synchronous_standby_names');
    await sql(primary, 'SELECT pg_reload_conf()');
    await commits;
  });

  it('has no rate over a restart that is below zero', async () => {
    const before = await read(primary);
    await primary.restart();
    const after = await read(primary);
    expect(partOf(after, 'server')?.startedAt).toBeGreaterThan(partOf(before, 'server')?.startedAt ?? 0);
    expect(ratesBetween(before, after)).toBe(undefined);
    const again = await read(primary);
    expect(Math.min(...Object.values(ratesBetween(after, again) ?? {}))).toBeGreaterThanOrEqual(0);
  });
});

describe('a standby', () => {
  beforeAll(async () => {
    await until(primary, `EXISTS (SELECT FROM pg_stat_replication WHERE state = 'streaming')`);
  });

  it('names whom it receives from', async () => {
    const reading = await read(standby);
    expect(Object.values(reading).filter(({kind}) => kind !== 'seen')).toEqual([]);
    expect(partOf(reading, 'server')?.standby).toBe(true);
    expect(partOf(reading, 'replication')?.standby).toMatchObject({
      sender: '127.0.0.1',
      streaming: true,
      paused: false,
      conflicts: 0,
    });
    expect(partOf(reading, 'writing')?.position).toBeGreaterThan(0);
    const ordinary = partOf(await read(standby, 'ordinary'), 'replication');
    expect(ordinary?.standby).toMatchObject({streaming: true, paused: false});
    expect(ordinary?.standby?.sender).toBe(undefined);
  });

  it('tells that its replay is paused, and what piled up', async () => {
    expect(await found(await read(standby), 'replica-lagging')).toEqual([]);
    await sql(standby, 'SELECT pg_wal_replay_pause()');
    await until(standby, `pg_get_wal_replay_pause_state() = 'paused'`);
    await sql(primary, `INSERT INTO things SELECT i, repeat('x', 1000) FROM generate_series(1, 1000) AS i`);
    await until(standby, 'pg_last_wal_receive_lsn() - pg_last_wal_replay_lsn() > 1000000');
    const reading = await read(standby);
    expect(await found(reading, 'replica-lagging')).toMatchObject([
      {what: 'The replay of WAL is paused on this standby', actions: [{kind: 'show-sql'}]},
    ]);
    const [receiver] = partOf(await read(primary), 'replication')?.receivers ?? [];
    expect(receiver?.replayLag).toBeGreaterThan(1_000_000);
    expect(receiver?.flushLag).toBeLessThan(1_000_000);
    await sql(standby, 'SELECT pg_wal_replay_resume()');
    await until(standby, 'pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()');
  });

  it('counts the queries that replay cancelled', async () => {
    const reader = new Client({connectionString: standby.url()});
    const cancelled = new Promise(resolve => reader.on('error', resolve));
    await reader.connect();
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await reader.query('SELECT count(*) FROM things');
    await sql(primary, 'DELETE FROM things');
    await sql(primary, 'VACUUM things');
    expect(await cancelled).toMatchObject({code: '40001'});
    await until(standby, 'conflicts > 0 FROM pg_stat_database WHERE datname = current_database()');
    expect(partOf(await read(standby), 'replication')?.standby?.conflicts).toBeGreaterThan(0);
  });

  it('says so when its primary is gone', async () => {
    await sql(
      primary,
      `SELECT pg_terminate_backend(pid), pg_drop_replication_slot('left_behind') FROM pg_stat_replication`,
    );
    await sql(primary, `ALTER SYSTEM SET max_wal_senders = 0`);
    await primary.restart();
    await until(standby, `NOT EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming')`);
    expect(await found(await read(standby), 'replica-lagging')).toMatchObject([
      {what: 'This standby receives nothing from its primary'},
    ]);
  });
});
