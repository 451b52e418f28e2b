import {afterEach, expect, it, vi} from 'vitest';
import {runProgram} from '../../../src/frameworks/shared/child.ts';

afterEach(() => vi.unstubAllEnvs());

const print = [
  '-e',
  'console.log(JSON.stringify([process.env.PGSSLMODE, process.env.PGHOST, process.env.OTHER]))',
];

it.each([
  ['a program that connects by itself has only the target’s own', {PGHOST: 'db'}, [null, 'db', 'kept']],
  ['a program that does not has what Howdah has', undefined, ['require', 'elsewhere', 'kept']],
])('%s', async (_, environment, expected) => {
  vi.stubEnv('PGSSLMODE', 'require');
  vi.stubEnv('PGHOST', 'elsewhere');
  vi.stubEnv('OTHER', 'kept');
  const ended = await runProgram({
    command: process.execPath,
    parameters: print,
    cwd: import.meta.dirname,
    ...(environment ? {environment} : {}),
  });
  expect(ended.ok && JSON.parse(ended.value.stdout)).toEqual(expected);
});
