import {describe, expect, it} from 'vitest';
import {documents, type Documents} from '../../src/cli/json.ts';
import {documentOf, shop, useCli} from './repository.ts';
import type {Ended} from './rig.ts';

const {cli, repository} = useCli();

type Drift = Documents['drift'];

function drifted(ended: Ended): Drift {
  return documents.drift.parse(documentOf('drift', ended));
}

function differencesIn(ended: Ended): readonly Drift['objects'][number]['differences'][number][] {
  return drifted(ended).objects.flatMap(({differences}) => differences);
}

describe.each([14, 18] as const)('drift on PostgreSQL %i', major => {
  it('is none after an apply, and is told once somebody changed the database', async () => {
    const {path: cwd, database} = await repository(major, shop);
    expect((await cli().run(['up', '2', '--yes'], {cwd})).code).toBe(0);
    const equal = await cli().run(['drift', 'db', 'DATABASE_URL', '--level', 'information', '--json'], {cwd});
    expect(differencesIn(equal)).toEqual([]);
    expect(equal.code).toBe(0);

    await database.sql('ALTER TABLE orders ALTER user_id TYPE int; CREATE INDEX by_user ON orders (user_id)');
    const ended = await cli().run(['drift', 'db', 'DATABASE_URL', '--json'], {cwd});
    expect(ended.code).toBe(7);
    expect(differencesIn(ended).map(({object, severity}) => [object, severity])).toEqual(
      expect.arrayContaining([
        ['column public.orders.user_id', 'error'],
        ['index public.by_user', 'warning'],
      ]),
    );
  });

  it('writes the SQL that removes it', async () => {
    const {path: cwd, database} = await repository(major, shop);
    expect((await cli().run(['up', '--yes'], {cwd})).code).toBe(0);
    await database.sql('DROP TABLE orders; ALTER TABLE users ADD nickname text');
    const {sql = ''} = drifted(await cli().run(['drift', 'db', 'DATABASE_URL', '--sql', '--json'], {cwd}));
    await database.sql(sql);
    expect((await cli().run(['drift', 'db', 'DATABASE_URL', '--level', 'information'], {cwd})).code).toBe(0);
  });
});

it('compares a schema file, a folder and a connection with each other', async () => {
  const {path: cwd} = await repository(17, {
    ...shop,
    'schema.sql':
      '\\restrict abc\nSET search_path = public;\nCREATE TABLE public.users (id bigint PRIMARY KEY, email text NOT NULL);\n\\unrestrict abc\n',
  });
  const all = await cli().run(['drift', 'schema.sql', 'db', '--json'], {cwd});
  expect(all.code).toBe(7);
  expect(differencesIn(all)).toMatchObject([{object: 'table public.orders', change: 'extra'}]);
  expect((await cli().run(['up', '1', '--yes'], {cwd})).code).toBe(0);
  expect((await cli().run(['drift', 'schema.sql', 'DATABASE_URL'], {cwd})).code).toBe(0);
});

it('leaves out what a rule names, and counts it', async () => {
  const {path: cwd, database} = await repository(18, {
    ...shop,
    'rules.json': '[{"name": "public.loader_*", "reason": "made by the loader"}]',
  });
  expect((await cli().run(['up', '--yes'], {cwd})).code).toBe(0);
  await database.sql('CREATE TABLE loader_1 (id int)');
  expect((await cli().run(['drift', 'db', 'DATABASE_URL'], {cwd})).code).toBe(7);
  const ended = await cli().run(['drift', 'db', 'DATABASE_URL', '--ignore', 'rules.json'], {cwd});
  expect(ended.code).toBe(0);
  expect(ended.stdout).toContain('made by the loader');
});

it.each([
  ['a folder that is not there', ['nowhere/at/all', 'DATABASE_URL'], 2],
  ['a side that nothing names', ['db', 'nothing-of-that-name'], 2],
  ['a severity that is none', ['db', 'DATABASE_URL', '--level', 'loud'], 2],
  ['rules that are no rules', ['db', 'DATABASE_URL', '--ignore', 'schema.json'], 2],
])('refuses %s', async (_name, args, code) => {
  const {path: cwd} = await repository(16, {...shop, 'schema.json': '{"name": 3}'});
  expect((await cli().run(['drift', ...args], {cwd})).code).toBe(code);
});
