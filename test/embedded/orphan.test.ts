import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
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
