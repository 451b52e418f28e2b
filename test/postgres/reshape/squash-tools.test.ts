import {mkdir, writeFile} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {archivedPath, correctionOf, squashedOf} from '../../../src/core/reshape/squash.ts';
import type {Project} from '../../../src/frameworks/framework.ts';
import {correctRecords} from '../../../src/frameworks/reshape/correct-records.ts';
import {draftPortables, type Wanted} from '../../../src/frameworks/reshape/draft-portables.ts';
import {moveFiles, removeEmptied} from '../../../src/frameworks/reshape/move-files.ts';
import {prepareSquash} from '../../../src/frameworks/reshape/prepare-squash.ts';
import {writeNewFiles} from '../../../src/frameworks/shared/new-files.ts';
import {createBench} from '../../../src/postgres/reshape/bench.ts';
import {startCli} from '../../contract/alembic-cli.ts';
import {usualEnv, usualIni} from '../../contract/alembic-fixture.ts';
import {withPrisma} from '../../contract/prisma-tool.ts';
import {useStage} from '../../embedded/stage-rig.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {newHome, parser, run, toolNamed, type Home} from './tools.ts';

const stages = useStage();
let database: TestDatabase;
beforeEach(async () => {
  database = await createDatabase(18, 'squash_tools');
});
afterEach(() => database.drop());

const history: readonly Wanted[] = [
  step(1, 'create kinds', 'CREATE TABLE kinds (id serial PRIMARY KEY, name text);'),
  step(2, 'fill kinds', `INSERT INTO kinds (name) VALUES ('a:b 100%'), (NULL);`),
  step(3, 'create items', 'CREATE TABLE items (kind int REFERENCES kinds);'),
  step(4, 'later', 'ALTER TABLE items ADD note text;'),
];

function step(number: number, title: string, up: string): Wanted {
  const version = `2024010100000${number}`;
  const migration = {id: version, label: version, title};
  return {migration, version, title, up: `${up}\n`, down: '', outside: false};
}

it('of Prisma leaves nothing wrong for its own engine, before the rows are corrected and after', async () => {
  await using home = await newHome();
  const folder = join(home.root, 'prisma', 'migrations');
  const tool = {database, folder};
  const project = await madeIn(folder, 'prisma', home);
  await withPrisma(tool, engine => engine.deploy());
  await squash(project, '20240101000003_create_items');
  const now = value(await project.list()).migrations.map(({id}) => id);
  expect(now).toEqual(['20240101000003_create_items', '20240101000004_later']);
  await withPrisma(tool, async engine => {
    expect(await engine.deploy()).toEqual([]);
    expect((await engine.diagnose()).editedMigrationNames).toEqual(['20240101000003_create_items']);
  });
  await correct(project);
  await withPrisma(tool, async engine => {
    expect(await engine.diagnose()).toMatchObject({
      editedMigrationNames: [],
      failedMigrationNames: [],
      history: null,
    });
    expect(await engine.deploy()).toEqual([]);
  });
  const rows = await database.sql(
    'SELECT migration_name, finished_at IS NOT NULL AS done, logs, applied_steps_count AS steps FROM _prisma_migrations ORDER BY 1',
  );
  expect(rows).toEqual([
    {migration_name: '20240101000003_create_items', done: true, logs: '', steps: 0},
    {migration_name: '20240101000004_later', done: true, logs: null, steps: 1},
  ]);
  await database.sql('DROP TABLE _prisma_migrations, items, kinds');
  await withPrisma(tool, async engine => {
    expect(await engine.deploy()).toEqual(now);
  });
  expect(await database.sql('SELECT name FROM kinds ORDER BY id')).toEqual([
    {name: 'a:b 100%'},
    {name: null},
  ]);
  await database.sql('DROP TABLE _prisma_migrations, items, kinds');
});

