import {describe, expect, it} from 'vitest';
import type {ConnectionSettings} from '../../../src/core/connections/connection.ts';
import {
  describeTarget,
  formatConnectionUrl,
  parseConnectionUrl,
  redact,
} from '../../../src/core/connections/url.ts';
import {badAddresses} from './bad-addresses.ts';

const defaults = {user: 'os'};
const plain: ConnectionSettings = {
  endpoints: [{host: 'localhost', port: 5432}],
  database: 'os',
  user: 'os',
  sslMode: 'prefer',
  targetSessionAttrs: 'any',
  connectTimeout: 10,
  parameters: {},
  extra: {},
};

function read(text: string) {
  const outcome = parseConnectionUrl(text, defaults);
  return outcome.ok ? outcome.value : outcome.failure;
}

const at = (host: string, port = 5432) => ({endpoints: [{host, port}]});
const shop = {...at('db.example.com'), user: 'app', database: 'shop'};

type Expected = Partial<ConnectionSettings> & {
  readonly password?: string;
  readonly notes?: readonly string[];
};

const good: readonly (readonly [string, Expected])[] = [
  // what may be left out
  ['postgres://', {}],
  ['postgresql:///shop', {database: 'shop'}],
  ['postgres://app@', {user: 'app', database: 'app'}],
  ['postgres://db.example.com', at('db.example.com')],
  ['postgres://:5433/shop', {...at('localhost', 5433), database: 'shop'}],
  ['postgres://db:/shop', {...at('db'), database: 'shop'}],
  ['  postgres://app@db.example.com/shop\n', shop],
  ['"postgres://app@db.example.com/shop"', shop],
  // schemes
  ['postgres://app:s@db.example.com/shop', {...shop, password: 's'}],
  ['POSTGRES://app:s@db.example.com/shop', {...shop, password: 's'}],
  ['postgresql://app:s@db.example.com:5432/shop', {...shop, password: 's'}],
  ['postgresql+asyncpg://app:s@db.example.com/shop', {...shop, password: 's'}],
  ['postgresql+psycopg://app:s@db.example.com/shop', {...shop, password: 's'}],
  ['postgresql+psycopg2://app:s@db.example.com/shop', {...shop, password: 's'}],
  ['pgx5://app:s@db.example.com/shop', {...shop, password: 's'}],
  ['jdbc:postgresql://db.example.com:5432/shop?user=app&password=s', {...shop, password: 's'}],
  ['jdbc:postgresql:shop', {database: 'shop'}],
  ['jdbc:postgresql:/?user=app', {user: 'app', database: 'app'}],
  // sockets
  ['postgres://app@/shop?host=/run/pg', {...shop, ...at('/run/pg')}],
  ['postgres://app@%2Frun%2Fpg:5433/shop', {...shop, ...at('/run/pg', 5433)}],
  ['postgres:///shop?host=/tmp&port=6000&user=app', {...shop, ...at('/tmp', 6000)}],
  [
    'postgresql+asyncpg://user:pass@/dbname?host=/cloudsql/project:region:instance',
    {...at('/cloudsql/project:region:instance'), user: 'user', password: 'pass', database: 'dbname'},
  ],
  // several hosts
  [
    'postgres://app@h1:5432,h2:5433/shop?target_session_attrs=read-write',
    {
      ...shop,
      endpoints: [
        {host: 'h1', port: 5432},
        {host: 'h2', port: 5433},
      ],
      targetSessionAttrs: 'read-write',
    },
  ],
  [
    'postgres://app@/shop?host=a,b&port=1,2',
    {
      ...shop,
      endpoints: [
        {host: 'a', port: 1},
        {host: 'b', port: 2},
      ],
    },
  ],
  [
    'postgresql+psycopg2://app@/shop?host=a:1&host=b:2',
    {
      ...shop,
      endpoints: [
        {host: 'a', port: 1},
        {host: 'b', port: 2},
      ],
    },
  ],
  [
    'postgres://app@h1,[::1]:6000,/shop?port=7000',
    {
      ...shop,
      endpoints: [
        {host: 'h1', port: 7000},
        {host: '::1', port: 7000},
        {host: 'localhost', port: 7000},
      ],
    },
  ],
  // IPv6, numeric addresses
  ['postgres://app@[2001:db8::1]:5433/shop', {...shop, ...at('2001:db8::1', 5433)}],
  ['postgres://app@[fe80::1%25eth0]/shop', {...shop, ...at('fe80::1%eth0')}],
  [
    'postgres://app@db.example.com/shop?hostaddr=10.0.0.5',
    {...shop, endpoints: [{host: 'db.example.com', port: 5432, address: '10.0.0.5'}]},
  ],
  ['postgres://app@/shop?hostaddr=10.0.0.5', {...shop, ...at('10.0.0.5')}],
  // percent-encoding in every part, and passwords that nobody encoded
  [
    'postgres://us%40er:p%2Fw%3A%20@db%2Dx:5432/my%20db?application%5Fname=a%26b',
    {...at('db-x'), user: 'us@er', password: 'p/w: ', database: 'my db', applicationName: 'a&b'},
  ],
  ['postgres://app:p@ss@db.example.com/shop', {...shop, password: 'p@ss'}],
  ['postgres://app:p:s#s@db.example.com/shop', {...shop, password: 'p:s#s'}],
  ['postgres://app:p/s@db.example.com/shop', {...shop, password: 'p/s'}],
  ['postgres://app:p?s@db.example.com/shop', {...shop, password: 'p?s'}],
  [
    'postgres://app:p?a=b@db.example.com/shop?sslmode=require',
    {...shop, password: 'p?a=b', sslMode: 'require'},
  ],
  ['postgres://app:p@s?x@db.example.com/shop', {...shop, password: 'p@s?x'}],
  ['postgres://app:+1@db.example.com/shop', {...shop, password: '+1'}],
  ['postgres://db.example.com/shop?user=a@b&password=c@d', {...shop, user: 'a@b', password: 'c@d'}],
  [
    'postgresql+asyncpg://user@server:pass@server.postgres.database.azure.com:5432/dbname',
    {...at('server.postgres.database.azure.com'), user: 'user@server', password: 'pass', database: 'dbname'},
  ],
  // keywords and values
  [
    "host=db.example.com port=5432 dbname='my db' user=app password='it\\'s \\\\'",
    {...shop, database: 'my db', password: "it's \\"},
  ],
  ['host = db.example.com  user= app dbname =shop', shop],
  ['host=/run/pg user=app dbname=shop', {...shop, ...at('/run/pg')}],
  ['host=db.example.com user=app dbname=shop password=a\\ b=c', {...shop, password: 'a b=c'}],
  ["host=db.example.com user=app dbname=shop password=''", shop],
  [
    'host=db.example.com user=app password=s dbname=shop sslmode=disable TimeZone=Asia/Tokyo',
    {...shop, password: 's', sslMode: 'disable', parameters: {TimeZone: 'Asia/Tokyo'}},
  ],
  // encryption
  ['postgres://app@db.example.com/shop?sslmode=disable', {...shop, sslMode: 'disable'}],
  ['postgres://app@db.example.com/shop?sslmode=', shop],
  ['postgres://app@db.example.com/shop?ssl=true', {...shop, sslMode: 'require'}],
  ['postgres://app@db.example.com/shop?ssl=require', {...shop, sslMode: 'require'}],
  ['postgres://app@db.example.com/shop?ssl=false', {...shop, sslMode: 'disable'}],
  [
    'jdbc:postgresql://db.example.com/shop?user=app&ssl=true&sslmode=verify-ca',
    {...shop, sslMode: 'verify-ca'},
  ],
  [
    'postgres://app@db.example.com/shop?sslmode=no-verify',
    {...shop, sslMode: 'require', notes: ['sslmode=no-verify is treated as require.']},
  ],
  [
    'postgres://app@db.example.com/shop?sslmode=verify-full&sslrootcert=/ca.crt&sslcert=/c.crt&sslkey=/c.key',
    {...shop, sslMode: 'verify-full', sslRootCert: '/ca.crt', sslCert: '/c.crt', sslKey: '/c.key'},
  ],
  [
    'postgres://app@db.example.com/shop?sslrootcert=system',
    {...shop, sslMode: 'verify-full', sslRootCert: 'system'},
  ],
  // what is sent to the server, and what is kept for others
  [
    'postgres://app@db.example.com/shop?search_path=a,b&statement_timeout=5s&app.tenant=7&options=-c%20jit%3Doff',
    {
      ...shop,
      parameters: {search_path: 'a,b', statement_timeout: '5s', 'app.tenant': '7', options: '-c jit=off'},
    },
  ],
  [
    'postgres://app@db.example.com/shop?sslmode=require&pool_max_conns=25&x-migrations-table=m&x-multi-statement=true',
    {
      ...shop,
      sslMode: 'require',
      extra: {pool_max_conns: '25', 'x-migrations-table': 'm', 'x-multi-statement': 'true'},
    },
  ],
  [
    'postgres://app@db.example.com/shop?schema=sales&pgbouncer=true&connection_limit=5',
    {...shop, parameters: {search_path: 'sales'}, extra: {pgbouncer: 'true', connection_limit: '5'}},
  ],
  ['postgres://app@db.example.com/shop?schema=My Sales', {...shop, parameters: {search_path: '"My Sales"'}}],
  [
    'jdbc:postgresql://db.example.com/shop?user=app&currentSchema=sales&ApplicationName=x&targetServerType=secondary',
    {...shop, parameters: {search_path: 'sales'}, applicationName: 'x', targetSessionAttrs: 'standby'},
  ],
  ['postgres://app@db.example.com/shop?connect_timeout=0', {...shop, connectTimeout: 0}],
  ['postgres://app@db.example.com/shop?connect_timeout=-1', {...shop, connectTimeout: 0}],
  ['postgres://app@db.example.com/shop?fallback_application_name=psql', {...shop, applicationName: 'psql'}],
  ['postgres://app@db.example.com/shop?access_token=abc&api_key=k', shop],
  [
    'postgres://app@db.example.com/shop?channel_binding=require&sslnegotiation=direct',
    {
      ...shop,
      extra: {channel_binding: 'require', sslnegotiation: 'direct'},
      notes: ['channel_binding is kept but not enforced.'],
    },
  ],
];

