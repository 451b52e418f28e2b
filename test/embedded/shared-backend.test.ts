import {createConnection} from 'node:net';
import type {Client, QueryResult} from 'pg';
import {expect, it} from 'vitest';
import type {Playground} from '../../src/embedded/playground.ts';
import {useRig} from './rig.ts';

const rig = useRig();
const start = (): Promise<Playground> => rig.shared();

const one = async (client: Client, sql: string): Promise<unknown> => {
  const result: QueryResult = await client.query(sql);
  return Object.values(result.rows[0])[0];
};
const pause = (milliseconds: number): Promise<'waiting'> =>
  new Promise(resolve => setTimeout(() => resolve('waiting'), milliseconds));

it('makes others wait while a transaction is open, and lets them in at its end', async () => {
  const playground = await start();
  const [first, second] = [await rig.connect(playground), await rig.connect(playground)];
  await first.query('BEGIN');
  await first.query('CREATE TABLE made_inside (id int)');
  const waiting = one(second, "SELECT to_regclass('made_inside')::text");
  expect(await Promise.race([waiting, pause(300)])).toBe('waiting');
  await first.query('COMMIT');
  expect(await waiting).toBe('made_inside');
});

it('rolls back the transaction of a connection that breaks off', async () => {
  const playground = await start();
  const [first, second] = [await rig.connect(playground), await rig.connect(playground)];
  await first.query('BEGIN; CREATE TABLE never_made (id int)');
  const socket: {destroy(): void} = Reflect.get(Reflect.get(first, 'connection'), 'stream');
  socket.destroy();
  expect(await one(second, "SELECT to_regclass('never_made')::text")).toBe(null);
});

it('keeps a failed transaction to its own connection', async () => {
  const playground = await start();
  const [first, second] = [await rig.connect(playground), await rig.connect(playground)];
  await expect(first.query('BEGIN; SELECT 1/0')).rejects.toMatchObject({code: '22012'});
  const waiting = one(second, 'SELECT 1');
  await expect(first.query('SELECT 1')).rejects.toMatchObject({code: '25P02'});
  await first.query('ROLLBACK');
  expect(await waiting).toBe(1);
});

it.each([
  ['search_path', "SET search_path = 'x''y', public", '"x\'y", public'],
  ['lock_timeout', 'SET lock_timeout = 1500', '1500ms'],
  ['app.tenant', "SET app.tenant = 'a\\b'", 'a\\b'],
  ['app.user', "SELECT set_config('app.user', 'ann', false)", 'ann'],
  ['role', 'SET ROLE pg_monitor', 'pg_monitor'],
  ['default_transaction_read_only', 'SET default_transaction_read_only = on', 'on'],
])('keeps %s to the connection that set it', async (name, set, expected) => {
  const playground = await start();
  const [first, second] = [await rig.connect(playground), await rig.connect(playground)];
  const shown = (client: Client): Promise<unknown> => one(client, `SELECT current_setting('${name}', true)`);
  const before = (await shown(second)) || null;
  await first.query(set);
  expect((await shown(second)) || null).toBe(before);
  expect(await shown(first)).toBe(expected);
});

it('takes settings and options from the start of a connection', async () => {
  const playground = await start();
  const client = await rig.connect(playground, {
    application_name: 'a tool',
    options: '-c default_transaction_read_only=on --lock-timeout=2s -csearch_path=a,\\ b',
  });
  expect(await one(client, 'SHOW application_name')).toBe('a tool');
  expect(await one(client, 'SHOW lock_timeout')).toBe('2s');
  expect(await one(client, 'SHOW search_path')).toBe('a, b');
  await expect(client.query('CREATE TABLE refused (id int)')).rejects.toMatchObject({code: '25006'});
});

it.each([
  ['another database', {database: 'postgres'}, '3D000'],
  ['a setting that does not exist', {options: '-c no_such_setting=1'}, '42704'],
  ['a role that does not exist', {user: 'nobody_known'}, '22023'],
])('refuses %s as a server does', async (_, config, code) => {
  const playground = await start();
  await expect(rig.connect(playground, config)).rejects.toMatchObject({code});
  expect(await one(await rig.connect(playground), 'SELECT 1')).toBe(1);
});

it('lets a role in with its own rights', async () => {
  const playground = await start();
  const owner = await rig.connect(playground);
  await owner.query(
    'DROP ROLE IF EXISTS clerk; CREATE ROLE clerk LOGIN; CREATE TABLE IF NOT EXISTS secret (id int)',
  );
  const clerk = await rig.connect(playground, {user: 'clerk'});
  expect(await one(clerk, 'SELECT session_user::text')).toBe('clerk');
  await expect(clerk.query('SELECT * FROM secret')).rejects.toMatchObject({code: '42501'});
  expect(await one(owner, 'SELECT count(*)::int FROM secret')).toBe(0);
});

