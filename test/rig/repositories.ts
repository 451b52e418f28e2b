import {cp, readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

const fixtures = join(import.meta.dirname, '../fixtures/repositories');

/** A team's repository among the fixtures. */
export interface Repository {
  readonly name: string;
  readonly framework: 'golang-migrate' | 'alembic';
  /** Where its migrations are, in the repository. */
  readonly folder: string;
  /** How many migrations there are. */
  readonly count: number;
  /** What the address that it keeps for PostgreSQL is called. */
  readonly connection: string;
  /** What a careful operator would say of its files, as `file: rule`, in order. */
  readonly warnings: readonly string[];
}

export const repositories: readonly Repository[] = [
  {
    name: 'rules-server',
    framework: 'golang-migrate',
    folder: 'server/migrations',
    count: 7,
    connection: 'docker-compose.yml db',
    warnings: [],
  },
  {
    name: 'tenant-hosting',
    framework: 'golang-migrate',
    folder: 'backend/shared/migrations',
    count: 6,
    connection: 'backend/.env DB_HOST',
    warnings: [
      '000006_add_site_tags.up.sql: index-not-concurrent',
      '000006_add_site_tags.up.sql: work-after-strong-lock',
    ],
  },
  {
    name: 'threat-models',
    framework: 'golang-migrate',
    folder: 'auth/migrations',
    count: 7,
    connection: '.env.dev POSTGRES_HOST',
    warnings: [
      '000002_add_indexes.up.sql: index-not-concurrent',
      '000003_add_constraints.up.sql: foreign-key-validates',
      '000003_add_constraints.up.sql: work-after-strong-lock',
      '000007_add_additional_constraints.up.sql: check-validates',
      '000007_add_additional_constraints.up.sql: work-after-strong-lock',
    ],
  },
  {
    name: 'document-workshop',
    framework: 'alembic',
    folder: 'backend/alembic/versions',
    count: 5,
    connection: 'backend/.env DATABASE_URL',
    warnings: [],
  },
  {
    name: 'mandates-on-sqlite',
    framework: 'alembic',
    folder: 'alembic/versions',
    count: 5,
    connection: '.env.production DATABASE_URL',
    warnings: [],
  },
];

/** Copies a repository to a new folder, with the address of a database in it. */
export async function copyRepository(
  name: string,
  to: string,
  database: {readonly port: number; readonly name: string},
): Promise<void> {
  await cp(join(fixtures, name), to, {recursive: true});
  for (const entry of await readdir(to, {recursive: true, withFileTypes: true})) {
    if (!/^\.env|^docker-compose/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, 'utf8');
    await writeFile(
      path,
      text.replaceAll('<port>', String(database.port)).replaceAll('<database>', database.name),
    );
  }
}
