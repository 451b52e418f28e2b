import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Project} from '../../../src/frameworks/framework.ts';
import {draftPortables, type Wanted} from '../../../src/frameworks/reshape/draft-portables.ts';
import {prepareConvert, type Converted} from '../../../src/frameworks/reshape/prepare-convert.ts';
import {writeNewFiles} from '../../../src/frameworks/shared/new-files.ts';
import {createBench} from '../../../src/postgres/reshape/bench.ts';
import {startCli} from '../../contract/alembic-cli.ts';
import {connecting, revisionText, usualEnv, usualIni, variablesFor} from '../../contract/alembic-fixture.ts';
import {openTo} from '../../contract/sessions.ts';
import {makeRunner} from '../../contract/node-pg-migrate-runner.ts';
import {useStage} from '../../embedded/stage-rig.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {newHome, parser, run, toolNamed, type Home, type sqlTools} from './tools.ts';

const stages = useStage();
beforeAll(makeRunner);

/** What SQLAlchemy, psycopg2 and Alembic's offline mode each take for something of their own. */
const texts = [
  String.raw`INSERT INTO notes (note) VALUES ('at 12:30 :name, ::int, :a:b, \:name, \\:x, 100%, %s, %(x)s, %%');`,
  `INSERT INTO notes (note) VALUES ('tab\there, """quoted"""'), ('line\n  break'), ('carriage\r\nreturn');`,
  `SELECT (ARRAY[1, 2, 3])[1:2], '5'::int % 3;`,
  `CREATE FUNCTION f(a int) RETURNS text LANGUAGE plpgsql AS $$ BEGIN -- it's :one
    RETURN format('%s :x', a); END; $$;`,
];
const history: readonly Wanted[] = [
  step('1', 'create notes', 'CREATE TABLE notes (id serial PRIMARY KEY, note text);', 'DROP TABLE notes;'),
  step(
    '2',
    'fill notes',
    `-- what SQLAlchemy sees\n${texts.join('\n')}`,
    'DROP FUNCTION f(int);\nDELETE FROM notes;',
  ),
  step(
    '3',
    'index notes',
    'CREATE INDEX CONCURRENTLY notes_note ON notes (note);',
    'DROP INDEX CONCURRENTLY notes_note;',
    true,
  ),
];

function step(number: string, title: string, up: string, down: string, outside = false): Wanted {
  const version = `2024010100000${number}`;
  const migration = {id: version, label: version, title};
  return {migration, version, title, up: `${up}\n`, down: `${down}\n`, outside};
}

/** As `alembic init` leaves it. */
async function environmentIn({root}: Home): Promise<string> {
  await mkdir(join(root, 'alembic', 'versions'), {recursive: true});
  await writeFile(join(root, 'alembic.ini'), usualIni);
  await writeFile(join(root, 'alembic', 'env.py'), usualEnv);
  return join(root, 'alembic', 'versions');
}

describe('to Alembic', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase(18, 'to_alembic');
  });
  afterAll(() => database.drop());

  it.each(['node-pg-migrate', 'dbmate', 'goose'] as const)(
    'a history of %s is proven equal, and Alembic runs it up and down',
    async id => {
      await using home = await newHome();
      const from = await madeIn(home, id);
      const {converted, project} = await convert(home, from, await environmentIn(home), 'alembic');
      expect(converted).toMatchObject({differences: [], migrations: 3, keptVersions: true});
      value(await writeNewFiles(project.folder, converted.files));
      const cli = startCli(home.root);
      const up = await cli.run('upgrade', urlOf(database), ['head']);
      expect(up).toEqual({steps: history.map(({version}) => version), heads: [], error: null});
      expect(await database.sql('SELECT note FROM notes ORDER BY id')).toEqual([
        {note: String.raw`at 12:30 :name, ::int, :a:b, \:name, \\:x, 100%, %s, %(x)s, %%`},
        {note: 'tab\there, """quoted"""'},
        {note: 'line\n  break'},
        {note: 'carriage\r\nreturn'},
      ]);
      const session = await openFor(database);
      const written = await toolNamed('alembic').open(project.folder, home.files);
      const status = value(await written.status(session, {}));
      expect(status.migrations.map(({state}) => state.kind)).toEqual(['applied', 'applied', 'applied']);
      await session.close();
      expect((await cli.run('downgrade', urlOf(database), ['base'])).error).toBeNull();
      expect(await database.sql(`SELECT relname FROM pg_class WHERE relname LIKE 'notes%'`)).toEqual([]);
      cli.stop();
    },
  );

  it('records what has run with Alembic’s own stamp, and its command line finds nothing to do', async () => {
    await using home = await newHome();
    const from = await madeIn(home, 'dbmate');
    const {converted, project} = await convert(home, from, await environmentIn(home), 'alembic');
    value(await writeNewFiles(project.folder, converted.files));
    const to = await toolNamed('alembic').open(project.folder, home.files);
    const session = await openFor(database);
    const connected = connecting(to, variablesFor(database));
    const forced = value(
      await connected.force(session, {kind: 'at', id: '20240101000003'}, {}, run, () => openTo(database)),
    );
    expect(forced.position).toEqual({kind: 'at', id: '20240101000003'});
    expect(await database.sql('SELECT version_num FROM alembic_version')).toEqual([
      {version_num: '20240101000003'},
    ]);
    const cli = startCli(home.root);
    expect(await cli.run('upgrade', urlOf(database), ['head'])).toMatchObject({steps: [], error: null});
    cli.stop();
    await session.close();
    await database.sql('DROP TABLE alembic_version');
  });
});

