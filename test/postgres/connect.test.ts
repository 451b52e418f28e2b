import {createServer, type Server, type Socket} from 'node:net';
import {afterEach, describe, expect, it} from 'vitest';
import type {ConnectionSettings} from '../../src/core/connections/connection.ts';
import type {FailureReason} from '../../src/core/outcome.ts';
import {openSession, type OpenOptions} from '../../src/postgres/connect.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {ends, freePort, type Major, startServer} from '../rig/servers.ts';
import {failure, openFor, openOptions, settingsFor, value} from '../rig/sessions.ts';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function database(major: Major = 18): Promise<TestDatabase> {
  const made = await createDatabase(major, 'connect');
  cleanUps.push(() => made.drop());
  return made;
}

async function show(made: TestDatabase, name: string, ...more: Changes): Promise<unknown> {
  const session = await openFor(made, ...more);
  const {rows} = value(await session.query('SELECT current_setting($1) AS is', [name]));
  await session.close();
  return rows[0]?.['is'];
}

type Changes = [Partial<ConnectionSettings>?, Partial<OpenOptions>?];
type Refusal = readonly [
  what: string,
  ...changes: Required<Changes>,
  reason: FailureReason,
  sqlState: string,
];

const secret = 'k33p-thís-quiet';

const refusals: readonly Refusal[] = [
  ['a wrong password', {}, {password: secret}, 'authentication', '28P01'],
  ['an unknown user', {user: 'nobody here'}, {password: secret}, 'authentication', '28P01'],
  ['no password', {}, {password: ''}, 'authentication', ''],
  ['an unknown database', {database: 'Größe 🐘'}, {}, 'no-such-database', '3D000'],
  ['a database that takes no connections', {database: 'template0'}, {}, 'unreachable', '55000'],
  ['an unknown parameter', {parameters: {no_such_thing: '1'}}, {}, 'invalid-input', '42704'],
  ['a bad value', {parameters: {statement_timeout: 'soon'}}, {}, 'invalid-input', '22023'],
  ['a parameter that is none', {parameters: {'a b; c': '1'}}, {}, 'invalid-input', ''],
  ['a NUL in a value', {parameters: {search_path: 'a\0user\0postgres'}}, {}, 'invalid-input', ''],
  ['a NUL in a name', {user: 'postgres\0database\0other'}, {}, 'invalid-input', ''],
];

