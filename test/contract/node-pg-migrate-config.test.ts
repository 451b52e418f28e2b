import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, realpath, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import {promisify} from 'node:util';
import {afterEach, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {filesIn} from '../../src/cli/files.ts';
import {programEnvironment} from '../../src/core/connections/program-environment.ts';
import {ok} from '../../src/core/outcome.ts';
import type {Project, RunOptions} from '../../src/frameworks/framework.ts';
import {createNodePgMigrate} from '../../src/frameworks/node-pg-migrate/node-pg-migrate.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import type {TestDatabase} from '../rig/databases.ts';
import {settingsFor} from '../rig/sessions.ts';
import {lendDatabase} from './lent-database.ts';
import {runner} from './node-pg-migrate-fixture.ts';
import {makeRunner} from './node-pg-migrate-runner.ts';
import {must, openTo} from './sessions.ts';

const modules = join(import.meta.dirname, '../../node_modules');
const parser = createParser();
const sql = (number: number): string =>
  `-- Up Migration\nCREATE TABLE t${number} (id int);\n-- Down Migration\nDROP TABLE t${number};\n`;

let root: string;
let database: TestDatabase;

beforeAll(makeRunner);

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'howdah-config-')));
  database = await lendDatabase(17);
});

afterEach(async () => {
  await database.drop();
  await rm(root, {recursive: true, force: true});
});

type Tree = Readonly<Record<string, string>>;

async function write(files: Tree): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), {recursive: true});
    await writeFile(join(root, name), text);
  }
}

/** A package that calls the tool with these flags, and has it. */
async function install(flags: string): Promise<void> {
  await mkdir(join(root, 'node_modules'));
  for (const name of ['node-pg-migrate', 'pg'])
    await symlink(join(modules, name), join(root, 'node_modules', name), 'junction');
  await write({
    'package.json': JSON.stringify({
      scripts: {migrate: `node-pg-migrate up ${flags}`},
      devDependencies: {'node-pg-migrate': '9.0.0'},
    }),
  });
}

function detect(mayExecute = true): Promise<readonly Project[]> {
  return createNodePgMigrate(parser, runner, () => mayExecute).detect(filesIn([root]));
}

/** The script as `npm run migrate` runs it. */
async function cli(flags: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const command = join(modules, 'node-pg-migrate/bin/node-pg-migrate.js');
  const {stdout} = await promisify(execFile)('sh', ['-c', `node "${command}" up ${flags}`], {
    cwd: root,
    env: {...process.env, ...environment},
  });
  return stdout;
}

interface Case {
  readonly what: string;
  readonly flags: string;
  readonly files: Tree;
  /** The two migrations, the second of which only the command line runs. */
  readonly migrations: readonly [string, string];
  readonly folder: string;
  readonly table: string;
  readonly variable?: string;
  readonly text?: (number: number) => string;
}

const plain = {migrations: ['migrations/1_a.sql', 'migrations/2_b.sql'], folder: 'migrations'} as const;
const inSteps = {migrations: ['steps/1_a.sql', 'steps/2_b.sql'], folder: 'steps'} as const;
const body = `{'migrations-dir': 'steps', 'migrations-table': 'done', 'database-url-var': undefined}`;

const cases: readonly Case[] = [
  {
    what: 'a config in TypeScript',
    flags: '-f ./migrate.config.ts',
    files: {
      'migrate.config.ts': `const settings: Record<string, unknown> = ${body};\nexport default settings;\n`,
    },
    ...inSteps,
    table: 'public.done',
  },
  {
    what: 'a config in JavaScript of modules',
    flags: '--config-file migrate.config.mjs',
    files: {'migrate.config.mjs': `import {sep} from 'node:path';\nexport default sep ? ${body} : {};\n`},
    ...inSteps,
    table: 'public.done',
  },
  {
    what: 'a config in CommonJS with a section of another name',
    flags: '-f migrate.config.cjs --config-value books',
    files: {
      'migrate.config.cjs': `module.exports = {books: ${body}, db: {'migrations-table': 'not_this'}};\n`,
    },
    ...inSteps,
    table: 'public.done',
  },
  {
    what: 'a config that reads .env',
    flags: '-f migrate.config.mjs',
    files: {
      '.env': 'BOOKS=written\n',
      'migrate.config.mjs':
        "export default {'migrations-dir': 'steps', 'migrations-table': process.env.BOOKS ?? 'none'};\n",
    },
    ...inSteps,
    table: 'public.written',
  },
  {
    what: 'a config in JSON',
    flags: '-f migrate.json -t flag',
    files: {
      'migrate.json': JSON.stringify({db: {'migrations-dir': 'steps', 'migrations-table': 'done'}}),
    },
    ...inSteps,
    table: 'public.done',
  },
  {
    what: 'schemas that are made',
    flags: '--schema app --create-schema --migrations-schema books --create-migrations-schema -t migs',
    files: {},
    ...plain,
    table: 'books.migs',
  },
  {what: 'a schema alone', flags: '-s app --create-schema', files: {}, ...plain, table: 'app.pgmigrations'},
  {
    what: 'an address by another name',
    flags: '-d OTHER_URL',
    files: {},
    ...plain,
    table: 'public.pgmigrations',
    variable: 'OTHER_URL',
  },
  {
    what: 'a pattern',
    flags: `--use-glob -m 'db/**/*.{sql,mjs}' --ignore-pattern '**/*.test.*'`,
    files: {'db/notes.md': '', 'db/a/9_x.test.sql': 'SELECT nothing;'},
    migrations: ['db/b/1_a.sql', 'db/a/2_b.sql'],
    folder: 'db',
    table: 'public.pgmigrations',
  },
  {
    what: 'a pattern with programs',
    flags: `--use-glob -m 'db/*/*.mjs'`,
    files: {},
    migrations: ['db/b/1_a.mjs', 'db/a/2_b.mjs'],
    folder: 'db',
    table: 'public.pgmigrations',
    text: number => `export const up = pgm => pgm.createTable('t${number}', {id: 'int'});\n`,
  },
  {
    what: 'paths of a tsconfig.json',
    flags: '--tsconfig-paths tsconfig.json',
    files: {
      'tsconfig.json': JSON.stringify({compilerOptions: {baseUrl: '.', paths: {'~/*': ['./lib/*']}}}),
      'lib/columns.ts': 'export const columns: Record<string, string> = {id: "int"};\n',
    },
    migrations: ['migrations/1_a.ts', 'migrations/2_b.ts'],
    folder: 'migrations',
    table: 'public.pgmigrations',
    text: number =>
      `import {columns} from '~/columns';\nexport const up = (pgm: {createTable: Function}) => pgm.createTable('t${number}', columns);\n`,
  },
];

