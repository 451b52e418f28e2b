import {describe, expect, it} from 'vitest';
import {discover, summary, type Folder} from './folder.ts';

const compose = (service: string) => `services:\n  db:\n${service.replaceAll(/^/gm, '    ')}\n`;
const basic = 'image: postgres:16\nenvironment: {POSTGRES_PASSWORD: s}\nports: ["5433:5432"]';

async function found(files: Folder, env = {}) {
  return (await discover(files, env)).map(summary);
}

describe('a service', () => {
  it.each([
    [basic, ['postgres@localhost:5433/postgres (s)']],
    // environment
    [
      'image: postgres\nports: ["5433:5432"]\nenvironment:\n  - POSTGRES_USER=app\n  - POSTGRES_PASSWORD=a=b',
      ['app@localhost:5433/app (a=b)'],
    ],
    [
      'image: postgres\nports: ["5433:5432"]\nenvironment:\n  POSTGRES_DB: 1\n  POSTGRES_PASSWORD: 123',
      ['postgres@localhost:5433/1 (123)'],
    ],
    [
      'image: postgres\nports: ["5433:5432"]\nenvironment:\n  POSTGRES_PASSWORD_FILE: /run/s',
      ['postgres@localhost:5433/postgres'],
    ],
    [
      'image: postgres\nports: ["5433:5432"]\nenvironment: [POSTGRES_HOST_AUTH_METHOD=trust]',
      ['postgres@localhost:5433/postgres'],
    ],
    [
      'image: bitnami/postgresql:16\nports: ["5433:5432"]\nenvironment:\n  POSTGRESQL_USERNAME: app\n  POSTGRESQL_DATABASE: shop',
      ['app@localhost:5433/shop'],
    ],
    // ports
    ['image: postgres\nports: ["127.0.0.1:5433:5432"]', ['postgres@localhost:5433/postgres']],
    ['image: postgres\nports: ["0.0.0.0:5433:5432/tcp"]', ['postgres@localhost:5433/postgres']],
    ['image: postgres\nports: ["[::1]:5433:5432"]', ['postgres@localhost:5433/postgres']],
    ['image: postgres\nports: ["10.0.0.5:5433:5432"]', ['postgres@10.0.0.5:5433/postgres']],
    ['image: postgres\nports:\n  - 5433:5432', ['postgres@localhost:5433/postgres']],
    [
      'image: postgres\nports:\n  - target: 5432\n    published: "5433"',
      ['postgres@localhost:5433/postgres'],
    ],
    [
      'image: postgres\nports:\n  - target: 5432\n    published: 5433\n    host_ip: 127.0.0.1\n    protocol: tcp',
      ['postgres@localhost:5433/postgres'],
    ],
    ['image: postgres\nports: ["8080:80", "5433:5432"]', ['postgres@localhost:5433/postgres']],
    [
      'image: postgres\nenvironment: {PGPORT: 6000}\nports: ["5433:6000"]',
      ['postgres@localhost:5433/postgres'],
    ],
    ['image: postgres\nnetwork_mode: host', ['postgres@localhost:5432/postgres']],
    [
      'image: postgres\nports: !override ["5433:5432"]\nvolumes: !reset null',
      ['postgres@localhost:5433/postgres'],
    ],
    [
      'image: postgres\nports: ["5433:5432"]\nenvironment: !override {POSTGRES_DB: x}',
      ['postgres@localhost:5433/x'],
    ],
    // variables
    ['image: "postgres:${V:-16}"\nports: ["${DB_PORT:-5433}:5432"]', ['postgres@localhost:5433/postgres']],
    ['image: postgres\nports: ["${BIND:-127.0.0.1}:${P-5433}:5432"]', ['postgres@localhost:5433/postgres']],
    [
      'image: postgres\nports: ["5433:5432"]\nenvironment: {POSTGRES_USER: "${MISSING}", POSTGRES_PASSWORD: "a$$b"}',
      ['postgres@localhost:5433/postgres (a$b)'],
    ],
    // built here
    [
      'build: ./docker/postgres\nports: ["5433:5432"]\nenvironment: {POSTGRES_DB: shop}',
      ['postgres@localhost:5433/shop'],
    ],
    ['build: .\nports: ["8000:8000"]\nenvironment: {POSTGRES_DB: shop}', []],
    // not there for this machine
    ['image: postgres', ['✗ The container "db" does not publish its port 5432 to this machine.']],
    [
      'image: postgres\nports: ["5432"]',
      ['✗ The container "db" does not publish its port 5432 to this machine.'],
    ],
    [
      'image: postgres\nports: ["5432-5440:5432-5440"]',
      ['✗ The container "db" does not publish its port 5432 to this machine.'],
    ],
    [
      'image: postgres\nports: ["5433:5432/udp"]',
      ['✗ The container "db" does not publish its port 5432 to this machine.'],
    ],
    [
      'image: postgres\nports: ["${PORT}:5432"]',
      ['✗ The container "db" does not publish its port 5432 to this machine.'],
    ],
  ])('%j', async (service, expected) => {
    const items = await found({'repo/docker-compose.yml': compose(service)});
    expect(items).toEqual(
      expected.map(text => `docker-compose.yml db ${text.startsWith('✗') ? text : `→ ${text}`}`),
    );
  });

  it.each([
    ['postgres', true],
    ['postgres:16-alpine', true],
    ['docker.io/library/postgres:16', true],
    ['ghcr.io:443/team/postgres@sha256:abc', true],
    ['postgis/postgis:16-3.4', true],
    ['timescale/timescaledb:latest-pg16', true],
    ['timescale/timescaledb-ha:pg16', true],
    ['pgvector/pgvector:pg16', true],
    ['supabase/postgres:15', true],
    ['bitnami/postgresql:16', true],
    ['myteam/shop-postgres:1', true],
    ['supabase/postgres-meta:1', false],
    ['prometheuscommunity/postgres-exporter', false],
    ['prodrigestivill/postgres-backup-local', false],
    ['postgrest/postgrest', false],
    ['dpage/pgadmin4', false],
    ['edoburu/pgbouncer', false],
    ['mysql:8', false],
    ['redis', false],
  ])('of image %s is a server: %s', async (image, expected) => {
    const service = compose(`image: ${image}\nports: ["5433:5432"]`);
    expect(await found({'repo/compose.yaml': service})).toHaveLength(expected ? 1 : 0);
  });
});

