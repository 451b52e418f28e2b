import {expect, it} from 'vitest';
import {parseServiceFile} from '../../../src/core/connections/service-file.ts';

it('reads services with the lines they begin at', () => {
  const text = '# mine\n[mydb]\nhost=db.example.com\n  port = 5433 \r\npassword=a=b\n\n[other]\ndbname=x\n';
  expect(parseServiceFile(text)).toEqual([
    {name: 'mydb', line: 2, values: {host: 'db.example.com', port: '5433', password: 'a=b'}, badLines: []},
    {name: 'other', line: 7, values: {dbname: 'x'}, badLines: []},
  ]);
});

it.each([
  ['', []],
  ['host=outside', []],
  ['[a]', [{name: 'a', line: 1, values: {}, badLines: []}]],
  ['[a]\nhost=x\n[a]\nhost=y', [{name: 'a', line: 1, values: {host: 'x'}, badLines: []}]],
  ['[a]\nno value\nhost=x', [{name: 'a', line: 1, values: {host: 'x'}, badLines: [2]}]],
  ['[a]\nldap://ldap.example.com/dc=x', [{name: 'a', line: 1, values: {}, badLines: []}]],
])('reads %j', (text, services) => expect(parseServiceFile(text)).toEqual(services));
