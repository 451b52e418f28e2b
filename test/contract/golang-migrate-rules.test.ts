import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Goal} from '../../src/core/migrations/plan.ts';
import type {Session} from '../../src/core/session.ts';
import type {ProjectOptions, RunOptions} from '../../src/frameworks/framework.ts';
import {golangFixture, type GolangFixture} from './golang-fixture.ts';
import {must, openTo} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};

describe.each([14, 18] as const)('golang-migrate’s rules on PostgreSQL %i', major => {
  let fixture: GolangFixture;
  let session: Session;

  beforeEach(async () => {
    fixture = await golangFixture(major);
    session = must(await fixture.open());
  });

  afterEach(async () => {
    await session.close();
    await fixture.dispose();
  });

  const sql = (text: string) => fixture.database.sql(text);
  const status = async (options: ProjectOptions = {}, on = session) =>
    must(await fixture.project.status(on, options));
  const run = async (goal: Goal, options: ProjectOptions = {}, on = session, run = patient) => {
    const plan = must(await fixture.project.plan(await status(options, on), goal, options));
    return must(await fixture.project.run(on, plan, options, run, fixture.open));
  };
  const up = (options?: ProjectOptions, on?: Session) => run({kind: 'apply-all'}, options, on);
  const row = async (table = 'schema_migrations') =>
    (await sql(`SELECT version::text, dirty FROM ${table}`))[0];

  it('makes the table exactly as the tool does', async () => {
    await fixture.file('1_a.up.sql', 'SELECT 1;');
    await up();
    const columns = await sql(
      `SELECT attname, format_type(atttypid, atttypmod) AS type, attnotnull FROM pg_attribute
       WHERE attrelid = 'schema_migrations'::regclass AND attnum > 0 ORDER BY attnum`,
    );
    expect(columns).toEqual([
      {attname: 'version', type: 'bigint', attnotnull: true},
      {attname: 'dirty', type: 'boolean', attnotnull: true},
    ]);
    expect(
      await sql(
        `SELECT conname FROM pg_constraint WHERE contype = 'p' AND conrelid = 'schema_migrations'::regclass`,
      ),
    ).toEqual([{conname: 'schema_migrations_pkey'}]);
  });

  it.each<[string, ProjectOptions, string]>([
    ['a literal name with a dot', {'x-migrations-table': 'a.b'}, 'public."a.b"'],
    ['a name that needs quotes', {'x-migrations-table': 'My "Table"'}, 'public."My ""Table"""'],
    [
      'a quoted name',
      {'x-migrations-table': '"Versions"', 'x-migrations-table-quoted': 'true'},
      'public."Versions"',
    ],
    [
      'a quoted and qualified name',
      {'x-migrations-table': '"Other"."Versions"', 'x-migrations-table-quoted': 'true'},
      '"Other"."Versions"',
    ],
  ])('keeps its books in %s', async (_what, options, table) => {
    await sql('CREATE SCHEMA "Other"');
    await fixture.file('1_a.up.sql', 'CREATE TABLE t1 (id int);');
    const report = await up(options);
    expect(report.position).toEqual({kind: 'at', id: '1'});
    expect(await row(table)).toEqual({version: '1', dirty: false});
    expect((await status()).bookkeeping).toMatchObject({
      exists: false,
      elsewhere: [expect.stringContaining(table.split('.')[1]?.[0] ?? '')],
    });
  });

  it('follows search_path, and finds the books of another schema', async () => {
    await sql('CREATE SCHEMA tenant');
    await fixture.file('1_a.up.sql', 'CREATE TABLE t1 (id int);');
    const tenant = must(await openTo(fixture.database, {parameters: {search_path: 'tenant, public'}}));
    await up({}, tenant);
    expect(await row('tenant.schema_migrations')).toEqual({version: '1', dirty: false});
    expect(await status({}, tenant)).toMatchObject({
      bookkeeping: {table: '"tenant"."schema_migrations"', exists: true, elsewhere: []},
    });
    expect(await status()).toMatchObject({
      position: {kind: 'none'},
      bookkeeping: {
        table: '"public"."schema_migrations"',
        exists: false,
        elsewhere: ['"tenant"."schema_migrations"'],
      },
    });
    await tenant.close();
  });

  it('leaves tables of dbmate and Rails alone', async () => {
    await sql('CREATE SCHEMA rails; CREATE TABLE rails.schema_migrations (version varchar PRIMARY KEY)');
    expect((await status()).bookkeeping.elsewhere).toEqual([]);
  });

  it('says so where the table of its name is that of dbmate or Rails', async () => {
    await sql('CREATE TABLE schema_migrations (version varchar PRIMARY KEY)');
    expect(await fixture.project.status(session, {})).toMatchObject({
      failure: {
        reason: 'unsupported',
        message: expect.stringContaining('the table of another tool'),
        setting: 'golangMigrate.table',
      },
    });
    expect((await status({'x-migrations-table': 'own'})).position).toEqual({kind: 'none'});
  });

  it('refuses without a current schema, as the tool does', async () => {
    const nowhere = must(await openTo(fixture.database, {parameters: {search_path: 'absent'}}));
    expect(await fixture.project.status(nowhere, {})).toMatchObject({
      failure: {reason: 'unsupported', message: expect.stringContaining('search_path')},
    });
    await nowhere.close();
  });

  it('writes nothing for a user who may only read, and says so on a run', async () => {
    await fixture.file('1_a.up.sql', 'SELECT 1;');
    must(await session.script('SET default_transaction_read_only = on'));
    expect((await status()).position).toEqual({kind: 'none'});
    const plan = must(await fixture.project.plan(await status(), {kind: 'apply-all'}, {}));
    expect(await fixture.project.run(session, plan, {}, patient, fixture.open)).toMatchObject({
      failure: {reason: 'read-only'},
    });
    expect(await sql(`SELECT FROM pg_class WHERE relname = 'schema_migrations'`)).toEqual([]);
  });

  it('runs what its grammar takes, in the order of the numbers, and passes over the rest', async () => {
    const names = [
      '10_.up.sql',
      '9_a.up.',
      '02_b.up.sql.bak',
      '3_c.up.down.up.txt',
      '20240101000000_d.up.sql',
    ];
    for (const [index, name] of names.entries()) await fixture.file(name, `CREATE TABLE t${index} (id int);`);
    for (const name of ['4_e.UP.sql', '5-f.up.sql', 'a6_g.up.sql', '7.up.sql', '8_h.sql', 'x/1_i.up.sql']) {
      await mkdir(join(fixture.project.folder, 'x'), {recursive: true});
      await fixture.file(name, 'SELECT nothing_there;');
    }
    const report = await up();
    expect(report.done.map(({step}) => step.migration.id)).toEqual(['2', '3', '9', '10', '20240101000000']);
    expect(await sql('SELECT version::text, dirty FROM schema_migrations')).toEqual([
      {version: '20240101000000', dirty: false},
    ]);
  });

  it('refuses duplicates and names both files', async () => {
    await fixture.file('1_a.up.sql', 'SELECT 1;');
    await fixture.file('01_b.up.sql', 'SELECT 1;');
    const planned = await fixture.project.plan(await status(), {kind: 'apply-all'}, {});
    expect(planned).toMatchObject({failure: {reason: 'duplicate-version'}});
    const message = planned.ok ? '' : planned.failure.message;
    expect(message).toContain('01_b.up.sql');
    expect(message).toContain('1_a.up.sql');
  });

  it('moves the version and runs nothing where a file is missing or blank', async () => {
    await fixture.file('1_a.up.sql', 'CREATE TABLE t1 (id int);');
    await fixture.file('2_b.down.sql', 'SELECT nothing_there;');
    await fixture.file('3_c.up.sql', ' \n\t');
    const planned = must(await fixture.project.plan(await status(), {kind: 'apply-all'}, {}));
    expect(planned.warnings).toEqual([
      {kind: 'missing-file', step: 1},
      {kind: 'empty-file', step: 2},
    ]);
    expect((await up()).position).toEqual({kind: 'at', id: '3'});
    const back = await run({kind: 'roll-back-to', id: '2'});
    expect(back).toMatchObject({position: {kind: 'at', id: '2'}});
    expect(back.stopped).toBeUndefined();
  });

  it('passes over directories, other names and versions beyond uint64', async () => {
    await mkdir(join(fixture.folder, '2_dir.up.sql'));
    await fixture.file('README.md', 'x');
    await fixture.file('99999999999999999999_x.up.sql', 'x');
    await fixture.file('1_.up.sql', 'CREATE TABLE t1 (id int);');
    await fixture.file('3_c.up.', 'CREATE TABLE t3 (id int);');
    expect((await up()).done.map(({step}) => step.migration.id)).toEqual(['1', '3']);
  });

  it('applies the largest version that fits, and refuses one that does not', async () => {
    await fixture.file('9223372036854775807_max.up.sql', 'SELECT 1;');
    expect((await up()).position).toEqual({kind: 'at', id: '9223372036854775807'});
    await fixture.file('9223372036854775808_more.up.sql', 'SELECT 1;');
    expect(await fixture.project.plan(await status(), {kind: 'apply-all'}, {})).toMatchObject({
      failure: {reason: 'invalid-input'},
    });
  });

  it.each<[string, string, readonly [number, number, number, number]]>([
    ['LF', 'SELECT 1;\nSELECT nope;\n', [1, 7, 1, 11]],
    ['CRLF', 'SELECT 1;\r\n\r\nSELECT  nope;\r\n', [2, 8, 2, 12]],
    ['lone CR', 'SELECT 1;\rSELECT nope;\r', [1, 7, 1, 11]],
    ['astral characters before', "SELECT '🐘🐘', nope;\n", [0, 15, 0, 19]],
    ['combining characters before', "SELECT 'e\u0301', nope;\n", [0, 13, 0, 17]],
    ['a quoted identifier', 'SELECT\n"No pe", 1;\n', [1, 0, 1, 7]],
    ['a syntax error', 'CREATE TABLE t (id int);\nCREATE TABEL u (id int);\n', [1, 7, 1, 12]],
    ['the end of the file', 'SELECT (1\n', [0, 8, 0, 9]],
    ['a byte order mark', '\uFEFFCREATE TABLE t (id int);\n', [0, 0, 0, 6]],
    ['a table that is not there', "INSERT INTO nope VALUES ('x');\n", [0, 12, 0, 16]],
    ['an operator', "SELECT 1 @@@ 'x';\n", [0, 9, 0, 12]],
  ])('points at the token: %s', async (_what, text, [line, column, endLine, endColumn]) => {
    const path = await fixture.file('1_a.up.sql', text);
    expect((await up()).stopped?.at).toEqual({
      path,
      start: {line, column},
      end: {line: endLine, column: endColumn},
    });
  });

  it.each<[string, string, readonly [number, number, number, number]]>([
    ['the line of a DO block', '-- why\nDO $$ BEGIN\n  PERFORM 1/0;\nEND $$;\n', [2, 2, 2, 14]],
    [
      'the name of the constraint in its statement',
      'CREATE TABLE t (id int);\nINSERT INTO t VALUES (1), (1);\nALTER TABLE t\n  ADD CONSTRAINT once UNIQUE (id);\nSELECT 1;\n',
      [3, 17, 3, 21],
    ],
    [
      'the table in the one after those that were completed',
      'CREATE TABLE t (id int UNIQUE);\nINSERT INTO t VALUES (1);\n;\nINSERT INTO t VALUES (1);\nSELECT 1;\n',
      [3, 12, 3, 13],
    ],
  ])('points at the place where the server gives no position: %s', async (_what, text, place) => {
    await fixture.file('1_a.up.sql', text);
    const {start, end} = (await up()).stopped?.at ?? {};
    expect([start?.line, start?.column, end?.line, end?.column]).toEqual(place);
  });

  it('splits at every semicolon in multi-statement mode, and commits each piece', async () => {
    const options = {'x-multi-statement': 'true'};
    await fixture.file(
      '1_a.up.sql',
      'CREATE TABLE t1 (id int);\nCREATE INDEX CONCURRENTLY i ON t1 (id);\nSELECT nope;\n',
    );
    const report = await up(options);
    expect(report.stopped?.at).toMatchObject({start: {line: 2, column: 7}, end: {line: 2, column: 11}});
    expect(report.words).toContain('after 2 of its pieces');
    expect(await sql(`SELECT to_regclass('i')::text AS i`)).toEqual([{i: 'i'}]);
    expect(await row()).toEqual({version: '1', dirty: true});
  });

  it('splits inside $$ as the tool does, and warns before', async () => {
    const options = {'x-multi-statement': 'true'};
    await fixture.file(
      '1_a.up.sql',
      'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;\n',
    );
    const planned = must(await fixture.project.plan(await status(), {kind: 'apply-all'}, options));
    expect(planned.warnings).toEqual([{kind: 'splits-inside-quotes', step: 0}]);
    expect((await up(options)).stopped?.failure.server?.sqlState).toBe('42601');
    expect(
      await fixture.project.plan({...(await status()), position: {kind: 'none'}}, {kind: 'apply-all'}, {}),
    ).toMatchObject({
      value: {warnings: []},
    });
  });

  it('stops at a piece beyond the limit, after the pieces before it', async () => {
    const options = {'x-multi-statement': 'true', 'x-multi-statement-max-size': '5000'};
    await fixture.file('1_a.up.sql', `CREATE TABLE t1 (id int);\n-- ${'x'.repeat(6000)}\nSELECT 1;`);
    const report = await up(options);
    expect(report.stopped?.failure.message).toContain('x-multi-statement-max-size');
    expect(await row()).toEqual({version: '1', dirty: true});
    expect(await sql(`SELECT to_regclass('t1')::text AS t`)).toEqual([{t: 't1'}]);
  });

  it('warns of CONCURRENTLY beside other statements, and runs it alone', async () => {
    await fixture.file('1_a.up.sql', 'CREATE TABLE t1 (id int);');
    await fixture.file('2_b.up.sql', '-- alone\nCREATE INDEX CONCURRENTLY i ON t1 (id);\n-- end\n');
    await fixture.file('3_c.up.sql', 'SELECT 1;\nDROP INDEX CONCURRENTLY i;\n');
    const planned = must(await fixture.project.plan(await status(), {kind: 'apply-all'}, {}));
    expect(planned.warnings).toEqual([{kind: 'concurrently-with-others', step: 2}]);
    const report = await up();
    expect(report.done).toHaveLength(2);
    expect(report.stopped?.failure.server?.sqlState).toBe('25001');
  });

  it('leaves no setting, role or transaction of a file in the session', async () => {
    await fixture.file(
      '1_a.up.sql',
      `SET search_path = ''; SET ROLE pg_read_all_data; SET statement_timeout = 5000;`,
    );
    const report = await up();
    // The role has no right to write the books, which the tool would meet as well.
    expect(report.position).toEqual({kind: 'failed', id: '1'});
    const [left] = must(
      await session.query(
        `SELECT current_user AS role, current_schema() AS schema, current_setting('statement_timeout') AS timeout`,
      ),
    ).rows;
    expect(left).toEqual({role: 'postgres', schema: 'public', timeout: '0'});
  });

  const large = async () => {
    const line = `-- ${'x'.repeat(97)}\n`;
    await fixture.file('1_big.up.sql', `CREATE TABLE t1 (id int);\n${line.repeat(520_000)}SELECT 1;`);
    expect((await up()).stopped).toBeUndefined();
    await fixture.file('2_big.up.sql', `${line.repeat(520_000)}SELECT nope;`);
    expect((await up()).stopped?.at?.start).toEqual({line: 520_000, column: 7});
  };
  // Once is enough: nothing of it depends on the server's version.
  if (major === 18) it('runs a file of 50 MB', large);

  it('shows exactly what it will send', async () => {
    await fixture.file('000001_a.up.sql', 'CREATE TABLE t1 (id int);\n');
    const plan = must(await fixture.project.plan(await status(), {kind: 'apply-all'}, {}));
    const text = must(await fixture.project.sql(plan, {}));
    const keys = (await status()).bookkeeping.lockKeys ?? [];
    expect(text.split('\n').filter(line => !line.startsWith('--') && line !== '')).toEqual([
      `SELECT pg_try_advisory_lock(${keys[0]});`,
      `SELECT pg_try_advisory_lock(${keys[1]});`,
      'CREATE TABLE IF NOT EXISTS "public"."schema_migrations" (version bigint not null primary key, dirty boolean not null);',
      'BEGIN;',
      'TRUNCATE "public"."schema_migrations";',
      'INSERT INTO "public"."schema_migrations" (version, dirty) VALUES (1, true);',
      'COMMIT;',
      'CREATE TABLE t1 (id int);',
      'BEGIN;',
      'TRUNCATE "public"."schema_migrations";',
      'INSERT INTO "public"."schema_migrations" (version, dirty) VALUES (1, false);',
      'COMMIT;',
      `SELECT pg_advisory_unlock(${keys[1]});`,
      `SELECT pg_advisory_unlock(${keys[0]});`,
    ]);
    await sql(text);
    expect(await row()).toEqual({version: '1', dirty: false});
  });

  it.each(['-2', '9223372036854775808', '1.5', 'x', ''])('does not force %j', async id => {
    expect(await fixture.project.force(session, {kind: 'at', id}, {}, patient)).toMatchObject({
      failure: {reason: 'invalid-input'},
    });
  });

  describe('an older file that came late', () => {
    beforeEach(async () => {
      await fixture.file('1_a.up.sql', 'CREATE TABLE t1 (id int);');
      await fixture.file('3_c.up.sql', 'CREATE TABLE t3 (id int);');
      await up();
    });

    const kinds = async (late: boolean) => {
      const arrivals = new Map<string, number>([
        [join(fixture.folder, '1_a.up.sql'), 1],
        [join(fixture.folder, '3_c.up.sql'), 2],
        [join(fixture.folder, '2_b.up.sql'), late ? 3 : 1],
      ]);
      const read = must(await fixture.project.status(session, {}, {arrivals}));
      return read.migrations.map(({state}) => state.kind);
    };

    it.each<[string, string, boolean, string]>([
      ['nothing of it is there', 'CREATE TABLE t2 (id int);', true, 'never-runs'],
      ['it came in time', 'CREATE TABLE t2 (id int);', false, 'applied'],
      [
        'all of it is there',
        'ALTER TABLE t1 ADD COLUMN IF NOT EXISTS id int; CREATE TABLE t1 (id int);',
        true,
        'applied',
      ],
      ['it has data only', 'INSERT INTO t1 VALUES (1);', true, 'applied'],
      ['a later file names what it made', 'CREATE INDEX t3_gone ON t1 (id);', true, 'never-runs'],
    ])('%s', async (_what, text, late, state) => {
      await fixture.file('2_b.up.sql', text);
      expect(await kinds(late)).toEqual(['applied', state, 'applied']);
    });

    it('is not suspect when a later file has dropped what it made', async () => {
      await fixture.file('2_b.up.sql', 'CREATE TABLE t2 (id int);');
      await writeFile(join(fixture.folder, '3_c.up.sql'), 'CREATE TABLE t3 (id int); DROP TABLE t2;');
      expect(await kinds(true)).toEqual(['applied', 'applied', 'applied']);
    });

    it('is known from an earlier look, also with data only, and is told in the plan', async () => {
      await fixture.file('2_b.up.sql', 'INSERT INTO t1 VALUES (1);');
      await fixture.file('4_d.up.sql', 'SELECT 1;');
      const sighting = {position: {kind: 'at', id: '3'}, ids: ['1', '3']} as const;
      const read = must(await fixture.project.status(session, {}, {sighting}));
      expect(read.migrations.map(({state}) => state.kind)).toEqual([
        'applied',
        'never-runs',
        'applied',
        'pending',
      ]);
      const plan = must(await fixture.project.plan(read, {kind: 'apply-all'}, {}));
      expect(plan.warnings).toMatchObject([{kind: 'never-runs', migration: {id: '2'}}]);
    });
  });
});
