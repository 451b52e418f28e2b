import {mkdir} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {prepareConvert, type Converted} from '../../../src/frameworks/reshape/prepare-convert.ts';
import type {Project} from '../../../src/frameworks/framework.ts';
import {draftPortables, type Wanted} from '../../../src/frameworks/reshape/draft-portables.ts';
import {writeNewFiles} from '../../../src/frameworks/shared/new-files.ts';
import {dbmate, hasDbmate} from '../../contract/dbmate-cli.ts';
import {makeRunner} from '../../contract/node-pg-migrate-runner.ts';
import {useStage} from '../../embedded/stage-rig.ts';
import {createBench} from '../../../src/postgres/reshape/bench.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {newHome, parser, run, sqlTools, toolNamed, type Home} from './tools.ts';

const stages = useStage();
let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase(18, 'convert');
  await makeRunner();
});
afterAll(async () => {
  await database.drop();
});

/** Rows, a body with semicolons, and what PostgreSQL refuses in a transaction. */
const history: readonly Wanted[] = [
  step('1', 'create orders', 'CREATE TABLE orders (id serial PRIMARY KEY, note text);', 'DROP TABLE orders;'),
  step(
    '2',
    'fill orders',
    `INSERT INTO orders (note) VALUES ('a; b'), (NULL);
CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$;`,
    'DROP FUNCTION f();\nDELETE FROM orders;',
  ),
  step(
    '3',
    'index orders',
    'CREATE INDEX CONCURRENTLY orders_note ON orders (note);',
    'DROP INDEX CONCURRENTLY orders_note;',
    true,
  ),
];

function step(number: string, title: string, up: string, down: string, outside = false): Wanted {
  const version = `2024010100000${number}`;
  const migration = {id: version, label: version, title};
  return {migration, version, title, up: `${up}\n`, down: `${down}\n`, outside};
}

/** Each tool with two others, both ways: what is between reading one and writing the other is the same for all. */
const pairs = sqlTools.flatMap((one, index) => {
  const other = sqlTools[(index + 1) % sqlTools.length] ?? one;
  return [
    {from: one, to: other},
    {from: other, to: one},
  ];
});

it.each(pairs)('a history of $from is proven equal in the form of $to, in order', async ({from, to}) => {
  await using home = await newHome();
  const old = await madeIn(home, from);
  const {converted, project} = await convert(home, old, to);
  expect(converted.differences).toEqual([]);
  expect(converted).toMatchObject({migrations: 3, keptVersions: true});
  value(await writeNewFiles(project.folder, converted.files));
  const written = value(await (await toolNamed(to).open(project.folder, home.files)).list());
  expect(written.problems.filter(problem => problem.kind === 'other' && problem.refused)).toEqual([]);
  expect(written.migrations.map(({label}) => label)).toEqual(history.map(({version}) => version));
  expect(written.migrations.map(({title}) => title.replaceAll(/[_-]/g, ' '))).toEqual(
    history.map(({title}) => title),
  );
});

it.each(['dbmate', 'node-pg-migrate'] as const)('the command line of %s finds nothing pending', async to => {
  await using home = await newHome();
  const old = await madeIn(home, 'golang-migrate');
  const {converted, project} = await convert(home, old, to);
  value(await writeNewFiles(project.folder, converted.files));
  const written = await toolNamed(to).open(project.folder, home.files);
  const last = value(await written.list()).migrations.at(-1);
  const session = await openFor(database);
  value(await written.force(session, {kind: 'at', id: last?.id ?? ''}, {}, run));
  await session.close();
  expect(await told(home, project, to)).toMatch(to === 'dbmate' ? /Pending: 0/ : /No migrations to run/);
});

it('stops where a file of the new form does not run, and says which', async () => {
  await using home = await newHome();
  const two = step(
    '3',
    'two indexes',
    'CREATE INDEX CONCURRENTLY a ON orders (id);\nCREATE INDEX CONCURRENTLY b ON orders (id);',
    '',
    true,
  );
  const old = await madeIn(home, 'goose', [...history.slice(0, 2), two]);
  await expect(convert(home, old, 'prisma')).rejects.toThrow(/^20240101000003: .*transaction block/);
});

it('keeps numbers, and says what has no place in the other tool', async () => {
  await using home = await newHome();
  const numbered = history.map((each, index) => ({...each, version: `00000${index + 1}`}));
  const old = await madeIn(home, 'golang-migrate', numbered);
  const {converted} = await convert(home, old, 'flyway');
  expect(converted.files.map(({path}) => basename(path))).toEqual([
    'V000001__create_orders.sql',
    'V000002__fill_orders.sql',
    'V000003__index_orders.sql',
    'V000003__index_orders.sql.conf',
  ]);
  expect(converted.withoutDown).toEqual(['000001', '000002', '000003']);
  expect(converted.outside).toEqual(['000003']);
});

async function madeIn(home: Home, id: (typeof sqlTools)[number], steps = history): Promise<Project> {
  const folder = join(home.root, 'db', `old_${id}`);
  await mkdir(folder);
  const empty = await toolNamed(id).open(folder, home.files);
  const drafted = value(await draftPortables(empty, steps, {}, new Date()));
  value(await writeNewFiles(folder, drafted.files));
  return toolNamed(id).open(folder, home.files);
}

async function convert(
  home: Home,
  from: Project,
  id: (typeof sqlTools)[number],
): Promise<{readonly converted: Converted; readonly project: Project}> {
  const folder = join(home.root, 'db', 'migrations');
  await mkdir(folder);
  const to = await toolNamed(id).open(folder, home.files);
  const stage = value(await stages.shared().open());
  const {signal} = new AbortController();
  const outcome = await prepareConvert(createBench(stage, parser, {signal}), {
    from,
    to,
    options: {},
    now: new Date(),
  });
  await stage.release();
  const tried = value(outcome);
  if (tried.kind === 'stopped') expect.fail(`${tried.stop.migration.label}: ${tried.stop.failure.message}`);
  return {converted: tried.value, project: to};
}

async function told({root}: Home, {folder}: Project, to: 'dbmate' | 'node-pg-migrate'): Promise<string> {
  if (to === 'dbmate')
    return hasDbmate ? (await dbmate(root, database, ['--no-dump-schema', 'status'])).output : 'Pending: 0';
  const {execFile} = await import('node:child_process');
  const {promisify} = await import('node:util');
  const bin = join(import.meta.dirname, '../../../node_modules/.bin/node-pg-migrate');
  const {stdout} = await promisify(execFile)(bin, ['up', '-m', folder], {
    cwd: root,
    env: {...process.env, DATABASE_URL: database.url},
  });
  return stdout;
}
