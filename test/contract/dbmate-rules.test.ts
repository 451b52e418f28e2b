import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Goal, RunReport} from '../../src/core/migrations/plan.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import type {ProjectOptions, RunOptions} from '../../src/frameworks/framework.ts';
import {ends} from '../rig/servers.ts';
import {dbmate, hasDbmate} from './dbmate-cli.ts';
import {dbmateFixture, type DbmateFixture} from './dbmate-fixture.ts';
import {must, openTo} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};
const quiet: ProjectOptions = {'no-dump-schema': 'true'};

describe.each(ends)('dbmate on PostgreSQL %i', major => {
  let fixture: DbmateFixture;
  let session: Session;

  const prepare = async (folders?: readonly string[]): Promise<void> => {
    fixture = await dbmateFixture(major, quiet, folders);
    session = must(await fixture.open());
  };

  beforeEach(() => prepare());

  afterEach(async () => {
    await session.close();
    await fixture.dispose();
  });

  const file = (name: string, content: string | Uint8Array): Promise<string> =>
    fixture.file(`db/migrations/${name}`, content);
  const status = async (options = quiet) => must(await fixture.project.status(session, options));
  const plan = async (goal: Goal, options = quiet) =>
    fixture.project.plan(await status(options), goal, options);
  const run = async (goal: Goal, options = quiet): Promise<Outcome<RunReport>> =>
    fixture.project.run(session, must(await plan(goal, options)), options, patient, fixture.open);
  const rows = async (table = 'schema_migrations') =>
    (await fixture.database.sql(`SELECT version FROM ${table} ORDER BY version`)).map(({version}) => version);

  it('makes the table that dbmate makes', async () => {
    await fixture.write(1, 'good');
    must(await run({kind: 'apply-all'}));
    const shape = `
      SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull), ',') AS columns,
        (SELECT string_agg(conname || ' ' || pg_get_constraintdef(oid), ',') FROM pg_constraint WHERE conrelid = attrelid AND contype <> 'n') AS keys
      FROM pg_attribute WHERE attrelid = 'schema_migrations'::regclass AND attnum > 0 GROUP BY attrelid`;
    const own = await fixture.database.sql(shape);
    expect(own).toEqual([
      {columns: 'version character varying t', keys: 'schema_migrations_pkey PRIMARY KEY (version)'},
    ]);
    if (!hasDbmate) return;
    await fixture.database.sql('DROP TABLE schema_migrations, t1');
    await dbmate(fixture.root, fixture.database, ['--no-dump-schema', 'migrate']);
    expect(await fixture.database.sql(shape)).toEqual(own);
  });

  it.each<[string, string, string, string]>([
    ['another name', 'migs', 'migs', 'public.migs'],
    ['a name that needs quotes', 'My Migs', '"My Migs"', 'public."My Migs"'],
    ['a schema that is not there', 'Side.migs', '"Side".migs', '"Side".migs'],
    ['a schema that is there', 'public.migs', 'public.migs', 'public.migs'],
  ])('keeps its table under %s', async (_name, setting, sql, shown) => {
    await fixture.write(1, 'good');
    const options = {...quiet, 'migrations-table': setting};
    expect((await status(options)).bookkeeping).toMatchObject({table: shown, exists: false});
    must(await run({kind: 'apply-all'}, options));
    expect(await rows(sql)).toEqual(['20240101000001']);
    expect((await status(options)).bookkeeping).toMatchObject({table: shown, exists: true});
    if (!hasDbmate) return;
    const told = await dbmate(fixture.root, fixture.database, ['--migrations-table', setting, 'status']);
    expect(told.output).toContain('Pending: 0');
  });

  it('reads the name of its table and folder from .env anew each time', async () => {
    await fixture.write(1, 'good');
    await fixture.file('.env', 'DBMATE_MIGRATIONS_TABLE="from_env"\n');
    expect((await status()).bookkeeping.table).toBe('public.from_env');
  });

  it('says so where the table of its name is golang-migrate’s', async () => {
    await fixture.database.sql(
      'CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)',
    );
    expect(await fixture.project.status(session, quiet)).toMatchObject({
      failure: {reason: 'unsupported', message: expect.stringContaining('the table of another tool')},
    });
    expect((await status({...quiet, 'migrations-table': 'own'})).bookkeeping.exists).toBe(false);
  });

  it('goes where the first schema of the address’s search_path is, and makes it', async () => {
    await fixture.write(1, 'good');
    const moved = must(await openTo(fixture.database, {parameters: {search_path: 'app, public'}}));
    const known = must(await fixture.project.status(moved, quiet));
    expect(known.bookkeeping.table).toBe('app.schema_migrations');
    const planned = must(await fixture.project.plan(known, {kind: 'apply-all'}, quiet));
    must(await fixture.project.run(moved, planned, quiet, patient, fixture.open));
    await moved.close();
    expect(await rows('app.schema_migrations')).toEqual(['20240101000001']);
    expect((await status()).bookkeeping).toMatchObject({
      table: 'public.schema_migrations',
      exists: false,
      elsewhere: ['app.schema_migrations'],
    });
  });

  it('applies a file that came late, and rolls back the last file name', async () => {
    await fixture.write(1, 'good');
    await fixture.write(3, 'good');
    must(await run({kind: 'apply-all'}));
    await fixture.write(2, 'good');
    expect((await status()).migrations.map(({state}) => state.kind)).toEqual([
      'applied',
      'pending',
      'applied',
    ]);
    must(await run({kind: 'apply-all'}));
    expect(await rows()).toEqual(['20240101000001', '20240101000002', '20240101000003']);
    must(await run({kind: 'roll-back-last'}));
    expect(await rows()).toEqual(['20240101000001', '20240101000002']);
  });

  it('refuses a file that came late in strict mode', async () => {
    await fixture.write(1, 'good');
    await fixture.write(3, 'good');
    must(await run({kind: 'apply-all'}));
    await fixture.write(2, 'good');
    expect(await plan({kind: 'apply-all'}, {...quiet, strict: 'true'})).toMatchObject({
      failure: {reason: 'invalid-input'},
    });
    expect(await plan({kind: 'roll-back-last'}, {...quiet, strict: 'true'})).toMatchObject({ok: true});
  });

  it('takes the digits as text: 01 and 1 are two versions, and 10 comes before 9', async () => {
    const make = (name: string): string =>
      `-- migrate:up\nCREATE TABLE ${name} ();\n-- migrate:down\nDROP TABLE ${name};\n`;
    for (const [name, table] of [
      ['01_a.sql', 't1'],
      ['1_a.sql', 't2'],
      ['10_b.sql', 't3'],
      ['9_c.sql', 't4'],
    ] as const)
      await file(name, make(table));
    const history = must(await fixture.project.list());
    expect(history.migrations.map(({id}) => id)).toEqual(['01', '10', '1', '9']);
    expect(history.problems).toMatchObject([{kind: 'other', refused: false}]);
    must(await run({kind: 'apply-all'}));
    expect(await rows()).toEqual(['01', '1', '10', '9']);
  });

  it.each<[string, readonly string[]]>([
    ['1.sql', ['1']],
    ['1a.sql', ['1']],
    ['0020_x-y z.sql', ['0020']],
    ['99999999999999999999999_beyond.sql', ['99999999999999999999999']],
    ['a1_b.sql', []],
    ['_1_b.sql', []],
    ['1_b.SQL', []],
    ['1_b.sql.bak', []],
    ['below/1_b.sql', []],
  ])('takes %s for the versions %j', async (name, versions) => {
    await file(name, '-- migrate:up\nCREATE TABLE t1 ();\n-- migrate:down\n');
    expect(must(await fixture.project.list()).migrations.map(({id}) => id)).toEqual(versions);
    if (versions.length === 0) return;
    must(await run({kind: 'apply-all'}));
    expect(await rows()).toEqual(versions);
  });

  it.each([
    ['-- migrate:up transaction:true\n', true],
    ['-- migrate:up\ttransaction:false\n', false],
    ['-- migrate:up transaction:FALSE\n', true],
    ['-- migrate:up\n-- transaction:false\n', true],
  ])('runs a block behind %j in a transaction: %s', async (marker, inTransaction) => {
    await file('1_a.sql', `${marker}CREATE TABLE t1 (a int);\n-- migrate:down\n`);
    await file('2_b.sql', `${marker}CREATE INDEX CONCURRENTLY i ON t1 (a);\n-- migrate:down\n`);
    const report = must(await run({kind: 'apply-all'}));
    expect(report.stopped === undefined).toBe(!inTransaction);
    expect(await rows()).toEqual(inTransaction ? ['1'] : ['1', '2']);
  });

  it('rolls back without a transaction where only the marker of that block says so', async () => {
    await file('1_a.sql', '-- migrate:up\nCREATE TABLE t1 (a int);\n-- migrate:down\nDROP TABLE t1;\n');
    await file(
      '2_b.sql',
      '-- migrate:up\nCREATE INDEX i ON t1 (a);\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY i;\n',
    );
    must(await run({kind: 'apply-all'}));
    expect(must(await run({kind: 'roll-back-last'})).stopped).toBeUndefined();
    expect(await rows()).toEqual(['1']);
  });

  it('runs without a transaction where the marker says so, and leaves no record of a failure', async () => {
    await file(
      '1_index.sql',
      '-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON nothing (a);\n-- migrate:down\n',
    );
    const failed = must(await run({kind: 'apply-all'}));
    expect(failed.stopped).toMatchObject({failure: {server: {sqlState: '42P01'}}, at: {start: {line: 1}}});
    expect(await rows()).toEqual([]);
    await fixture.database.sql('CREATE TABLE t (a int)');
    await file(
      '1_index.sql',
      '-- migrate:up foo:bar transaction:false\nCREATE INDEX CONCURRENTLY i ON t (a);\n-- migrate:down\n',
    );
    expect(must(await run({kind: 'apply-all'})).stopped).toBeUndefined();
    expect(await rows()).toEqual(['1']);
  });

  it('warns of CONCURRENTLY in a transaction, of empty blocks and of several sections', async () => {
    await file('1_a.sql', '-- migrate:up\nCREATE INDEX CONCURRENTLY i ON t (a);\n-- migrate:down\n');
    await file('2_b.sql', '-- migrate:up\n\n-- migrate:down\nSELECT 1;\n');
    await file(
      '3_c.sql',
      '-- migrate:up\nSELECT 1;\n-- migrate:down\n-- migrate:up\nSELECT 2;\n-- migrate:down\n',
    );
    expect(must(await plan({kind: 'apply-all'})).warnings).toEqual([
      {kind: 'concurrently-in-transaction', step: 0},
      {kind: 'empty-file', step: 1},
      {kind: 'several-sections', step: 2},
    ]);
  });

  it('applies and records the first of two sections, and stops at the second', async () => {
    const section = (name: string): string =>
      `-- migrate:up\nCREATE TABLE ${name} ();\n-- migrate:down\nDROP TABLE ${name};\n`;
    await file('1_two.sql', section('t1') + section('t2'));
    const report = must(await run({kind: 'apply-all'}));
    expect(report.stopped).toMatchObject({failure: {server: {sqlState: '23505'}}, at: {start: {line: 4}}});
    expect(report.words).toContain('after 1 of its pieces');
    expect(await rows()).toEqual(['1']);
    expect(await fixture.made(session)).toEqual([1]);
  });

  it.each<[string, string]>([
    ['no marker', 'CREATE TABLE t1 ();\n'],
    ['no down marker', '-- migrate:up\nCREATE TABLE t1 ();\n'],
    ['a byte order mark before the marker', '\uFEFF-- migrate:up\nCREATE TABLE t1 ();\n-- migrate:down\n'],
    ['a statement before the marker', 'SELECT 1;\n-- migrate:up\n-- migrate:down\n'],
    ['two down blocks', '-- migrate:up\n-- migrate:down\n-- migrate:down\n'],
    ['down before up', '-- migrate:down\n-- migrate:up\n'],
    ['a marker that is indented', ' -- migrate:up\nCREATE TABLE t1 ();\n-- migrate:down\n'],
  ])('refuses a file with %s, as dbmate does', async (_name, text) => {
    await file('1_odd.sql', text);
    const planned = await plan({kind: 'apply-all'});
    expect(planned).toMatchObject({failure: {reason: 'invalid-input'}});
    expect(planned.ok ? '' : planned.failure.message).toMatch(/^1_odd.sql .*so dbmate refuses to run it\.$/);
    if (hasDbmate)
      expect(await dbmate(fixture.root, fixture.database, ['--no-dump-schema', 'migrate'])).toMatchObject({
        failed: true,
      });
    expect(await fixture.made(session)).toEqual([]);
  });

  it.each<[string, string]>([
    ['carriage returns', '-- migrate:up \r\nCREATE TABLE t1 ();\r\n-- migrate:down\r\nDROP TABLE t1;\r\n'],
    [
      'options nobody knows',
      '-- migrate:up colour:red\nCREATE TABLE t1 ();\n-- migrate:down x\nDROP TABLE t1;',
    ],
    [
      'comments before the marker',
      '-- hi\n\n  -- there\n--migrate:up\nCREATE TABLE t1 ();\n--   migrate:down\nDROP TABLE t1',
    ],
    [
      'no semicolon at the end',
      '-- migrate:up\nCREATE TABLE t1 () -- end\n-- migrate:down\nDROP TABLE t1 -- end',
    ],
  ])('runs a file with %s there and back', async (_name, text) => {
    await file('1_odd.sql', text);
    expect(must(await run({kind: 'apply-all'})).stopped).toBeUndefined();
    expect(await fixture.made(session)).toEqual([1]);
    expect(must(await run({kind: 'roll-back-last'})).stopped).toBeUndefined();
    expect(await fixture.made(session)).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it.each<[string, string, {line: number; column: number}]>([
    [
      'carriage returns',
      '-- migrate:up\r\nSELECT 1;\r\nSELECT nothing;\r\n-- migrate:down\r\n',
      {line: 2, column: 7},
    ],
    [
      'characters of two units',
      "-- migrate:up\nSELECT '😀é', nothing;\n-- migrate:down\n",
      {line: 1, column: 14},
    ],
    [
      'a syntax error in the first statement',
      '-- migrate:up\nSELEC 1;\n-- migrate:down\n',
      {line: 1, column: 0},
    ],
    ['no position', "-- migrate:up\nSELECT 1;\nSELECT 'x'::int;\n-- migrate:down\n", {line: 2, column: 7}],
  ])('names the exact place with %s', async (_name, text, place) => {
    await file('1_bad.sql', text);
    const report = must(await run({kind: 'apply-all'}));
    expect(report.stopped?.at?.start).toEqual(place);
    expect(report.words).toContain('nothing of it remains');
    expect(session.transactionStatus()).toBe('idle');
  });

  it('refuses two files of one version', async () => {
    await file('1_a.sql', '-- migrate:up\n-- migrate:down\n');
    await file('1_b.sql', '-- migrate:up\n-- migrate:down\n');
    expect(await plan({kind: 'apply-all'})).toMatchObject({failure: {reason: 'duplicate-version'}});
  });

  it('rolls back an open transaction that a file without one leaves', async () => {
    await file(
      '1_open.sql',
      '-- migrate:up transaction:false\nBEGIN; CREATE TABLE t1 ();\n-- migrate:down\n',
    );
    expect(must(await run({kind: 'apply-all'})).stopped?.failure.message).toContain(
      'leaves a transaction open',
    );
    expect(await fixture.made(session)).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it('reads several folders in one order, and writes new files to the first', async () => {
    await session.close();
    await fixture.dispose();
    await prepare(['one', 'two']);
    await fixture.file(
      'two/1_a.sql',
      '-- migrate:up\nCREATE TABLE t1 ();\n-- migrate:down\nDROP TABLE t1;\n',
    );
    await fixture.file('one/2_b.sql', '-- migrate:up\nALTER TABLE t1 ADD a int;\n-- migrate:down\n');
    must(await run({kind: 'apply-all'}));
    expect(await rows()).toEqual(['1', '2']);
    const request = {title: 'New', up: '', down: '', now: new Date('2026-01-02T03:04:05Z')};
    const [created] = must(await fixture.project.create(request));
    expect(created).toMatch(/one.20260102030405_new\.sql$/);
    if (!hasDbmate) return;
    const told = await dbmate(fixture.root, fixture.database, ['-d', 'one', '-d', 'two', 'status']);
    expect(told.output).toContain('Applied: 2');
    expect(told.output).toContain('[ ] 20260102030405_new.sql');
  });

  it('keeps rows of other branches when it records a version behind them', async () => {
    await fixture.write(1, 'good');
    await fixture.write(3, 'good');
    must(await run({kind: 'apply-next'}));
    await fixture.database.sql(`INSERT INTO schema_migrations VALUES ('20240101000002'), ('20990101000000')`);
    const forced = must(
      await fixture.project.force(session, {kind: 'at', id: '20240101000003'}, quiet, patient),
    );
    expect(forced.migrations.map(({state}) => state.kind)).toEqual(['applied', 'missing-file', 'applied']);
    expect(await rows()).toEqual(['20240101000001', '20240101000002', '20240101000003']);
  });

  it('keeps all rows when it cannot write the others', async () => {
    for (const number of [1, 2]) await fixture.write(number, 'good');
    must(await run({kind: 'apply-all'}));
    await fixture.database.sql(`
      UPDATE schema_migrations SET version = '20990101000000' WHERE version = '20240101000001';
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON schema_migrations FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const forced = await fixture.project.force(session, {kind: 'at', id: '20240101000002'}, quiet, patient);
    expect(forced).toMatchObject({failure: {reason: 'sql'}});
    expect(await rows()).toEqual(['20240101000002', '20990101000000']);
    expect(session.transactionStatus()).toBe('idle');
  });
});
