import {afterAll, beforeAll, expect, it} from 'vitest';
import {startServer, type TestServer} from '../../../rig/servers.ts';
import {fileOf, readAt, shellAt, sqlAt, told, until} from './provoke.ts';

let server: TestServer;
const sql = (...texts: readonly string[]): ReturnType<typeof sqlAt> => sqlAt(server.url(), ...texts);
const says = async (check: string): Promise<readonly string[]> =>
  told(check, await readAt(server, ['database', 'settings', 'statements']));

/** Reads a table of 50 thousand blocks from end to end. */
const scans = (times: number): string =>
  `DO $$ BEGIN FOR i IN 1..${times} LOOP PERFORM count(*) FROM hollow; END LOOP; END $$`;

beforeAll(async () => {
  server = await startServer(17, {flags: ['shared_buffers=8MB', 'max_connections=20', 'track_io_timing=on']});
  await sql('CREATE EXTENSION pg_stat_statements', 'CREATE TABLE hollow (id int)');
  // Blocks of zeros are empty, and quick to make.
  await shellAt(server.url(), `truncate -s 400M ${await fileOf(server.url(), 'hollow')}`);
});
afterAll(() => server.stop());

it('random-page-cost: tells of reads that no rotating disk gives, once there are enough of them', async () => {
  await sql('SELECT count(*) FROM hollow TABLESAMPLE SYSTEM (10)');
  expect(await says('random-page-cost')).toEqual([]);
  await sql(scans(1));
  expect(await says('random-page-cost')).toEqual([
    'information: random_page_cost is 4, which is for rotating disks',
  ]);
  await sql('ALTER SYSTEM SET random_page_cost = 1.1', 'SELECT pg_reload_conf()');
  await until(server.url(), `current_setting('random_page_cost') = '1.1'`);
  expect(await says('random-page-cost')).toEqual([]);
});

it('cache-hit-low: tells of many times the database that was read, and not of the first million blocks', async () => {
  const read = (blocks: number): Promise<void> =>
    until(server.url(), `blks_read >= ${blocks} FROM pg_stat_database WHERE datname = current_database()`);
  await sql(scans(10));
  await read(500_000);
  expect(await says('cache-hit-low')).toEqual([]);
  await sql(scans(10));
  await read(1_000_000);
  expect(await says('cache-hit-low')).toEqual([
    expect.stringMatching(/^warning: Only \d(\.\d)? % of the blocks were found in shared buffers$/),
  ]);
});
