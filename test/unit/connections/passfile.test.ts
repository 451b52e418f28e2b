import {expect, it} from 'vitest';
import {lookUpPassword, parsePassfile} from '../../../src/core/connections/passfile.ts';

const target = {endpoints: [{host: 'db', port: 5432}], database: 'shop', user: 'app'};

it.each([
  ['db:5432:shop:app:s', 's'],
  ['*:*:*:*:s', 's'],
  ['db:*:*:app:s', 's'],
  ['# db:5432:shop:app:no\n\ndb:5432:shop:app:s', 's'],
  ['db:5432:shop:app:s\r\n', 's'],
  ['db:5432:shop:app:first\n*:*:*:*:second', 'first'],
  ['db:5433:shop:app:no\n*:*:*:*:s', 's'],
  ['db:5432:shop:app:a\\:b\\\\c', 'a:b\\c'],
  // libpq ends the password at a colon that is not escaped
  ['db:5432:shop:app:a:b', 'a'],
  ['db:5432:shop:app:*', '*'],
  ['other:5432:shop:app:s', undefined],
  ['db:5433:shop:app:s', undefined],
  ['db:5432:other:app:s', undefined],
  ['db:5432:shop:other:s', undefined],
  ['db:5432:shop:app', undefined],
  ['db:5432:shop:app:', undefined],
  // an escaped asterisk is the letter, not any
  ['\\*:5432:shop:app:s', undefined],
  ['', undefined],
])('finds in %j: %s', (text, password) => expect(lookUpPassword(parsePassfile(text), target)).toBe(password));

it.each([
  ['localhost:*:*:*:s', '/var/run/postgresql', 's'],
  ['localhost:*:*:*:s', '/tmp', 's'],
  ['localhost:*:*:*:s', '/cloudsql/a:b:c', undefined],
  ['/cloudsql/a\\:b\\:c:*:*:*:s', '/cloudsql/a:b:c', 's'],
  ['fe80\\:\\:1:*:*:*:s', 'fe80::1', 's'],
])('matches %s with %s: %s', (text, host, password) =>
  expect(lookUpPassword(parsePassfile(text), {...target, endpoints: [{host, port: 5432}]})).toBe(password),
);

it('looks for each of several hosts in turn', () => {
  const endpoints = [
    {host: 'a', port: 1},
    {host: 'b', port: 2},
  ];
  expect(lookUpPassword(parsePassfile('b:2:shop:app:s'), {...target, endpoints})).toBe('s');
});

it('says on which line an entry is', () => {
  expect(parsePassfile('# comment\n\na:*:c:d:e\n')).toEqual([
    {line: 3, host: 'a', database: 'c', user: 'd', password: 'e'},
  ]);
});
