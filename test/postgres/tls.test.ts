import {createPrivateKey} from 'node:crypto';
import {chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, inject, it} from 'vitest';
import type {ConnectionSettings, SslMode} from '../../src/core/connections/connection.ts';
import {openSession, type OpenOptions} from '../../src/postgres/connect.ts';
import {ends, type Major, startServer, type TestServer} from '../rig/servers.ts';
import {emptyHome, failure, openFor, openOptions, settingsFor, value} from '../rig/sessions.ts';

const fixtures = join(import.meta.dirname, '../fixtures/tls');
const [ca, otherCa] = [join(fixtures, 'ca.crt'), join(fixtures, 'other-ca.crt')];
const [cert, serverCert] = [join(fixtures, 'client.crt'), join(fixtures, 'server.crt')];
const secret = 'k33p-thís-quiet';

let folder = '';
let home = '';
const inFolder = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-tls-'));
  home = inFolder('home');
  await mkdir(join(home, '.postgresql'), {recursive: true});
  const key = await readFile(join(fixtures, 'client.key'), 'utf8');
  const encrypted = createPrivateKey(key).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: secret,
  });
  await writeFile(inFolder('client.key'), key, {mode: 0o600});
  await writeFile(inFolder('encrypted.key'), encrypted, {mode: 0o600});
  await writeFile(inFolder('wide.key'), key);
  await chmod(inFolder('wide.key'), 0o644);
  await writeFile(inFolder('nonsense.pem'), 'no certificate\n', {mode: 0o600});
});

afterAll(() => rm(folder, {recursive: true, force: true}));

afterEach(async () => {
  await rm(join(home, '.postgresql'), {recursive: true, force: true});
  await mkdir(join(home, '.postgresql'));
});

/** Puts files into `~/.postgresql`. */
async function atHome(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, source] of Object.entries(files)) {
    await copyFile(source, join(home, '.postgresql', name));
    await chmod(join(home, '.postgresql', name), 0o600);
  }
}

type Where = {readonly port: number};
type Changes = Partial<ConnectionSettings>;

/** @returns `tls`, `plain`, or the reason of the failure with its SQLSTATE. */
async function outcome(server: Where, changes: Changes, options: Partial<OpenOptions> = {}): Promise<string> {
  const opened = await openSession(settingsFor(server, changes), {...openOptions, home, ...options});
  if (!opened.ok) {
    const {reason, server: reported} = failure(opened, [secret, 'PRIVATE KEY']);
    return reported ? `${reason} ${reported.sqlState}` : reason;
  }
  const [row] = value(
    await opened.value.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'),
  ).rows;
  await opened.value.close();
  expect(row?.['ssl']).toBe(opened.value.server.encrypted);
  return opened.value.server.encrypted ? 'tls' : 'plain';
}

const modes: readonly SslMode[] = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];

async function outcomes(server: Where, changes: Changes = {}): Promise<readonly string[]> {
  const found: string[] = [];
  for (const sslMode of modes) found.push(await outcome(server, {...changes, sslMode}));
  return found;
}

const at = (host: string, {port}: Where): Changes => ({endpoints: [{host, port}]});
const [untrusted, refused, file, invalid] = ['tls-untrusted', 'tls-refused', 'tls-file', 'invalid-input'];
const noEntry = 'authentication 28000';

describe.each(ends)('sslmode on PostgreSQL %i', major => {
  const common = (): Where => ({port: inject('servers').find(server => server.major === major)?.port ?? 0});

  it.each<[string, () => Changes, readonly string[]]>([
    ['without a root certificate', () => ({}), ['plain', 'plain', 'tls', 'tls', file, file]],
    ['with the right one', () => ({sslRootCert: ca}), ['plain', 'plain', 'tls', 'tls', 'tls', untrusted]],
    [
      'by name',
      () => ({sslRootCert: ca, ...at('localhost', common())}),
      ['plain', 'plain', 'tls', 'tls', 'tls', 'tls'],
    ],
    [
      'with another',
      () => ({sslRootCert: otherCa}),
      ['plain', 'plain', 'plain', untrusted, untrusted, untrusted],
    ],
    [
      'with a missing one',
      () => ({sslRootCert: inFolder('none')}),
      ['plain', 'plain', 'tls', 'tls', file, file],
    ],
    [
      'with nonsense',
      () => ({sslRootCert: inFolder('nonsense.pem')}),
      ['plain', 'plain', 'plain', file, file, file],
    ],
    [
      'of the system',
      () => ({sslRootCert: 'system'}),
      ['plain', 'plain', invalid, invalid, invalid, untrusted],
    ],
  ])('means what libpq means %s', async (_what, changes, expected) => {
    expect(await outcomes(common(), changes())).toEqual(expected);
  });

  it('takes the root certificate of the home directory', async () => {
    await atHome({'root.crt': ca});
    expect(await outcomes(common(), at('localhost', common()))).toEqual([
      'plain',
      'plain',
      'tls',
      'tls',
      'tls',
      'tls',
    ]);
    await atHome({'root.crt': otherCa});
    expect(await outcome(common(), {sslMode: 'require'})).toBe(untrusted);
  });

  it('cancels over TLS as well', async () => {
    const session = await openFor(common(), {sslMode: 'require'});
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    const cancelled = failure(await session.query('SELECT pg_sleep(60)', [], abort.signal));
    expect(cancelled).toMatchObject({reason: 'cancelled', server: {sqlState: '57014'}});
    await session.close();
  });
});

