import {Client} from 'pg';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {assess} from '../../../../src/core/health/assess.ts';
import {minute} from '../../../../src/core/health/time.ts';
import {startServer, type TestServer} from '../../../rig/servers.ts';
import {readAt, told} from './provoke.ts';

/** 60 connections, of which 5 are kept for others than ordinary roles. */
let server: TestServer;
const clients: Client[] = [];

beforeAll(async () => {
  server = await startServer(18, {flags: ['reserved_connections=2', 'shared_buffers=512MB']});
});
afterAll(async () => {
  await Promise.all(clients.map(client => client.end()));
  await server.stop();
});

/** One of them reads. */
async function openUntil(count: number): Promise<void> {
  const more = Array.from({length: count - 1 - clients.length}, () => {
    const client = new Client({connectionString: server.url(), application_name: 'pool'});
    clients.push(client);
    return client.connect();
  });
  await Promise.all(more);
}

it.each([
  [43, []],
  [44, ['warning: 44 of 55 connections are in use']],
  [53, ['error: 53 of 55 connections are in use']],
])('connections-near-limit: of 55 connections %i are in use', async (count, found) => {
  await openUntil(count);
  expect(await told('connections-near-limit', await readAt(server, ['sessions']))).toEqual(found);
});

it('connections-near-limit: refuses an ordinary role in these words when none is left', async () => {
  await openUntil(55);
  await clients[0]?.query(`CREATE ROLE ordinary LOGIN PASSWORD 'postgres'`);
  const {findings} = await assess(await readAt(server, ['sessions']));
  const [words = '', code] = /“(.*)” \(SQLSTATE (\w+)\)/.exec(findings[0]?.why ?? '')?.slice(1) ?? [];
  const late = new Client({connectionString: server.url().replace('//postgres:', '//ordinary:')});
  // The one that read is gone.
  const last = new Client({connectionString: server.url()});
  await last.connect();
  await expect(late.connect()).rejects.toMatchObject({code, message: expect.stringContaining(words)});
  await last.end();
});

it('connection-idle-many: tells of 50 that nobody used for ten minutes', async () => {
  const reading = await readAt(server, ['sessions']);
  expect(await told('connection-idle-many', reading, {later: 9 * minute})).toEqual([]);
  expect(await told('connection-idle-many', reading, {later: 11 * minute})).toEqual([
    'information: 54 connections have done nothing for more than 10 minutes',
  ]);
  // A transaction that is forgotten is told by others, and holds more than a connection.
  await Promise.all(clients.slice(0, 5).map(client => client.query('BEGIN')));
  const fewer = await readAt(server, ['sessions']);
  expect(await told('connection-idle-many', fewer, {later: 11 * minute})).toEqual([]);
});

it.each([
  [1, ['information: shared_buffers is 50 % of the memory']],
  [2, []],
])('shared-buffers: has half a gigabyte on a machine of %i GB', async (memory, found) => {
  const reading = await readAt(server, ['settings']);
  expect(await told('shared-buffers', reading, {memoryBytes: memory * 1024 ** 3})).toEqual(found);
});
