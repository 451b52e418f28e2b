import {expect, it} from 'vitest';
import {compareIds, parseName} from '../../../../src/core/golang-migrate/grammar.ts';

it.each<[string, readonly [string, string, string, string, string]]>([
  ['000001_init.up.sql', ['1', '000001', 'init', 'up', 'sql']],
  ['1_init.down.sql', ['1', '1', 'init', 'down', 'sql']],
  ['20240131120000_add_users.up.sql', ['20240131120000', '20240131120000', 'add_users', 'up', 'sql']],
  ['1_.up.sql', ['1', '1', '', 'up', 'sql']],
  ['1_a.up.', ['1', '1', 'a', 'up', '']],
  ['1_.up.', ['1', '1', '', 'up', '']],
  ['1_a.up.sql.bak', ['1', '1', 'a', 'up', 'sql.bak']],
  ['1_a.up.down.sql', ['1', '1', 'a.up', 'down', 'sql']],
  ['1_a.down.up.sql', ['1', '1', 'a.down', 'up', 'sql']],
  ['1_a.up.up.up.sql', ['1', '1', 'a.up.up', 'up', 'sql']],
  ['1__a b.up.sql', ['1', '1', '_a b', 'up', 'sql']],
  ['0_zero.up.sql', ['0', '0', 'zero', 'up', 'sql']],
  ['18446744073709551615_a.up.sql', ['18446744073709551615', '18446744073709551615', 'a', 'up', 'sql']],
  ['1_größe🐘.up.sql', ['1', '1', 'größe🐘', 'up', 'sql']],
])('reads %s', (name, [version, label, title, direction, extension]) =>
  expect(parseName(name)).toEqual({version: BigInt(version), label, title, direction, extension}),
);

it.each([
  'README.md',
  '1.up.sql',
  '1-a.up.sql',
  'a1_a.up.sql',
  '_a.up.sql',
  '1_a.sql',
  '1_a.up',
  '1_a.UP.sql',
  '1_aup.sql',
  '-1_a.up.sql',
  ' 1_a.up.sql',
  '18446744073709551616_a.up.sql',
  '99999999999999999999999_a.up.sql',
  '١_a.up.sql',
  '1_a\nb.up.sql',
])('passes over %j', name => expect(parseName(name)).toBeUndefined());

it.each([
  ['2', '10', -1],
  ['10', '9', 1],
  ['7', '7', 0],
  ['18446744073709551615', '18446744073709551614', 1],
  ['-1', '0', -1],
])('orders %s and %s by number', (one, other, order) => expect(compareIds(one, other)).toBe(order));