describe.each(ends)('a server of its own, PostgreSQL %i', (major: Major) => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer(major, {
      hba: [
        'hostssl   all certuser  all cert',
        'hostssl   all tlsonly   all scram-sha-256',
        'hostnossl all plainonly all scram-sha-256',
        'host      all postgres  all scram-sha-256',
        'hostssl   all split     all reject',
        'hostnossl all split     all scram-sha-256',
      ],
    });
    const session = await openFor(server);
    const roles = ['tlsonly', 'plainonly', 'split'].map(
      role => `CREATE ROLE ${role} LOGIN PASSWORD 'postgres';`,
    );
    value(await session.script(`${roles.join('\n')} CREATE ROLE certuser LOGIN;`));
    await session.close();
  });

  afterAll(() => server.stop());

  it.each<[string, readonly string[]]>([
    ['tlsonly', [noEntry, 'tls', 'tls', 'tls', 'tls', 'tls']],
    ['plainonly', ['plain', 'plain', 'plain', noEntry, noEntry, noEntry]],
    ['split', ['plain', 'plain', 'plain', noEntry, noEntry, noEntry]],
  ])('lets %s in over the encryption that pg_hba.conf allows', async (user, expected) => {
    expect(await outcomes(server, {user, sslRootCert: ca, ...at('localhost', server)})).toEqual(expected);
  });

  it('reports the wrong password rather than the refused encryption', async () => {
    for (const user of ['tlsonly', 'plainonly'])
      for (const sslMode of ['allow', 'prefer'] as const)
        expect(await outcome(server, {user, sslMode}, {password: secret})).toBe('authentication 28P01');
  });

  it.each<[string, () => Changes, Partial<OpenOptions>, string]>([
    ['its certificate', () => ({sslCert: cert, sslKey: inFolder('client.key')}), {}, 'tls'],
    [
      'an encrypted key',
      () => ({sslCert: cert, sslKey: inFolder('encrypted.key')}),
      {sslPassword: secret},
      'tls',
    ],
    [
      'a wrong key password',
      () => ({sslCert: cert, sslKey: inFolder('encrypted.key')}),
      {sslPassword: `${secret}!`},
      file,
    ],
    ['no key password', () => ({sslCert: cert, sslKey: inFolder('encrypted.key')}), {}, file],
    ['no certificate', () => ({}), {}, noEntry],
    ['a missing certificate', () => ({sslCert: inFolder('none'), sslKey: inFolder('client.key')}), {}, file],
    ['a missing key', () => ({sslCert: cert, sslKey: inFolder('none')}), {}, file],
    ['a key that others can read', () => ({sslCert: cert, sslKey: inFolder('wide.key')}), {}, file],
    ['the key of another', () => ({sslCert: serverCert, sslKey: inFolder('client.key')}), {}, file],
    ['nonsense', () => ({sslCert: inFolder('nonsense.pem'), sslKey: inFolder('client.key')}), {}, file],
  ])('signs a user in by certificate, given %s', async (_what, changes, options, expected) => {
    const password = '';
    expect(
      await outcome(server, {user: 'certuser', sslMode: 'require', ...changes()}, {password, ...options}),
    ).toBe(expected);
  });

  it('takes the client certificate of the home directory', async () => {
    await atHome({'postgresql.crt': cert, 'postgresql.key': inFolder('client.key')});
    expect(await outcome(server, {user: 'certuser', sslMode: 'require'})).toBe('tls');
    expect(await outcome(server, {user: 'certuser', sslMode: 'require'}, {home: emptyHome})).toBe(noEntry);
  });
});

it.each<[string, () => Changes, string]>([
  ['a missing root certificate', () => ({sslMode: 'verify-full'}), join('.postgresql', 'root.crt')],
  [
    'a key that others can read',
    () => ({sslMode: 'require', sslCert: cert, sslKey: inFolder('wide.key')}),
    'wide.key',
  ],
  ['a missing key', () => ({sslMode: 'require', sslCert: cert, sslKey: inFolder('none')}), 'none'],
])('names the file: %s', async (_what, changes, name) => {
  const port = inject('servers')[0]?.port ?? 0;
  const opened = await openSession(settingsFor({port}, changes()), {...openOptions, home});
  expect(failure(opened)).toMatchObject({reason: 'tls-file', message: expect.stringContaining(name)});
});

describe.each(ends)('PostgreSQL %i without TLS', major => {
  let server: TestServer;
  beforeAll(async () => void (server = await startServer(major, {flags: ['ssl=off']})));
  afterAll(() => server.stop());

  it('is reached in the modes that allow it', async () => {
    expect(await outcomes(server, {sslRootCert: ca})).toEqual([
      'plain',
      'plain',
      'plain',
      refused,
      refused,
      refused,
    ]);
  });
});
