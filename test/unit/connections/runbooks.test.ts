import {expect, it} from 'vitest';
import {discover, summary, type Folder} from './folder.ts';

const compose = (service: string, environment: string, port: string) => `services:
  ${service}:
    image: postgres:16-alpine
    environment:
${environment.replaceAll(/^/gm, '      ')}
    volumes:
      - postgres_data:/var/lib/postgresql/data
    ports:
      - "${port}"

volumes:
  postgres_data:
`;

/** What repositories hold whose operations guides say so, one after the other. */
it.each<[string, Folder, readonly string[]]>([
  [
    'golang-migrate with Compose',
    {
      'repo/docker-compose.yml': compose(
        'db',
        'POSTGRES_USER: edictflow\nPOSTGRES_PASSWORD: edictflow\nPOSTGRES_DB: edictflow',
        '5432:5432',
      ),
      'repo/.env': [
        'DATABASE_URL=postgres://edictflow:edictflow@localhost:5432/edictflow?sslmode=disable',
        'DB_MAX_OPEN_CONNS=25',
        'DB_CONN_MAX_LIFETIME=5m',
      ].join('\n'),
      'repo/.env.production':
        'DATABASE_URL=postgres://edictflow:password@db.example.com:5432/edictflow?sslmode=require&pool_max_conns=25',
    },
    [
      '.env DATABASE_URL → edictflow@localhost:5432/edictflow (edictflow)',
      '.env.production DATABASE_URL → edictflow@db.example.com:5432/edictflow (password) production',
    ],
  ],
  [
    'golang-migrate in a program, configured by DB_HOST',
    {
      'repo/backend/shared/.env': [
        '# Database connection',
        'export DB_HOST=localhost',
        'export DB_PORT=5432',
        'export DB_USER=postgres',
        'export DB_PASSWORD=postgres',
        'export DB_NAME=hosterizer',
        'export DB_SSLMODE=disable',
      ].join('\n'),
    },
    ['backend/shared/.env DB_HOST → postgres@localhost:5432/hosterizer (postgres)'],
  ],
  [
    'POSTGRES_HOST with Redis beside it, and a template for production',
    {
      'repo/.env.dev': [
        'POSTGRES_HOST=localhost',
        'POSTGRES_PORT=5432',
        'POSTGRES_USER=postgres',
        'POSTGRES_PASSWORD=postgres',
        'POSTGRES_DB=tmi',
        'POSTGRES_SSLMODE=disable',
        'REDIS_HOST=localhost',
        'REDIS_PORT=6379',
        'REDIS_PASSWORD=',
        'REDIS_DB=0',
      ].join('\n'),
      'repo/.env.prod': [
        'POSTGRES_HOST=your-db-host.example.com',
        'POSTGRES_PORT=5432',
        'POSTGRES_USER=tmi_app',
        'POSTGRES_PASSWORD=<strong-password>',
        'POSTGRES_DB=tmi_production',
        'POSTGRES_SSLMODE=require',
        'REDIS_HOST=your-redis-host.example.com',
        'REDIS_PASSWORD=<redis-password>',
      ].join('\n'),
    },
    [
      '.env.dev POSTGRES_HOST → postgres@localhost:5432/tmi (postgres)',
      '.env.prod POSTGRES_HOST → tmi_app@your-db-host.example.com:5432/tmi_production production',
    ],
  ],
  [
    'Alembic in containers, the address naming the service',
    {
      'repo/docker-compose.yml': compose(
        'postgres',
        'POSTGRES_USER: jeex_user\nPOSTGRES_PASSWORD: ${POSTGRES_PASSWORD}\nPOSTGRES_DB: jeex_idea',
        '${POSTGRES_PORT:-5220}:5432',
      ),
      'repo/.env': [
        'DATABASE_URL=postgresql+asyncpg://jeex_user:${POSTGRES_PASSWORD}@postgres:5432/jeex_idea',
        'POSTGRES_PASSWORD=your_secure_password',
        'DATABASE_POOL_SIZE=10',
        'DATABASE_MAX_OVERFLOW=20',
      ].join('\n'),
      'repo/backend/alembic.ini': '[alembic]\nscript_location = alembic\nsqlalchemy.url =\n',
    },
    ['.env DATABASE_URL → jeex_user@localhost:5220/jeex_idea (your_secure_password)'],
  ],
  [
    'SQLite for development, PostgreSQL with replicas for production',
    {
      'repo/alembic.ini': '[alembic]\nsqlalchemy.url = sqlite+aiosqlite:///./test.db\n',
      'repo/.env.development': 'DATABASE_URL="sqlite+aiosqlite:///./test.db"\nSECRET_KEY=dev-key',
      'repo/.env': [
        'ENVIRONMENT=production',
        'DEBUG=False',
        'DATABASE_URL=postgresql+asyncpg://user:password@db.internal:5432/mandate_vault?ssl=require',
        'WRITE_DB_URL=postgresql+asyncpg://user:pass@primary:5432/db',
        'READ_DB_URL=postgresql+asyncpg://user:pass@replica:5432/db',
        'CLOUD_DB_URL=postgresql+asyncpg://user:pass@/dbname?host=/cloudsql/project:region:instance',
        'AZURE_DB_URL=postgresql+asyncpg://user@server:pass@server.postgres.database.azure.com:5432/dbname',
        'SECRET_KEY=<generated-secure-key>',
      ].join('\n'),
    },
    [
      '.env DATABASE_URL → user@db.internal:5432/mandate_vault (password) production',
      '.env WRITE_DB_URL → user@primary:5432/db (pass) production',
      '.env READ_DB_URL → user@replica:5432/db (pass) production',
      '.env CLOUD_DB_URL → user@/cloudsql/project:region:instance:5432/dbname (pass) production',
      '.env AZURE_DB_URL → user@server@server.postgres.database.azure.com:5432/dbname (pass) production',
    ],
  ],
])('%s', async (_, files, expected) => expect((await discover(files)).map(summary)).toEqual(expected));
