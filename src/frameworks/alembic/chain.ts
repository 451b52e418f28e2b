import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {fileNameFor, slugOf} from '../../core/alembic/environment.ts';
import {historyOf} from '../../core/alembic/history.ts';
import {revisionText} from '../../core/alembic/new-revision.ts';
import {readRevision} from '../../core/alembic/revision-file.ts';
import type {Migration} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Chain, DraftedFile, LinkRequest, ProjectOptions} from '../framework.ts';
import {untitled} from '../shared/new-files.ts';
import {askAlembic} from './ask.ts';
import {nextId} from './create.ts';
import {environmentAt, type Environment} from './environment.ts';
import {executionsOf} from './executions.ts';
import {scriptsOf} from './offline.ts';
import {findPython} from './python.ts';
import {plainScript} from './script.ts';
import {readWhole} from './whole.ts';

/** @returns how a whole history is written for an environment */
export function chainOf(environment: Environment, parser: Parser): Chain {
  return {
    draft: requests => draftChain(environment, parser, requests),
    scripts: (files, options) => draftedScripts(environment, files, options),
    read: (all, asked, direction, options) => readWhole(environment, all, asked, direction, options),
  };
}

async function draftChain(
  {location, versions: [folder = '']}: Environment,
  parser: Parser,
  requests: readonly LinkRequest[],
): Promise<Outcome<readonly DraftedFile[]>> {
  const drafted: DraftedFile[] = [];
  let parents: readonly string[] = [];
  for (const {id: wanted, title, up, down, outside, now} of requests) {
    if (slugOf(title, location.slugLength) === '') return untitled();
    const id = wanted ?? nextId(historyOf([]), parents, now);
    const executions = {
      up: await executionsOf(parser, up, outside),
      down: await executionsOf(parser, down, outside),
    };
    drafted.push({
      path: join(folder, fileNameFor(location, {id, title, now})),
      text: revisionText({id, parents, title, ...executions, now}),
    });
    parents = [id];
  }
  return ok(drafted);
}

/** Alembic reads copies of the files in an environment of their own, whose `env.py` does nothing else. */
async function draftedScripts(
  environment: Environment,
  files: readonly DraftedFile[],
  options: ProjectOptions,
): Promise<Outcome<readonly MigrationScript[]>> {
  const migrations = migrationsOf(files);
  const python = await findPython(environment, options);
  if (!python.ok) {
    const plain = migrations.map((migration, at) => plainScript(files[at]?.text ?? '', migration, 'up'));
    const known = plain.flatMap(script => script ?? []);
    return known.length === files.length ? ok(known) : python;
  }
  const scratch = await mkdtemp(join(tmpdir(), 'howdah-revisions-'));
  try {
    const copy = await copied(scratch, files);
    const told = await askAlembic(
      copy,
      {action: 'offline', destination: 'heads', steps: migrations.map(({id}) => id)},
      {python: python.value},
    );
    return told.ok ? ok(scriptsOf(migrations, 'up', told.value)) : told;
  } finally {
    await rm(scratch, {recursive: true, force: true});
  }
}

function migrationsOf(files: readonly DraftedFile[]): readonly Migration[] {
  return historyOf(files.map(({path, text}) => readRevision(path, text))).migrations;
}

async function copied(scratch: string, files: readonly DraftedFile[]): Promise<Environment> {
  const environment = environmentAt(scratch, []);
  const [versions = ''] = environment.versions;
  await mkdir(versions);
  await writeFile(join(scratch, 'env.py'), offlineEnv);
  for (const {path, text} of files) await writeFile(join(versions, basename(path)), text);
  return {...environment, folder: scratch};
}

const offlineEnv = `from alembic import context

context.configure(dialect_name="postgresql", literal_binds=True, dialect_opts={"paramstyle": "named"})
with context.begin_transaction():
    context.run_migrations()
`;
