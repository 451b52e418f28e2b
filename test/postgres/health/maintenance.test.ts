import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {Client} from 'pg';
import {maintenanceSql} from '../../../src/core/health/maintenance.ts';
import type {Outcome} from '../../../src/core/outcome.ts';
import {runMaintenance, type MaintenanceOptions} from '../../../src/editor/health/run-maintenance.ts';
import {openSession} from '../../../src/postgres/connect.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {openOptions, settingsFor} from '../../rig/sessions.ts';

const object = {schema: 'public', name: 'crawled'};
const vacuum = maintenanceSql({command: 'vacuum', object});

type Progress = Parameters<MaintenanceOptions['onProgress']>[0];

interface Run {
  readonly phases: readonly Progress[];
  readonly outcome: Outcome<void>;
}

describe.each([14, 18] as const)('a maintenance command on PostgreSQL %s', major => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase(major);
    await database.sql(`CREATE TABLE crawled (id int PRIMARY KEY, filler text) WITH (autovacuum_enabled = false);
      INSERT INTO crawled SELECT i, repeat('x', 400) FROM generate_series(1, 12000) AS i;
      DELETE FROM crawled WHERE id % 2 = 0;
      ALTER DATABASE "${database.name}" SET statement_timeout = '500ms'`);
  });
  afterAll(() => database.drop());

  /** @returns the phases that were told while it ran, and what came of it */
  async function run(sql: string, options: Partial<MaintenanceOptions> = {}): Promise<Run> {
    const phases: Progress[] = [];
    const outcome = await runMaintenance(sql, {
      open: signal => openSession(settingsFor(database), {...openOptions, ...(signal ? {signal} : {})}),
      lockTimeout: 50,
      signal: new AbortController().signal,
      ...options,
      onProgress: progress => {
        phases.push(progress);
        options.onProgress?.(progress);
      },
    });
    return {phases, outcome};
  }

  const slowly = (delay: string): Promise<unknown> =>
    database.sql(`ALTER DATABASE "${database.name}" SET vacuum_cost_delay = '${delay}';
      ALTER DATABASE "${database.name}" SET vacuum_cost_limit = 100`);
  const sessions = (): Promise<readonly unknown[]> =>
    database.sql(`SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'howdah-test'`);

  it('is broken off in the middle, and leaves no session behind', async () => {
    await slowly('100ms');
    const abort = new AbortController();
    const {outcome, phases} = await run(vacuum, {
      signal: abort.signal,
      onProgress: ({phase}) => {
        if (phase !== 'running') abort.abort();
      },
    });
    expect(outcome).toMatchObject({ok: false, failure: {reason: 'cancelled'}});
    expect(phases.at(-1)?.share).toBeLessThan(1);
    await expect.poll(sessions).toEqual([]);
  });

  it('tells how far it is, and takes longer than a timeout of the database lets others', async () => {
    await slowly('5ms');
    const {outcome, phases} = await run(vacuum);
    expect(outcome.ok).toBe(true);
    const shares = (wanted: string): readonly number[] =>
      phases.flatMap(({phase, share}) => (phase === wanted && share !== undefined ? [share] : []));
    expect(phases.filter(({share}) => share !== undefined)).not.toEqual([]);
    expect(shares('scanning heap')).toEqual(shares('scanning heap').toSorted((a, b) => a - b));
    await expect.poll(sessions).toEqual([]);
  });

  it('gives up on a lock that somebody holds, and REINDEX CONCURRENTLY waits for it', async () => {
    await slowly('0');
    const holder = new Client({connectionString: database.url});
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE crawled IN SHARE UPDATE EXCLUSIVE MODE');
    const {outcome} = await run(vacuum);
    expect(outcome).toMatchObject({ok: false, failure: {server: {sqlState: '55P03'}}});
    const reindex = run(maintenanceSql({command: 'reindex-table', object}));
    await expect
      .poll(
        async () =>
          (
            await database.sql(
              `SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
            )
          ).length,
      )
      .toBeGreaterThan(0);
    await holder.query('COMMIT');
    await holder.end();
    expect((await reindex).outcome.ok).toBe(true);
  });
});
