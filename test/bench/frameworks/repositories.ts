import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {FrameworkId} from '../../../src/core/migrations/migration.ts';

/** A folder with a tool's configuration and migrations of one small table each. */
export interface Repository {
  readonly tool: FrameworkId;
  readonly root: string;
}

interface Layout {
  readonly tool: FrameworkId;
  /** Files besides the migrations, by path. */
  readonly configuration: Readonly<Record<string, string>>;
  /** The files of one migration, by path; the number is from 1. */
  migration(number: number): Readonly<Record<string, string>>;
}

const label = (number: number): string => String(number).padStart(6, '0');
const up = (number: number): string =>
  `CREATE TABLE t_${label(number)} (id int PRIMARY KEY, name text NOT NULL);\n`;
const down = (number: number): string => `DROP TABLE t_${label(number)};\n`;

const env = `from alembic import context
from sqlalchemy import engine_from_config, pool

connectable = engine_from_config(
    context.config.get_section(context.config.config_ini_section), prefix="sqlalchemy.", poolclass=pool.NullPool
)
with connectable.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
`;

const layouts: readonly Layout[] = [
  {
    tool: 'golang-migrate',
    configuration: {},
    migration: number => ({
      [`migrations/${label(number)}_t.up.sql`]: up(number),
      [`migrations/${label(number)}_t.down.sql`]: down(number),
    }),
  },
  {
    tool: 'node-pg-migrate',
    configuration: {'package.json': '{"private": true, "dependencies": {"node-pg-migrate": "9.0.0"}}\n'},
    migration: number => ({
      [`migrations/${label(number)}_t.sql`]: `-- Up Migration\n${up(number)}-- Down Migration\n${down(number)}`,
    }),
  },
  {
    tool: 'dbmate',
    configuration: {},
    migration: number => ({
      [`db/migrations/${label(number)}_t.sql`]: `-- migrate:up\n${up(number)}\n-- migrate:down\n${down(number)}`,
    }),
  },
  {
    tool: 'goose',
    configuration: {},
    migration: number => ({
      [`migrations/${label(number)}_t.sql`]: `-- +goose Up\n${up(number)}\n-- +goose Down\n${down(number)}`,
    }),
  },
  {
    tool: 'flyway',
    configuration: {'flyway.toml': '[flyway]\nlocations = ["filesystem:sql"]\n'},
    migration: number => ({[`sql/V${number}__t.sql`]: up(number)}),
  },
  {
    tool: 'prisma',
    configuration: {
      'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    },
    migration: number => ({[`prisma/migrations/${label(number)}_t/migration.sql`]: up(number)}),
  },
  {
    tool: 'alembic',
    configuration: {
      'alembic.ini': '[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = postgresql://\n',
      'alembic/env.py': env,
    },
    migration: number => ({
      [`alembic/versions/${label(number)}_t.py`]: `"""t ${number}"""
from alembic import op

revision = "${label(number)}"
down_revision = ${number === 1 ? 'None' : `"${label(number - 1)}"`}
branch_labels = None
depends_on = None


def upgrade():
    op.execute("${up(number).trim()}")


def downgrade():
    op.execute("${down(number).trim()}")
`,
    }),
  },
];

/** The tools of which repositories can be made. */
export const tools: readonly FrameworkId[] = layouts.map(({tool}) => tool);

/** Writes a repository with so many migrations into a folder of its own below `folder`. */
export async function writeRepository(folder: string, tool: FrameworkId, count: number): Promise<Repository> {
  const layout = layouts.find(candidate => candidate.tool === tool);
  if (!layout) throw new Error(`no layout for ${tool}`);
  const root = join(folder, `${tool}-${count}`);
  await write(root, layout.configuration);
  for (let number = 1; number <= count; number += 1) await write(root, layout.migration(number));
  return {tool, root};
}

async function write(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), {recursive: true});
    await writeFile(join(root, path), text);
  }
}
