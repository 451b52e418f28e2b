import {mkdir, rm} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {beforeAll, expect, it} from 'vitest';
import {prepareSquash, type Squashed} from '../../../src/frameworks/reshape/prepare-squash.ts';
import type {Position, Status} from '../../../src/core/migrations/migration.ts';
import {correctionOf} from '../../../src/core/reshape/squash.ts';
import type {Project} from '../../../src/frameworks/framework.ts';
import {correctRecords} from '../../../src/frameworks/reshape/correct-records.ts';
import {draftPortables, type Wanted} from '../../../src/frameworks/reshape/draft-portables.ts';
import {writeNewFiles} from '../../../src/frameworks/shared/new-files.ts';
import {makeRunner} from '../../contract/node-pg-migrate-runner.ts';
import {dbmate, hasDbmate} from '../../contract/dbmate-cli.ts';
import {useStage} from '../../embedded/stage-rig.ts';
import {createBench} from '../../../src/postgres/reshape/bench.ts';
import {createDatabase} from '../../rig/databases.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {newHome, parser, run, toolNamed, type Home} from './tools.ts';

const stages = useStage();
beforeAll(makeRunner);

const tools = ['golang-migrate', 'dbmate', 'node-pg-migrate', 'goose'] as const;
const history: readonly Wanted[] = [
  step(
    1,
    'create kinds',
    'CREATE TABLE kinds (id serial PRIMARY KEY, name text, made timestamptz DEFAULT now());',
    'DROP TABLE kinds;',
  ),
  step(
    2,
    'fill kinds',
    `INSERT INTO kinds (name) VALUES ('it''s'), (E'a\\\\b; c'), (NULL);`,
    'DELETE FROM kinds;',
  ),
  step(3, 'rename', 'ALTER TABLE kinds RENAME name TO label;', 'ALTER TABLE kinds RENAME label TO name;'),
  step(
    4,
    'create items',
    'CREATE TABLE items (id bigint GENERATED ALWAYS AS IDENTITY, kind int REFERENCES kinds); INSERT INTO items (kind) VALUES (1), (2);',
    'DROP TABLE items;',
  ),
  step(
    5,
    'later',
    `INSERT INTO kinds (label) VALUES ('last'); ALTER TABLE items ADD note text;`,
    `ALTER TABLE items DROP note; DELETE FROM kinds WHERE label = 'last';`,
  ),
];

function step(number: number, title: string, up: string, down: string): Wanted {
  const version = `2024010100000${number}`;
  const migration = {id: version, label: version, title};
  return {migration, version, title, up: `${up}\n`, down: `${down}\n`, outside: false};
}

it.each(tools)('the first four of %s become one, with rows and the next number, proven equal', async id => {
  await using home = await newHome();
  const {project} = await madeIn(home, id, history);
  const {files, rows, differences} = await squashed(project, 4);
  expect(differences).toEqual([]);
  expect(rows).toBe(5);
  expect(basename(files[0]?.path ?? '')).toMatch(/^20240101000004_/);
  const text = files.map(each => each.text).join('\n');
  expect(text).toContain('INSERT INTO public.kinds (id, label, made) VALUES');
  expect(text).toContain('OVERRIDING SYSTEM VALUE');
  expect(text).toMatch(/setval\('public\.kinds_id_seq', 3, true\)/);
  expect(text).toMatch(/DROP TABLE items;[^]*DROP TABLE kinds;/);
});

it('is read by its tool in the place of the old files, and leads to the same', async () => {
  await using home = await newHome();
  const {project, files: old} = await madeIn(home, 'dbmate', history);
  const {files} = await squashed(project, 4);
  for (const {path} of old.slice(0, 4)) await rm(path);
  value(await writeNewFiles(project.folder, files));
  const now = value(await project.list());
  expect(now.migrations.map(({label}) => label)).toEqual(['20240101000004', '20240101000005']);
});

it.each(['dbmate', 'node-pg-migrate', 'goose'] as const)(
  'a database of %s that has run all has rows for the files that are left, once corrected',
  async id => {
    await using home = await newHome();
    const {project, files: old} = await madeIn(home, id, history);
    const database = await createDatabase(18, 'squash');
    const session = await openFor(database);
    const force = async (position: Position): Promise<Status> =>
      value(await project.force(session, position, {}, run));
    const before = await force({kind: 'at', id: value(await project.list()).migrations.at(-1)?.id ?? ''});
    expect(before.migrations).toHaveLength(5);
    const {files} = await squashed(project, 4);
    for (const {path} of old.slice(0, 4)) await rm(path);
    value(await writeNewFiles(project.folder, files));
    const last = value(await project.list()).migrations.at(-1)?.id ?? '';
    const correction = value(correctionOf(value(await project.status(session, {})), () => true));
    expect(correction?.position).toEqual({kind: 'at', id: last});
    if (!correction) expect.fail('nothing to correct');
    const after = value(
      await correctRecords(correction, (position, how) =>
        project.force(session, position, {}, {...run, ...how}),
      ),
    );
    expect(after.migrations.map(({state}) => state.kind)).toEqual(['applied', 'applied']);
    expect(after.problems).toEqual([]);
    if (id === 'dbmate' && hasDbmate)
      expect((await dbmate(home.root, database, ['--no-dump-schema', 'status'])).output).toMatch(
        /Pending: 0/,
      );
    await session.close();
    await database.drop();
  },
);

async function madeIn(
  home: Home,
  id: (typeof tools)[number],
  steps: readonly Wanted[],
): Promise<{readonly project: Project; readonly files: readonly {readonly path: string}[]}> {
  const folder = join(home.root, 'db', 'migrations');
  await mkdir(folder);
  const {files} = value(
    await draftPortables(await toolNamed(id).open(folder, home.files), steps, {}, new Date()),
  );
  value(await writeNewFiles(folder, files));
  return {project: await toolNamed(id).open(folder, home.files), files};
}

async function squashed(project: Project, count: number): Promise<Squashed> {
  const stage = value(await stages.shared().open());
  const {signal} = new AbortController();
  const outcome = await prepareSquash(createBench(stage, parser, {signal}), parser, {
    project,
    options: {},
    count,
    now: new Date(),
  });
  await stage.release();
  const tried = value(outcome);
  if (tried.kind === 'stopped') expect.fail(`${tried.stop.migration.label}: ${tried.stop.failure.message}`);
  return tried.value;
}
