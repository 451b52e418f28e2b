import {connect, type Socket} from 'node:net';
import {expect, it} from 'vitest';
import {addressOf, type Playground} from '../../src/embedded/playground.ts';
import {parseOptions} from '../../src/embedded/startup.ts';
import {createByteReader, createScanner, message} from '../../src/embedded/wire.ts';
import {Client} from 'pg';
import {useRig} from './rig.ts';

const rig = useRig();
const start = (): Promise<Playground> => rig.shared({transport: 'tcp'});

const startup = (parameters: string): Buffer => {
  const body = Buffer.from(`\0\u0003\0\0${parameters}\0`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
};
const login = startup('user\0postgres\0database\0playground\0');

it('listens on the loopback address only, and lets its password in', async () => {
  const playground = await start();
  expect(playground.settings.endpoints[0]?.host).toBe('127.0.0.1');
  expect(playground.password).toMatch(/^[\w-]{32}$/);
  const client = new Client({connectionString: addressOf(playground)});
  await client.connect();
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{one: 1}]);
  await client.end();
});

it('makes a new password at every start', async () => {
  const dataFolder = await rig.newFolder();
  const first = await rig.start({dataFolder, transport: 'tcp'});
  await first.stop();
  expect((await rig.start({dataFolder, transport: 'tcp'})).password).not.toBe(first.password);
});

it.each(['wrong', '', 'x'.repeat(5000)])('refuses another password', async password => {
  const playground = await start();
  await expect(rig.connect({...playground, password: password || ' '})).rejects.toMatchObject({
    code: '28P01',
  });
});

it.each([
  ['nothing but an end', Buffer.alloc(0)],
  ['another protocol', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  ['a start-up packet of impossible length', Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 3, 0, 0])],
  ['a start-up packet that is too short', Buffer.from([0, 0, 0, 4, 0, 3, 0, 0])],
  ['protocol 2', Buffer.from([0, 0, 0, 8, 0, 2, 0, 0])],
  [
    'requests for encryption without an end',
    Buffer.concat(Array.from({length: 9}, () => Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]))),
  ],
  ['a query in place of the password', Buffer.concat([login, message('Q', 'SELECT 1')])],
  ['a cancel request with a wrong key', Buffer.from([0, 0, 0, 16, 4, 210, 22, 46, 0, 0, 0, 42, 0, 0, 0, 1])],
])('answers %s with nothing of a session', async (_, bytes) => {
  const playground = await start();
  const received = await exchange(playground, bytes);
  const types = received.toString('latin1').replaceAll('N', '');
  // at most the question for the password (type R, length 8, code 3)
  expect(types === '' || received.equals(message('R', Buffer.from([0, 0, 0, 3])))).toBe(true);
  expect((await (await rig.connect(playground)).query('SELECT 1 AS one')).rows).toEqual([{one: 1}]);
});

it.each([
  [
    '-c a=1 -c b=two',
    [
      ['a', '1'],
      ['b', 'two'],
    ],
  ],
  ['--work-mem=4MB', [['work_mem', '4MB']]],
  ['-csearch_path=a,\\ b', [['search_path', 'a, b']]],
  ['-c x=a=b\\\\c', [['x', 'a=b\\c']]],
  ['-c', []],
  ['-c novalue', []],
  ['', []],
])('reads the options %j', (options, expected) => {
  expect(parseOptions(options)).toEqual(expected);
});

it.each([1, 2, 3, 5, 7, 1000])('follows messages in pieces of %i bytes', size => {
  const stream = Buffer.concat([message('D', 'row'), message('C'), message('Z', Buffer.from('T'))]);
  const seen: (readonly [string, string | undefined])[] = [];
  const scanner = createScanner('Z', (type, body) => seen.push([type, body?.toString()]));
  for (let at = 0; at < stream.length; at += size) scanner.push(stream.subarray(at, at + size));
  expect(seen).toEqual([
    ['D', undefined],
    ['C', undefined],
    ['Z', 'T'],
  ]);
});

it('reads exact numbers of bytes from a stream that is cut anywhere', async () => {
  async function* pieces(): AsyncGenerator<Buffer> {
    yield Buffer.from('ab');
    yield Buffer.from('cdefg');
    throw new Error('connection reset');
  }
  const bytes = createByteReader(pieces());
  expect((await bytes.take(3))?.toString()).toBe('abc');
  expect((await bytes.take(3))?.toString()).toBe('def');
  expect(await bytes.take(2)).toBe(undefined);
});

/** Sends `bytes` on a connection of its own and returns all that comes back until the other side ends it. */
function exchange(playground: Playground, bytes: Buffer): Promise<Buffer> {
  const {host = '', port = 0} = playground.settings.endpoints[0] ?? {};
  return new Promise(resolve => {
    const received: Buffer[] = [];
    const socket: Socket = connect(port, host, () =>
      bytes.length === 0 ? socket.end() : socket.write(bytes),
    );
    socket.on('data', (data: Buffer) => received.push(data));
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(received)));
  });
}
