import {expect, it} from 'vitest';
import {lockKey, lockKeys} from '../../../../src/frameworks/golang-migrate/lock-keys.ts';

it('takes the command line’s key first, then that of programs that embed the library', () =>
  expect(lockKeys('public', 'schema_migrations', 'app')).toEqual([1_726_534_663n, 1_787_120_056n]));

it.each([
  ['other', 'schema_migrations', 'app'],
  ['public', 'other', 'app'],
  ['public', 'schema_migrations', 'größe'],
])('has another key of 32 bits for %s, %s, %s', (schema, table, database) => {
  const key = lockKey(schema, table, database);
  expect(key).not.toBe(1_787_120_056n);
  expect(key >= 0n && key < 4_294_967_296n).toBe(true);
});
