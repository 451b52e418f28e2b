import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Session} from '../../src/core/session.ts';
import type {ProjectOptions, RunOptions} from '../../src/frameworks/framework.ts';
import type {TestDatabase} from '../rig/databases.ts';
import {lendDatabase} from './lent-database.ts';
import {nodePgMigrateFixture, type NodePgMigrateFixture} from './node-pg-migrate-fixture.ts';
import {runTool} from './node-pg-migrate-tool.ts';
import {must} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};
const make = (name: string): string =>
  `-- Up Migration\nCREATE TABLE ${name} (id int);\n-- Down Migration\nDROP TABLE ${name};\n`;

/** The tool's own options, and ours that mean the same. */
interface Setup {
  readonly tool?: Readonly<Record<string, unknown>>;
  readonly options?: ProjectOptions;
  /** Before anything runs. */
  readonly before?: string;
}

const option = (name: string, value: string): ProjectOptions => ({[`node-pg-migrate.${name}`]: value});

describe.each([14, 18] as const)('what node-pg-migrate does, on PostgreSQL %i', major => {
  let fixture: NodePgMigrateFixture;
  let alone: TestDatabase;
  let session: Session;

  beforeEach(async () => {
    fixture = await nodePgMigrateFixture(major);
    alone = await lendDatabase(major);
    session = must(await fixture.open());
  });

  afterEach(async () => {
    await session.close();
    await alone.drop();
    await fixture.dispose();
  });

  const tool = (direction: 'up' | 'down', more: object = {}): Promise<string> =>
    runTool(alone, fixture.project.folder, direction, more).then(
      () => 'ran',
      () => 'refused',
    );
  const howdah = async (options: ProjectOptions, kind: 'apply-all' | 'roll-back-last'): Promise<string> => {
    const status = await fixture.project.status(session, options);
    const plan = status.ok ? await fixture.project.plan(status.value, {kind}, options) : status;
    const ran = plan.ok
      ? await fixture.project.run(session, plan.value, options, patient, fixture.open)
      : plan;
    if (!ran.ok && ran.failure.reason === 'nothing-to-do') return 'ran';
    return ran.ok && ran.value.stopped === undefined ? 'ran' : 'refused';
  };
  /** All tables of both, and what the bookkeeping has. */
  const found = async (database: TestDatabase) => {
    const tables = await database.sql(
      `SELECT relnamespace::regnamespace::text AS schema, relname AS name FROM pg_class
       WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)' ORDER BY 1, 2`,
    );
    const books = tables.find(({name}) => String(name).includes('igrations'));
    const rows = books
      ? await database.sql(
          `SELECT id, name FROM "${String(books['schema'])}"."${String(books['name'])}" ORDER BY run_on, id`,
        )
      : [];
    return {tables, rows};
  };

  it.each<[string, Readonly<Record<string, string>>, 'ran' | 'refused', Setup]>([
    ['a file of another kind', {'1_a.sql': make('a'), 'README.md': '#'}, 'refused', {}],
    [
      'a file of another kind with a number',
      {'1_a.sql': make('a'), '2_notes.md': '# no program'},
      'refused',
      {},
    ],
    ['a hidden file', {'1_a.sql': make('a'), '.DS_Store': ''}, 'ran', {}],
    ['one file without a number', {'alone.sql': make('a')}, 'ran', {}],
    ['two files without a number', {'one.sql': make('a'), 'two.sql': make('b')}, 'refused', {}],
    ['a quote in a name', {"1_it's.sql": make('a')}, 'refused', {}],
    ['other characters in a name', {'1_ä "b" $1 %s.sql': make('a')}, 'ran', {}],
    ['names with points', {'1_a.up.sql': make('a'), '1_a.down.sql': make('b')}, 'ran', {}],
    ['no marker', {'1_a.sql': 'CREATE TABLE a (id int)'}, 'ran', {}],
    ['a comment at the end', {'1_a.sql': 'CREATE TABLE a (id int) -- done'}, 'ran', {}],
    ['an empty file', {'1_a.sql': ''}, 'ran', {}],
    [
      'only a marker for down',
      {'1_a.sql': 'CREATE TABLE a (id int);\n-- Down Migration\nDROP TABLE a;'},
      'ran',
      {},
    ],
    [
      'down before up',
      {'1_a.sql': '-- Down Migration\nDROP TABLE a;\n-- Up Migration\nCREATE TABLE a (id int);'},
      'ran',
      {},
    ],
    ['Windows line ends', {'1_a.sql': make('a').replaceAll('\n', '\r\n')}, 'ran', {}],
    ['a byte order mark', {'1_a.sql': `\uFEFF${make('a')}`}, 'refused', {}],
    ['an unclosed quote', {'1_a.sql': "SELECT 'a;\n"}, 'refused', {}],
    [
      'markers in other letters, behind blanks and dashes',
      {
        '1_a.sql':
          '  -- --UP   MIGRATION: make it\nCREATE TABLE a (id int);\n\t--down\tmigration\nDROP TABLE a;\n',
      },
      'ran',
      {},
    ],
    ['text before the first of two markers', {'1_a.sql': `SELECT nothing_there;\n${make('a')}`}, 'ran', {}],
    ['a marker behind a statement', {'1_a.sql': 'CREATE TABLE a (id int); -- Up Migration\n'}, 'ran', {}],
    [
      'CONCURRENTLY in a file of SQL, which has no way out of the transaction',
      {'1_a.sql': make('a'), '2_b.sql': 'CREATE INDEX CONCURRENTLY i ON a (id);\n'},
      'refused',
      {},
    ],
    [
      'one number several times, in words with numbers',
      {
        '1_step10.sql': make('d'),
        '1_step9.sql': make('c'),
        '01_b.sql': make('b'),
        '1-a.sql': make('a'),
      },
      'ran',
      {},
    ],
    [
      'moments and numbers',
      {
        '20200101000000000_a.sql': make('a'),
        '1500000000000_b.sql': make('b'),
        '9_c.sql': make('c'),
        '10_d.sql': make('d'),
      },
      'ran',
      {},
    ],
    [
      'a pattern of what is ignored',
      {'1_a.sql': make('a'), 'README.md': '#'},
      'ran',
      {tool: {ignorePattern: '.*[.]md'}, options: option('ignore-pattern', '.*[.]md')},
    ],
    [
      'another table',
      {'1_a.sql': make('a')},
      'ran',
      {tool: {migrationsTable: 'my Migrations'}, options: option('migrations-table', 'my Migrations')},
    ],
    [
      'a schema that is not there',
      {'1_a.sql': make('a')},
      'refused',
      {tool: {schema: ['app']}, options: option('schema', 'app')},
    ],
    [
      'schemas that are made',
      {'1_a.sql': make('a')},
      'ran',
      {
        tool: {schema: ['app', 'other'], createSchema: true},
        options: {...option('schema', 'app,other'), ...option('create-schema', 'true')},
      },
    ],
    [
      'a schema for the bookkeeping',
      {'1_a.sql': make('a')},
      'ran',
      {
        tool: {migrationsSchema: 'books', createMigrationsSchema: true},
        options: {...option('migrations-schema', 'books'), ...option('create-migrations-schema', 'true')},
      },
    ],
    [
      'a transaction for each',
      {'1_a.sql': make('a'), '2_b.sql': 'SELECT nothing_there;'},
      'refused',
      {tool: {singleTransaction: false}, options: option('single-transaction', 'false')},
    ],
    [
      'a gap',
      {'1_a.sql': make('a'), '2_b.sql': make('b')},
      'refused',
      {
        before: `CREATE TABLE pgmigrations (id SERIAL PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL); INSERT INTO pgmigrations (name, run_on) VALUES ('2_b', now())`,
      },
    ],
    [
      'a gap that nobody checks',
      {'1_a.sql': make('a'), '2_b.sql': make('b')},
      'ran',
      {
        tool: {checkOrder: false},
        options: option('check-order', 'false'),
        before: `CREATE TABLE pgmigrations (id SERIAL PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL); INSERT INTO pgmigrations (name, run_on) VALUES ('2_b', now())`,
      },
    ],
    [
      'a table without a primary key',
      {'1_a.sql': make('a')},
      'ran',
      {
        before:
          'CREATE TABLE pgmigrations (id serial, name varchar(255) NOT NULL, run_on timestamp NOT NULL)',
      },
    ],
  ])('with %s', async (_what, files, expected, {tool: more = {}, options = {}, before = ''}) => {
    for (const [name, text] of Object.entries(files)) await fixture.file(name, text);
    for (const database of [fixture.database, alone]) if (before !== '') await database.sql(before);
    expect({tool: await tool('up', more), howdah: await howdah(options, 'apply-all')}).toEqual({
      tool: expected,
      howdah: expected,
    });
    // What refuses at the first look makes no table; the tool does.
    if (expected === 'refused') return;
    expect(await found(fixture.database)).toEqual(await found(alone));
    const back = await tool('down', more);
    expect(await howdah(options, 'roll-back-last')).toBe(back);
    expect(await found(fixture.database)).toEqual(await found(alone));
  });

  it('keeps what was committed by itself where each migration has its own transaction', async () => {
    await fixture.file('1_a.sql', make('a'));
    await fixture.file('2_b.sql', make('b').replace(';', '; SELECT nothing_there;'));
    const options = option('single-transaction', 'false');
    expect(await howdah(options, 'apply-all')).toBe('refused');
    await tool('up', {singleTransaction: false});
    expect(await found(fixture.database)).toEqual(await found(alone));
    expect((await found(alone)).rows).toHaveLength(1);
  });

  it('warns of what fails in the transaction of the run', async () => {
    await fixture.file('1_a.sql', make('a'));
    await fixture.file('2_b.sql', 'CREATE INDEX CONCURRENTLY b ON a (id);');
    await fixture.file('3_c.sql', '');
    const status = must(await fixture.project.status(session, {}));
    const plan = must(await fixture.project.plan(status, {kind: 'apply-all'}, {}));
    expect(plan.warnings).toEqual([
      {kind: 'concurrently-in-transaction', step: 1},
      {kind: 'empty-file', step: 2},
    ]);
    expect(must(await fixture.project.sql(plan, {}))).toMatch(/ON a \(id\);\n/);
  });

  it('refuses two files of one name, which the tool runs both', async () => {
    await fixture.file('1_a.sql', make('a'));
    await fixture.file('1_a.js', "export const up = pgm => pgm.createTable('b', {id: 'id'});\n");
    expect(await howdah({}, 'apply-all')).toBe('refused');
    expect(await tool('up')).toBe('ran');
    expect((await found(alone)).rows.map(({name}) => name)).toEqual(['1_a', '1_a']);
  });

  it('refuses the way back where a file has none', async () => {
    await fixture.file('1_a.sql', 'CREATE TABLE a (id int);');
    expect(await howdah({}, 'apply-all')).toBe('ran');
    const status = must(await fixture.project.status(session, {}));
    expect(status.problems).toMatchObject([{kind: 'missing-down', id: '1_a'}]);
    expect(await fixture.project.plan(status, {kind: 'roll-back-last'}, {})).toMatchObject({
      failure: {reason: 'unsupported', message: expect.stringContaining('no part for down')},
    });
  });

  it('says in words what it refuses', async () => {
    await fixture.file('1_a.sql', 'CREATE TABLE a (id int);\n-- Down Migration\nDROP TABLE a;');
    await fixture.file('1_a.ts', 'export const up = () => {};');
    await fixture.file('2_b.sql', 'SELECT 1;');
    await fixture.file('README.md', '#');
    const {problems} = must(await fixture.project.list());
    expect(problems).toMatchObject([
      {kind: 'duplicate-version', id: '1_a'},
      {kind: 'missing-down', id: '2_b'},
      {kind: 'other', id: 'README', refused: true, words: expect.stringContaining('ignore-pattern')},
    ]);
  });
});