it('of Flyway has rows as its repair leaves them', async () => {
  await using home = await newHome();
  const project = await madeIn(join(home.root, 'db', 'migration'), 'flyway', home);
  const session = await openFor(database);
  const status = value(await project.status(session, {}));
  const plan = value(await project.plan(status, {kind: 'apply-all'}, {}));
  value(
    await project.run(session, plan, {}, run, () =>
      openFor(database).then(opened => ({ok: true, value: opened})),
    ),
  );
  const {files} = await squash(project, '20240101000003');
  expect(files.map(path => basename(path))).toEqual(['V20240101000003__squashed.sql']);
  await correct(project);
  const states = value(await project.status(session, {})).migrations;
  expect(states.map(({migration: {id}, state}) => [id, state.kind])).toEqual([
    ['20240101000003', 'applied'],
    ['20240101000004', 'applied'],
  ]);
  const rows = await database.sql(
    'SELECT installed_rank AS rank, right(version, 1) AS v, description, type, script, success FROM flyway_schema_history ORDER BY 1',
  );
  expect(rows).toEqual([
    {
      rank: 1,
      v: '1',
      description: 'create kinds',
      type: 'SQL',
      script: 'V20240101000001__create_kinds.sql',
      success: true,
    },
    {
      rank: 2,
      v: '2',
      description: 'fill kinds',
      type: 'SQL',
      script: 'V20240101000002__fill_kinds.sql',
      success: true,
    },
    {
      rank: 3,
      v: '3',
      description: 'squashed',
      type: 'SQL',
      script: 'V20240101000003__create_items.sql',
      success: true,
    },
    {rank: 4, v: '4', description: 'later', type: 'SQL', script: 'V20240101000004__later.sql', success: true},
    {
      rank: 5,
      v: '1',
      description: 'create kinds',
      type: 'DELETE',
      script: 'V20240101000001__create_kinds.sql',
      success: true,
    },
    {
      rank: 6,
      v: '2',
      description: 'fill kinds',
      type: 'DELETE',
      script: 'V20240101000002__fill_kinds.sql',
      success: true,
    },
  ]);
  await session.close();
});

it('of Alembic keeps the last revision, so that databases at it or behind it need nothing', async () => {
  await using home = await newHome();
  const versions = join(home.root, 'alembic', 'versions');
  await mkdir(versions, {recursive: true});
  await writeFile(join(home.root, 'alembic.ini'), usualIni);
  await writeFile(join(home.root, 'alembic', 'env.py'), usualEnv);
  const project = await madeIn(versions, 'alembic', home);
  const url = database.url.replace('postgres:', 'postgresql:');
  const before = startCli(home.root);
  expect((await before.run('upgrade', url, ['20240101000003'])).error).toBeNull();
  before.stop();
  const {files} = await squash(project, '20240101000003');
  expect(files.map(path => basename(path))).toEqual(['20240101000003_squashed.py']);
  const cli = startCli(home.root);
  expect(await cli.run('upgrade', url, ['head'])).toMatchObject({steps: ['20240101000004'], error: null});
  const session = await openFor(database);
  const status = value(await project.status(session, {}));
  expect(value(correctionOf(status, () => true))).toBeUndefined();
  expect(status.migrations.map(({state}) => state.kind)).toEqual(['applied', 'applied']);
  await session.close();
  await database.sql('DROP TABLE alembic_version, items, kinds');
  expect(await cli.run('upgrade', url, ['head'])).toMatchObject({
    steps: ['20240101000003', '20240101000004'],
    error: null,
  });
  expect(await database.sql('SELECT name FROM kinds ORDER BY id')).toEqual([
    {name: 'a:b 100%'},
    {name: null},
  ]);
  cli.stop();
  await database.sql('DROP TABLE alembic_version, items, kinds');
});

async function madeIn(folder: string, id: Project['framework'], home: Home): Promise<Project> {
  await mkdir(folder, {recursive: true});
  const project = await toolNamed(id).open(folder, home.files);
  const {files} = value(await draftPortables(project, history, {}, new Date()));
  value(await writeNewFiles(folder, files));
  return project;
}

/** As the faces do it. */
async function squash(project: Project, last: string): Promise<{readonly files: readonly string[]}> {
  const {migrations} = value(await project.list());
  const squashed = value(squashedOf(project.framework, migrations, last));
  const stage = value(await stages.shared().open());
  const bench = createBench(stage, parser, {signal: new AbortController().signal});
  const request = {project, options: {}, count: squashed.length, now: new Date()};
  const tried = await prepareSquash(bench, parser, request);
  await stage.release();
  const made = value(tried);
  if (made.kind === 'stopped') expect.fail(made.stop.failure.message);
  expect(made.value.differences).toEqual([]);
  const paths = [...new Set(squashed.flatMap(({up, down}) => [up, down].flatMap(path => path ?? [])))];
  value(await moveFiles(paths.map(from => ({from, to: archivedPath(project.folder, from)}))));
  const {files} = made.value;
  value(await writeNewFiles(dirname(files[0]?.path ?? ''), files));
  await removeEmptied(project.folder, paths);
  return {files: files.map(({path}) => path)};
}

async function correct(project: Project): Promise<void> {
  const session = await openFor(database);
  const correction = value(correctionOf(value(await project.status(session, {})), () => true));
  if (!correction) expect.fail('nothing to correct');
  value(
    await correctRecords(correction, (position, how) =>
      project.force(session, position, {}, {...run, ...how}),
    ),
  );
  await session.close();
}
