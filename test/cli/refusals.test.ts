import {chmod, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {freePort} from '../rig/servers.ts';
import {documentOf, secret, shop, useCli} from './repository.ts';
import {createFolder} from './rig.ts';

const {cli, repository} = useCli();
const encoded = encodeURIComponent(secret);

describe('wrong usage exits with 2', () => {
  it.each<[readonly string[], RegExp]>([
    [[], /Usage: howdah/],
    [['statos'], /unknown command 'statos'[^]*status/],
    [['status', '--nope'], /unknown option '--nope'/],
    [['up', '0'], /whole number/],
    [['up', 'all'], /whole number/],
    [['up', '--lock-timeout', 'soon'], /"soon" is no duration/],
    [['plan', 'sideways'], /neither "up" nor "down", nor a file/],
    [['status', '--environment', 'prod'], /Allowed choices are development, staging, production/],
    [['force'], /missing required argument 'version'/],
    [['up', '2', '--all', '--yes'], /exclude each other/],
    [['up', '--to', '99', '--yes'], /no version "99".*[^]*000001, 000002, 000003/],
    [['force', '1.5', '--yes'], /no version that can be recorded/],
    [['status', '--path', 'nowhere'], /No migrations were found in/],
    [['status', '--table', 'x', '--quoted-table'], /double quotes/],
    [['up', '--read-only', '--yes'], /read-only here/],
    [['repair', '--apply', '1', '--confirm', 'other'], /Nothing to repair/],
  ])('%j', async (args, text) => {
    const {path: cwd} = await repository(16);
    const ended = await cli().run(args, {cwd});
    expect(ended.stdout + ended.stderr).toMatch(text);
    expect(ended.code).toBe(args[0] === 'repair' ? 0 : 2);
  });

  it('also as JSON', async () => {
    const {path: cwd} = await repository(16);
    for (const args of [
      ['up', '0'],
      ['up', '--nope'],
      ['up', '--to', '9', '--yes'],
    ]) {
      const ended = await cli().run([...args, '--json'], {cwd});
      expect(ended.code).toBe(2);
      expect(documentOf('failed', ended)).toMatchObject({
        ok: false,
        exitCode: 2,
        failure: {reason: 'invalid-input'},
      });
    }
  });
});

describe('a write that nobody confirmed', () => {
  it.each<[readonly string[], number, RegExp]>([
    [['up'], 2, /Add --yes/],
    [['down'], 0, /Nothing to roll back/],
    [['force', '1'], 2, /Add --yes/],
    [['up', '--environment', 'production', '--yes'], 2, /--yes --confirm '\.env DATABASE_URL'/],
    [['up', '--environment', 'production', '--yes', '--confirm', 'local'], 2, /names "local"/],
    [['up', '--environment', 'production', '--confirm', '.env DATABASE_URL'], 2, /Add --yes --confirm/],
    [['up', '--environment', 'production', '--yes', '--confirm', '.env DATABASE_URL'], 0, /Applied 3/],
  ])('%j ends with %i', async (args, code, text) => {
    const {path: cwd, database} = await repository(16);
    const ended = await cli().run(args, {cwd});
    expect(ended.code).toBe(code);
    expect(ended.stdout + ended.stderr).toMatch(text);
    const [row] = await database.sql("SELECT to_regclass('users') IS NOT NULL AS made");
    expect(row).toEqual({made: text.source.startsWith('Applied')});
  });
});

it('knows production by its name', async () => {
  const {path: cwd, write, url} = await repository(16);
  await write({'.env': '', '.env.production': `DATABASE_URL=${url}\n`});
  expect(await cli().run(['up', '--yes'], {cwd})).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--confirm'),
  });
  const status = await cli().run(['status'], {cwd});
  expect(status.stdout).toContain('(PRODUCTION)');
});

