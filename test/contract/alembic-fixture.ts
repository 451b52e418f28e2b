import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {programEnvironment} from '../../src/core/connections/program-environment.ts';
import {ok} from '../../src/core/outcome.ts';
import {environmentsOfIni, type Environment} from '../../src/frameworks/alembic/environment.ts';
import {createProject} from '../../src/frameworks/alembic/project.ts';
import type {OpenEnvironment, Project} from '../../src/frameworks/framework.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import type {TestDatabase} from '../rig/databases.ts';
import type {Major} from '../rig/servers.ts';
import {settingsFor} from '../rig/sessions.ts';
import type {Fixture} from './fixture.ts';
import {lendDatabase} from './lent-database.ts';
import {openTo} from './sessions.ts';

const parser = createParser();

/** An Alembic project in a folder of its own, with a database of its own and the Alembic of this computer. */
export interface AlembicFixture extends Fixture {
  readonly database: TestDatabase;
  readonly folder: string;
  readonly environment: Environment;
  readonly variables: OpenEnvironment;
  /** Writes any file, by its path in the folder. */
  file(path: string, content: string | Uint8Array): Promise<string>;
  revision(id: string, parts: Partial<RevisionParts>): Promise<string>;
}

/** Python, but for the docstring. */
export interface RevisionParts {
  readonly down: string;
  readonly dependsOn: string;
  readonly labels: string;
  readonly upgrade: string;
  readonly downgrade: string;
}

/** @param env instead of the usual `env.py` */
export async function alembicFixture(major: Major, env = usualEnv): Promise<AlembicFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-alembic-'));
  const database = await lendDatabase(major);
  const file = async (path: string, content: string | Uint8Array): Promise<string> => {
    await mkdir(join(folder, path, '..'), {recursive: true});
    await writeFile(join(folder, path), content);
    return join(folder, path);
  };
  const ini = await file('alembic.ini', usualIni);
  await file('alembic/env.py', env);
  await file('alembic/script.py.mako', template);
  await mkdir(join(folder, 'alembic/versions'));
  const [environment] = await environmentsOfIni(ini, [folder]);
  if (!environment) throw new Error('no environment');
  const variables = variablesFor(database);
  const revision = (id: string, parts: Partial<RevisionParts>): Promise<string> =>
    file(`alembic/versions/${id}_make.py`, revisionText(id, parts));
  return {
    traits: {failure: 'run-undone', forcesAbsent: false},
    brokenLine: 14,
    project: connecting(createProject(environment, parser), variables),
    options: {},
    database,
    folder,
    environment,
    variables,
    file,
    revision,
    open: () => openTo(database),
    write: async (number, how) => {
      const id = `0000000000n${number}`;
      if (how === 'garbled') await file(`alembic/versions/${id}_make.py`, new Uint8Array([0x53, 0xff, 0xfe]));
      else await revision(id, numbered(number, how));
    },
    remove: number => rm(join(folder, `alembic/versions/0000000000n${number}_make.py`), {force: true}),
    made: async session => {
      const tables = await session.query(
        `SELECT substr(relname, 2)::int AS number FROM pg_class WHERE relkind = 'r' AND relname ~ '^t[0-9]+$' ORDER BY 1`,
      );
      return tables.ok ? tables.value.rows.map(row => Number(row['number'])) : [];
    },
    dispose: async () => {
      await database.drop();
      await rm(folder, {recursive: true, force: true});
    },
  };
}

/** @returns what a program needs to connect to a database of the rig */
export function variablesFor(database: TestDatabase): OpenEnvironment {
  return async () => ok(programEnvironment(settingsFor(database), {password: 'postgres'}, {readOnly: false}));
}

/** A project whose runs can connect, as the editor and the command line see to. */
export function connecting(project: Project, environment: OpenEnvironment): Project {
  return {
    ...project,
    run: (session, plan, options, run, reopen) =>
      project.run(session, plan, options, {environment, ...run}, reopen),
    force: (session, position, options, run, reopen) =>
      project.force(session, position, options, {environment, ...run}, reopen),
  };
}

function numbered(number: number, how: 'good' | 'broken'): Partial<RevisionParts> {
  const more = how === 'broken' ? '\n    SELECT nothing_there;' : '';
  return {
    down: number === 1 ? 'None' : `'0000000000n${number - 1}'`,
    upgrade: `op.execute("""-- migration ${number} \n    CREATE TABLE t${number} (id int);${more}\n    """)`,
    downgrade: `op.execute("-- back from migration ${number} \\nDROP TABLE t${number}")`,
  };
}

/** Its upgrade begins at line 12, counted from 0. */
export function revisionText(
  id: string,
  {
    down = 'None',
    dependsOn = 'None',
    labels = 'None',
    upgrade = 'pass',
    downgrade = 'pass',
  }: Partial<RevisionParts>,
): string {
  return `"""make ${id}

Revises: nothing that anybody reads
"""
from alembic import op
import sqlalchemy as sa

revision = '${id}'
down_revision = ${down}
branch_labels = ${labels}
depends_on = ${dependsOn}
def upgrade():
    ${upgrade}


def downgrade():
    ${downgrade}
`;
}

export const usualIni = `[alembic]
script_location = %(here)s/alembic
prepend_sys_path = .
sqlalchemy.url = postgresql://nobody@nowhere.invalid/none
`;

export const usualEnv = `from alembic import context
from sqlalchemy import engine_from_config, pool

config = context.config
print("env.py prints what it likes")


def offline():
    context.configure(url=config.get_main_option("sqlalchemy.url"), literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


def online():
    engine = engine_from_config(config.get_section(config.config_ini_section), prefix="sqlalchemy.", poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()


offline() if context.is_offline_mode() else online()
`;

export const template = `"""\${message}

Revision ID: \${up_revision}
Revises: \${down_revision | comma,n}
Create Date: \${create_date}

"""
from alembic import op
import sqlalchemy as sa
\${imports if imports else ""}

revision = \${repr(up_revision)}
down_revision = \${repr(down_revision)}
branch_labels = \${repr(branch_labels)}
depends_on = \${repr(depends_on)}


def upgrade():
    \${upgrades if upgrades else "pass"}


def downgrade():
    \${downgrades if downgrades else "pass"}
`;
