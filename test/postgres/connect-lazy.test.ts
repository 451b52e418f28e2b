import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {expect, it} from 'vitest';

const connect = join(import.meta.dirname, '../../src/postgres/connect.ts');

it.each([
  ['is not loaded with the module', '', 'false'],
  ['is loaded by the first connection', 'await openSession(settings, options)', 'true'],
])('the driver %s', (_what, use, expected) => {
  const program = `
    import {Module} from 'node:module';
    const {openSession} = await import(${JSON.stringify(connect)});
    const settings = {endpoints: [], parameters: {}, user: 'u', database: 'd'};
    const options = {readOnly: false, home: '/'};
    ${use};
    console.log(Object.keys(Module._cache).some(file => /node_modules.pg.lib/.test(file)));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  expect(printed.trim()).toBe(expected);
});