it('has ways back that refuse where the old tool had none', async () => {
  await using home = await newHome();
  const from = await madeIn(home, 'flyway');
  const {converted} = await convert(home, from, await environmentIn(home), 'alembic');
  expect(converted).toMatchObject({differences: [], withoutDown: []});
  for (const {text} of converted.files)
    expect(text).toContain(
      "RAISE EXCEPTION 'There is no way back: the tool that this was written for has none.'",
    );
});

describe('from Alembic', () => {
  const operations = `op.create_table("orders", sa.Column("id", sa.Integer, primary_key=True), sa.Column("note", sa.Text, server_default="a:b %"))
    op.bulk_insert(sa.table("orders", sa.column("note", sa.Text)), [{"note": "it's 100% :x\\t"}, {"note": None}])
    op.create_index("orders_note", "orders", ["note"])`;

  it.each(['dbmate', 'prisma'] as const)(
    'revisions of operations are proven equal in the form of %s',
    async id => {
      await using home = await newHome();
      const from = await alembicOf(home, [
        ['aaaa', {upgrade: operations, downgrade: 'op.drop_table("orders")'}],
        [
          'bbbb',
          {
            down: "'aaaa'",
            upgrade: 'op.execute("ALTER TABLE orders ADD paid bool")',
            downgrade: 'raise NotImplementedError()',
          },
        ],
        ['cccc', {down: "'bbbb'"}],
      ]);
      const folder = join(home.root, 'db', 'migrations');
      await mkdir(folder);
      const {converted} = await convert(home, from, folder, id);
      expect(converted).toMatchObject({differences: [], migrations: 3, keptVersions: false});
      const text = converted.files.map(file => file.text).join('\n');
      expect(text).toContain("'it''s 100% :x\t'");
      if (id === 'dbmate') expect(text).toContain('DROP TABLE orders');
    },
  );

  it.each([
    ['op.get_bind', 'op.get_bind().execute("SELECT 1")', /aaaa make aaaa: It uses get_bind/],
    [
      'the offline mode',
      'if not op.get_context().as_sql:\n        op.execute("SELECT 1")',
      /aaaa make aaaa: It uses as_sql/,
    ],
    [
      'rows of the database',
      'for each in op.get_context().connection.execute("SELECT 1"): pass',
      /aaaa make aaaa: Alembic cannot write the SQL without a connection/,
    ],
  ])('is refused for %s', async (_, upgrade, words) => {
    await using home = await newHome();
    const from = await alembicOf(home, [['aaaa', {upgrade}]]);
    const folder = join(home.root, 'db', 'migrations');
    await mkdir(folder);
    await expect(convert(home, from, folder, 'dbmate')).rejects.toThrow(words);
  });
});

/** SQLAlchemy has no dialect `postgres`. */
function urlOf({url}: TestDatabase): string {
  return url.replace('postgres:', 'postgresql:');
}

async function alembicOf(
  home: Home,
  revisions: readonly (readonly [string, Parameters<typeof revisionText>[1]])[],
): Promise<Project> {
  const folder = await environmentIn(home);
  for (const [id, parts] of revisions) await writeFile(join(folder, `${id}.py`), revisionText(id, parts));
  return toolNamed('alembic').open(folder, home.files);
}

async function madeIn(home: Home, id: (typeof sqlTools)[number]): Promise<Project> {
  const folder = join(home.root, 'db', `old_${id}`);
  await mkdir(folder);
  const empty = await toolNamed(id).open(folder, home.files);
  const drafted = value(await draftPortables(empty, history, {}, new Date()));
  value(await writeNewFiles(folder, drafted.files));
  return toolNamed(id).open(folder, home.files);
}

async function convert(
  home: Home,
  from: Project,
  folder: string,
  id: Project['framework'],
): Promise<{readonly converted: Converted; readonly project: Project}> {
  const to = await toolNamed(id).open(folder, home.files);
  const stage = value(await stages.shared().open());
  const {signal} = new AbortController();
  const bench = createBench(stage, parser, {signal});
  try {
    const tried = value(await prepareConvert(bench, {from, to, options: {}, now: new Date()}));
    if (tried.kind === 'stopped') expect.fail(`${tried.stop.migration.label}: ${tried.stop.failure.message}`);
    return {converted: tried.value, project: to};
  } finally {
    await stage.release();
  }
}
