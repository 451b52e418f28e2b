import {mkdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Goal, RunReport} from '../../src/core/migrations/plan.ts';
import type {Session} from '../../src/core/session.ts';
import type {RunOptions} from '../../src/frameworks/framework.ts';
import {lendDatabase} from './lent-database.ts';
import {prismaFixture, type PrismaFixture} from './prisma-fixture.ts';
import {withPrisma} from './prisma-tool.ts';
import {must, openTo} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};

describe.each([14, 18] as const)('Prisma’s rules on PostgreSQL %i', major => {
  let fixture: PrismaFixture;
  let session: Session;

  beforeEach(async () => {
    fixture = await prismaFixture(major);
    session = must(await fixture.open());
  });

  afterEach(async () => {
    await session.close();
    await fixture.dispose();
  });

  const sql = (text: string) => fixture.database.sql(text);
  const status = async (on = session) => must(await fixture.project.status(on, {}));
  const plan = async (goal: Goal = {kind: 'apply-all'}, on = session) =>
    fixture.project.plan(await status(on), goal, {});
  const apply = async (on = session, run = patient): Promise<RunReport> =>
    must(await fixture.project.run(on, must(await plan({kind: 'apply-all'}, on)), {}, run, fixture.open));
  const kinds = async () => (await status()).migrations.map(({state}) => state.kind);
  const refusal = async () => {
    const planned = await plan();
    return planned.ok ? 'nothing' : planned.failure.message;
  };
  const deployError = () =>
    withPrisma(fixture, engine =>
      engine.deploy().then(
        () => 'nothing',
        (error: unknown) => String(error),
      ),
    );

  it('makes the table exactly as the tool does', async () => {
    const shape = `SELECT attname, format_type(atttypid, atttypmod) AS type, attnotnull, pg_get_expr(adbin, adrelid) AS def
      FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE attrelid = '_prisma_migrations'::regclass AND attnum > 0 ORDER BY attnum`;
    const constraints = `SELECT conname, pg_get_constraintdef(oid) AS def FROM pg_constraint
      WHERE conrelid = '_prisma_migrations'::regclass ORDER BY 1`;
    await fixture.write(1, 'good');
    await apply();
    const alone = await lendDatabase(major);
    await withPrisma({...fixture, database: alone}, engine => engine.deploy());
    expect(await sql(shape)).toEqual(await alone.sql(shape));
    expect(await sql(constraints)).toEqual(await alone.sql(constraints));
    await alone.drop();
  });

  it('refuses a database with tables and no record, as the tool does, until it is baselined', async () => {
    await sql('CREATE TABLE t1 (id int)');
    await fixture.write(1, 'good');
    await fixture.write(2, 'good');
    expect(await refusal()).toContain('P3005');
    expect(await deployError()).toContain('The database schema is not empty');
    const [first] = must(await fixture.project.list()).migrations;
    must(await fixture.project.force(session, {kind: 'at', id: first?.id ?? ''}, {}, patient, fixture.open));
    expect((await apply()).done).toHaveLength(1);
    expect(await fixture.made(session)).toEqual([1, 2]);
  });

  it.each([
    ['a view', 'CREATE VIEW v AS SELECT 1'],
    ['a partitioned table', 'CREATE TABLE p (id int) PARTITION BY RANGE (id)'],
    ['a sequence', 'CREATE SEQUENCE s'],
    ['a table of PostGIS', 'CREATE TABLE spatial_ref_sys (srid int)'],
    ['another table of PostGIS', 'CREATE TABLE "Raster_Columns" (id int)'],
    ['a table of another schema', 'CREATE SCHEMA other; CREATE TABLE other.t (id int)'],
  ])('begins in a database with %s only where the tool does', async (_what, text) => {
    await sql(text);
    await fixture.write(1, 'good');
    const own = await refusal();
    const told = await deployError();
    expect(own === 'nothing').toBe(told === 'nothing');
  });

  it('looks again under the lock whether there are tables', async () => {
    await fixture.write(1, 'good');
    const planned = must(await plan());
    await sql('CREATE TABLE other (id int)');
    expect(await fixture.project.run(session, planned, {}, patient, fixture.open)).toMatchObject({
      failure: {reason: 'invalid-input', message: expect.stringContaining('P3005')},
    });
  });

  it.each<[string, string, string]>([
    ['a space', 'SELECT 1; \n', 'edited'],
    ['the line ends', 'SELECT 1;\r\n', 'applied'],
    ['nothing', 'SELECT 1;\n', 'applied'],
  ])('tells a file in which %s was changed since', async (_what, text, kind) => {
    await fixture.script('1_a', 'SELECT 1;\n');
    await apply();
    await fixture.script('1_a', text);
    expect(await kinds()).toEqual([kind]);
    const told = await withPrisma(fixture, engine => engine.diagnose());
    expect(told.editedMigrationNames).toEqual(kind === 'edited' ? ['1_a'] : []);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    [
      'names of one length',
      ['20240102000000_b', '20240101000000_a'],
      ['20240101000000_a', '20240102000000_b'],
    ],
    ['numbers as text', ['9_a', '10_b', '1_c'], ['1_c', '10_b', '9_a']],
    ['names without numbers', ['init', '0_a', 'Add'], ['0_a', 'Add', 'init']],
  ])('runs %s in the order of the folders, as the tool does', async (_what, names, expected) => {
    for (const [index, name] of names.entries())
      await fixture.script(name, `CREATE TABLE t${index} (id int);`);
    await writeFile(join(fixture.folder, '0_no_folder.sql'), 'SELECT nothing;');
    expect((await apply()).done.map(({step}) => step.migration.id)).toEqual(expected);
    const ran = () =>
      sql('SELECT migration_name AS name FROM _prisma_migrations ORDER BY started_at').then(rows =>
        rows.map(({name}) => name),
      );
    expect(await ran()).toEqual(expected);
    await sql('DROP TABLE _prisma_migrations, t0, t1' + (names.length > 2 ? ', t2' : ''));
    expect(await deployError()).toBe('nothing');
    expect(await ran()).toEqual(expected);
  });

  it('applies what is older than the last one', async () => {
    await fixture.script('20240102000000_b', 'CREATE TABLE t2 (id int);');
    await apply();
    await fixture.script('20240101000000_a', 'CREATE TABLE t1 (id int);');
    expect((await apply()).done.map(({step}) => step.migration.id)).toEqual(['20240101000000_a']);
    expect((await status()).position).toEqual({kind: 'at', id: '20240102000000_b'});
  });

  it.each<[string, string]>([
    [
      'empties the search path for good',
      "CREATE TABLE t1 (id int);\nSELECT set_config('search_path', '', false);\n",
    ],
    ['leaves a transaction open', 'BEGIN;\nCREATE TABLE t1 (id int);\n'],
    ['fails in a transaction of its own', 'BEGIN;\nCREATE TABLE t1 (id int);\nSELECT 1/0;\nCOMMIT;\n'],
    ['commits a part by itself', 'BEGIN;\nCREATE TABLE t1 (id int);\nCOMMIT;\nSELECT nothing_there;\n'],
    ['is empty', ''],
    ['is a comment', '-- nothing\n'],
    ['is a lone statement that runs outside of a transaction', 'VACUUM;\n'],
  ])('ends as with the tool where a script %s', async (_what, text) => {
    const rows = `SELECT migration_name, checksum, finished_at IS NULL AS failed, applied_steps_count AS steps FROM public._prisma_migrations`;
    const tables = `SELECT relname FROM pg_class WHERE relname ~ '^t[0-9]' ORDER BY 1`;
    await fixture.script('1_a', text);
    await apply();
    const alone = await lendDatabase(major);
    await withPrisma({...fixture, database: alone}, engine => engine.deploy().catch(() => []));
    expect(await sql(rows)).toEqual(await alone.sql(rows));
    expect(await sql(tables)).toEqual(await alone.sql(tables));
    await alone.drop();
  });

  it('advises on a script that empties the search path', async () => {
    await fixture.script('1_a', "SELECT set_config('search_path', '', false);\n");
    const report = await apply();
    expect(report.stopped?.failure.advice).toContain('pg_dump');
    expect(report.words).toContain('failed at version 1');
  });

  it('keeps its books in the schema of the address, which it makes', async () => {
    await fixture.write(1, 'good');
    const through = must(await openTo(fixture.database, {parameters: {search_path: 'tenant'}}));
    expect((await status(through)).bookkeeping).toMatchObject({
      table: '"tenant"."_prisma_migrations"',
      exists: false,
    });
    await apply(through);
    expect(await sql('SELECT count(*)::int AS count FROM tenant._prisma_migrations')).toEqual([{count: 1}]);
    expect(await sql(`SELECT to_regclass('tenant.t1') IS NOT NULL AS there`)).toEqual([{there: true}]);
    expect((await status()).bookkeeping.elsewhere).toEqual(['"tenant"."_prisma_migrations"']);
    expect(must(await through.query('SHOW search_path')).rows).toEqual([{search_path: 'tenant'}]);
    await through.close();
  });

  it.each<[string, () => Promise<void>, string]>([
    [
      'migrations for another database',
      () => writeFile(join(fixture.folder, 'migration_lock.toml'), 'provider = "mysql"\n'),
      'P3019',
    ],
    [
      'Prisma 8',
      () => writeFile(join(fixture.folder, 'package.json'), '{"devDependencies": {"prisma": "^8.0.0"}}'),
      'Prisma 8',
    ],
  ])('refuses %s', async (_what, make, words) => {
    await fixture.write(1, 'good');
    await make();
    expect(await refusal()).toContain(words);
  });

  it('says which folder has no script, and runs nothing of a plan with it', async () => {
    await fixture.write(1, 'good');
    await mkdir(join(fixture.folder, '3_empty'));
    expect(must(await fixture.project.list()).problems).toMatchObject([{kind: 'missing-up', id: '3_empty'}]);
    expect(await refusal()).toContain('P3015');
    await rm(join(fixture.folder, '3_empty'), {recursive: true});
    expect(await refusal()).toBe('nothing');
  });

  it.each<[string, string, readonly [number, number]]>([
    ['LF', 'SELECT 1;\nSELECT nope;\n', [1, 7]],
    ['CRLF', 'SELECT 1;\r\n\r\nSELECT  nope;\r\n', [2, 8]],
    ['astral characters before', "SELECT '🐘🐘', nope;\n", [0, 15]],
    ['a byte order mark', '\uFEFFSELECT 1;\n', [0, 0]],
  ])('names the place of a failure (%s)', async (_what, text, [line, column]) => {
    await fixture.script('1_a', text);
    expect((await apply()).stopped?.at?.start).toEqual({line, column});
    const [row] = await sql('SELECT logs FROM _prisma_migrations');
    expect(row?.['logs']).toMatch(/^A migration failed to apply[^]*Migration name: 1_a[^]*Database error:/);
  });

  it('resolves a failure without touching what was applied behind it', async () => {
    await fixture.script('20240103000000_c', 'CREATE TABLE t3 (id int);');
    await apply();
    await fixture.script('20240102000000_b', 'SELECT nope;');
    await fixture.script('20240101000000_a', 'CREATE TABLE t1 (id int);');
    await apply();
    expect(await kinds()).toEqual(['applied', 'failed', 'applied']);
    const diagnosis = must(await fixture.project.diagnose(session, await status(), {}));
    const [undone, done] = diagnosis.choices;
    expect([undone?.id, done?.id]).toEqual(['20240101000000_a', '20240102000000_b']);
    must(await fixture.project.force(session, {kind: 'at', id: undone?.id ?? ''}, {}, patient, fixture.open));
    expect(await kinds()).toEqual(['applied', 'pending', 'applied']);
  });

  it('makes the tool wait while it runs, and waits for the tool', async () => {
    await fixture.script('1_a', 'SELECT pg_sleep(0.4);');
    const done: string[] = [];
    const own = apply().then(() => void done.push('extension'));
    await expect
      .poll(
        async () =>
          (
            await sql(
              `SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
            )
          ).length,
      )
      .toBe(1);
    const tool = withPrisma(fixture, engine => engine.deploy()).then(applied => {
      done.push('tool');
      return applied;
    });
    await own;
    expect(await tool).toEqual([]);
    expect(done).toEqual(['extension', 'tool']);
    const holder = must(await fixture.open());
    must(await holder.query('SELECT pg_advisory_lock(72707369)'));
    await fixture.script('2_b', 'SELECT 1;');
    expect(
      await fixture.project.run(session, must(await plan()), {}, {...patient, lockWait: 200}, fixture.open),
    ).toMatchObject({failure: {reason: 'locked'}});
    await holder.close();
  });

  it('knows a migration that runs from one that failed', async () => {
    await fixture.script('1_a', 'SELECT pg_sleep(0.6);');
    const other = must(await fixture.open());
    const own = apply(other);
    await expect.poll(async () => (await kinds())[0]).toBe('running');
    expect(await refusal()).toContain('A runner is at work');
    await own;
    expect(await kinds()).toEqual(['applied']);
    await other.close();
  });
});