describe('the configuration of node-pg-migrate', () => {
  it.each(cases)('is what its command line reads: $what', async each => {
    const {flags, files, migrations, text = sql, variable = 'DATABASE_URL'} = each;
    await install(flags);
    await write({...files, [migrations[0]]: text(1)});
    const [project, ...others] = await detect();
    expect(others).toEqual([]);
    expect(relative(root, project?.folder ?? '')).toBe(each.folder);
    if (!project) return;
    const session = must(await openTo(database));
    try {
      const environment = async () =>
        ok(programEnvironment(settingsFor(database), {password: 'postgres'}, {readOnly: false}));
      const run: RunOptions = {lockTimeout: 0, statementTimeout: 0, environment};
      const before = must(await project.status(session, {}));
      expect(before).toMatchObject({problems: [], bookkeeping: {exists: false}});
      expect(before.bookkeeping.table.replaceAll('"', '')).toBe(each.table);
      const plan = must(await project.plan(before, {kind: 'apply-all'}, {}));
      const report = must(await project.run(session, plan, {}, run, () => openTo(database)));
      expect(report.stopped).toBeUndefined();
      await write({[migrations[1]]: text(2)});
      expect(await cli(flags, {[variable]: database.url})).toMatch(/> - 2_b\n[^]*Migrations complete!/);
      const after = must(await project.status(session, {}));
      expect(after.migrations.map(({migration, state}) => [migration.id, state.kind])).toEqual([
        ['1_a', 'applied'],
        ['2_b', 'applied'],
      ]);
      expect(await database.sql(`SELECT id, name FROM ${each.table} ORDER BY id`)).toEqual([
        {id: 1, name: '1_a'},
        {id: 2, name: '2_b'},
      ]);
    } finally {
      await session.close();
    }
  });

  it('is not executed without leave, and says so', async () => {
    const made = join(root, 'made');
    await install('-f migrate.config.cjs');
    await write({
      'migrate.config.cjs': `require('node:fs').writeFileSync(${JSON.stringify(made)}, '');\nmodule.exports = {};\n`,
      'migrations/1_a.sql': sql(1),
    });
    const [project] = await detect(false);
    const listed = await project?.list();
    expect(listed).toMatchObject({
      ok: true,
      value: {
        migrations: [{id: '1_a'}],
        problems: [{refused: true, words: expect.stringContaining('in trusted workspaces only')}],
      },
    });
    expect(await filesIn([root]).find('made')).toEqual([]);
    await detect(true);
    expect(await filesIn([root]).find('made')).toEqual([made]);
  });

  it.each([
    ['throws', 'throw new Error("no such stage")', /no such stage/],
    ['cannot be read', 'export default {', /migrate\.config\.mjs/],
  ])('says why one that %s is not read, and refuses to run', async (_what, text, why) => {
    await install('-f migrate.config.mjs');
    await write({'migrate.config.mjs': text, 'migrations/1_a.sql': sql(1)});
    const [project] = await detect();
    const listed = await project?.list();
    expect(listed).toMatchObject({
      ok: true,
      value: {problems: [{refused: true, words: expect.stringMatching(why)}]},
    });
  });

  it('asks the package config where its files are programs', async () => {
    await write({
      'package.json': JSON.stringify({
        scripts: {migrate: 'node-pg-migrate up'},
        dependencies: {config: '4'},
      }),
      'config/default.js': '',
      'node_modules/config/package.json': '{"name": "config", "version": "4.0.0", "main": "index.js"}',
      'node_modules/config/index.js':
        "module.exports = {has: name => name === 'db', get: () => ({'migrations-dir': 'steps', 'migrations-table': 'done'})};\n",
      'steps/1_a.sql': sql(1),
    });
    const [project] = await detect();
    expect(project).toMatchObject({
      folder: join(root, 'steps'),
      configuredBy: [join(root, 'config/default.js')],
    });
  });
});