describe('no usable connection exits with 3', () => {
  it('wrong password, in a file and in the environment', async () => {
    const {path: cwd, url, openUrl} = await repository(16);
    const wrong = url.replace(encoded, `${encoded}x`);
    const results = [
      await cli().run(['status', '-c', 'MINE'], {cwd, env: {MINE: wrong}}),
      await cli().run(['status', '-c', openUrl], {cwd, env: {PGPASSWORD: `${secret}x`}}),
      await cli().run(['status', '-c', openUrl], {cwd}),
    ];
    for (const ended of results) {
      expect(ended).toMatchObject({code: 3, stdout: ''});
      expect(ended.stderr).toMatch(/password/iu);
      expect(ended.stderr).toContain('PGPASSWORD');
    }
  });

  it('unreachable, no such database, TLS refused', async () => {
    const {path: cwd, url, database} = await repository(16);
    const addresses = [
      [url.replace(String(database.port), String(await freePort())), 'unreachable'],
      [url.replace(`/${database.name}?`, '/nope_at_all?'), 'no-such-database'],
      [url.replace('sslmode=disable', 'sslmode=verify-full&sslrootcert=system'), 'tls-untrusted'],
    ] as const;
    for (const [address, reason] of addresses) {
      const ended = await cli().run(['status', '--json', '-c', 'MINE'], {cwd, env: {MINE: address}});
      expect(ended.code).toBe(3);
      expect(documentOf('failed', ended)).toMatchObject({command: 'status', failure: {reason}});
      expect(ended.stderr).toMatch(/next: \S/u);
    }
  });

  it('a server that accepts and says nothing', async () => {
    const {path: cwd} = await repository(16);
    const silent = createServer(() => {});
    const port = await new Promise<number>(resolve => {
      silent.listen(0, '127.0.0.1', () => {
        const address = silent.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
    const env = {MINE: `postgres://u:${encoded}@127.0.0.1:${port}/d?connect_timeout=1`};
    expect(await cli().run(['status', '-c', 'MINE'], {cwd, env})).toMatchObject({code: 3});
    silent.close();
  });
});

describe('the choice of connection and folder', () => {
  it('finds the password of a URL in PGPASSWORD and in .pgpass', async () => {
    const {path: cwd, openUrl, database} = await repository(16);
    expect(await cli().run(['status', '-c', openUrl], {cwd, env: {PGPASSWORD: secret}})).toMatchObject({
      code: 0,
    });
    const passfile = join(cwd, '.pgpass');
    await writeFile(passfile, `127.0.0.1:${database.port}:*:*:${secret.replaceAll(':', '\\:')}\n`);
    await chmod(passfile, 0o600);
    expect(await cli().run(['status', '-c', openUrl], {cwd})).toMatchObject({code: 0});
  });

  it('refuses a password on the command line', async () => {
    const {path: cwd, url} = await repository(16);
    const ended = await cli().run(['status', '-c', url], {cwd});
    expect(ended).toMatchObject({code: 2, stderr: expect.stringContaining('environment variable')});
  });

  it('prefers DATABASE_URL of the environment to files, and asks for a choice between files', async () => {
    const {path: cwd, url, write} = await repository(16);
    await write({'.env.test': 'DATABASE_URL=postgres://u@localhost/other\n'});
    expect(await cli().run(['status'], {cwd})).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/"\.env DATABASE_URL", "\.env\.test DATABASE_URL"/u),
    });
    expect(await cli().run(['status', '-c', '.env'], {cwd})).toMatchObject({code: 0});
    const named = await cli().run(['status', '--json'], {cwd, env: {DATABASE_URL: url}});
    expect(documentOf('status', named)).toMatchObject({connection: {name: 'DATABASE_URL'}});
  });

  it('asks for a choice between two folders of migrations', async () => {
    const {path: cwd, write} = await repository(16, {...shop, 'other/1_a.up.sql': 'SELECT 1;'});
    await write({'node_modules/x/1_a.up.sql': ''});
    const ended = await cli().run(['status'], {cwd});
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'There are 2 folders of migrations: db (golang-migrate), other (golang-migrate).',
      ),
    });
    for (const path of ['other', './other/', join(cwd, 'other')])
      expect(await cli().run(['status', '--path', path], {cwd})).toMatchObject({code: 0});
    expect(await cli().run(['status', '--cwd', cwd, '-p', 'other'], {cwd: '/'})).toMatchObject({code: 0});
  });

  it('says what to do in a folder without anything', async () => {
    const folder = await createFolder({});
    const {path: cwd} = folder;
    expect(await cli().run(['status'], {cwd})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('000001_create_users.up.sql'),
    });
    expect(await cli().run(['connections'], {cwd})).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('DATABASE_URL'),
    });
    await folder.write({'db/1_a.up.sql': ''});
    expect(await cli().run(['status'], {cwd})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No connection was found'),
    });
    await folder.remove();
  });
});

describe('connections', () => {
  it('are listed with their source and never with a password', async () => {
    const {path: cwd, write, database} = await repository(16);
    await write({'.env.staging': `DATABASE_URL=postgres://u:${encoded}@db:notaport/d\n`});
    const listed = await cli().run(['connections'], {cwd});
    expect(listed.code).toBe(0);
    expect(listed.stdout).toMatch(
      /\.env DATABASE_URL {2}\.env:2\n {2}\S+@127\.0\.0\.1:\d+\/\S+ \(development\)/u,
    );
    expect(listed.stdout).toMatch(/\.env\.staging DATABASE_URL {2}\.env\.staging:1\n {2}error: .*port/u);
    const json = await cli().run(['connections', '--json'], {
      cwd,
      env: {PGHOST: 'prod.example', PGUSER: 'me'},
    });
    expect(documentOf('connections', json)).toMatchObject({
      connections: [
        {name: 'PGHOST', environment: 'production', address: {hosts: [{host: 'prod.example', port: 5432}]}},
        {
          name: '.env DATABASE_URL',
          source: {path: `${cwd}/.env`, line: 2},
          address: {database: database.name},
        },
        {name: '.env.staging DATABASE_URL', problems: [{reason: 'invalid-input'}]},
      ],
    });
  });

  it('are tried one by one with --test', async () => {
    const {path: cwd, write} = await repository(16);
    expect(await cli().run(['connections', '--test'], {cwd})).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('✓ PostgreSQL 16.'),
    });
    await write({'.env.other': `DATABASE_URL=postgres://u@127.0.0.1:${await freePort()}/d\n`});
    const tested = await cli().run(['connections', '--test', '--json'], {cwd});
    expect(tested.code).toBe(3);
    expect(documentOf('connections', tested)).toMatchObject({
      ok: false,
      connections: [{test: {ok: true}}, {test: {ok: false, failure: {reason: 'unreachable'}}}],
    });
  });
});

it('tells a defect in one line, without the inside of the program, and exits with 70', async () => {
  const {path: cwd} = await repository(16);
  const ended = await cli().run(['status'], {
    cwd,
    env: {NODE_OPTIONS: `--import=${join(import.meta.dirname, 'defect.mjs')}`},
  });
  expect(ended).toMatchObject({code: 70, stdout: ''});
  expect(ended.stderr).toBe(
    'howdah: unexpected error: planted defect at postgres://u:***@h/d\nThis is a defect of howdah. Run it again with --debug to see more.\n',
  );
});

it('ends quietly when its reader has seen enough', async () => {
  const {path: cwd} = await repository(16);
  const run = cli().start(['status'], {cwd});
  run.child.stdout?.destroy();
  expect(await run.ended).toMatchObject({code: 0, stderr: ''});
});
