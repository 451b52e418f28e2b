import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {documentOf, useCli} from './repository.ts';

const {cli, repository} = useCli();

interface Tool {
  readonly id: string;
  readonly files: Readonly<Record<string, string>>;
  /** The folder, and the versions in order. */
  readonly folder: string;
  readonly versions: readonly [string, string];
  /** What the tool has recorded, in order. */
  readonly recorded: string;
}

/** Two migrations each: of the tables one and two. */
const tools: readonly Tool[] = [
  {
    id: 'dbmate',
    folder: 'db/migrations',
    versions: ['20240101000001', '20240101000002'],
    recorded: 'SELECT version FROM schema_migrations ORDER BY 1',
    files: {
      'db/migrations/20240101000001_one.sql':
        '-- migrate:up\nCREATE TABLE one ();\n-- migrate:down\nDROP TABLE one;\n',
      'db/migrations/20240101000002_two.sql':
        '-- migrate:up\nCREATE TABLE two ();\n-- migrate:down\nDROP TABLE two;\n',
    },
  },
  {
    id: 'node-pg-migrate',
    folder: 'migrations',
    versions: ['0001', '0002'],
    recorded: "SELECT split_part(name, '_', 1) AS version FROM pgmigrations ORDER BY id",
    files: {
      'package.json': '{"devDependencies": {"node-pg-migrate": "^8.0.0"}}',
      'migrations/0001_one.sql':
        '-- Up Migration\nCREATE TABLE one ();\n-- Down Migration\nDROP TABLE one;\n',
      'migrations/0002_two.sql':
        '-- Up Migration\nCREATE TABLE two ();\n-- Down Migration\nDROP TABLE two;\n',
    },
  },
  {
    id: 'goose',
    folder: 'migrations',
    versions: ['00001', '00002'],
    recorded:
      "SELECT lpad(version_id::text, 5, '0') AS version FROM goose_db_version WHERE version_id > 0 ORDER BY id",
    files: {
      'migrations/00001_one.sql': '-- +goose Up\nCREATE TABLE one ();\n-- +goose Down\nDROP TABLE one;\n',
      'migrations/00002_two.sql': '-- +goose Up\nCREATE TABLE two ();\n-- +goose Down\nDROP TABLE two;\n',
    },
  },
];

describe.each(tools)('a repository of $id', ({id, files, folder, versions, recorded}) => {
  it('is found by itself, applied, looked at and rolled back', async () => {
    const {path: cwd, database} = await repository(17, files);
    const rows = async () => (await database.sql(recorded)).map(({version}) => version);
    const status = documentOf('status', await cli().run(['status', '--json'], {cwd}));
    expect(status).toMatchObject({project: {framework: id}, pending: 2, position: {kind: 'none'}});

    expect(await cli().run(['up', '1', '--yes'], {cwd})).toMatchObject({code: 0});
    expect(await rows()).toEqual(versions.slice(0, 1));
    const up = await cli().run(['up', '--yes'], {cwd});
    expect(up).toMatchObject({code: 0, stderr: expect.stringContaining(`${id} in ${folder}`)});
    expect(await rows()).toEqual(versions);

    const after = await cli().run(['status', '--check'], {cwd});
    expect(after).toMatchObject({code: 0, stdout: expect.stringContaining('nothing pending')});
    expect(after.stdout).not.toContain('dirty');

    expect(await cli().run(['down', '2', '--yes'], {cwd})).toMatchObject({code: 0});
    expect(await rows()).toEqual([]);
    expect(await database.sql(`SELECT to_regclass('one') AS one, to_regclass('two') AS two`)).toEqual([
      {one: null, two: null},
    ]);
  });
});

const prisma = {
  'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  'prisma/migrations/20240101000000_one/migration.sql': 'CREATE TABLE one ();\n',
};

it.each([
  [['down', '--yes'], /Prisma/u],
  [['plan', 'down'], /Prisma/u],
])('refuses %j where the tool has no way back, and says why', async (args, why) => {
  const {path: cwd} = await repository(17, prisma);
  expect(await cli().run(['up', '--yes'], {cwd})).toMatchObject({code: 0});
  expect(await cli().run(args, {cwd})).toMatchObject({code: 2, stderr: expect.stringMatching(why)});
});

it('says that a migration failed in the tool’s own word, which is not dirty', async () => {
  const broken = {...prisma, 'prisma/migrations/20240101000000_one/migration.sql': 'SELECT nothing_there;\n'};
  const {path: cwd} = await repository(17, broken);
  expect(await cli().run(['up', '--yes'], {cwd})).toMatchObject({code: 1});
  const status = await cli().run(['status', '--check'], {cwd});
  expect(status).toMatchObject({code: 5, stdout: expect.stringContaining('failed at 20240101000000')});
  expect(status.stdout).not.toContain('dirty');
  const again = await cli().run(['up', '--yes'], {cwd});
  expect(again).toMatchObject({code: 5, stderr: expect.stringContaining('howdah repair')});
  expect(again.stderr).not.toContain('dirty');
});

it('takes the user’s word for whose a folder is', async () => {
  const files = {'changes/1_one.sql': '-- migrate:up\nCREATE TABLE one ();\n'};
  const {path: cwd} = await repository(17, files);
  const args = ['status', '--json', '--path', 'changes', '--framework'];
  const told = documentOf('status', await cli().run([...args, 'node-pg-migrate'], {cwd}));
  expect(told).toMatchObject({project: {framework: 'node-pg-migrate'}, pending: 1});
  expect(await cli().run([...args, 'sqitch'], {cwd})).toMatchObject({code: 2});
});

it('writes the first migration of the tool that it is told', async () => {
  const {path: cwd} = await repository(17, {});
  const args = ['create', 'add orders', '--path', 'db/migrations', '--framework', 'dbmate'];
  const {stdout} = await cli().run([...args, '-t', 'create-table', '--set', 'table=orders'], {cwd});
  expect(stdout).toMatch(/^db\/migrations\/\d{14}_add_orders\.sql\n$/u);
  expect(await readFile(join(cwd, stdout.trim()), 'utf8')).toMatch(
    /^-- migrate:up\n[^]*CREATE TABLE orders \([^]*-- migrate:down\n[^]*DROP TABLE orders;\n$/u,
  );
});
