import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {assess} from '../../../../src/core/health/assess.ts';
import type {Reading} from '../../../../src/core/health/parts.ts';
import {ends, startServer, type TestServer} from '../../../rig/servers.ts';
import {offeredBy} from '../slow/roles.ts';
import {fileOf, readAt, shellAt, sqlAt, told, until} from './provoke.ts';

const GB = 1024 ** 3;

/** `parts` lie in tables of 70 GB together and of 60 GB; `whole` and `lesser` in one file each of as much. */
const tables = `CREATE TABLE whole (id int); CREATE TABLE lesser (id int);
  CREATE TABLE parts (id int) PARTITION BY RANGE (id);
  CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10);`;

const sizes = {whole: 70, lesser: 60, parts_1: 70};

describe.each(ends)('what PostgreSQL %s has on disk', major => {
  let server: TestServer;
  const sql = (...texts: readonly string[]): ReturnType<typeof sqlAt> => sqlAt(server.url(), ...texts);

  beforeAll(async () => {
    server = await startServer(major, {
      flags: ['wal_init_zero=off', 'wal_recycle=off', ...(major === 18 ? ['archive_mode=on'] : [])],
    });
    await sql(tables);
  });
  afterAll(() => server.stop());

  describe('in tables of tens of gigabytes', () => {
    let reading: Reading;
    beforeAll(async () => {
      // Pages of zeros are empty pages, and a file may be longer than what it takes of the disk.
      for (const [name, size] of Object.entries(sizes)) {
        const file = await fileOf(server.url(), name);
        const segments = `${file} $(seq -f '${file}.%.0f' 1 ${size - 1})`;
        await shellAt(server.url(), `truncate -s 1G ${segments}`);
      }
      reading = await readAt(server, ['tables', 'settings', 'database', 'statements']);
    });

    it.each([
      ['table-large-unpartitioned', 32, ['information: whole has 70 GB and no partitions']],
      ['table-large-unpartitioned', 69, ['information: whole has 70 GB and no partitions']],
      ['table-large-unpartitioned', 71, []],
      ['shared-buffers', 16, ['information: shared_buffers is 0.2 % of the memory']],
      ['shared-buffers', 0.5, []],
      ['maintenance-work-mem', 16, ['information: maintenance_work_mem is 64MB with a table of 70 GB']],
      ['maintenance-work-mem', 1, []],
      ['maintenance-work-mem', 0.5, ['warning: Autovacuum can take 192 MB, 38 % of the memory']],
      ['effective-cache-size', 16, ['information: effective_cache_size is 25 % of the memory']],
      ['effective-cache-size', 8, []],
      ['random-page-cost', 16, ['information: random_page_cost is 4, which is for rotating disks']],
    ])('%s, on a machine of %f GB', async (check, memory, found) => {
      expect(await told(check, reading, {memoryBytes: memory * GB})).toEqual(found);
    });

    it('shared-buffers: guesses for a role that does not see the memory', async () => {
      await sql(`CREATE ROLE monitor LOGIN PASSWORD 'postgres' IN ROLE pg_monitor`);
      const seen = await readAt(server, ['settings', 'database', 'tables'], 'monitor');
      expect(await told('shared-buffers', seen)).toEqual([
        expect.stringMatching(/^information: shared_buffers is 32MB for \d+ GB of data$/),
      ]);
      for (const check of ['maintenance-work-mem', 'effective-cache-size', 'table-large-unpartitioned'])
        expect(await told(check, seen)).toEqual([]);
    });

    it('effective-cache-size: tells of one that was set to more than the memory', async () => {
      await sql(`ALTER SYSTEM SET effective_cache_size = '32GB'`, 'SELECT pg_reload_conf()');
      await until(server.url(), `current_setting('effective_cache_size') = '32GB'`);
      const set = await readAt(server, ['settings']);
      expect(await told('effective-cache-size', set, {memoryBytes: 16 * GB})).toEqual([
        'information: effective_cache_size is 200 % of the memory',
      ]);
      expect(await told('effective-cache-size', set, {memoryBytes: 64 * GB})).toEqual([]);
    });

    it('says nothing of them once they are gone', async () => {
      await sql('DROP TABLE whole, lesser, parts');
      const gone = await readAt(server, ['tables', 'settings', 'database', 'statements']);
      for (const check of [
        'table-large-unpartitioned',
        'shared-buffers',
        'maintenance-work-mem',
        'effective-cache-size',
        'random-page-cost',
      ])
        expect(await told(check, gone, {memoryBytes: 40 * GB})).toEqual([]);
    });
  });

  it.runIf(major === 14)(
    'autovacuum-settings-large-table: tells of ten million rows that change',
    async () => {
      const says = async (): Promise<readonly string[]> =>
        told('autovacuum-settings-large-table', await readAt(server, ['tables']));
      await sql(
        'CREATE TABLE rows (id int)',
        `INSERT INTO rows SELECT generate_series(1, 226 * 128)`,
        'VACUUM (FREEZE) rows',
        'CHECKPOINT',
      );
      // Without checksums a block may stand anywhere, so the file may be there many times over.
      const file = await fileOf(server.url(), 'rows');
      await shellAt(server.url(), `cp ${file} one; cat $(yes one | head -n 350) >> ${file}; rm one`);
      await sql('SET default_statistics_target = 1', 'ANALYZE rows');
      expect(await says()).toEqual([]);
      await sql(`DELETE FROM rows WHERE ctid < '(50, 0)'`);
      await until(server.url(), `n_tup_del > 10000 FROM pg_stat_user_tables WHERE relname = 'rows'`);
      expect(await says()).toEqual([
        expect.stringMatching(/^information: Autovacuum comes to rows only at 2,\d{3},\d{3} dead rows$/),
      ]);
      const offered = offeredBy(
        await assess(await readAt(server, ['tables'])),
        'autovacuum-settings-large-table',
      );
      await sql(...offered.slice(0, 1));
      expect(await says()).toEqual([]);
    },
  );

  it.runIf(major === 18)(
    'wal-directory-large, archive-failing: tells of files that a slot and an archive keep',
    async () => {
      const says = async (check: string): Promise<readonly string[]> =>
        told(check, await readAt(server, ['writing', 'replication']));
      const switched = (times: number): readonly string[] =>
        Array.from({length: times}, () => `SELECT pg_logical_emit_message(false, '', ''), pg_switch_wal()`);
      await sql(`ALTER SYSTEM SET max_wal_size = '32MB'`, 'SELECT pg_reload_conf()');
      await sql(`SELECT pg_create_physical_replication_slot('left_behind', true)`, ...switched(40));
      expect(await says('archive-failing')).toEqual([]);
      await sql(...switched(75));
      expect(await says('archive-failing')).toEqual([
        expect.stringMatching(/^error: 11\d files of WAL wait for the archive$/),
      ]);
      expect(await says('wal-directory-large')).toEqual([]);
      await sql(...switched(15));
      expect(await says('wal-directory-large')).toEqual([
        expect.stringMatching(/^error: The WAL takes 2(\.\d)? GB of disk$/),
      ]);
    },
  );

  it('checksum-failures: tells of blocks that the disk gave back damaged, where they have checksums', async () => {
    const says = async (): Promise<readonly string[]> =>
      told('checksum-failures', await readAt(server, ['database']));
    await sql(`CREATE TABLE broken AS SELECT i FROM generate_series(1, 1000) AS i`, 'CHECKPOINT');
    expect(await says()).toEqual([]);
    for (const name of ['broken', 'pg_shdescription'])
      await shellAt(
        server.url(),
        `printf rot | dd of=${await fileOf(server.url(), name)} bs=1 seek=8000 conv=notrunc status=none`,
      );
    // What is in shared buffers is not read again.
    await server.restart();
    const count = (name: string): Promise<string> =>
      sql(`SELECT count(*) FROM ${name}`).then(
        () => 'read',
        (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : ''),
      );
    const outcomes = [await count('broken'), await count('pg_shdescription')];
    if (major === 14) {
      // initdb makes them from 18 on.
      expect([outcomes, await says()]).toEqual([['read', 'read'], []]);
      return;
    }
    expect(outcomes).toEqual(['XX001', 'XX001']);
    await until(server.url(), 'count(*) = 2 FROM pg_stat_database WHERE checksum_failures > 0');
    expect(await says()).toEqual([
      'error: 1 block in the database postgres did not match its checksum',
      'error: 1 block in what all databases share did not match its checksum',
    ]);
  });
});
