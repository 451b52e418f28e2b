import {access, readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {documents, type Documents} from '../../src/cli/json.ts';
import type {TestDatabase} from '../rig/databases.ts';
import {documentOf, shop, useCli} from './repository.ts';
import {until, type Ended} from './rig.ts';

const {cli, repository} = useCli();

const files = async (...parts: readonly string[]): Promise<readonly string[]> =>
  (await readdir(join(...parts))).toSorted();

const isThere = (...parts: readonly string[]): Promise<boolean> =>
  access(join(...parts)).then(
    () => true,
    () => false,
  );

const goose = {
  'db/00001_users.sql':
    '-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY);\n-- +goose Down\nDROP TABLE users;\n',
  'db/00002_orders.sql':
    '-- +goose Up\nCREATE TABLE orders (id bigint PRIMARY KEY);\nINSERT INTO orders VALUES (1), (2);\n-- +goose Down\nDROP TABLE orders;\n',
  'db/00003_status.sql':
    "-- +goose Up\nALTER TABLE orders ADD status text NOT NULL DEFAULT 'new';\n-- +goose Down\nALTER TABLE orders DROP status;\n",
};

async function recordedIn(database: TestDatabase): Promise<readonly unknown[]> {
  const rows = await database.sql(
    'SELECT version_id::text AS id FROM goose_db_version WHERE version_id > 0 AND is_applied ORDER BY version_id',
  );
  return rows.map(({id}) => id);
}

describe('baseline', () => {
  const make = (ended: Ended): Documents['baseline'] =>
    documents.baseline.parse(documentOf('baseline', ended));
  const home = ['--path', 'db', '--framework', 'goose'];

  async function grown(): Promise<Awaited<ReturnType<typeof repository>>> {
    const made = await repository(16, {});
    await made.database.sql(
      'CREATE TABLE users (id bigserial PRIMARY KEY, mail text UNIQUE); CREATE VIEW mails AS SELECT mail FROM users',
    );
    return made;
  }

  it('changes nothing in a dry run, not even the folder', async () => {
    const {path: cwd, database} = await grown();
    const ended = await cli().run(['baseline', ...home, '--record', '--dry-run', '--sql', '--json'], {cwd});
    expect(ended.code).toBe(0);
    const {end, files: written, differences} = make(ended);
    expect({end, differences}).toEqual({end: 'dry-run', differences: []});
    expect(written[0]?.text).toContain('CREATE TABLE public.users');
    expect(await isThere(cwd, 'db')).toBe(false);
    expect(await database.sql("SELECT to_regclass('goose_db_version') IS NULL AS none")).toEqual([
      {none: true},
    ]);
  });

  it('records nothing unless it is told to', async () => {
    const {path: cwd, database} = await grown();
    const ended = await cli().run(['baseline', ...home, '--yes'], {cwd});
    expect(ended).toMatchObject({code: 0, stdout: expect.stringContaining('howdah force <version>')});
    expect(await files(cwd, 'db')).toEqual([expect.stringMatching(/_baseline\.sql$/)]);
    expect(await database.sql("SELECT to_regclass('goose_db_version') IS NULL AS none")).toEqual([
      {none: true},
    ]);
  });

  it.each<[string, readonly string[], number, RegExp]>([
    ['nobody to confirm it', [], 2, /Add --yes/],
    ['production without its name', ['--record', '--yes', '--environment', 'production'], 2, /--confirm/],
    ['a read-only connection to record on', ['--record', '--yes', '--read-only'], 2, /read-only here/],
  ])('refuses %s', async (_name, args, code, words) => {
    const {path: cwd} = await grown();
    const ended = await cli().run(['baseline', ...home, ...args], {cwd});
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(words);
    expect(await isThere(cwd, 'db')).toBe(false);
  });

  it('is not written where it would not lead to the same, unless that is allowed', async () => {
    const {path: cwd, database} = await grown();
    await database.sql("INSERT INTO users (mail) VALUES ('a'), ('A')");
    // It fails, and leaves an invalid index behind, which no statement makes.
    await database
      .sql('CREATE UNIQUE INDEX CONCURRENTLY users_lower ON users (lower(mail))')
      .catch(() => undefined);
    const ended = await cli().run(['baseline', ...home, '--yes', '--json'], {cwd});
    expect(ended.code).toBe(7);
    expect(make(ended)).toMatchObject({
      end: 'differs',
      ok: false,
      differences: [expect.stringContaining('users_lower')],
    });
    expect(await isThere(cwd, 'db')).toBe(false);
    const allowed = await cli().run(['baseline', ...home, '--yes', '--allow-differences'], {cwd});
    expect(allowed).toMatchObject({code: 0, stdout: expect.stringMatching(/^✗ .*users_lower/m)});
    expect(await files(cwd, 'db')).toHaveLength(1);
  });

  it('is recorded on production once its name is typed, so that nothing is pending', async () => {
    const {path: cwd, database} = await grown();
    const args = ['baseline', ...home, '--record', '--environment', 'production'];
    const wrong = await cli().onTerminal(args, [['Type its name', 'production\r']], {cwd});
    expect(wrong.code).toBe(130);
    expect(await isThere(cwd, 'db')).toBe(false);
    const right = await cli().onTerminal(args, [['Type its name', '.env DATABASE_URL\r']], {cwd});
    expect(right.code).toBe(0);
    expect(await recordedIn(database)).toHaveLength(1);
    expect((await cli().run(['status', '--check'], {cwd})).code).toBe(0);
    const again = await cli().run(['baseline', '--yes'], {cwd});
    expect(again).toMatchObject({code: 2, stderr: expect.stringContaining('has migrations already')});
  });

  it('has nothing to write of an empty database', async () => {
    const {path: cwd} = await repository(16, {});
    const ended = await cli().run(['baseline', ...home, '--yes'], {cwd});
    expect(ended.stderr).toContain('has no schema yet');
    expect(await isThere(cwd, 'db')).toBe(false);
  });
});

describe('convert', () => {
  const make = (ended: Ended): Documents['convert'] => documents.convert.parse(documentOf('convert', ended));

  it('needs no database, and leaves the old files alone', async () => {
    const {path: cwd} = await repository(16, shop);
    const before = await files(cwd, 'db');
    const env = {DATABASE_URL: ''};
    const ended = await cli().run(['convert', 'goose', 'new', '--yes', '--json'], {cwd, env});
    expect(ended.code).toBe(0);
    expect(make(ended)).toMatchObject({end: 'written', migrations: 3, keptVersions: true, differences: []});
    expect(await files(cwd, 'new')).toEqual([
      '000001_create_users.sql',
      '000002_create_orders.sql',
      '000003_add_status.sql',
    ]);
    expect(await files(cwd, 'db')).toEqual(before);
  });

  it('records for the other tool what has run, and leaves the old table', async () => {
    const {path: cwd, database} = await repository(16, shop);
    await cli().run(['up', '2', '--yes'], {cwd});
    const args = ['convert', 'goose', 'new', '--record', '--scratch', 'DATABASE_URL', '--yes', '--json'];
    const ended = await cli().run(args, {cwd});
    expect(ended.code).toBe(0);
    expect(make(ended)).toMatchObject({end: 'written', recorded: '000002'});
    expect(await recordedIn(database)).toEqual(['1', '2']);
    expect(await database.sql('SELECT version::text FROM schema_migrations')).toEqual([{version: '2'}]);
    expect((await cli().run(['up', '--yes', '--path', 'new'], {cwd})).code).toBe(0);
  });

  it('refuses before it writes what could not be recorded afterwards', async () => {
    const {path: cwd} = await repository(16, shop);
    const ended = await cli().run(['convert', 'dbmate', 'new', '--record', '--yes'], {cwd});
    expect(ended).toMatchObject({code: 2, stderr: expect.stringContaining('keep their books in')});
    expect(await isThere(cwd, 'new')).toBe(false);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['a folder with files', ['goose', 'db'], /has files already/],
    ['the tool that it is', ['golang-migrate', 'new'], /migrations of golang-migrate already/],
    ['a tool that there is not', ['nope', 'new'], /Allowed choices/],
    ['nobody to confirm it', ['goose', 'new'], /Add --yes/],
  ])('refuses %s', async (_name, args, words) => {
    const {path: cwd} = await repository(16, shop);
    const ended = await cli().run(['convert', ...args], {cwd});
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(words);
  });
});

describe('squash', () => {
  const make = (ended: Ended): Documents['squash'] => documents.squash.parse(documentOf('squash', ended));

  it('moves the old files, and takes their rows out only when it is told to', async () => {
    const {path: cwd, database} = await repository(16, goose);
    await cli().run(['up', '--yes'], {cwd});
    const dry = await cli().run(['squash', '--to', '2', '--record', '--dry-run', '--json'], {cwd});
    expect(make(dry)).toMatchObject({end: 'dry-run', squashed: ['00001', '00002'], rows: 2});
    expect(await files(cwd, 'db')).toHaveLength(3);
    const ended = await cli().run(['squash', '--to', '2', '--yes'], {cwd});
    expect(ended).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('howdah squash <connection> --record'),
    });
    expect(await files(cwd, 'db')).toEqual(['00002_squashed.sql', '00003_status.sql']);
    expect(await files(cwd, 'db.squashed')).toEqual([
      'squashed-00001_users.sql.txt',
      'squashed-00002_orders.sql.txt',
    ]);
    expect(await recordedIn(database)).toEqual(['1', '2', '3']);
    const later = await cli().run(['squash', '--record', '--yes', '--json'], {cwd});
    expect(later.code).toBe(0);
    expect(make(later)).toMatchObject({end: 'written', files: [], squashed: ['1']});
    expect(await recordedIn(database)).toEqual(['2', '3']);
    const again = await cli().run(['squash', '--record', '--yes'], {cwd});
    expect(again).toMatchObject({code: 0, stdout: expect.stringContaining('nothing to correct')});
  });

  it('looks at each database, and corrects each that has run all of them', async () => {
    const one = await repository(16, goose);
    const two = await repository(16, {});
    const {path: cwd} = one;
    const env = {TWO: two.url};
    const names = ['.env DATABASE_URL', 'TWO'];
    await cli().run(['up', '--yes'], {cwd});
    await cli().run(['up', '1', '--yes', '-c', 'TWO'], {cwd, env});
    const args = ['squash', ...names, '--to', '3', '--record'];
    const refused = await cli().run([...args, '--yes'], {cwd, env});
    expect(refused).toMatchObject({code: 2, stderr: expect.stringMatching(/^error: TWO: It has run some/m)});
    expect(await files(cwd, 'db')).toHaveLength(3);
    await cli().run(['up', '--yes', '-c', 'TWO'], {cwd, env});
    expect(await cli().run([...args, '--yes', '--environment', 'production'], {cwd, env})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--confirm '2 databases'"),
    });
    const ended = await cli().run([...args, '--yes', '--json'], {cwd, env});
    expect(make(ended).databases.map(({standing, corrected}) => [standing, corrected])).toEqual([
      ['all', true],
      ['all', true],
    ]);
    expect(await recordedIn(one.database)).toEqual(['3']);
    expect(await recordedIn(two.database)).toEqual(['3']);
    expect((await cli().run(['status', '--check'], {cwd})).code).toBe(0);
  });

  it('leaves a row alone that no squashed file had', async () => {
    const {path: cwd, database} = await repository(16, goose);
    await cli().run(['up', '--yes'], {cwd});
    await database.sql('INSERT INTO goose_db_version (version_id, is_applied) VALUES (9, true)');
    const ended = await cli().run(['squash', '--to', '2', '--record', '--yes'], {cwd});
    expect(ended.code).toBe(2);
    expect(ended.stdout).toMatch(/It has 9, which no file has and which was not squashed/);
    expect(await recordedIn(database)).toEqual(['1', '2', '3', '9']);
  });

  it('looks at no database when it is told so, and leaves the files when the answer is no', async () => {
    const {path: cwd, write} = await repository(16, shop);
    await write({'.env': ''});
    expect(await cli().run(['squash', '--to', '2', '--yes'], {cwd})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No connection was found'),
    });
    const args = ['squash', '--to', '2', '--offline'];
    const no = await cli().onTerminal(args, [['[y/N]', 'n\r']], {cwd});
    expect(no.code).toBe(130);
    expect(no.stdout).toMatch(/Proven[^]*Make one migration of 2/);
    expect(await files(cwd, 'db')).toHaveLength(6);
    expect(await isThere(cwd, 'db.squashed')).toBe(false);
    expect((await cli().run([...args, '--yes'], {cwd})).code).toBe(0);
    const made = await readFile(join(cwd, 'db/000002_squashed.up.sql'), 'utf8');
    expect(made).toContain('CREATE TABLE public.orders');
  });

  it('leaves the files when it is cancelled in the middle of the proof', async () => {
    const {path: cwd} = await repository(16, goose);
    const started = cli().start(['squash', '--to', '2', '--yes'], {cwd});
    await until(() => started.output().includes('proving it'));
    started.child.kill('SIGINT');
    expect((await started.ended).code).toBe(130);
    expect(await files(cwd, 'db')).toHaveLength(3);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no last migration', [], /--to <version>/],
    ['a version that no file has', ['--to', '9'], /no version "9"/],
    ['a single one', ['--to', '1'], /not two migrations/],
    ['nobody to confirm it', ['--to', '2'], /Add --yes/],
    ['contradictions', ['--to', '2', '--offline', '--record'], /excludes/],
    ['rows of a squash that never was', ['--record', '--yes'], /no squashed files/],
  ])('refuses %s', async (_name, args, words) => {
    const {path: cwd} = await repository(16, goose);
    const ended = await cli().run(['squash', ...args], {cwd});
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(words);
    expect(await files(cwd, 'db')).toHaveLength(3);
  });
});
