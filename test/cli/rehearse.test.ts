import {describe, expect, it} from 'vitest';
import {documents, type Documents} from '../../src/cli/json.ts';
import {documentOf, shop, useCli} from './repository.ts';

const {cli, repository} = useCli();

function rehearsed(printed: unknown): Documents['rehearse'] {
  return documents.rehearse.parse(printed);
}

it('rehearses all files without a database, and proves that each down undoes its up', async () => {
  const {path: cwd} = await repository(16, shop);
  const ended = await cli().run(['rehearse', '--json'], {cwd, env: {DATABASE_URL: ''}});
  expect(ended.code).toBe(0);
  const {steps, where} = rehearsed(documentOf('rehearse', ended));
  expect(where).toBe('embedded');
  expect(steps.map(({label, verdict, undo}) => [label, verdict, undo.kind])).toEqual([
    ['000001', 'passes', 'undone'],
    ['000002', 'passes', 'undone'],
    ['000003', 'passes', 'undone'],
  ]);
  expect(steps[2]?.statements[0]?.locks).toMatchObject([
    {relation: 'public.orders', mode: 'ACCESS EXCLUSIVE'},
  ]);
});

it('points at the token of an error, and exits with 1', async () => {
  const {path: cwd} = await repository(16, {
    ...shop,
    'db/000004_note.up.sql': 'ALTER TABLE orders ADD note text;\nALTER TABLE ordres ADD other text;\n',
    'db/000004_note.down.sql': 'ALTER TABLE orders DROP note;\n',
  });
  const told = await cli().run(['rehearse', '--last', '1'], {cwd});
  expect(told.code).toBe(1);
  expect(told.stdout).toContain('db/000004_note.up.sql:2:13');
  expect(told.stdout).toContain('^^^^^^');
  const ended = await cli().run(['rehearse', '000004', '--json'], {cwd});
  const [step] = rehearsed(documentOf('rehearse', ended)).steps;
  expect(step).toMatchObject({verdict: 'fails', failure: {at: {line: 2, column: 13, endColumn: 19}}});
});

it('says on which line of the down file something is missing, and exits with 7', async () => {
  const {path: cwd} = await repository(16, {
    ...shop,
    'db/000004_two.up.sql': 'ALTER TABLE orders ADD one int, ADD two int;\n',
    'db/000004_two.down.sql': '-- back\nALTER TABLE orders DROP one;\n',
  });
  const ended = await cli().run(['rehearse', '--last', '1', '--json'], {cwd});
  expect(ended.code).toBe(7);
  const [step] = rehearsed(documentOf('rehearse', ended)).steps;
  expect(step?.undo).toMatchObject({kind: 'differs', differences: [{at: {line: 2}}]});
});

describe.each([14, 18] as const)('on PostgreSQL %i', major => {
  it('takes what is pending there, with its sizes, and asks today’s rows', async () => {
    const {path: cwd, database} = await repository(major, {
      ...shop,
      'db/000004_strict.up.sql': 'ALTER TABLE orders ALTER user_id SET NOT NULL;\n',
      'db/000004_strict.down.sql': 'ALTER TABLE orders ALTER user_id DROP NOT NULL;\n',
    });
    expect((await cli().run(['up', '3', '--yes'], {cwd})).code).toBe(0);
    await database.sql('INSERT INTO orders (id) VALUES (7), (8)');
    const ended = await cli().run(['rehearse', '--connection', 'DATABASE_URL', '--live-data', '--json'], {
      cwd,
    });
    expect(ended.code).toBe(1);
    const {steps} = rehearsed(documentOf('rehearse', ended));
    expect(steps).toMatchObject([
      {
        label: '000004',
        verdict: 'passes',
        undo: {kind: 'undone'},
        liveData: [{result: {kind: 'offends', rows: 2}}],
      },
    ]);
    const lock = steps[0]?.statements[0]?.locks[0];
    expect(lock).toMatchObject({relation: 'public.orders', mode: 'ACCESS EXCLUSIVE'});
    expect(lock?.facts?.bytes).toBeGreaterThan(0);
  });

  it('leaves nothing behind, in a scratch database and rolled back on the server', async () => {
    const {path: cwd, database} = await repository(major, shop);
    for (const where of [['--scratch'], ['--on-server', '--last', '3', '--yes']]) {
      const ended = await cli().run(['rehearse', ...where, '--connection', 'DATABASE_URL'], {cwd});
      expect(ended).toMatchObject({code: 0});
    }
    expect(await database.sql(`SELECT to_regclass('users') IS NULL AS gone`)).toEqual([{gone: true}]);
    expect(await database.sql(`SELECT datname FROM pg_database WHERE datname ~ '^howdah_scratch'`)).toEqual(
      [],
    );
  });
});

it.each([
  ['nobody to confirm a run on the server', ['--on-server', '--connection', 'DATABASE_URL'], 2],
  ['contradictions', ['--on-server', '--scratch', '--connection', 'DATABASE_URL'], 2],
  ['a version that no file has', ['000099'], 2],
])('refuses %s', async (_name, args, code) => {
  const {path: cwd} = await repository(16, shop);
  expect((await cli().run(['rehearse', ...args], {cwd})).code).toBe(code);
});