describe('parseConnectionUrl', () => {
  it.each(good)('reads %s', (text, {password, notes, ...settings}) => {
    expect(read(text)).toEqual({
      settings: {...plain, ...(settings.user ? {database: settings.user} : {}), ...settings},
      ...(password === undefined ? {} : {password}),
      notes: notes ?? [],
    });
  });

  it('keeps the passphrase of the client key beside the settings', () => {
    expect(read('postgres:///?sslpassword=s3')).toMatchObject({sslPassword: 's3', settings: plain});
  });

  it('fills in what a service says, but for what the address says itself', () => {
    const services = new Map([
      ['mydb', {host: 'db.example.com', dbname: 'shop', user: 'other', password: 's'}],
    ]);
    expect(parseConnectionUrl('postgres://app@?service=mydb', {services})).toMatchObject({
      value: {settings: {...plain, ...shop}, password: 's'},
    });
  });

  it.each(good)('reads back what it wrote for %s', text => {
    const parsed = parseConnectionUrl(text, defaults);
    if (!parsed.ok) throw new Error(parsed.failure.message);
    const again = parseConnectionUrl(formatConnectionUrl(parsed.value.settings), {user: 'another'});
    expect(again).toMatchObject({ok: true, value: {settings: parsed.value.settings}});
    expect(again).not.toHaveProperty('value.password');
  });
});

