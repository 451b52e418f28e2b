import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {check as deadlocks} from '../../../../src/core/health/checks/deadlocks.ts';
import {check as idle} from '../../../../src/core/health/checks/session-idle-in-transaction.ts';
import {check as long} from '../../../../src/core/health/checks/transaction-long.ts';
import {check as prepared} from '../../../../src/core/health/checks/prepared-transaction-old.ts';
import {check as slots} from '../../../../src/core/health/checks/slot-inactive.ts';
import {check as subscriptions} from '../../../../src/core/health/checks/subscription-failing.ts';
import {check as temporary} from '../../../../src/core/health/checks/temporary-files.ts';
import {check as xmin} from '../../../../src/core/health/checks/xmin-held-back.ts';
import type {Check} from '../../../../src/core/health/check.ts';
import type {HealthFinding} from '../../../../src/core/health/finding.ts';
import {partOf} from '../../../../src/core/health/assess.ts';
import {liveParts, type Reading} from '../../../../src/core/health/parts.ts';
import {day, hour, minute} from '../../../../src/core/health/time.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {freePort, majors} from '../../../rig/servers.ts';
import {dropWithRoles, makeRoles, readAs} from '../slow/roles.ts';
import {look, type LookOptions} from './look.ts';
import {Programs, type Program} from './programs.ts';

