import {rm, writeFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Goal, RunReport} from '../../src/core/migrations/plan.ts';
import type {Session} from '../../src/core/session.ts';
import type {RunOptions} from '../../src/frameworks/framework.ts';
import {flywayFixture, type FlywayFixture} from './flyway-fixture.ts';
import {must, openTo} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};

describe.each([14, 18] as const)('Flyway’s rules on PostgreSQL %i', major => {
  let fixture: FlywayFixture;
  let session: Session;

  beforeEach(async () => {
    fixture = await flywayFixture(major);
    session = must(await fixture.open());
  });

  afterEach(async () => {
    await session.close();
    await fixture.dispose();
  });

  const sql = (text: string) => fixture.database.sql(text);
  const configure = (text: string) => writeFile(join(fixture.folder, 'flyway.conf'), text);
  const status = async (on = session) => must(await fixture.project.status(on, {}));
  const plan = async (goal: Goal = {kind: 'apply-all'}, on = session) =>
    fixture.project.plan(await status(on), goal, {});
  const apply = async (on = session): Promise<RunReport> =>
    must(await fixture.project.run(on, must(await plan({kind: 'apply-all'}, on)), {}, patient, fixture.open));
  const kinds = async () =>
    (await status()).migrations.map(({migration, state}) => `${migration.label} ${state.kind}`);
  const force = async (id: string) =>
    must(await fixture.project.force(session, {kind: 'at', id}, {}, patient, fixture.open));
  const refusal = async () => {
    const planned = await plan();
    return planned.ok ? 'nothing' : planned.failure.message;
  };
  const rows = (table = 'flyway_schema_history') =>
    sql(`SELECT installed_rank AS rank, version, description, type, script, checksum, installed_by AS by,
      execution_time >= 0 AS timed, success FROM ${table} ORDER BY 1`);
  const row = (rank: number, more: Readonly<Record<string, unknown>>) => ({
    rank,
    type: 'SQL',
    by: 'postgres',
    timed: true,
    success: true,
    ...more,
  });

  it('makes the table exactly as the tool does', async () => {
    await fixture.write(1, 'good');
    await apply();
    const columns = await sql(
      `SELECT attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END AS said
       FROM pg_attribute WHERE attrelid = 'flyway_schema_history'::regclass AND attnum > 0 ORDER BY attnum`,
    );
    expect(columns.map(({said}) => said)).toEqual([
      'installed_rank integer NOT NULL',
      'version character varying(50)',
      'description character varying(200) NOT NULL',
      'type character varying(20) NOT NULL',
      'script character varying(1000) NOT NULL',
      'checksum integer',
      'installed_by character varying(100) NOT NULL',
      'installed_on timestamp without time zone NOT NULL',
      'execution_time integer NOT NULL',
      'success boolean NOT NULL',
    ]);
    expect(
      await sql(`SELECT indexrelid::regclass::text AS name FROM pg_index
        WHERE indrelid = 'flyway_schema_history'::regclass ORDER BY 1`),
    ).toEqual([{name: 'flyway_schema_history_pk'}, {name: 'flyway_schema_history_s_idx'}]);
  });

  it('writes rows as the tool does, of versions and of what is repeatable', async () => {
    await fixture.file('V1_0__First_thing.sql', 'CREATE TABLE t1 (id int);\r\nSELECT 1;\r\n');
    await fixture.file('deep/V001.2__second.sql', '\uFEFFCREATE TABLE t2 (id int);\n');
    await fixture.file('R__All_views.sql', 'CREATE OR REPLACE VIEW v AS SELECT 1 AS one;\n');
    await apply();
    expect(await rows()).toEqual([
      row(1, {
        version: '1.0',
        description: 'First thing',
        script: 'V1_0__First_thing.sql',
        checksum: 416_039_897,
      }),
      row(2, {
        version: '001.2',
        description: 'second',
        script: 'deep/V001.2__second.sql',
        checksum: 1_534_671_595,
      }),
      row(3, {version: null, description: 'All views', script: 'R__All_views.sql', checksum: 982_419_503}),
    ]);
    expect(await status()).toMatchObject({position: {kind: 'at', id: '1.2'}});
  });

  it('runs what is repeatable behind all versions, and again when its text changed', async () => {
    await fixture.file('R__b.sql', 'CREATE OR REPLACE VIEW b AS SELECT * FROM t1;\n');
    await fixture.file('R__a.sql', 'SELECT 1;\n');
    await fixture.write(1, 'good');
    expect((await apply()).done.map(({step}) => step.migration.id)).toEqual(['1', 'R__a', 'R__b']);
    await fixture.file('R__a.sql', 'SELECT 1;\r\n');
    expect(await kinds()).toEqual(['1 applied', 'R__a applied', 'R__b applied']);
    await fixture.file('R__a.sql', 'SELECT 2;\n');
    expect(await kinds()).toEqual(['1 applied', 'R__a pending', 'R__b applied']);
    const report = await apply();
    expect(report).toMatchObject({
      done: [{step: {migration: {id: 'R__a'}}}],
      position: {kind: 'at', id: '1'},
    });
    expect(await kinds()).toEqual(['1 applied', 'R__a applied', 'R__b applied']);
    expect((await rows()).map(({rank}) => rank)).toEqual([1, 2, 3, 4]);
  });

  it('orders versions by their numbers, of any size', async () => {
    for (const version of ['10', '9', '2.10', '2_9', '20260731120000123456789', '2'])
      await fixture.file(`V${version}__x.sql`, 'SELECT 1;');
    const {migrations} = must(await fixture.project.list());
    expect(migrations.map(({label}) => label)).toEqual([
      '2',
      '2.9',
      '2.10',
      '9',
      '10',
      '20260731120000123456789',
    ]);
  });

  it('takes all locations of a configuration for one history', async () => {
    await configure(`flyway.locations=filesystem:.,filesystem:${fixture.folder}-more,filesystem:absent\n`);
    await fixture.write(1, 'good');
    await fixture.file(`../${basename(fixture.folder)}-more/V2__b.sql`, 'CREATE TABLE t2 (id int);');
    const more = `${fixture.folder}-more`;
    try {
      expect((await apply()).done).toHaveLength(2);
      expect(await rows()).toMatchObject([{script: 'V1__make.sql'}, {script: 'V2__b.sql'}]);
    } finally {
      await rm(more, {recursive: true});
    }
  });

  it.each([
    'afterMigrate__grants.sql',
    'beforeMigrate.sql',
    'sub/beforeEachMigrate.sql',
    'afterEachMigrate__a.sql',
    'afterMigrateApplied.sql',
    'afterMigrateError.sql',
    'afterVersioned.sql',
    'beforeRepeatables.sql',
    'beforeValidate.sql',
    'beforeConnect.sql',
    'createSchema.sql',
  ])('refuses to run where the callback %s would run', async name => {
    await fixture.file(name, 'SELECT nope;');
    await fixture.write(1, 'good');
    expect(must(await fixture.project.list()).problems).toMatchObject([
      {kind: 'other', refused: true, paths: [join(fixture.folder, name)]},
    ]);
    expect(await refusal()).toContain(basename(name));
    expect(await sql(`SELECT to_regclass('flyway_schema_history') AS there`)).toEqual([{there: null}]);
  });

  it.each([
    'after.sql',
    'afterInfo.sql',
    'beforeClean.sql',
    'afterBaseline.sql',
    'afterUndo__x.sql',
    'afterMigrate.txt',
  ])('passes %s over, which migrating does not run', async name => {
    await fixture.file(name, 'SELECT nope;');
    await fixture.write(1, 'good');
    expect((await apply()).stopped).toBeUndefined();
    expect(must(await fixture.project.list()).problems).toEqual([]);
  });

  it.each([
    ['cherryPick=2', 'flyway.cherryPick'],
    ['initSql=SET ROLE x', 'flyway.initSql'],
    ['encoding=ISO-8859-1', 'flyway.encoding'],
    ['callbacks=com.example.Grants', 'flyway.callbacks'],
    ['skipExecutingMigrations=true', 'flyway.skipExecutingMigrations'],
    ['locations=filesystem:.,s3:bucket/sql', 's3:bucket/sql'],
    ['locations=filesystem:.,filesystem:sql/*', 'filesystem:sql/*'],
  ])('says that it does not follow flyway.%s, and runs nothing', async (line, words) => {
    await configure(`flyway.${line}\n`);
    await fixture.write(1, 'good');
    expect(await refusal()).toContain(words);
  });

  it.each([
    'encoding=UTF-8',
    'target=1',
    'target=latest',
    'cleanDisabled=false',
    'skipExecutingMigrations=false',
  ])('runs with flyway.%s', async line => {
    await configure(`flyway.${line}\n`);
    await fixture.write(1, 'good');
    expect((await apply()).done).toHaveLength(1);
  });

  it('does not run what only Flyway can run, nor what is behind it', async () => {
    await fixture.write(1, 'good');
    const path = await fixture.file('V2__load.sh', 'exit 1');
    await fixture.write(3, 'good');
    expect(await refusal()).toContain('V2__load.sh is a migration that only Flyway can run');
    await rm(path);
    await apply();
    await sql(`UPDATE flyway_schema_history SET installed_rank = 3 WHERE version = '3'`);
    await sql(
      `INSERT INTO flyway_schema_history SELECT 2, '2', 'load', 'SCRIPT', 'V2__load.sh', 1, 'x', now(), 0, true`,
    );
    await fixture.file('V2__load.sh', 'exit 1');
    await fixture.write(4, 'good');
    expect((await apply()).done.map(({step}) => step.migration.id)).toEqual(['4']);
  });

  describe('with group', () => {
    beforeEach(() => configure('flyway.group=true\n'));

    const transactions = () =>
      sql('SELECT count(DISTINCT xmin::text)::int AS count FROM flyway_schema_history');

    it('runs all as one transaction', async () => {
      await fixture.write(1, 'good');
      await fixture.file('V2__role.sql', 'SET LOCAL ROLE pg_monitor;\nSELECT 1;');
      await fixture.file('R__view.sql', 'CREATE OR REPLACE VIEW v AS SELECT * FROM t1;');
      const sent = must(await fixture.project.sql(must(await plan()), {}));
      expect(sent.match(/^(?:BEGIN|COMMIT);/gm)).toEqual(['BEGIN;', 'COMMIT;']);
      expect((await apply()).done).toHaveLength(3);
      expect(await transactions()).toEqual([{count: 1}]);
      expect(await rows()).toMatchObject([
        row(1, {version: '1'}),
        row(2, {version: '2'}),
        row(3, {version: null}),
      ]);
    });

    it('undoes all of it for one failure, and leaves no row', async () => {
      await fixture.write(1, 'good');
      await fixture.write(2, 'broken');
      const report = await apply();
      expect(report).toMatchObject({done: [], position: {kind: 'none'}, stopped: {at: {start: {line: 1}}}});
      expect(await rows()).toEqual([]);
      expect(await sql(`SELECT to_regclass('t1') AS there`)).toEqual([{there: null}]);
      expect(await kinds()).toEqual(['1 pending', '2 pending']);
    });

    it('is one transaction of its own for each run', async () => {
      await fixture.write(1, 'good');
      await apply();
      await fixture.write(2, 'good');
      await fixture.write(3, 'good');
      await apply();
      expect(await transactions()).toEqual([{count: 2}]);
    });

    it('refuses what cannot run in a transaction together with what can', async () => {
      await fixture.write(1, 'good');
      await fixture.file('V2__index.sql', 'CREATE INDEX CONCURRENTLY i ON t1 (id);');
      expect(await refusal()).toMatch(/^V2__index\.sql cannot run in a transaction, and group is on/);
      await configure('flyway.group=true\nflyway.mixed=true\n');
      await fixture.write(3, 'broken');
      const report = await apply();
      // Outside of a transaction all that succeeded stays, as the failed one's row does.
      expect(report.done).toHaveLength(2);
      expect(await kinds()).toEqual(['1 applied', '2 applied', '3 failed']);
    });

    it('runs alone what cannot run in a transaction', async () => {
      await fixture.write(1, 'good');
      await apply();
      await fixture.file('V2__index.sql', 'CREATE INDEX CONCURRENTLY i ON t1 (id);');
      await fixture.file('V3__vacuum.sql', 'VACUUM t1;');
      expect((await apply()).stopped).toBeUndefined();
      expect(await kinds()).toEqual(['1 applied', '2 applied', '3 applied']);
    });
  });

  it('runs everything outside of a transaction where executeInTransaction is off', async () => {
    await configure('flyway.executeInTransaction=false\n');
    await fixture.write(1, 'broken');
    expect((await apply()).stopped).toBeDefined();
    expect(await kinds()).toEqual(['1 failed']);
    expect(await sql(`SELECT to_regclass('t1') IS NOT NULL AS there`)).toEqual([{there: true}]);
  });

  it.each<[string, string, readonly string[], string]>([
    ['makes all schemas', 'flyway.schemas=app,more\n', ['app', 'more'], '"app","more"'],
    ['makes those that are missing', 'flyway.schemas=public,more\n', ['more'], '"more"'],
    ['makes the default schema as well', 'flyway.defaultSchema=app\n', ['app'], '"app"'],
  ])('%s of the configuration, and says which', async (_what, text, made, script) => {
    await configure(text);
    await fixture.write(1, 'good');
    await apply();
    const found = await sql(`SELECT nspname FROM pg_namespace WHERE nspname IN ('app', 'more') ORDER BY 1`);
    expect(found.map(({nspname}) => nspname)).toEqual(made);
    const schema = text.includes('app') ? 'app' : 'public';
    expect(await rows(`${schema}.flyway_schema_history`)).toMatchObject([
      {type: 'SCHEMA', script},
      {version: '1'},
    ]);
  });

  it.each([
    ['off', '', 'nothing'],
    ['on', 'flyway.validateMigrationNaming=true\n', 'V1_make.sql begins like a migration'],
  ])('takes a name that is none with validateMigrationNaming %s', async (_what, text, words) => {
    await configure(text);
    await fixture.file('V1_make.sql', 'SELECT 1;');
    await fixture.write(2, 'good');
    expect(await refusal()).toContain(words);
  });

  it('refuses data behind COPY, and goes on', async () => {
    await fixture.file('V1__a.sql', 'CREATE TABLE t1 (id int);\nCOPY t1 FROM STDIN;\n1\n\\.\n');
    expect((await apply()).stopped).toBeDefined();
    expect(await kinds()).toEqual(['1 pending']);
    await fixture.file('V1__a.sql', 'CREATE TABLE t1 (id int);\nCOPY t1 FROM STDIN;\n');
    expect((await apply()).stopped).toBeDefined();
    expect(session.transactionStatus()).toBe('idle');
  });

  it.each([
    ['V1__a.sql', 'V1.0__b.sql'],
    ['V1__a.sql', 'V01__b.sql'],
    ['V1_2__a.sql', 'V1.2__b.sql'],
    ['V1.10__a.sql', 'V1.010.0__b.sql'],
  ])('takes %s and %s for one version', async (one, other) => {
    await fixture.file(one, 'CREATE TABLE t1 ();');
    await apply();
    await rm(join(fixture.folder, one));
    await fixture.file(other, 'CREATE TABLE t1 ();');
    expect((await status()).migrations).toHaveLength(1);
    await fixture.file(one, 'CREATE TABLE t1 ();');
    expect(await plan()).toMatchObject({failure: {reason: 'duplicate-version'}});
  });

  it('takes 1.1 and 1.01 for one version, and 1.10 for another', async () => {
    await fixture.file('V1.1__a.sql', 'SELECT 1;');
    await fixture.file('V1.10__b.sql', 'SELECT 1;');
    expect((await apply()).done.map(({step}) => step.migration.id)).toEqual(['1.1', '1.10']);
  });

  it('refuses two files of one version', async () => {
    await fixture.file('V1__a.sql', 'SELECT 1;');
    await fixture.file('deep/V1.0__b.sql', 'SELECT 1;');
    expect(await refusal()).toContain('V1.0__b.sql');
  });

  it('refuses a file that was changed, until its row is aligned as repair does', async () => {
    await fixture.write(1, 'good');
    await fixture.write(2, 'good');
    await apply();
    await fixture.file('V1__make.sql', 'SELECT 1;\n');
    expect(await kinds()).toEqual(['1 edited', '2 applied']);
    await fixture.write(3, 'good');
    expect(await refusal()).toMatch(/^1 was changed after it was applied.*refuses to migrate/);
    await force('2');
    expect(await kinds()).toEqual(['1 applied', '2 applied', '3 pending']);
    expect(await refusal()).toBe('nothing');
    expect((await rows()).map(({rank}) => rank)).toEqual([1, 2]);
  });

  it.each<[string, string, string, readonly string[]]>([
    ['by default', '', 'older than the last applied version', ['1 never-runs', '2 applied']],
    ['with outOfOrder', 'flyway.outOfOrder=true\n', 'nothing', ['1 pending', '2 applied']],
  ])('treats an older file %s as the tool does', async (_when, text, words, states) => {
    await fixture.write(2, 'good');
    await apply();
    await configure(text);
    await fixture.write(1, 'good');
    expect(await refusal()).toContain(words);
    expect(await kinds()).toEqual(states);
  });

  it('passes an older file over where the configuration says so', async () => {
    await fixture.write(2, 'good');
    await apply();
    await configure('flyway.ignoreMigrationPatterns=*:ignored\n');
    await fixture.write(1, 'good');
    await fixture.write(3, 'good');
    expect((await apply()).done.map(({step}) => step.migration.id)).toEqual(['3']);
  });

  it('refuses where an applied file is missing, and not where it is a later one', async () => {
    for (const number of [1, 2, 3]) await fixture.write(number, 'good');
    await apply();
    await fixture.remove(3);
    expect(await kinds()).toEqual(['1 applied', '2 applied', '3 missing-file']);
    expect((await status()).problems).toEqual([]);
    await fixture.remove(1);
    await fixture.write(4, 'good');
    expect(await refusal()).toContain('no file has that version');
    await configure('flyway.validateOnMigrate=false\n');
    expect(await refusal()).toBe('nothing');
  });

  it('refuses a schema with objects and no history, or makes a baseline', async () => {
    await sql('CREATE TABLE t1 (id int)');
    await fixture.write(1, 'good');
    await fixture.write(2, 'good');
    expect(await refusal()).toContain('baseline');
    await configure('flyway.baselineOnMigrate=true\n');
    const report = await apply();
    expect(report.done.map(({step}) => step.migration.id)).toEqual(['2']);
    expect(await kinds()).toEqual(['1 applied', '2 applied']);
    const mark = '<< Flyway Baseline >>';
    expect(await rows()).toMatchObject([
      row(1, {version: '1', description: mark, type: 'BASELINE', script: mark, checksum: null}),
      row(2, {version: '2'}),
    ]);
  });

  it('fills placeholders in, and names the place of a failure in the file', async () => {
    await configure('flyway.placeholders.owner=somebody_with_a_long_name\n');
    await fixture.file('V1__a.sql', "SELECT '${owner}', '${flyway:table}', '${FLYWAY:defaultSchema}';\n");
    await fixture.file('V2__b.sql', "SELECT '${owner}',\n '${owner}', nope;\n");
    const report = await apply();
    expect(report.stopped?.at).toMatchObject({start: {line: 1, column: 13}, end: {line: 1, column: 17}});
    const [first] = must(await fixture.project.list()).migrations;
    if (!first) throw new Error('no migration');
    const script = must(await fixture.project.script(first, 'up', {}));
    expect(script.sql).toBe("SELECT 'somebody_with_a_long_name', 'flyway_schema_history', 'public';\n");
    await fixture.file('V2__b.sql', 'SELECT ${nobody};');
    expect(await refusal()).toContain('placeholder nobody');
    await fixture.file('V2__b.sql.conf', 'placeholderReplacement=false\n');
    expect(await refusal()).toBe('nothing');
  });

  it.each<[string, string, string]>([
    ['refuses a mixture', '', 'mixes statements'],
    ['runs a mixture statement by statement where mixed is on', 'flyway.mixed=true\n', 'nothing'],
  ])('%s', async (_what, text, words) => {
    await configure(text);
    await fixture.file('V1__a.sql', 'CREATE TABLE t1 (id int);\nCREATE INDEX CONCURRENTLY i ON t1 (id);\n');
    expect(await refusal()).toContain(words);
    if (words === 'nothing') expect((await apply()).done).toHaveLength(1);
  });

  it('keeps what succeeded outside of a transaction, and marks the failure until it is repaired', async () => {
    await fixture.file('V1__a.sql', 'CREATE TABLE t1 (id int);\nSELECT nope;\nCREATE TABLE t3 (id int);\n');
    await fixture.file('V1__a.sql.conf', 'executeInTransaction=false\n');
    const report = await apply();
    expect(report.words).toContain('after 1 of its pieces');
    expect(report.stopped?.at?.start).toEqual({line: 1, column: 7});
    expect(await fixture.made(session)).toEqual([1]);
    expect(await rows()).toMatchObject([row(1, {version: '1', success: false})]);
    expect(await plan()).toMatchObject({failure: {reason: 'dirty'}});
    const repaired = must(await fixture.project.force(session, {kind: 'none'}, {}, patient, fixture.open));
    expect(repaired.position).toEqual({kind: 'none'});
    expect(await rows()).toEqual([]);
  });

  it('begins each migration, and writes each row, with the role of the connection', async () => {
    const role = `howdah_flyway_${fixture.database.name}`;
    await fixture.file('V1__a.sql', `CREATE ROLE ${role};\nSET search_path = '';\nSET ROLE ${role};\n`);
    await fixture.file('V2__b.sql', `DROP ROLE ${role};\nCREATE TABLE t2 (id int);\n`);
    expect((await apply()).stopped).toBeUndefined();
    expect(await fixture.made(session)).toEqual([2]);
    expect(await rows()).toMatchObject([{by: 'postgres'}, {by: 'postgres'}]);
  });

  it.each<[string, string]>([
    ['standard_conforming_strings off', 'SET standard_conforming_strings = off;\n'],
    ['an empty search path', "SET search_path = '';\n"],
  ])('records a description with quotes and backslashes behind %s', async (_what, text) => {
    await fixture.file("V1__it's_a_\\test.sql", text);
    expect((await apply()).stopped).toBeUndefined();
    expect(await rows()).toMatchObject([{description: "it's a \\test", script: "V1__it's_a_\\test.sql"}]);
  });

  it('keeps its history in the table and the schema of the configuration, which it makes', async () => {
    await configure('flyway.table=Versions\nflyway.defaultSchema=tenant\nflyway.installedBy=deployer\n');
    await fixture.write(1, 'good');
    await apply();
    expect(await rows('tenant."Versions"')).toMatchObject([
      {
        rank: 0,
        version: null,
        type: 'SCHEMA',
        description: '<< Flyway Schema Creation >>',
        script: '"tenant"',
      },
      row(1, {version: '1', by: 'deployer'}),
    ]);
    expect(await sql(`SELECT to_regclass('tenant.t1') IS NOT NULL AS there`)).toEqual([{there: true}]);
    expect(await kinds()).toEqual(['1 applied']);
  });

  it('takes the tool’s lock: the word Flyway and the hash that Java has of the table’s name', async () => {
    const [key] = (await status()).bookkeeping.lockKeys ?? [];
    expect(key).toBe('77433833903597');
    const other = must(await openTo(fixture.database, {parameters: {search_path: 'public'}}));
    // As the tool takes it: in a transaction of its own.
    must(await other.script(`BEGIN; SELECT pg_try_advisory_xact_lock(${key});`));
    await fixture.write(1, 'good');
    const refused = await fixture.project.run(
      session,
      must(await plan()),
      {},
      {...patient, lockWait: 200},
      fixture.open,
    );
    expect(refused).toMatchObject({failure: {reason: 'locked'}});
    await other.close();
  });
});
