import {execFile, spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {promisify} from 'node:util';
import {expect, it} from 'vitest';
import {Client} from 'pg';
import {isRunning, until, useRig} from './rig.ts';

const rig = useRig();

it.each([
  ['SIGKILL', 'idle'],
  ['SIGTERM', 'idle'],
  ['SIGKILL', 'busy'],
] as const)('ends when the process that started it is gone (%s while %s)', async (signal, load) => {
  const dataFolder = await rig.newFolder();
  const parent = spawn(process.execPath, [
    join(import.meta.dirname, 'parent.ts'),
    rig.serverScript(),
    dataFolder,
  ]);
  const [line] = await new Promise<string[]>(resolve =>
    createInterface(parent.stdout).once('line', text => resolve([text])),
  );
  const {pid, host}: {pid: number; host: string} = JSON.parse(line ?? '{}');
  expect(isRunning(pid)).toBe(true);
  const client = new Client({host, user: 'postgres', database: 'playground'});
  client.on('error', () => {});
  await client.connect();
  if (load === 'busy') void client.query('SELECT pg_sleep(600)').catch(() => {});
  parent.kill(signal);
  await until(() => !isRunning(pid));
  expect(existsSync(host)).toBe(false);
  expect(existsSync(join(dataFolder, 'lock.json'))).toBe(false);
});

it.each([100, 400, 800, 1500])('ends when its parent is gone %i ms after the start began', async after => {
  const dataFolder = await rig.newFolder();
  const temporary = await mkdtemp('/tmp/hw-');
  const parent = spawn(
    process.execPath,
    [join(import.meta.dirname, 'parent.ts'), rig.serverScript(), dataFolder],
    {env: {...process.env, TMPDIR: temporary}},
  );
  await new Promise(resolve => setTimeout(resolve, after));
  parent.kill('SIGKILL');
  const {stdout} = await promisify(execFile)('ps', ['-eo', 'pid,args']);
  const line = stdout.split('\n').find(text => text.includes('server.mjs') && text.includes(dataFolder));
  const pid = Number.parseInt(line ?? '0', 10);
  if (pid > 0) await until(() => !isRunning(pid), 30_000);
  expect(await readdir(temporary)).toEqual([]);
  expect(existsSync(join(dataFolder, 'lock.json'))).toBe(false);
  await rm(temporary, {recursive: true});
});