describe.each(ends)('connecting to PostgreSQL %i', major => {
  it.each(refusals)('is refused for %s', async (_what, settings, options, reason, sqlState) => {
    const made = await database(major);
    const all = {...openOptions, ...options};
    const failed = failure(await openSession(settingsFor(made, settings), all), [secret]);
    expect(failed).toMatchObject({reason, ...(sqlState ? {server: {sqlState}} : {})});
    if (!sqlState) expect(failed.server).toBeUndefined();
  });

  it('is refused when the role has no connection left, or no right to connect', async () => {
    const made = await database(major);
    const role = `limited_${made.name}`;
    await made.sql(`CREATE ROLE "${role}" LOGIN PASSWORD '${secret}' CONNECTION LIMIT 0`);
    cleanUps.push(() => made.sql(`DROP ROLE "${role}"`));
    const open = async (): Promise<unknown> =>
      failure(await openSession(settingsFor(made, {user: role}), {...openOptions, password: secret}), [
        secret,
      ]);
    expect(await open()).toMatchObject({reason: 'too-many-connections', server: {sqlState: '53300'}});
    await made.sql(
      `ALTER ROLE "${role}" CONNECTION LIMIT -1; REVOKE CONNECT ON DATABASE "${made.name}" FROM PUBLIC`,
    );
    expect(await open()).toMatchObject({reason: 'authentication', server: {sqlState: '42501'}});
  });

  it.each<[string, string, Changes]>([
    ['search_path', '"Größe 🐘", public', [{parameters: {search_path: '"Größe 🐘", public'}}]],
    ['search_path', 'a\\b', [{parameters: {search_path: 'a\\b'}}]],
    ['search_path', 'a, b', [{parameters: {options: '-c search_path=a,\\ b'}}]],
    ['work_mem', '3MB', [{parameters: {options: '-cstatement_timeout=7s --work-mem=3MB'}}]],
    ['work_mem', '5MB', [{parameters: {options: '-c work_mem=3MB', WORK_MEM: '5MB'}}]],
    ['app.tenant', "o'neil", [{parameters: {'app.tenant': "o'neil"}}]],
    ['application_name', 'howdah-test', []],
    ['application_name', 'mine', [{applicationName: 'mine'}]],
    ['client_encoding', 'UTF8', []],
    ['default_transaction_read_only', 'off', []],
    ['default_transaction_read_only', 'on', [{}, {readOnly: true}]],
    [
      'default_transaction_read_only',
      'on',
      [{parameters: {default_transaction_read_only: 'off'}}, {readOnly: true}],
    ],
  ])('begins with %s = %s', async (name, expected, changes) => {
    const is = await show(await database(major), name, ...changes);
    expect(is).toBe(expected);
  });

  it('asks for what target_session_attrs says', async () => {
    const made = await database(major);
    const standby = await startServer(major, {standby: true});
    cleanUps.push(() => standby.stop());
    const [primaryPort, standbyPort, deadPort] = [made.port, standby.port, await freePort()];
    const endpoints = [deadPort, standbyPort, primaryPort].map(port => ({host: '127.0.0.1', port}));
    const port = async (
      settings: Partial<ConnectionSettings> = {},
      options: Partial<OpenOptions> = {},
    ): Promise<unknown> => {
      const opened = await openSession(settingsFor({port: 0}, {endpoints, ...settings}), {
        ...openOptions,
        ...options,
      });
      if (!opened.ok) return opened.failure.reason;
      await opened.value.close();
      return opened.value.server.port;
    };
    expect({
      any: await port(),
      primary: await port({targetSessionAttrs: 'primary'}),
      standby: await port({targetSessionAttrs: 'standby'}),
      readWrite: await port({targetSessionAttrs: 'read-write'}),
      readOnly: await port({targetSessionAttrs: 'read-only'}),
      preferStandby: await port({targetSessionAttrs: 'prefer-standby', endpoints: endpoints.toReversed()}),
      preferred: await port({targetSessionAttrs: 'prefer-standby', endpoints: endpoints.slice(2)}),
      none: await port({targetSessionAttrs: 'primary', endpoints: endpoints.slice(0, 2)}),
      switchedOff: await port({targetSessionAttrs: 'read-write'}, {readOnly: true}),
    }).toEqual({
      any: standbyPort,
      primary: primaryPort,
      standby: standbyPort,
      readWrite: primaryPort,
      readOnly: standbyPort,
      preferStandby: standbyPort,
      preferred: primaryPort,
      none: 'unreachable',
      switchedOff: primaryPort,
    });
  });

  it('does not take a database that is read-only by default for read-write', async () => {
    const made = await database(major);
    await made.sql(`ALTER DATABASE "${made.name}" SET default_transaction_read_only = on`);
    const failed = failure(
      await openSession(settingsFor(made, {targetSessionAttrs: 'read-write'}), openOptions),
    );
    expect(failed).toMatchObject({reason: 'unreachable', message: expect.stringContaining('read-write')});
    expect(await show(made, 'transaction_read_only', {targetSessionAttrs: 'read-only'})).toBe('on');
  });

  it('does not ask the next host after a wrong password', async () => {
    const made = await database(major);
    const endpoints = [made.port, await freePort()].map(port => ({host: '127.0.0.1', port}));
    const opened = await openSession(settingsFor(made, {endpoints}), {...openOptions, password: secret});
    expect(failure(opened, [secret])).toMatchObject({reason: 'authentication'});
  });
});