it('keeps statements of one name apart', async () => {
  const playground = await start();
  const [first, second] = [await rig.connect(playground), await rig.connect(playground)];
  const named = async (client: Client, text: string): Promise<unknown> =>
    (await client.query({name: 'same', text, values: [20]})).rows[0].n;
  expect(await named(first, 'SELECT $1::int + 1 AS n')).toBe(21);
  expect(await named(second, 'SELECT $1::int + 2 AS n')).toBe(22);
  expect(await named(first, 'SELECT $1::int + 1 AS n')).toBe(21);
  await first.end();
  await second.query('SELECT 1');
  expect(await one(second, 'SELECT count(*)::int FROM pg_prepared_statements')).toBe(1);
});

it('starts clean for the first connection after the last one has left', async () => {
  const playground = await start();
  const first = await rig.connect(playground);
  await first.query('CREATE TEMP TABLE scratch (id int); SELECT pg_advisory_lock(7)');
  await first.end();
  await pause(100);
  const second = await rig.connect(playground);
  expect(await one(second, "SELECT to_regclass('scratch')::text")).toBe(null);
  expect(await one(second, "SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory'")).toBe(0);
});

it('serves a pool of connections at once, each its own answers', async () => {
  const playground = await start();
  const clients = await Promise.all(Array.from({length: 10}, () => rig.connect(playground)));
  const answers = await Promise.all(
    clients.flatMap((client, index) =>
      Array.from(
        {length: 5},
        async (_, turn) => (await client.query('SELECT $1::text AS t', [`${index}/${turn}`])).rows[0].t,
      ),
    ),
  );
  expect(answers).toEqual(
    clients.flatMap((_, index) => Array.from({length: 5}, (__, turn) => `${index}/${turn}`)),
  );
});

it('carries texts and results of several megabytes', async () => {
  const playground = await start();
  const client = await rig.connect(playground);
  const long = 'x'.repeat(5_000_000);
  expect(await one(client, `SELECT '${long}'`)).toBe(long);
});

it('ends a running statement on a cancel request, and serves the next connection', async () => {
  const playground = await start();
  const client = await rig.connect(playground);
  await client.query('CREATE TABLE IF NOT EXISTS lasting (id int)');
  const running = client.query('SELECT pg_sleep(600)').catch((error: unknown) => error);
  await pause(200);
  cancel(client, playground);
  expect(await running).toMatchObject({severity: 'FATAL', code: '57014'});
  expect(await one(await rig.connect(playground), "SELECT to_regclass('lasting')::text")).toBe('lasting');
});

it('ends a statement that waits for its turn, and nothing else', async () => {
  const playground = await start();
  const [first, second] = [await rig.connect(playground), await rig.connect(playground)];
  await first.query('BEGIN');
  const waiting = second.query('SELECT $1::int', [1]).catch((error: unknown) => error);
  await pause(200);
  cancel(second, playground);
  expect(await waiting).toMatchObject({severity: 'ERROR', code: '57014'});
  await first.query('COMMIT');
  expect(await one(second, 'SELECT 1')).toBe(1);
});

it('refuses COPY FROM STDIN with the reason, and serves the next connection', async () => {
  const playground = await start();
  const client = await rig.connect(playground);
  await client.query('CREATE TABLE IF NOT EXISTS copied (id int)');
  await expect(client.query('COPY copied FROM STDIN')).rejects.toMatchObject({
    severity: 'FATAL',
    code: '0A000',
  });
  expect(await one(await rig.connect(playground), 'SELECT count(*)::int FROM copied')).toBe(0);
});

it.each([
  ['uuid-ossp', 'uuid_generate_v5(uuid_nil(), $$a$$)::text'],
  ['pgcrypto', "encode(digest('a', 'sha256'), 'hex')"],
  ['pg_trgm', "similarity('word', 'words')::text"],
  ['citext', "('A'::citext = 'a')::text"],
  ['hstore', "('a=>1'::hstore -> 'a')"],
  ['btree_gist', "gbtreekey4_in('')::text"],
  ['unaccent', "unaccent('Hôtel')"],
  ['pg_stat_statements', "'' || 1"],
])('brings the extension %s', async (name, expression) => {
  const playground = await start();
  const client = await rig.connect(playground);
  await client.query(`CREATE EXTENSION IF NOT EXISTS "${name}"`);
  if (name !== 'btree_gist') expect(await one(client, `SELECT ${expression}`)).toEqual(expect.any(String));
});

/** What libpq's PQcancel sends, on a connection of its own. */
function cancel(client: Client, playground: Playground): void {
  const {host = '', port = 0} = playground.settings.endpoints[0] ?? {};
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(80877102, 4);
  request.writeInt32BE(Number(Reflect.get(client, 'processID')), 8);
  request.writeInt32BE(Number(Reflect.get(client, 'secretKey')), 12);
  const socket = createConnection(host.startsWith('/') ? {path: `${host}/.s.PGSQL.5432`} : {host, port});
  socket.on('error', () => {});
  socket.end(request);
}