describe('bad addresses', () => {
  it.each(badAddresses)('says what is wrong with %s', (text, message) => {
    const outcome = parseConnectionUrl(text, defaults);
    if (outcome.ok) throw new Error(`accepted as ${formatConnectionUrl(outcome.value.settings)}`);
    const said = `${outcome.failure.message} ${outcome.failure.advice ?? ''}`;
    expect(said).toMatch(message);
    expect(said).not.toContain('hunter2');
    expect(outcome.failure.reason).toBe('invalid-input');
  });

  // A password of one letter is found everywhere.
  it.each(good.filter(([, {password}]) => (password?.length ?? 0) > 2))('shows no password of %s', text => {
    const parsed = parseConnectionUrl(text, defaults);
    if (!parsed.ok) throw new Error(parsed.failure.message);
    const {settings, password = '', notes} = parsed.value;
    const shown = JSON.stringify([settings, formatConnectionUrl(settings), describeTarget(settings), notes]);
    expect(shown).not.toContain(password);
    expect(shown).not.toContain(encodeURIComponent(password));
  });
});

it.each([
  ['postgres://app:s@db.example.com/shop', 'app@db.example.com:5432/shop'],
  ['postgres://app@h1,[::1]:6000/shop', 'app@h1:5432,[::1]:6000/shop'],
  ['postgres://app@/shop?host=/run/pg', 'app@/run/pg:5432/shop'],
])('describes %s', (text, described) => {
  const parsed = parseConnectionUrl(text);
  expect(parsed.ok && describeTarget(parsed.value.settings)).toBe(described);
});

it.each([
  ['postgres://app:hunter2@db/shop', 'postgres://app:***@db/shop'],
  ['see postgres://app:hun@ter2@db/shop, please', 'see postgres://app:***@db/shop, please'],
  ['postgresql+asyncpg://user@server:hunter2@db/x', 'postgresql+asyncpg://user@server:***@db/x'],
  [
    'jdbc:postgresql://db/shop?user=app&password=hunter2&ssl=true',
    'jdbc:postgresql://db/shop?user=app&password=***&ssl=true',
  ],
  ["host=db password='hunter2 \\' x' user=a", 'host=db password=*** user=a'],
  ['PGPASSWORD=hunter2&x psql', 'PGPASSWORD=*** psql'],
  ['POSTGRES_PASSWORD: hunter2', 'POSTGRES_PASSWORD: ***'],
  ['{"password": "hunter \\"2", "user": "a"}', '{"password": ***, "user": "a"}'],
  ["alter role app password 'hunter''2' login", 'alter role app password *** login'],
  ['?sslpassword=hunter2', '?sslpassword=***'],
  ['nothing to hide at postgres://app@db:5432/shop', 'nothing to hide at postgres://app@db:5432/shop'],
])('redacts %s', (text, redacted) => expect(redact(text)).toBe(redacted));

it('redacts a long line in no time', () => {
  const text = 'a'.repeat(200_000);
  expect(redact(text)).toBe(text);
});