describe.each(majors)('on PostgreSQL %s', major => {
  let database: TestDatabase;
  let programs: Programs;
  let before: Reading;
  let reading: Reading;
  /** The server has other tests' objects as well. */
  const own = (check: Check, options: LookOptions = {}): readonly HealthFinding[] =>
    look(check, reading, options).filter(found => JSON.stringify(found).includes(database.name));
  beforeAll(async () => {
    database = await createDatabase(major, 'live');
    await makeRoles(database);
    const {name} = database;
    programs = new Programs(database);
    // 14 counts for a database once somebody has left it.
    await programs.until(
      `SELECT ${major} > 14 OR stats_reset IS NOT NULL AS done FROM pg_stat_database WHERE datname = current_database()`,
    );
    before = await readAs(database, 'superuser', liveParts);
    await database.sql('CREATE TABLE pair (id int PRIMARY KEY); INSERT INTO pair VALUES (1), (2)');
    await programs.open(`${name} idle`, ['BEGIN', 'SELECT count(*) FROM pair']);
    const failed = await programs.open(`${name} aborted`, ['BEGIN']);
    await failed.client.query('SELECT 1 / 0').catch(() => {});
    const busy = await programs.open(`${name} busy`, [
      'BEGIN',
      'SELECT count(*) FROM pair',
      'SELECT pg_sleep(60)',
    ]);
    await programs.untilActive(busy.pid);
    await programs.open(`${name} prepares`, [
      'BEGIN',
      'INSERT INTO pair VALUES (3)',
      `PREPARE TRANSACTION '${name}'`,
    ]);
    // Each waits for the other; the one that finds out first is ended.
    const [one, other] = [
      await programs.open('one', [
        'SET deadlock_timeout = 50',
        'BEGIN',
        'UPDATE pair SET id = 1 WHERE id = 1',
      ]),
      await programs.open('other', [
        'SET deadlock_timeout = 500',
        'BEGIN',
        'UPDATE pair SET id = 2 WHERE id = 2',
      ]),
    ];
    await Promise.all([one.ended, other.ended]);
    const wants = async ({client}: Program, id: number): Promise<void> => {
      await client.query(`UPDATE pair SET id = ${id} WHERE id = ${id}`).catch(() => {});
      await client.query('ROLLBACK');
    };
    await Promise.all([wants(one, 2), wants(other, 1)]);
    // A session may keep what it counted for ten seconds, and tells it when it ends.
    await Promise.all([one.client.end(), other.client.end()]);
    await database.sql(`SET work_mem = '64kB'; SELECT count(*) FROM (
      SELECT repeat('x', 1000) || i FROM generate_series(1, 30000) AS i ORDER BY 1) AS sorted`);
    await database.sql(`SELECT pg_create_physical_replication_slot('${name}', true)`);
    await database.sql(
      `CREATE SUBSCRIPTION "${name}_on" CONNECTION 'host=127.0.0.1 port=${await freePort()}' PUBLICATION p WITH (connect = false, slot_name = s)`,
    );
    await database.sql(`ALTER SUBSCRIPTION "${name}_on" ENABLE`);
    await database.sql(
      `CREATE SUBSCRIPTION "${name}_off" CONNECTION 'host=127.0.0.1' PUBLICATION p WITH (connect = false, slot_name = NONE)`,
    );
    await programs.until(
      `SELECT deadlocks > 0 AND temp_bytes > 20000000 AS done FROM pg_stat_database WHERE datname = current_database()`,
    );
    reading = await readAs(database, 'superuser', liveParts);
  });
  afterAll(async () => {
    const {name} = database;
    await programs.close();
    await database.sql(`ROLLBACK PREPARED '${name}'`);
    await database.sql(`SELECT pg_drop_replication_slot('${name}')`);
    await database.sql(`ALTER SUBSCRIPTION "${name}_on" DISABLE`);
    await database.sql(`ALTER SUBSCRIPTION "${name}_on" SET (slot_name = NONE)`);
    await database.sql(`DROP SUBSCRIPTION "${name}_on"`);
    await database.sql(`DROP SUBSCRIPTION "${name}_off"`);
    await dropWithRoles(database);
  });

  it('tells of sessions that idle in a transaction for minutes', () => {
    expect(own(idle, {later: 4 * minute})).toEqual([]);
    const found = own(idle, {later: 6 * minute});
    expect(found.map(({what}) => /\((\S+) (\w+),/.exec(what)?.[2])).toEqual(['idle', 'aborted']);
    expect(found[0]?.actions[1]).toMatchObject({
      sql: `ALTER ROLE postgres SET idle_in_transaction_session_timeout = '5min';`,
    });
  });

  it('tells of transactions that are open for hours and not idle', () => {
    expect(own(long, {later: 50 * minute})).toEqual([]);
    expect(own(long, {later: 2 * hour})).toMatchObject([{severity: 'information'}]);
    expect(own(long, {later: 9 * hour})).toMatchObject([{severity: 'warning'}]);
  });

  it('tells of prepared transactions that nobody ends', () => {
    expect(own(prepared, {later: 4 * minute})).toEqual([]);
    const [found] = own(prepared, {later: 6 * minute});
    expect(found).toMatchObject({severity: 'warning', subject: {kind: 'database', name: database.name}});
    const [action] = found?.actions ?? [];
    expect(action?.kind === 'show-sql' && action.sql).toContain(`ROLLBACK PREPARED '${database.name}';`);
    expect(own(prepared, {later: 2 * day})).toMatchObject([{severity: 'error'}]);
  });

  it('does not call a young snapshot one that holds back VACUUM', () => {
    expect(partOf(reading, 'sessions')?.rows.some(({xminAge}) => (xminAge ?? 0) > 0)).toBe(true);
    expect(own(xmin)).toEqual([]);
  });

  it('tells of a deadlock between two looks, and of none where there was none', () => {
    expect(look(deadlocks, before, {before})).toEqual([]);
    expect(look(deadlocks, reading, {before})).toMatchObject([{severity: 'warning'}]);
    // One alone says nothing about how often it happens.
    expect(look(deadlocks, reading)).toEqual([]);
  });

  it('counts temporary files', () => {
    const {temporaryBytes = 0, temporaryFiles = 0} = partOf(reading, 'database')?.counters ?? {};
    expect(temporaryBytes).toBeGreaterThan(20_000_000);
    expect(temporaryFiles).toBeGreaterThan(0);
    expect(look(temporary, reading)).toEqual([]);
  });

  it('reads what each version says of a slot', () => {
    const slot = partOf(reading, 'replication')?.slots.find(({name}) => name === database.name);
    expect(slot).toMatchObject({kind: 'physical', active: false, temporary: false, walStatus: 'reserved'});
    expect(slot?.retained).toBeGreaterThanOrEqual(0);
    expect(slot?.inactiveSince !== undefined).toBe(major >= 17);
    expect(slot?.synced).toBe(major >= 17 ? false : undefined);
    expect(own(slots)).toEqual([]);
    const later = own(slots, {later: hour}).length;
    expect(later).toBe(major >= 17 && (slot?.retained ?? 0) > 0 ? 1 : 0);
  });

  it('tells of a subscription that cannot connect, and not of one that was disabled', () => {
    const found = own(subscriptions);
    expect(found.map(({what}) => what)).toEqual([`The subscription ${database.name}_on is not running`]);
    const both = partOf(reading, 'replication')?.subscriptions.filter(({name}) =>
      name.startsWith(database.name),
    );
    expect(both?.map(({enabled}) => enabled)).toEqual([false, true]);
    expect(both?.[0]?.applyErrors).toBe(major >= 15 ? 0 : undefined);
  });

  it.each(['monitor', 'ordinary'] as const)('reads the same fixtures as a role of the kind %s', async who => {
    const seen = await readAs(database, who, liveParts);
    expect(Object.values(seen).filter(({kind}) => kind !== 'seen')).toEqual([]);
    expect(partOf(seen, 'sessions')?.prepared.some(({gid}) => gid === database.name)).toBe(true);
    expect(partOf(seen, 'replication')?.slots.some(({name}) => name === database.name)).toBe(true);
    const named = look(idle, seen, {later: hour}).filter(({what}) => what.includes(database.name));
    expect(named).toHaveLength(who === 'monitor' ? 2 : 0);
  });
});
