import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {filesIn} from '../../../src/cli/files.ts';
import {createFrameworks, detectProjects} from '../../../src/frameworks/frameworks.ts';
import {majorOf} from '../../../src/frameworks/prisma/version.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'howdah-detect-'));
});

afterEach(() => rm(root, {recursive: true, force: true}));

type Written = Readonly<Record<string, string>>;

async function write(files: Written): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), {recursive: true});
    await writeFile(join(root, path), text);
  }
}

async function detected(): Promise<readonly string[]> {
  const projects = await detectProjects(createFrameworks({parser: createParser()}), filesIn([root]));
  return projects.map(
    ({framework, seenBy, folder}) => `${framework} ${seenBy} ${relative(root, folder) || '.'}`,
  );
}

const lock = 'provider = "postgresql"\n';
const schema = 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n';
const script = 'CREATE TABLE t (id int);\n';

describe('projects of Prisma', () => {
  it.each<[string, Written, readonly string[]]>([
    [
      'the lock file',
      {'prisma/migrations/migration_lock.toml': lock, 'prisma/migrations/1_a/migration.sql': script},
      ['prisma configuration prisma/migrations'],
    ],
    [
      'the lock file in any folder, without migrations yet',
      {'apps/api/db/history/migration_lock.toml': lock},
      ['prisma configuration apps/api/db/history'],
    ],
    [
      'the lock file of another database',
      {'prisma/migrations/migration_lock.toml': 'provider = "mysql"\n'},
      [],
    ],
    [
      'the schema beside migrations',
      {'prisma/schema.prisma': schema, 'prisma/migrations/1_a/migration.sql': script},
      ['prisma configuration prisma/migrations'],
    ],
    [
      'a schema of several files',
      {'prisma/schema/main.prisma': schema, 'prisma/migrations/1_a/migration.sql': script},
      ['prisma configuration prisma/migrations'],
    ],
    [
      'the path of prisma.config.ts, which is not executed',
      {
        'prisma.config.ts':
          'throw new Error("executed");\nexport default {migrations: {path: "db/steps"}};\n',
        'prisma/schema.prisma': schema,
        'db/steps/1_a/migration.sql': script,
      },
      ['prisma configuration db/steps'],
    ],
    [
      'the path of .config/prisma.ts',
      {
        'api/.config/prisma.ts': 'export default {migrations: {path: "./steps"}};\n',
        'api/schema/a.prisma': schema,
        'api/steps/1_a/migration.sql': script,
      },
      ['prisma configuration api/steps'],
    ],
    [
      'a path of prisma.config.ts with a schema for another database',
      {
        'prisma.config.ts': 'export default {migrations: {path: "db/steps"}};\n',
        'prisma/schema.prisma': schema.replace('postgresql', 'sqlite'),
        'db/steps/1_a/migration.sql': script,
      },
      [],
    ],
    ['a schema without migrations', {'prisma/schema.prisma': schema}, []],
    [
      'a schema of another database',
      {
        'prisma/schema.prisma': schema.replace('postgresql', 'sqlite'),
        'prisma/migrations/1_a/migration.sql': script,
      },
      [],
    ],
    ['folders of another tool with scripts of that name', {'drizzle/1_a/migration.sql': script}, []],
    [
      'two packages',
      {
        'a/prisma/migrations/migration_lock.toml': lock,
        'b/prisma/migrations/migration_lock.toml': lock,
      },
      ['prisma configuration a/prisma/migrations', 'prisma configuration b/prisma/migrations'],
    ],
  ])('are found by %s', async (_what, files, wanted) => {
    await write(files);
    expect(await detected()).toEqual(wanted);
  });

  it.each<[string, Written, number | undefined]>([
    ['the installed one', {'node_modules/prisma/package.json': '{"version": "6.19.3"}'}, 6],
    ['the wanted one', {'package.json': '{"devDependencies": {"prisma": "^7.1.0"}}'}, 7],
    [
      'the installed one before the wanted one',
      {
        'package.json': '{"dependencies": {"@prisma/client": "next"}}',
        'node_modules/prisma/package.json': '{"version": "8.0.0-rc.1"}',
      },
      8,
    ],
    ['none of a file that is no JSON', {'package.json': '{'}, undefined],
  ])('have the version of %s', async (_what, files, major) => {
    await write(files);
    expect(await majorOf(join(root, 'prisma', 'migrations'))).toBe(major);
  });
});

describe('projects of Flyway', () => {
  it.each<[string, Written, readonly string[]]>([
    ['file names', {'sql/V1__a.sql': script, 'sql/R__v.sql': script}, ['flyway files sql']],
    [
      'Spring’s default folder, with folders in it',
      {
        'api/src/main/resources/db/migration/core/V1__a.sql': script,
        'api/src/main/resources/db/migration/more/V2__b.sql': script,
      },
      ['flyway files api/src/main/resources/db/migration'],
    ],
    [
      'flyway.conf with names of its own',
      {
        'flyway.conf':
          'flyway.locations=filesystem:sql\nflyway.sqlMigrationPrefix=M\nflyway.sqlMigrationSeparator=-\n',
        'sql/M1-a.sql': script,
      },
      ['flyway configuration sql'],
    ],
    [
      'flyway.toml with suffixes of its own',
      {
        'db/flyway.toml': '[flyway]\nlocations = ["filesystem:sql"]\nsqlMigrationSuffixes = [".pgsql"]\n',
        'db/sql/V1__a.pgsql': script,
      },
      ['flyway configuration db/sql'],
    ],
    [
      'flyway.conf, all locations as one',
      {
        'flyway.conf': 'flyway.locations=filesystem:one,filesystem:two\n',
        'one/V1__a.sql': script,
        'two/V2__b.sql': script,
      },
      ['flyway configuration one'],
    ],
    [
      'flyway.toml',
      {'flyway.toml': '[flyway]\nlocations = ["filesystem:db"]\n', 'db/deep/V1__a.sql': script},
      ['flyway configuration db'],
    ],
    [
      'Spring’s properties',
      {
        'src/main/resources/application.properties': 'spring.flyway.locations=classpath:db/pg\n',
        'src/main/resources/db/pg/V1__a.sql': script,
      },
      ['flyway configuration src/main/resources/db/pg'],
    ],
    [
      'Spring’s vendor, and locations of which one is not there',
      {
        'src/main/resources/application.yml':
          'spring:\n  flyway:\n    locations: classpath:absent,classpath:db/{vendor}\n',
        'src/main/resources/db/postgresql/V1__a.sql': script,
      },
      ['flyway configuration src/main/resources/db/postgresql'],
    ],
    [
      'a configuration without locations',
      {'flyway.conf': 'flyway.table=h\n', 'sql/V1__a.sql': script},
      ['flyway configuration sql'],
    ],
    ['no names of others', {'sql/Views__a.sql': script, 'sql/1__a.sql': script, 'sql/V1_a.sql': script}, []],
  ])('are found by %s', async (_what, files, wanted) => {
    await write(files);
    expect(await detected()).toEqual(wanted);
  });
});
