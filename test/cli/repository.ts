import {afterAll, expect, inject} from 'vitest';
import {documents, type DocumentName} from '../../src/cli/json.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import type {Major} from '../rig/servers.ts';
import {cliIn, createFolder, type Cli, type Ended, type Folder} from './rig.ts';

/** A password with everything that addresses encode; nothing may ever show it. */
export const secret = 'Kx/9@s3cret:%w';
const shapes = [secret, encodeURIComponent(secret), 's3cret'];

/** A repository with a database of its own, whose address is in `.env`. */
export interface Repository extends Folder {
  readonly database: TestDatabase;
  /** With the password. */
  readonly url: string;
  /** The same without. */
  readonly openUrl: string;
  drop(): Promise<void>;
}

export const shop = {
  'db/000001_create_users.up.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);\n',
  'db/000001_create_users.down.sql': 'DROP TABLE users;\n',
  'db/000002_create_orders.up.sql':
    'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);\n',
  'db/000002_create_orders.down.sql': 'DROP TABLE orders;\n',
  'db/000003_add_status.up.sql': "ALTER TABLE orders ADD COLUMN status text NOT NULL DEFAULT 'new';\n",
  'db/000003_add_status.down.sql': 'ALTER TABLE orders DROP COLUMN status;\n',
} as const;

/** @param files beside `.env` with the address of a new database */
export async function createRepository(
  major: Major,
  files: Readonly<Record<string, string>> = shop,
): Promise<Repository> {
  const database = await createDatabase(major, 'cli');
  const role = `${database.name}_owner`;
  await database.sql(`CREATE ROLE ${role} LOGIN SUPERUSER PASSWORD '${secret}'`);
  const at = `127.0.0.1:${database.port}/${database.name}?sslmode=disable`;
  const url = `postgres://${role}:${encodeURIComponent(secret)}@${at}`;
  const folder = await createFolder({'.env': `# local\nDATABASE_URL=${url}\n`, ...files});
  return {
    ...folder,
    database,
    url,
    openUrl: `postgres://${role}@${at}`,
    drop: async () => {
      await folder.remove();
      await database.sql(`REASSIGN OWNED BY ${role} TO postgres; DROP OWNED BY ${role}; DROP ROLE ${role}`);
      await database.drop();
    },
  };
}

/** The command line for the tests of a file; all that it has written is searched for the password at the end. */
export function useCli(): {readonly cli: () => Cli; readonly repository: typeof createRepository} {
  const cli = cliIn(inject('cliFolder'));
  const repositories: Repository[] = [];
  afterAll(async () => {
    await Promise.all(repositories.map(repository => repository.drop()));
    const {written} = cli;
    expect(written.length).toBeGreaterThan(0);
    for (const shape of shapes) expect(written.filter(text => text.includes(shape))).toEqual([]);
    // Not even a defect shows the inside of the program.
    expect(written.filter(text => /cli\.cjs|node:internal/u.test(text))).toEqual([]);
  });
  return {
    cli: () => cli,
    repository: async (...given) => {
      const made = await createRepository(...given);
      repositories.push(made);
      return made;
    },
  };
}

/** Reads what `--json` printed: one document of exactly the shape that is documented. */
export function documentOf(name: DocumentName, {stdout}: Ended): unknown {
  const printed: unknown = JSON.parse(stdout);
  expect(documents[name].parse(printed)).toEqual(printed);
  return printed;
}
