import {chmod, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Goal, RunReport} from '../../src/core/migrations/plan.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import type {ProjectOptions, RunOptions} from '../../src/frameworks/framework.ts';
import {createProject} from '../../src/frameworks/alembic/project.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {alembicFixture, usualEnv, usualIni, type AlembicFixture} from './alembic-fixture.ts';
import {must} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};

describe('Alembic’s rules', () => {
  let fixture: AlembicFixture;
  let session: Session;

  beforeEach(async () => {
    fixture = await alembicFixture(18);
    session = must(await fixture.open());
  });

  afterEach(async () => {
    await session.close();
    await fixture.dispose();
  });

  const status = async (options: ProjectOptions = {}) => must(await fixture.project.status(session, options));
  const run = async (
    goal: Goal,
    options: ProjectOptions = {},
    how: RunOptions = patient,
  ): Promise<Outcome<RunReport>> => {
    const plan = must(await fixture.project.plan(await status(options), goal, options));
    return fixture.project.run(session, plan, options, how, fixture.open);
  };
  const all = (options?: ProjectOptions, how?: RunOptions) => run({kind: 'apply-all'}, options, how);
  const tables = async () =>
    (
      await fixture.database.sql(
        `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
      )
    ).map(({relname}) => relname);
  const chain = async (...upgrades: readonly string[]): Promise<void> => {
    for (const [index, upgrade] of upgrades.entries())
      await fixture.revision(`r${index + 1}`, {down: index === 0 ? 'None' : `'r${index}'`, upgrade});
  };

  it.each<[string, string]>([
    ['the main option', usualEnv],
    [
      'DATABASE_URL',
      usualEnv.replace(
        'engine_from_config(config.get_section(config.config_ini_section), prefix="sqlalchemy.", poolclass=pool.NullPool)',
        'create_engine(os.environ["DATABASE_URL"])',
      ),
    ],
    [
      'libpq’s variables',
      usualEnv.replace(
        'engine_from_config(config.get_section(config.config_ini_section), prefix="sqlalchemy.", poolclass=pool.NullPool)',
        'create_engine("postgresql://")',
      ),
    ],
  ])('reaches the target where env.py takes its address from %s', async (_what, env) => {
    await fixture.file('alembic/env.py', `import os\nfrom sqlalchemy import create_engine\n${env}`);
    await chain('op.execute("CREATE TABLE one (id int)")');
    expect(must(await all()).position).toEqual({kind: 'at', id: 'r1'});
    expect(await tables()).toEqual(['alembic_version', 'one']);
  });

  it('runs nothing where env.py connects to another database, and says to which', async () => {
    const {port} = fixture.database;
    const engine = `create_engine("postgresql://postgres:postgres@127.0.0.1:${port}/postgres")`;
    await fixture.file(
      'alembic/env.py',
      `from sqlalchemy import create_engine\n${usualEnv.replace(/engine_from_config\(config\.get.*\)$/m, engine)}`,
    );
    await chain('op.execute("CREATE TABLE one (id int)")');
    const refused = await all();
    expect(refused).toMatchObject({failure: {reason: 'invalid-input'}});
    const message = refused.ok ? '' : refused.failure.message;
    expect(message).toContain(`database postgres on 127.0.0.1:${port} as postgres`);
    expect(message).not.toContain('postgres:postgres');
    expect(await tables()).toEqual([]);
    const forced = await fixture.project.force(session, {kind: 'at', id: 'r1'}, {}, patient, fixture.open);
    expect(forced.ok).toBe(false);
  });

  it('runs where env.py asks another database and goes on without it', async () => {
    const {port} = fixture.database;
    const other = `create_engine("postgresql://postgres:postgres@127.0.0.1:${port}/postgres").connect()`;
    await fixture.file(
      'alembic/env.py',
      `from sqlalchemy import create_engine\ntry:\n    ${other}\nexcept Exception:\n    pass\n${usualEnv}`,
    );
    await chain('op.execute("CREATE TABLE one (id int)")');
    expect(must(await all())).toMatchObject({position: {kind: 'at', id: 'r1'}});
  });

  it.each<[string, string, RegExp]>([
    ['does not import', 'import nothing_of_that_name\n', /env\.py:1: ModuleNotFoundError.*Nothing has run/],
    ['is no Python', 'def (\n', /env\.py:1: SyntaxError/],
    ['ends the program', 'import sys\nsys.exit(3)\n', /env\.py:2: SystemExit: 3/],
    ['runs no migrations', 'pass\n', /did not call context\.run_migrations/],
    [
      'has no server',
      usualEnv.replace('prefix="sqlalchemy."', 'prefix="sqlalchemy.", connect_args={"port": 1}'),
      /could not connect/,
    ],
  ])('tells that env.py %s', async (_what, env, words) => {
    await fixture.file('alembic/env.py', env);
    await chain('pass');
    const refused = await all();
    expect(refused.ok ? refused.value.words : refused.failure.message).toMatch(words);
    expect(JSON.stringify(refused)).not.toContain('postgres:postgres');
  });

  it('leads from a module that is missing to the interpreter that misses it', async () => {
    await fixture.file('alembic/env.py', 'import nothing_of_that_name\n');
    await chain('pass');
    expect(await all()).toMatchObject({
      failure: {advice: expect.stringMatching(/python\S* was started/), setting: 'alembic.python'},
    });
  });

  it('tells what is wrong with the configuration, and keeps the status', async () => {
    await chain('pass');
    await fixture.file('alembic.ini', `${usualIni}\nfile_template = %(nope\n[alembic]\n`);
    const refused = await all();
    expect(refused.ok ? '' : refused.failure.message).toMatch(/DuplicateSection|Interpolation|Parsing/);
    expect((await status()).position).toEqual({kind: 'none'});
  });

  it('keeps what ran before a failure where each migration is a transaction', async () => {
    await fixture.file(
      'alembic/env.py',
      usualEnv.replace('connection=connection', 'connection=connection, transaction_per_migration=True'),
    );
    await chain('op.execute("CREATE TABLE one (id int)")', 'op.execute("SELECT nothing_there")', 'pass');
    const report = must(await all());
    expect(report).toMatchObject({
      position: {kind: 'at', id: 'r1'},
      stopped: {step: {migration: {id: 'r2'}}},
    });
    expect(report.done.map(({step}) => step.migration.id)).toEqual(['r1']);
    expect(report.words).toMatch(/Applied 1 migration.*r2_make\.py failed, and nothing of it remains/);
    expect(await tables()).toEqual(['alembic_version', 'one']);
  });

  it('runs what stands in an autocommit block, and does not claim that a failure behind it left nothing', async () => {
    const block =
      'with op.get_context().autocommit_block():\n        op.execute("CREATE INDEX CONCURRENTLY i ON one (id)")';
    await chain(
      'op.execute("CREATE TABLE one (id int)")',
      `${block}\n    op.execute("SELECT nothing_there")`,
    );
    const report = must(await all());
    expect(report).toMatchObject({
      position: {kind: 'at', id: 'r1'},
      stopped: {failure: {server: {sqlState: '42703'}}},
    });
    expect(report.words).toContain('What it committed before remains');
    expect(await fixture.database.sql(`SELECT to_regclass('i')::text AS i`)).toEqual([{i: 'i'}]);
  });

  it.each<[string, string, readonly [number, number, number, number] | undefined, string]>([
    [
      'a token of a string',
      'op.execute("""\n    SELECT\n      nothing_there\n    """)',
      [14, 6, 14, 19],
      '42703',
    ],
    [
      'a token behind an escaped quote',
      String.raw`op.execute('SELECT \'a\', nope')`,
      [12, 30, 12, 34],
      '42703',
    ],
    [
      'a constraint',
      'op.execute("CREATE TABLE t (id int)")\n    op.execute("ALTER TABLE t ADD CONSTRAINT c CHECK (nope > 0)")',
      [13, 54, 13, 58],
      '42703',
    ],
    [
      'a statement that is put together',
      'name = "nope"\n    op.execute(f"SELECT {name}")',
      [13, 4, 13, 32],
      '42703',
    ],
    ['an operation', 'op.drop_table(\n        "nope")', [12, 4, 12, 18], '42P01'],
    ['an exception', 'x = 1\n    raise KeyError("no secret")', [13, 4, 13, 31], ''],
  ])('points at %s', async (_what, upgrade, place, sqlState) => {
    await chain(upgrade);
    const {stopped} = must(await all());
    const {start, end} = stopped?.at ?? {};
    expect([start?.line, start?.column, end?.line, end?.column]).toEqual(place);
    expect(stopped?.failure.server?.sqlState ?? '').toBe(sqlState);
  });

  it('finds the bookkeeping that env.py keeps in another schema and by another name', async () => {
    await fixture.database.sql('CREATE SCHEMA books');
    await fixture.file(
      'alembic/env.py',
      usualEnv.replace(
        'connection=connection',
        'connection=connection, version_table="versions", version_table_schema="books"',
      ),
    );
    await chain('op.execute("CREATE TABLE one (id int)")', 'op.execute("CREATE TABLE two (id int)")');
    expect(must(await run({kind: 'apply-next'})).position).toEqual({kind: 'at', id: 'r1'});
    expect(await status()).toMatchObject({
      position: {kind: 'at', id: 'r1'},
      bookkeeping: {table: '"books"."versions"', exists: true},
    });
    expect(must(await all({'version-table': 'books.versions'})).position).toEqual({kind: 'at', id: 'r2'});
    // A table of the usual name hides it, and then nothing runs.
    await fixture.database.sql(`CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)`);
    expect(await status()).toMatchObject({
      position: {kind: 'none'},
      bookkeeping: {elsewhere: ['"books"."versions"']},
    });
    const refused = await all();
    expect(refused.ok ? '' : refused.failure.message).toMatch(
      /Alembic reads r2 in books\.versions, and Howdah reads nothing/,
    );
  });

  it('stops where two projects share the version table, as Alembic does', async () => {
    await chain('pass', 'pass');
    must(await run({kind: 'apply-next'}));
    await fixture.database.sql(`INSERT INTO alembic_version VALUES ('of_another')`);
    const read = await status();
    expect(read.migrations.map(({state}) => state.kind)).toEqual(['applied', 'pending', 'missing-file']);
    expect(await fixture.project.plan(read, {kind: 'apply-all'}, {})).toMatchObject({
      failure: {reason: 'missing-file'},
    });
    const forced = must(
      await fixture.project.force(session, {kind: 'at', id: 'r1'}, {}, patient, fixture.open),
    );
    expect(forced.position).toEqual({kind: 'at', id: 'r1'});
  });

  it('asks Alembic for what is no literal', async () => {
    await chain('pass');
    await fixture.revision('r2', {down: "'r' + str(1)"});
    const {migrations, problems} = must(await fixture.project.list());
    expect(problems).toEqual([]);
    expect(migrations.map(({id, title, graph}) => [id, title, graph?.parents])).toEqual([
      ['r1', 'make r1', []],
      ['r2', 'make r2', ['r1']],
    ]);
    await fixture.file('alembic/versions/r3_make.py', 'raise RuntimeError\n');
    await fixture.revision('r2', {down: "'r' + str(1 + 0)"});
    const again = must(await fixture.project.list());
    expect(
      again.problems.map(problem => (problem.kind === 'other' ? problem.refused : problem.kind)),
    ).toEqual([true, true]);
  });

  it('takes the interpreter of the settings for what no connection is asked for', async () => {
    await chain('pass');
    await fixture.revision('r2', {down: "'r' + str(1)"});
    const of = (python: string) => createProject(fixture.environment, createParser(), () => ({python}));
    const {problems} = must(await of(join(fixture.folder, 'no-python')).list());
    expect(problems).toMatchObject([{kind: 'other', refused: true}]);
    const log = join(fixture.folder, 'log');
    const python = await fixture.file(
      'python',
      `#!/bin/sh\necho asked >> ${log}\nexec /usr/bin/python3 "$@"\n`,
    );
    await chmod(python, 0o755);
    expect(must(await of(python).list()).problems).toEqual([]);
    must(await of(python).create({title: 'more', up: '', down: '', now: new Date()}));
    expect(await readFile(log, 'utf8')).toBe('asked\nasked\n');
  });

  it('lets Alembic write the SQL of operations, each on its line', async () => {
    await chain(
      'op.create_table("one",\n        sa.Column("id", sa.Integer(), primary_key=True))\n    op.add_column("one", sa.Column("note", sa.Text()))',
      'op.get_bind().execute(sa.text("SELECT 1")).fetchall()[0][0]',
    );
    const [one, two] = must(await fixture.project.list()).migrations;
    if (!one || !two) throw new Error('no migration');
    const script = must(await fixture.project.script(one, 'up', {}));
    const pieces = script.pieces.map(({start, end, how}) => [
      script.sql.slice(0, start).split('\n').length - 1,
      how,
      script.sql.slice(start, end).slice(0, 20),
    ]);
    expect(pieces).toEqual([
      [12, 'transaction', 'CREATE TABLE one ( i'],
      [14, 'transaction', 'ALTER TABLE one ADD '],
    ]);
    expect(script.sql).not.toContain('alembic_version');
    expect(await fixture.project.script(two, 'up', {})).toMatchObject({failure: {reason: 'unsupported'}});
  });

  it('connects to nothing for a preview, also where env.py would', async () => {
    await chain('op.create_table("one")');
    await fixture.file(
      'alembic/env.py',
      usualEnv.replace('offline() if context.is_offline_mode() else ', ''),
    );
    const plan = must(await fixture.project.plan(await status(), {kind: 'apply-all'}, {}));
    const refused = await fixture.project.sql(plan, {});
    expect(refused).toMatchObject({failure: {reason: 'unsupported'}});
    expect(refused.ok ? '' : refused.failure.message).toContain('context.is_offline_mode()');
  });

  it('reads strings without Python, also what is not saved yet, and tells those outside of the transaction', async () => {
    const block =
      'with op.get_context().autocommit_block():\n        op.execute("CREATE INDEX CONCURRENTLY i ON one (id)")';
    await chain(`op.execute("SELECT 1")  # first\n    ${block}`);
    const [one] = must(await fixture.project.list()).migrations;
    if (!one) throw new Error('no migration');
    const nowhere = {python: '/nowhere/python'};
    const script = must(await fixture.project.script(one, 'up', nowhere));
    expect(script.pieces.map(({start, end, how}) => [script.sql.slice(start, end), how])).toEqual([
      ['SELECT 1', 'transaction'],
      ['CREATE INDEX CONCURRENTLY i ON one (id)', 'bare'],
    ]);
    const unsaved = script.sql.replace('SELECT 1', 'SELECT 22');
    expect(must(await fixture.project.script(one, 'up', nowhere, unsaved)).sql).toContain('SELECT 22');
    const looped = script.sql.replace('op.execute("SELECT 1")', 'for _ in "ab": op.execute("SELECT 1")');
    expect(await fixture.project.script(one, 'up', nowhere, looped)).toMatchObject({
      failure: {reason: 'unsupported'},
    });
  });

  it('says where it has looked for Python', async () => {
    await chain('pass');
    const before = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      const refused = await all();
      expect(refused).toMatchObject({failure: {reason: 'unsupported'}});
      expect(refused.ok ? '' : refused.failure.message).toContain('the python3 of PATH');
    } finally {
      process.env['PATH'] = before;
    }
    expect(await all({python: '/nowhere/python3'})).toMatchObject({failure: {reason: 'unsupported'}});
  });

  it.each<[string, string, RunOptions, string]>([
    [
      'statement_timeout',
      'op.execute("SELECT pg_sleep(30)")',
      {lockTimeout: 0, statementTimeout: 200},
      '57014',
    ],
    [
      'lock_timeout',
      'op.execute("ALTER TABLE held ADD COLUMN a int")',
      {lockTimeout: 200, statementTimeout: 0},
      '55P03',
    ],
  ])('keeps %s', async (_what, upgrade, how, sqlState) => {
    await fixture.database.sql('CREATE TABLE held (id int)');
    const holder = must(await fixture.open());
    must(await holder.script('BEGIN; LOCK TABLE held IN ACCESS SHARE MODE'));
    await chain(upgrade);
    expect(must(await all({}, how)).stopped?.failure.server?.sqlState).toBe(sqlState);
    await holder.close();
  });

  it('tells notices, and refuses writes on a read-only connection', async () => {
    const events: string[] = [];
    const onEvent: RunOptions['onEvent'] = event =>
      void (event.kind === 'notice' && events.push(event.message));
    await chain(`op.execute("DO $$ BEGIN RAISE NOTICE 'hear this'; END $$")`, 'pass');
    must(await run({kind: 'apply-next'}, {}, {...patient, onEvent}));
    expect(events).toEqual(['hear this']);
    const environment: RunOptions['environment'] = async () => {
      const variables = must(await fixture.variables());
      return {ok: true, value: {...variables, PGOPTIONS: '-c default_transaction_read_only=on'}};
    };
    const refused = await run({kind: 'apply-all'}, {}, {...patient, environment});
    expect(refused).toMatchObject({
      value: {stopped: {failure: {reason: 'read-only'}}, position: {kind: 'at', id: 'r1'}},
    });
  });

  it('creates by the project’s own template, with SQL that comes back as it was written', async () => {
    const mako =
      '"""${message}"""\nfrom alembic import op\nrevision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n# ours\ndef upgrade():\n    ${upgrades if upgrades else "pass"}\ndef downgrade():\n    ${downgrades if downgrades else "pass"}\n';
    await fixture.file('alembic/script.py.mako', mako);
    const up =
      String.raw`CREATE TABLE one (a text DEFAULT E'\n"""', b int DEFAULT '1'::int);` +
      "\nCOMMENT ON TABLE one IS '12:30 100%';\n";
    const [path] = must(await fixture.project.create({title: 'One, two', up, down: '', now: new Date()}));
    expect(path).toMatch(/versions\/[0-9a-f]{12}_one_two\.py$/);
    const report = must(await all());
    expect(report.stopped).toBeUndefined();
    const [row] = await fixture.database.sql(
      `SELECT obj_description('one'::regclass) AS said, pg_get_expr(adbin, adrelid) AS made FROM pg_attrdef WHERE adnum = 1 AND adrelid = 'one'::regclass`,
    );
    expect(row).toEqual({said: '12:30 100%', made: `'\n"""'::text`});
  });
});