/** What no PostgreSQL says, sent as soon as somebody connects or says something. */
async function impostor(speak: (socket: Socket) => void): Promise<number> {
  const open = new Set<Socket>();
  const server: Server = createServer(socket => {
    open.add(socket);
    socket.on('error', () => {});
    speak(socket);
  });
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(async () => {
    open.forEach(socket => socket.destroy());
    await new Promise(resolve => void server.close(resolve));
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const reply =
  (bytes: string | Buffer) =>
  (socket: Socket): void =>
    void socket.once('data', () => void socket.write(bytes));

it.each<[string, (socket: Socket) => void, FailureReason]>([
  ['speaks HTTP', reply('HTTP/1.1 400 Bad Request\r\n\r\n'), 'unreachable'],
  ['speaks SSH', socket => void socket.write('SSH-2.0-OpenSSH_9.2\r\n'), 'unreachable'],
  ['speaks in single bytes', reply('-'), 'timed-out'],
  ['says nothing', () => {}, 'timed-out'],
  ['hangs up', socket => void socket.end(), 'unreachable'],
  ['resets', socket => void socket.resetAndDestroy(), 'unreachable'],
  ['asks for GSSAPI', reply(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 7])), 'authentication'],
])('is told apart from a server that %s', async (_what, speak, reason) => {
  const port = await impostor(speak);
  const failed = failure(
    await openSession(settingsFor({port}, {connectTimeout: 1}), {...openOptions, password: secret}),
    [secret],
  );
  expect(failed).toMatchObject({reason, message: expect.stringContaining(String(port))});
});

it('connects to the address of a host that no look-up knows', async () => {
  const database = await createDatabase(17);
  const endpoints = [{host: 'db.invalid', address: '127.0.0.1', port: database.port}];
  const session = value(await openSession(settingsFor(database, {endpoints}), openOptions));
  expect(session.server.database).toBe(database.name);
  await session.close();
  await database.drop();
});

it.each<[string, ConnectionSettings['endpoints'], FailureReason]>([
  ['a port where nobody listens', [{host: '127.0.0.1', port: 1}], 'unreachable'],
  ['a name that does not exist', [{host: 'db.invalid', port: 5432}], 'unreachable'],
  ['a socket that does not exist', [{host: '/no/such/directory', port: 5432}], 'unreachable'],
  ['no host', [], 'invalid-input'],
])('fails for %s', async (_what, endpoints, reason) => {
  const failed = failure(await openSession(settingsFor({port: 0}, {endpoints}), openOptions));
  expect(failed.reason).toBe(reason);
  for (const {host} of endpoints) expect(failed.message).toContain(host);
});

it('names every host when none will do', async () => {
  const ports = [await freePort(), await freePort()];
  const endpoints = ports.map(port => ({host: '127.0.0.1', port}));
  const {message} = failure(await openSession(settingsFor({port: 0}, {endpoints}), openOptions));
  for (const port of ports) expect(message).toContain(`127.0.0.1:${port}`);
});

it('stops at once when the user cancels, whether before or while connecting', async () => {
  const port = await impostor(() => {});
  const abort = new AbortController();
  const opening = openSession(settingsFor({port}, {connectTimeout: 0}), {
    ...openOptions,
    signal: abort.signal,
  });
  setTimeout(() => abort.abort(), 50);
  expect(failure(await opening).reason).toBe('cancelled');
  const late = await openSession(settingsFor({port}), {...openOptions, signal: AbortSignal.abort()});
  expect(failure(late).reason).toBe('cancelled');
});

it('goes over a Unix socket, without TLS whatever sslmode says', async () => {
  const server = await startServer(18);
  cleanUps.push(() => server.stop());
  const endpoints = [{host: server.socketDirectory, port: server.port}];
  const session = await openFor(server, {endpoints, sslMode: 'verify-full'});
  expect(session.server).toMatchObject({encrypted: false, host: server.socketDirectory, port: server.port});
  await session.close();
});

it('is refused in words while the server starts up', async () => {
  const refusal = Buffer.from('SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0');
  const head = Buffer.from([0x45, 0, 0, 0, refusal.length + 4]);
  const port = await impostor(reply(Buffer.concat([head, refusal])));
  const made = await database();
  const endpoints = [port, made.port].map(port => ({host: '127.0.0.1', port}));
  expect(failure(await openSession(settingsFor({port}), openOptions))).toMatchObject({
    reason: 'unreachable',
    server: {sqlState: '57P03'},
  });
  const session = await openFor(made, {endpoints});
  expect(session.server.port).toBe(made.port);
  await session.close();
});
