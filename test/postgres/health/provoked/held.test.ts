import {setTimeout as pause} from 'node:timers/promises';
import {Client} from 'pg';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {assess} from '../../../../src/core/health/assess.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {ends} from '../../../rig/servers.ts';
import {readAt, until} from './provoke.ts';

const rows = 20_000;

describe.each(ends)('dead rows of PostgreSQL %s', major => {
  let database: TestDatabase;
  let elsewhere: TestDatabase;
  const clients: Client[] = [];

  beforeAll(async () => {
    database = await createDatabase(major, 'held');
    elsewhere = await createDatabase(major, 'held');
    await database.sql(`CREATE TABLE dying (n int); INSERT INTO dying SELECT 0 FROM generate_series(1, ${rows});
      CREATE TABLE quiet (id int); CREATE TABLE slow AS SELECT i FROM generate_series(1, 50000) AS i`);
  });
  afterAll(async () => {
    for (const client of clients) await client.end();
    await database.drop();
    await elsewhere.drop();
  });

  async function open({url}: TestDatabase): Promise<Client> {
    const client = new Client({connectionString: url});
    client.on('error', () => {});
    await client.connect();
    clients.push(client);
    return client;
  }

  /** Leaves a transaction open, and does nothing any more. @returns the session’s process */
  async function leaves(where: TestDatabase, ...statements: readonly string[]): Promise<number> {
    const client = await open(where);
    for (const statement of statements) await client.query(statement);
    const {rows: found} = await client.query<{pid: number}>('SELECT pg_backend_pid() AS pid');
    return found[0]?.pid ?? 0;
  }

  /** Some time later every row is another version. */
  async function updated(): Promise<void> {
    await database.sql(
      'DO $$ BEGIN FOR i IN 1..1200 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$',
    );
    await database.sql('UPDATE dying SET n = n + 1');
  }

  async function told(dead: number): Promise<readonly string[]> {
    await until(database.url, `n_dead_tup = ${dead} FROM pg_stat_user_tables WHERE relname = 'dying'`);
    const {findings} = await assess(await readAt(database, ['tables', 'sessions', 'replication']));
    return findings.flatMap(({check, why}) => (check === 'table-dead-rows' ? [why] : []));
  }

  it('table-dead-rows: names nobody who keeps no rows, however long he is there', async () => {
    await leaves(database, 'BEGIN', 'SELECT count(*) FROM quiet');
    await leaves(elsewhere, 'BEGIN ISOLATION LEVEL REPEATABLE READ', 'SELECT 1');
    await leaves(elsewhere, 'BEGIN', 'CREATE TABLE made (id int)');
    await leaves(
      elsewhere,
      'BEGIN',
      'CREATE TABLE promised (id int)',
      `PREPARE TRANSACTION '${elsewhere.name}'`,
    );
    const vacuum = await open(database);
    await vacuum.query('SET vacuum_cost_delay = 100; SET vacuum_cost_limit = 1');
    const vacuumed = vacuum.query('VACUUM slow').catch(() => 'cancelled');
    await updated();
    expect(await told(rows)).toEqual([expect.stringContaining('Its workers are too few or too slow')]);
    // Sessions that are being opened, by whomever, keep rows for a moment.
    let left: unknown = rows;
    while (left !== 0) {
      await database.sql('VACUUM dying');
      await pause(100);
      left = (await database.sql(`SELECT pg_stat_get_dead_tuples('dying'::regclass)::int AS dead`))[0]?.[
        'dead'
      ];
    }
    expect(await told(0)).toEqual([]);
    await database.sql(
      `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query = 'VACUUM slow' AND datname = current_database()`,
    );
    expect(await vacuumed).toBe('cancelled');
    await elsewhere.sql(`ROLLBACK PREPARED '${elsewhere.name}'`);
  });

  it('table-dead-rows: names a session that has written and idles', async () => {
    const pid = await leaves(database, 'BEGIN', 'INSERT INTO quiet VALUES (1)');
    await updated();
    await database.sql('VACUUM dying');
    expect(await told(rows)).toEqual([
      expect.stringMatching(
        `The transaction of session ${pid} .* keeps what died in the last 1,2\\d\\d transactions`,
      ),
    ]);
  });
});