describe('files beside it', () => {
  const variable =
    'image: postgres\nports: ["${DB_PORT}:5432"]\nenvironment:\n  - POSTGRES_USER=${U}\n  - POSTGRES_PASSWORD';
  const dotenv = 'DB_PORT=5433\nU=app\nPOSTGRES_PASSWORD=s\n';

  it('fills variables in from .env', async () => {
    expect(await found({'repo/docker-compose.yml': compose(variable), 'repo/.env': dotenv})).toEqual([
      'docker-compose.yml db → app@localhost:5433/app (s)',
    ]);
  });

  it('prefers the environment to .env', async () => {
    const files = {'repo/docker-compose.yml': compose(variable), 'repo/.env': dotenv};
    expect(await found(files, {U: 'shell'})).toEqual([
      'docker-compose.yml db → shell@localhost:5433/shell (s)',
    ]);
  });

  it.each(['./db.env', '[db.env]', '[{path: db.env, required: false}]'])(
    'reads env_file: %s',
    async files => {
      const service = `image: postgres\nports: ["5433:5432"]\nenv_file: ${files}\nenvironment: {POSTGRES_DB: shop}`;
      const items = await found({
        'repo/docker-compose.yml': compose(service),
        'repo/db.env': 'POSTGRES_USER=app\nPOSTGRES_PASSWORD=s\nPOSTGRES_DB=loser\n',
      });
      expect(items).toEqual(['docker-compose.yml db → app@localhost:5433/shop (s)']);
    },
  );

  it('does not miss an env_file that is not there', async () => {
    const service = `${basic}\nenv_file: nowhere.env`;
    expect(await found({'repo/docker-compose.yml': compose(service)})).toHaveLength(1);
  });

  it('merges the override', async () => {
    const items = await found({
      'repo/docker-compose.yml': compose('image: postgres\nenvironment: {POSTGRES_USER: app}'),
      'repo/docker-compose.override.yml': compose(
        'ports: ["5433:5432"]\nenvironment: {POSTGRES_PASSWORD: s}',
      ),
    });
    expect(items).toEqual(['docker-compose.yml db → app@localhost:5433/app (s)']);
  });

  it('does not take the container of POSTGRES_DB for a server at port 5432', async () => {
    const items = await found({
      'repo/docker-compose.yml': compose(basic),
      'repo/.env': 'POSTGRES_DB=shop\nPOSTGRES_PASSWORD=s\n',
    });
    expect(items).toEqual(['docker-compose.yml db → postgres@localhost:5433/postgres (s)']);
  });

  it('reads anchors and merge keys', async () => {
    const text = `x-db: &db\n  image: postgres\n  ports: ["5433:5432"]\nservices:\n  "main db":\n    <<: *db\n`;
    const [item] = await discover({'repo/docker-compose.yml': text});
    expect(item).toMatchObject({
      connection: {
        name: 'docker-compose.yml main db',
        source: {label: 'docker-compose.yml · main db', line: 5},
      },
    });
  });

  it.each([
    ['services:\n  db: [\n', 'docker-compose.yml ✗ The file is not valid YAML at line 3.'],
    ['a: b: POSTGRES_PASSWORD=hunter2', /^docker-compose.yml ✗ The file is not valid YAML at line 1.$/],
  ])('reports %j', async (text, message) => {
    const items = await found({'repo/docker-compose.yml': text});
    expect(items).toEqual([expect.stringMatching(message)]);
  });

  it.each(['', 'services:', 'services: []', 'services: {db: null}', 'services: {db: {image: [x]}}', '- a'])(
    'finds nothing in %j',
    async text => expect(await found({'repo/docker-compose.yml': text})).toEqual([]),
  );

  it('takes a container file name for its environment', async () => {
    expect(await found({'repo/docker-compose.prod.yml': compose(basic)})).toEqual([
      'docker-compose.prod.yml db → postgres@localhost:5433/postgres (s) production',
    ]);
  });
});

