import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {Client} from 'pg';
import type {Reading} from '../../../../src/core/health/parts.ts';
import {hour} from '../../../../src/core/health/time.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {ends} from '../../../rig/servers.ts';
import {readAt, told, until} from './provoke.ts';

const parts = ['database', 'writing', 'sessions'] as const;

/** Ends transactions without leaving the server. */
const transactions = (how: 'COMMIT' | 'ROLLBACK', count: number): string =>
  `DO $$ BEGIN FOR i IN 1..${count} LOOP PERFORM 1; ${how}; END LOOP; END $$`;

/** Keeps so many MB of rows on disk. */
const kept = (mb: number): string => `SET work_mem = '64kB'; WITH kept AS MATERIALIZED (
  SELECT repeat('x', 100000) || i FROM generate_series(1, ${mb * 10}) AS i) SELECT count(*) FROM kept`;

describe.each(ends)('counters of a database of PostgreSQL %s', major => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase(major, 'counters');
  });
  afterAll(() => database.drop());

  /** The collector of 14 is up to half a second behind. */
  const counted = (condition: string): Promise<void> =>
    until(database.url, `${condition} FROM pg_stat_database WHERE datname = current_database()`);

  it('rollbacks-many: tells of every tenth transaction, and not of fewer', async () => {
    await database.sql(transactions('COMMIT', 9500));
    await database.sql(transactions('ROLLBACK', 900));
    await counted('xact_commit > 9500 AND xact_rollback >= 900');
    expect(await told('rollbacks-many', await readAt(database, parts))).toEqual([]);
    await database.sql(transactions('ROLLBACK', 400));
    await counted('xact_rollback >= 1300');
    expect(await told('rollbacks-many', await readAt(database, parts))).toEqual([
      'information: 12 % of the transactions are rolled back',
    ]);
  });

  it('sessions-killed: tells of a hundred that did not end by themselves', async () => {
    const open = async (): Promise<Client> => {
      const client = new Client({connectionString: database.url, application_name: 'doomed'});
      client.on('error', () => {});
      await client.connect();
      return client;
    };
    // Ten at a time: others connect to this server as well.
    const ended = async (count: number, end: (client: Client) => unknown): Promise<void> => {
      for (const client of await Promise.all(Array.from({length: count}, () => open()))) void end(client);
      await until(
        database.url,
        `count(*) = 0 FROM pg_stat_activity WHERE application_name = 'doomed' AND datname = current_database()`,
      );
    };
    const vanish = (client: Client): unknown => client.connection.stream.destroy();
    const idle = (client: Client): unknown => client.query('SET idle_session_timeout = 1').catch(() => {});
    const terminated = (client: Client): unknown =>
      client.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => {});
    for (let round = 0; round < 3; round += 1)
      for (const end of [terminated, vanish, idle]) await ended(10, end);
    await ended(9, vanish);
    await counted('sessions_killed = 30 AND sessions_fatal = 30 AND sessions_abandoned = 39');
    expect(await told('sessions-killed', await readAt(database, parts))).toEqual([]);
    await ended(1, vanish);
    await counted('sessions_abandoned = 40');
    expect(await told('sessions-killed', await readAt(database, parts))).toEqual([
      expect.stringMatching(/^information: 100 of \d+ sessions did not end by themselves$/),
    ]);
  });

  it('temporary-files: tells of 50 MB in a second, and not of a little less', async () => {
    // 14 counts for a database once somebody has left it.
    await counted(`${major} > 14 OR stats_reset IS NOT NULL`);
    const before = await readAt(database, parts);
    await database.sql(kept(45));
    await counted('temp_bytes > 40000000');
    const near = aSecondAfter(before, await readAt(database, parts));
    expect(await told('temporary-files', near, {before})).toEqual([]);
    await database.sql(kept(45));
    await counted('temp_bytes > 80000000');
    const reading = await readAt(database, parts);
    expect(await told('temporary-files', aSecondAfter(before, reading), {before})).toEqual([
      expect.stringMatching(/^warning: [89]\d MB of temporary files are written each second$/),
    ]);
    // 90 MB in an hour are a report.
    expect(await told('temporary-files', reading, {later: hour})).toEqual([]);
  });
});

/** However long it took on this machine. */
function aSecondAfter({database: first}: Reading, reading: Reading): Reading {
  const {database} = reading;
  if (first?.kind !== 'seen' || database?.kind !== 'seen') expect.fail('the database was not read');
  return {...reading, database: {...database, at: first.at + 1000}};
}
