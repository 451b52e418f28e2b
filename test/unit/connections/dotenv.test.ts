import {describe, expect, it} from 'vitest';
import {isDotenvName} from '../../../src/connections/dotenv.ts';
import {discover, summary} from './folder.ts';

it.each([
  ['.env', true],
  ['.env.local', true],
  ['.env.production.local', true],
  ['.env.example', false],
  ['.env.local.example', false],
  ['.env.sample', false],
  ['.env.template', false],
  ['.env.dist', false],
  ['.env.vault', false],
  ['.envrc', false],
])('%s holds values: %s', (name, expected) => expect(isDotenvName(name)).toBe(expected));

const one = (text: string, env = {}) => discover({'repo/.env': text}, env).then(items => items.map(summary));
const app = 'app@db.example.com:5432/shop (s)';

describe('addresses', () => {
  it.each([
    ['DATABASE_URL=postgres://app:s@db.example.com/shop', [`.env DATABASE_URL → ${app}`]],
    ['export DATABASE_URL="postgres://app:s@db.example.com/shop"', [`.env DATABASE_URL → ${app}`]],
    ['ANYTHING=postgresql+asyncpg://app:s@db.example.com/shop', [`.env ANYTHING → ${app}`]],
    [
      'WRITE_DB_URL=postgresql+asyncpg://u:p@primary/db\nREAD_DB_URL=postgresql+asyncpg://u:p@replica/db',
      ['.env WRITE_DB_URL → u@primary:5432/db (p)', '.env READ_DB_URL → u@replica:5432/db (p)'],
    ],
    [
      'GOOSE_DBSTRING="host=db.example.com user=app password=s dbname=shop"',
      [`.env GOOSE_DBSTRING → ${app}`],
    ],
    [
      'PROD_DATABASE_URL=postgres://app:s@db.example.com/shop',
      [`.env PROD_DATABASE_URL → ${app} production`],
    ],
    [
      'ENVIRONMENT=production\nDATABASE_URL=postgres://app:s@db.example.com/shop',
      [`.env DATABASE_URL → ${app} production`],
    ],
    [
      'P=s\nU=app\nDATABASE_URL=postgres://${U}:${P}@db.example.com/${NAME:-shop}',
      [`.env DATABASE_URL → ${app}`],
    ],
    [
      'DATABASE_URL=postgres://app:pa$$w#rd@db.example.com/shop # mine',
      ['.env DATABASE_URL → app@db.example.com:5432/shop (pa$$w#rd)'],
    ],
    [
      "A=x\nDATABASE_URL='postgres://app:$A@db.example.com/shop'",
      ['.env DATABASE_URL → app@db.example.com:5432/shop ($A)'],
    ],
    [
      'DATABASE_URL=postgres://app:<strong-password>@db.example.com/shop',
      ['.env DATABASE_URL → app@db.example.com:5432/shop'],
    ],
    // the same twice
    [
      'A_DB_URL=postgres://app@localhost/shop\nB_DB_URL=postgres://app:s@127.0.0.1:5432/shop',
      ['.env A_DB_URL → app@localhost:5432/shop (s)'],
    ],
    [
      'A_DB_URL=postgres://app@db/shop?schema=a\nB_DB_URL=postgres://app@db/shop?schema=b',
      ['.env A_DB_URL → app@db:5432/shop', '.env B_DB_URL → app@db:5432/shop'],
    ],
    [
      'A_DB_URL=postgres://app@db/shop\nPROD_DB_URL=postgres://app@db/shop',
      ['.env A_DB_URL → app@db:5432/shop', '.env PROD_DB_URL → app@db:5432/shop production'],
    ],
    // not PostgreSQL
    ['DATABASE_URL=sqlite+aiosqlite:///./test.db', []],
    ['DATABASE_URL=file:./dev.db', []],
    ['DATABASE_URL=./dev.db', []],
    ['DATABASE_URL=mysql://app:s@db/shop', []],
    ['DATABASE_URL=prisma+postgres://accelerate.prisma-data.net/?api_key=s', []],
    ['DATABASE_URL=', []],
    ['POSTGRES_IMAGE=postgres:16-alpine', []],
    ['REDIS_URL=redis://localhost', []],
    // meant for PostgreSQL, and not to be used
    [
      'DATABASE_URL=postgres://app:s@db:54x32/shop',
      ['.env DATABASE_URL ✗ The port is not a number from 1 to 65535.'],
    ],
    ['DATABASE_URL=${SECRET_URL}', ['.env DATABASE_URL ✗ The value names a variable that is not defined.']],
    [
      'DATABASE_URL=postgres://app:s@${DB_HOST}/shop',
      ['.env DATABASE_URL ✗ The host name is still a placeholder.'],
    ],
    [
      'DATABASE_URL=postgres://${DB_USER}:s@db/shop',
      ['.env DATABASE_URL ✗ The user name is still a placeholder.'],
    ],
    [
      'DATABASE_URL=postgres://app:s@db/<name>',
      ['.env DATABASE_URL ✗ The database name is still a placeholder.'],
    ],
    ['DATABASE_URL=localhost:5432/shop', ['.env DATABASE_URL ✗ This is not a PostgreSQL address.']],
  ])('%s', async (text, expected) => expect(await one(text)).toEqual(expected));

  it('takes a variable that the file lacks from the environment', async () => {
    expect(await one('DATABASE_URL=postgres://app:${P}@db.example.com/shop', {P: 's'})).toEqual([
      `.env DATABASE_URL → ${app}`,
    ]);
  });

  it('says where it was found, and what was understood differently', async () => {
    const [item] = await discover({
      'repo/api/.env': '\n# mine\nDATABASE_URL=postgres://a@db/x?ssl=no-verify\n',
    });
    expect(item).toMatchObject({
      connection: {source: {kind: 'file', label: 'api/.env · DATABASE_URL', line: 3}, readOnly: false},
      notes: ['sslmode=no-verify is treated as require.'],
    });
  });
});

