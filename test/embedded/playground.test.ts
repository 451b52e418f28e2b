import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {expect, it} from 'vitest';
import {resetPlayground} from '../../src/embedded/data-directory.ts';
import {startPlayground, type PlaygroundExit} from '../../src/embedded/playground.ts';
import {isRunning, socketFolder, until, useRig} from './rig.ts';

const rig = useRig();

it('serves PostgreSQL 18 on a socket that only its user can reach', async () => {
  const dataFolder = await rig.newFolder();
  const steps: string[] = [];
  const playground = await rig.start({dataFolder, onProgress: step => void steps.push(step)});
  const folder = socketFolder(playground);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(dataFolder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(dataFolder, 'pgdata'))).mode & 0o777).toBe(0o700);
  expect(steps).toEqual(['unpacking', 'starting']);
  const client = await rig.connect(playground);
  const {rows} = await client.query(
    'SELECT current_database() AS database, current_user AS "user", current_schema AS schema, $1::int + 1 AS two',
    [1],
  );
  expect(rows).toEqual([{database: 'playground', user: 'postgres', schema: 'public', two: 2}]);
  expect((await client.query('SHOW server_version_num')).rows[0].server_version_num).toMatch(/^18/);
});

it('keeps the data over a restart, and leaves no process, socket or lock behind', async () => {
  const dataFolder = await rig.newFolder();
  const first = await rig.start({dataFolder});
  const folder = socketFolder(first);
  await (await rig.connect(first)).query('CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  expect(first.state()).toBe('stopped');
  expect(isRunning(first.pid)).toBe(false);
  expect(existsSync(folder)).toBe(false);
  expect(existsSync(join(dataFolder, 'lock.json'))).toBe(false);
  const second = await rig.start({dataFolder});
  expect((await (await rig.connect(second)).query('SELECT answer FROM kept')).rows).toEqual([{answer: 42}]);
});

it('reports a killed process, clears up after it, and starts again on the same data', async () => {
  const dataFolder = await rig.newFolder();
  const exits: PlaygroundExit[] = [];
  const first = await rig.start({dataFolder, onExit: exit => void exits.push(exit)});
  const client = await rig.connect(first);
  await client.query('CREATE TABLE kept AS SELECT 42 AS answer');
  await client.query('BEGIN; INSERT INTO kept VALUES (43)');
  process.kill(first.pid, 'SIGKILL');
  await until(() => exits.length > 0);
  expect(exits).toMatchObject([{code: null, signal: 'SIGKILL'}]);
  expect(first.state()).toBe('stopped');
  expect(existsSync(first.settings.endpoints[0]?.host ?? '/')).toBe(false);
  const second = await rig.start({dataFolder});
  expect((await (await rig.connect(second)).query('SELECT answer FROM kept')).rows).toEqual([{answer: 42}]);
});

it('says nothing of an exit that was asked for', async () => {
  const exits: PlaygroundExit[] = [];
  const playground = await rig.start({
    dataFolder: await rig.newFolder(),
    onExit: exit => void exits.push(exit),
  });
  await Promise.all([playground.stop(), playground.stop()]);
  expect(exits).toEqual([]);
});

it('stops within seconds while a statement runs that would not end', async () => {
  const playground = await rig.start({dataFolder: await rig.newFolder()});
  const client = await rig.connect(playground);
  const endless = client.query('SELECT pg_sleep(600)').catch((error: unknown) => error);
  await new Promise(resolve => setTimeout(resolve, 200));
  const began = Date.now();
  await playground.stop();
  expect(Date.now() - began).toBeLessThan(4900);
  expect(isRunning(playground.pid)).toBe(false);
  expect(await endless).toBeInstanceOf(Error);
});

it('refuses a second start in the same folder, and leaves the first alone', async () => {
  const dataFolder = await rig.newFolder();
  const first = await rig.start({dataFolder});
  const second = await startPlayground({serverScript: rig.serverScript(), dataFolder});
  expect(second).toMatchObject({ok: false, failure: {reason: 'locked'}});
  expect(second.ok ? '' : second.failure.message).toContain(String(first.pid));
  expect(await resetPlayground(dataFolder)).toMatchObject({ok: false, failure: {reason: 'locked'}});
  expect((await (await rig.connect(first)).query('SELECT 1 AS one')).rows).toEqual([{one: 1}]);
});

it.each([
  ['of a process that is gone', (): number => 2 ** 22 + 1],
  ['of a process that got the number of one that is gone', (): number => process.pid],
])('takes over a lock %s, and removes its socket folder', async (_, pid) => {
  const dataFolder = await rig.newFolder();
  const host = join(tmpdir(), `howdah-test${process.pid}`);
  await mkdir(dataFolder, {recursive: true});
  await mkdir(host);
  await writeFile(join(host, '.s.PGSQL.5432'), '');
  await writeFile(
    join(dataFolder, 'lock.json'),
    JSON.stringify({pid: pid(), host, port: 5432, since: 'long ago'}),
  );
  const playground = await rig.start({dataFolder});
  expect(existsSync(host)).toBe(false);
  expect(JSON.parse(await readFile(join(dataFolder, 'lock.json'), 'utf8')).pid).toBe(playground.pid);
});

it('never removes a folder that a lock file names but no playground made', async () => {
  const dataFolder = await rig.newFolder();
  const precious = join(dirname(dataFolder), 'precious');
  await mkdir(dataFolder, {recursive: true});
  await mkdir(precious);
  await writeFile(
    join(dataFolder, 'lock.json'),
    JSON.stringify({pid: 2 ** 22 + 1, host: precious, port: 5432, since: 'long ago'}),
  );
  await rig.start({dataFolder});
  expect(existsSync(precious)).toBe(true);
});

it('takes a data folder with a path longer than any socket path', async () => {
  const dataFolder = join(await rig.newFolder(), 'a'.repeat(100), 'b'.repeat(100));
  const playground = await rig.start({dataFolder});
  expect((await (await rig.connect(playground)).query('SELECT 1 AS one')).rows).toEqual([{one: 1}]);
});

it('falls back to a short folder when the temporary folder has a long path', async () => {
  const long = join(await rig.newFolder(), 't'.repeat(120));
  await mkdir(long, {recursive: true});
  await withTemporaryFolder(long, async () => {
    const playground = await rig.start({dataFolder: await rig.newFolder()});
    expect(socketFolder(playground)).toMatch(/^\/tmp\/howdah-/);
  });
});

it('says that a folder cannot be made', async () => {
  const file = await rig.newFolder();
  await writeFile(file, 'not a folder');
  const outcome = await startPlayground({serverScript: rig.serverScript(), dataFolder: join(file, 'data')});
  expect(outcome).toMatchObject({ok: false, failure: {reason: 'unwritable-file'}});
  expect(outcome.ok ? '' : outcome.failure.message).toContain(file);
});

it.each([
  ['damaged', 'unreadable-file', (data: string) => rm(join(data, 'global'), {recursive: true})],
  ['of another version', 'unsupported', (data: string) => writeFile(join(data, 'PG_VERSION'), '17\n')],
])('refuses data that is %s, and starts after a reset', async (_, reason, spoil) => {
  const dataFolder = await rig.newFolder();
  await (await rig.start({dataFolder})).stop();
  await spoil(join(dataFolder, 'pgdata'));
  const outcome = await startPlayground({serverScript: rig.serverScript(), dataFolder});
  expect(outcome).toMatchObject({ok: false, failure: {reason}});
  expect(existsSync(join(dataFolder, 'lock.json'))).toBe(false);
  expect(await resetPlayground(dataFolder)).toEqual({ok: true, value: undefined});
  await rig.start({dataFolder});
});

it('starts over when it was killed while it unpacked', async () => {
  const dataFolder = await rig.newFolder();
  await mkdir(join(dataFolder, 'pgdata.new', 'base'), {recursive: true});
  await writeFile(join(dataFolder, 'pgdata.new', 'PG_VERSION'), '18\n');
  const playground = await rig.start({dataFolder});
  expect((await (await rig.connect(playground)).query('SELECT 1 AS one')).rows).toEqual([{one: 1}]);
});

it.each([
  ['before it began', 0],
  ['while the process starts', 60],
  ['while it unpacks', 300],
  ['while PostgreSQL starts', 700],
])('ends a start that is cancelled %s, and leaves nothing', async (_, after) => {
  const dataFolder = await rig.newFolder();
  await withTemporaryFolder(await mkdtemp('/tmp/hw-'), async folder => {
    const abort = new AbortController();
    if (after === 0) abort.abort();
    else setTimeout(() => abort.abort(), after);
    const outcome = await startPlayground({
      serverScript: rig.serverScript(),
      dataFolder,
      signal: abort.signal,
    });
    if (outcome.ok) await outcome.value.stop();
    else expect(outcome.failure.reason).toBe('cancelled');
    expect(await readdir(folder)).toEqual([]);
    expect(existsSync(join(dataFolder, 'lock.json'))).toBe(false);
    await rm(folder, {recursive: true});
  });
});

it('clears its socket away even when its data folder was deleted', async () => {
  const dataFolder = await rig.newFolder();
  const playground = await rig.start({dataFolder});
  const folder = socketFolder(playground);
  await rm(dataFolder, {recursive: true});
  await playground.stop();
  expect(existsSync(folder)).toBe(false);
});

it('says that the server could not be started at all', async () => {
  const dataFolder = await rig.newFolder();
  const outcome = await startPlayground({serverScript: join(dataFolder, 'absent.mjs'), dataFolder});
  expect(outcome).toMatchObject({ok: false, failure: {reason: 'unreachable'}});
});

/** Lets processes that are started meanwhile take `folder` for the system's temporary folder. */
async function withTemporaryFolder(folder: string, task: (folder: string) => Promise<void>): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    await task(folder);
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}
