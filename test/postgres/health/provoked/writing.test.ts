import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {assess} from '../../../../src/core/health/assess.ts';
import {minute} from '../../../../src/core/health/time.ts';
import {ends, startServer, type TestServer} from '../../../rig/servers.ts';
import {offeredBy} from '../slow/roles.ts';
import {readAt, sqlAt, told, until} from './provoke.ts';

const flags = ['wal_buffers=32kB', 'max_wal_size=32MB', 'min_wal_size=32MB', 'checkpoint_timeout=1h'];

/** Writes so many MB of WAL, and nothing else. */
const written = (mb: number): string =>
  `SELECT count(pg_logical_emit_message(false, 'x', repeat('x', 1000000))) FROM generate_series(1, ${mb})`;

describe.each(ends)('what PostgreSQL %s writes', major => {
  let server: TestServer;
  const sql = (...texts: readonly string[]): Promise<unknown> => sqlAt(server.url(), ...texts);
  const says = async (check: string): Promise<readonly string[]> =>
    told(check, await readAt(server, ['writing', 'replication']));
  const [view, requested] =
    major >= 17 ? ['pg_stat_checkpointer', 'num_requested'] : ['pg_stat_bgwriter', 'checkpoints_req'];
  const reset = (): Promise<unknown> =>
    sql(
      `SELECT pg_stat_reset_shared('wal')`,
      `SELECT pg_stat_reset_shared('${view.replace('pg_stat_', '')}')`,
    );
  const counted = (count: number): Promise<void> =>
    until(server.url(), `${requested} >= ${count} FROM ${view}`);

  beforeAll(async () => {
    server = await startServer(major, {flags});
  });
  afterAll(() => server.stop());

  it('wal-buffers-full: tells of statements that found no room ten thousand times', async () => {
    await sql(written(16));
    await until(server.url(), 'wal_buffers_full > 1000 FROM pg_stat_wal');
    expect(await says('wal-buffers-full')).toEqual([]);
    await sql(written(80));
    await until(server.url(), 'wal_buffers_full > 10000 FROM pg_stat_wal');
    expect(await says('wal-buffers-full')).toEqual([
      expect.stringMatching(
        /^information: Sessions wrote WAL 1\d,\d{3} times because the buffers were full$/,
      ),
    ]);
  });

  it('checkpoints-too-often: tells of those that the WAL asked for, and not of those that somebody did', async () => {
    await reset();
    await sql(...Array.from({length: 12}, () => 'CHECKPOINT'));
    await counted(12);
    expect(await says('checkpoints-too-often')).toEqual([]);
    await reset();
    // One or two of them, as the server comes to it.
    const more = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) await sql(written(20));
    };
    await more(4);
    await counted(4);
    expect(await says('checkpoints-too-often')).toEqual([]);
    await more(6);
    await counted(10);
    const reading = await readAt(server, ['writing']);
    expect(await told('checkpoints-too-often', reading)).toEqual([
      expect.stringMatching(/^warning: (\d+) of \1 checkpoints came because the WAL was full$/),
    ]);
    // A second of writing says nothing about an hour.
    expect(offeredBy(await assess(reading), 'checkpoints-too-often')).toEqual([
      "ALTER SYSTEM SET max_wal_size = '1GB';\nSELECT pg_reload_conf();",
    ]);
  });

  it('slot-near-limit: tells of a slot that has a quarter of its limit left, and of one that is lost', async () => {
    await sql(
      `ALTER SYSTEM SET max_slot_wal_keep_size = '128MB'`,
      'SELECT pg_reload_conf()',
      `SELECT pg_create_physical_replication_slot('left_behind', true)`,
    );
    await sql(written(64));
    expect(await says('slot-near-limit')).toEqual([]);
    const reading = await readAt(server, ['replication']);
    expect(await told('slot-inactive', reading, {later: 9 * minute})).toEqual([]);
    // From 17 on the server says since when nobody reads from it.
    expect(await told('slot-inactive', reading, {later: 11 * minute})).toEqual(
      major < 17
        ? []
        : [
            expect.stringMatching(
              /^warning: Nobody reads from the physical replication slot left_behind, which keeps 6\d MB of WAL$/,
            ),
          ],
    );
    await sql(written(48));
    expect(await says('slot-near-limit')).toEqual([
      expect.stringMatching(
        /^warning: The physical replication slot left_behind is lost after \d+(\.\d)? MB more of WAL$/,
      ),
    ]);
    // The switch leaves nothing that is needed in the segment.
    await sql(written(96), 'SELECT pg_switch_wal()', 'CHECKPOINT');
    expect(await says('slot-near-limit')).toEqual([
      'error: The physical replication slot left_behind is lost',
    ]);
    expect(await says('slot-inactive')).toEqual([]);
    await sql(`SELECT pg_drop_replication_slot('left_behind')`);
    expect(await says('slot-near-limit')).toEqual([]);
  });
});