describe('a container named in an address', () => {
  const files = (url: string, service = basic) => ({
    'repo/.env': `DATABASE_URL=${url}`,
    'repo/docker-compose.yml': compose(service),
  });
  const label = async (folder: Folder) => {
    const [item] = await discover(folder);
    return item?.kind === 'found' ? [summary(item), item.connection.source, item.notes] : item;
  };

  it('is reached where Compose publishes it, and the label says so', async () => {
    expect(await label(files('postgres://postgres:s@db:5432/postgres'))).toMatchObject([
      '.env DATABASE_URL → postgres@localhost:5433/postgres (s)',
      {label: '.env · DATABASE_URL (db at localhost:5433)'},
      ['"db" is a container of docker-compose.yml; this machine reaches it at localhost:5433.'],
    ]);
    // Compose's own item is the same server.
    expect(await found(files('postgres://postgres:s@db:5432/postgres'))).toHaveLength(1);
  });

  it('may be known by its container name', async () => {
    const service = `${basic}\ncontainer_name: shop-db`;
    const items = await found(files('postgres://app@shop-db/shop', service));
    expect(items[0]).toBe('.env DATABASE_URL → app@localhost:5433/shop');
  });

  it('is left alone when its port is not published, and a note says so', async () => {
    expect(await label(files('postgres://app@db/shop', 'image: postgres'))).toMatchObject([
      '.env DATABASE_URL → app@db:5432/shop',
      {label: '.env · DATABASE_URL'},
      ['"db" is a container of docker-compose.yml that does not publish port 5432 to this machine.'],
    ]);
  });

  it('is left alone inside a development container', async () => {
    const items = await found(files('postgres://app@db/shop'), {REMOTE_CONTAINERS: 'true'});
    expect(items[0]).toBe('.env DATABASE_URL → app@db:5432/shop');
  });

  it('is the one of the nearest Compose file', async () => {
    const items = await found({
      'repo/docker-compose.yml': compose('image: postgres\nports: ["1111:5432"]'),
      'repo/a/docker-compose.yml': compose('image: postgres\nports: ["2222:5432"]'),
      'repo/a/api/.env': 'DATABASE_URL=postgres://app@db/shop',
    });
    expect(items[0]).toBe('a/api/.env DATABASE_URL → app@localhost:2222/shop');
  });

  it('may be this machine itself', async () => {
    expect(
      await label({'repo/.env': 'DATABASE_URL=postgres://app@host.docker.internal:5433/shop'}),
    ).toMatchObject([
      '.env DATABASE_URL → app@localhost:5433/shop',
      {label: '.env · DATABASE_URL (host.docker.internal at localhost:5433)'},
      ['host.docker.internal is this machine, so localhost is used.'],
    ]);
  });
});
