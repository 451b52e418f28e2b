import {expect, it} from 'vitest';
import {programEnvironment} from '../../../src/core/connections/program-environment.ts';
import {parseConnectionUrl} from '../../../src/core/connections/url.ts';

type Variables = Readonly<Record<string, string>>;

function environmentOf(address: string, readOnly = false): Variables {
  const parsed = parseConnectionUrl(address, {user: 'os'});
  if (!parsed.ok) throw new Error(parsed.failure.message);
  const {settings, password, sslPassword} = parsed.value;
  const secrets = {
    ...(password === undefined ? {} : {password}),
    ...(sslPassword === undefined ? {} : {sslPassword}),
  };
  return programEnvironment(settings, secrets, {readOnly});
}

const cases: readonly (readonly [address: string, expected: Readonly<Record<string, string | undefined>>])[] =
  [
    [
      'postgres://app:s3:c@ret@db.example.com:6432/shop',
      {
        PGHOST: 'db.example.com',
        PGPORT: '6432',
        PGDATABASE: 'shop',
        PGUSER: 'app',
        PGAPPNAME: 'howdah',
        PGSSLMODE: undefined,
        PGHOSTADDR: undefined,
        PGOPTIONS: undefined,
      },
    ],
    ['postgres://app@db/shop', {PGPASSWORD: undefined, DATABASE_URL: 'postgresql://app@db:5432/shop'}],
    [
      'postgres://app:p%40ss%2Fword@db/shop?sslmode=require',
      {
        PGPASSWORD: 'p@ss/word',
        PGSSLMODE: 'require',
        DATABASE_URL: 'postgresql://app:p%40ss%2Fword@db:5432/shop?sslmode=require',
      },
    ],
    [
      'postgres://app@one:5433,two/shop?target_session_attrs=read-write',
      {PGHOST: 'one,two', PGPORT: '5433,5432', PGTARGETSESSIONATTRS: 'read-write'},
    ],
    ['postgres:///shop?host=/run/postgresql', {PGHOST: '/run/postgresql', PGUSER: 'os'}],
    ['host=db,other hostaddr=10.0.0.1,10.0.0.2 dbname=shop', {PGHOSTADDR: '10.0.0.1,10.0.0.2'}],
    [
      'postgres://app@db/shop?search_path=a%20b&options=-c%20geqo%3Doff',
      {PGOPTIONS: String.raw`-c geqo=off -c search_path=a\ b`},
    ],
    [
      'postgres://app@db/shop?sslmode=verify-full&sslrootcert=/ca.pem&sslcert=/c.pem&sslkey=/k.pem',
      {PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/ca.pem', PGSSLCERT: '/c.pem', PGSSLKEY: '/k.pem'},
    ],
    // What was meant for golang-migrate would be sent to the server by any other driver.
    ['postgres://app@db/shop?x-migrations-table=m', {DATABASE_URL: 'postgresql://app@db:5432/shop'}],
  ];

it.each(cases)('leads a program where %s leads', (address, expected) => {
  const environment = environmentOf(address);
  expect(Object.fromEntries(Object.keys(expected).map(name => [name, environment[name]]))).toEqual(expected);
});

it('lets the server refuse writes', () => {
  expect(environmentOf('postgres://app@db/shop', true)['PGOPTIONS']).toBe(
    '-c default_transaction_read_only=on',
  );
});

it('writes a URL that is read back to the same target', () => {
  const {DATABASE_URL = ''} = environmentOf('postgres://a%3Ab:c%40d@[::1]:6000/my%20shop?sslmode=disable');
  const again = parseConnectionUrl(DATABASE_URL);
  expect(again.ok && again.value).toMatchObject({
    password: 'c@d',
    settings: {user: 'a:b', database: 'my shop', endpoints: [{host: '::1', port: 6000}], sslMode: 'disable'},
  });
});
