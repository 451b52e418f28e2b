import {expect, it} from 'vitest';
import {flagsIn} from '../../../src/core/node-pg-migrate/flags.ts';

it.each<[string, readonly Readonly<Record<string, readonly string[]>>[]]>([
  ['echo node', []],
  ['node-pg-migrate', [{}]],
  ['node-pg-migrate up', [{}]],
  ['npx node-pg-migrate -m db/migrations up', [{'migrations-dir': ['db/migrations']}]],
  ['node-pg-migrate up -mdb', [{'migrations-dir': ['db']}]],
  ['node-pg-migrate --migrations-dir=db -t=rows', [{'migrations-dir': ['db'], 'migrations-table': ['rows']}]],
  ['node-pg-migrate --migrationsDir "my files"', [{'migrations-dir': ['my files']}]],
  ["node-pg-migrate --migrations-dir='my 'files", [{'migrations-dir': ['my files']}]],
  ['node-pg-migrate -s app public -f c.json', [{schema: ['app', 'public'], 'config-file': ['c.json']}]],
  ['node-pg-migrate -s app -s audit up', [{schema: ['app', 'audit', 'up']}]],
  ['node-pg-migrate --no-check-order --no-lock', [{'check-order': ['false'], lock: ['false']}]],
  ['node-pg-migrate --check-order false up', [{'check-order': ['false']}]],
  ['node-pg-migrate --create-schema up', [{'create-schema': ['true']}]],
  ['node-pg-migrate --migrations-dir $DIR up', [{}]],
  [
    'DATABASE_URL=x cross-env A=b ./node_modules/.bin/node-pg-migrate up -m a && node-pg-migrate up -m b; ls -m c',
    [{'migrations-dir': ['a']}, {'migrations-dir': ['b']}],
  ],
  ['node node_modules/node-pg-migrate/bin/node-pg-migrate.js up -m a', [{'migrations-dir': ['a']}]],
])('reads %s', (command, expected) => {
  expect(flagsIn(command).map(flags => Object.fromEntries(flags))).toEqual(expected);
});