describe('groups of variables', () => {
  it.each([
    [
      'POSTGRES_HOST=db.example.com\nPOSTGRES_USER=app\nPOSTGRES_PASSWORD=s\nPOSTGRES_DB=shop',
      [`.env POSTGRES_HOST → ${app}`],
    ],
    ['POSTGRES_HOST=db\nPOSTGRES_PORT=5433', ['.env POSTGRES_HOST → postgres@db:5433/postgres']],
    ['POSTGRES_DB=shop\nPOSTGRES_PASSWORD=s', ['.env POSTGRES_DB → postgres@localhost:5432/shop (s)']],
    ['POSTGRES_USER=app\nPOSTGRES_PASSWORD=s', []],
    [
      'DB_HOST=db.example.com\nDB_PORT=5432\nDB_USER=app\nDB_PASSWORD=s\nDB_NAME=shop',
      [`.env DB_HOST → ${app}`],
    ],
    [
      'DB_HOST=db.example.com\nDB_USERNAME=app\nDB_PASSWORD=s\nDB_DATABASE=shop\nDB_CONNECTION=pgsql',
      [`.env DB_HOST → ${app}`],
    ],
    ['DB_HOST=db\nDB_CONNECTION=mysql', []],
    ['DB_HOST=db\nDB_ENGINE=django.db.backends.sqlite3', []],
    ['DB_HOST=db\nDB_PORT=3306', []],
    ['DB_NAME=shop', []],
    ['MYSQL_DB_HOST=db\nMYSQL_DB_NAME=shop', []],
    ['REDIS_HOST=localhost\nREDIS_DB=0', []],
    ['DATABASE_POOL_SIZE=10\nDATABASE_MAX_OVERFLOW=20\nDB_MAX_OPEN_CONNS=25', []],
    [
      'STAGING_DB_HOST=db1\nSTAGING_DB_NAME=shop\nDB_HOST=db2\nDB_NAME=shop',
      ['.env STAGING_DB_HOST → os@db1:5432/shop staging', '.env DB_HOST → os@db2:5432/shop'],
    ],
    [
      'DB_HOST=db\nDB_SSLMODE=sometimes',
      ['.env DB_HOST ✗ sslmode has a value that PostgreSQL does not know.'],
    ],
    ['DB_HOST=db\nDB_PORT=x', ['.env DB_HOST ✗ The port is not a number from 1 to 65535.']],
    [
      'PGHOST=db.example.com\nPGUSER=app\nPGPASSWORD=s\nPGDATABASE=shop\nPGSSLMODE=require',
      [`.env PGHOST → ${app}`],
    ],
    ['PGDATABASE=shop', ['.env PGDATABASE → os@localhost:5432/shop']],
    ['PGUSER=app\nPGPASSWORD=s', []],
    ['PGSERVICE=nowhere', ['.env PGSERVICE ✗ No service "nowhere" was found in pg_service.conf.']],
  ])('%j', async (text, expected) => expect(await one(text)).toEqual(expected));

  it('reads how to encrypt', async () => {
    const text = 'DB_HOST=db\nDB_SSLMODE=verify-full\nDB_SSLROOTCERT=/ca.crt\nPGHOST=pg\nPGSSLMODE=verify-ca';
    const settings = (await discover({'repo/.env': text})).map(
      item => item.kind === 'found' && item.connection.settings,
    );
    expect(settings).toMatchObject([
      {sslMode: 'verify-full', sslRootCert: '/ca.crt'},
      {sslMode: 'verify-ca'},
    ]);
  });

  it('lets a service outweigh the variables beside it', async () => {
    const items = await discover({
      'repo/.env': 'PGSERVICE=mydb\nPGUSER=loser\nPGAPPNAME=x',
      'home/.pg_service.conf': '[mydb]\nhost=db.example.com\nuser=app\ndbname=shop\npassword=s\n',
    });
    expect(items.map(summary)).toEqual([`.env PGSERVICE → ${app}`]);
  });
});
