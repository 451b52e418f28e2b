import {basename} from 'node:path';
import {computesBy, isIrreversible} from '../../core/alembic/portability.ts';
import type {Direction, Migration} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import {portable, type Portable} from '../../core/reshape/portable.ts';
import type {Project, ProjectOptions} from '../framework.ts';
import {textOf} from '../shared/file-text.ts';

/** A history as SQL that belongs to no tool. */
export interface PortableHistory {
  readonly migrations: readonly Portable[];
  /** What the tool itself would send. */
  readonly ups: readonly MigrationScript[];
}

/**
 * Reads all files of a history.
 * Failures: those of `Project.list` and `Project.script`, `unsupported` for what has no place in a history of versions
 */
export async function readPortables(
  project: Project,
  options: ProjectOptions,
  {repeatables = false}: {readonly repeatables?: boolean} = {},
): Promise<Outcome<PortableHistory>> {
  const history = await project.list();
  if (!history.ok) return history;
  const refused = history.value.problems.find(problem => problem.kind !== 'other' || problem.refused);
  if (refused) return fail('invalid-input', problemWords(refused.kind), {advice: 'Mend the history first.'});
  const {migrations} = history.value;
  const downs: Migration[] = [];
  for (const migration of migrations) {
    const refusedFile = await refusalOf(project, migration, repeatables);
    if (refusedFile) return refusedFile;
    if (await hasDown(project, migration)) downs.push(migration);
  }
  const up = await scriptsOf(project, migrations, migrations, 'up', options);
  if (!up.ok) return up;
  const down = await scriptsOf(project, migrations, downs, 'down', options);
  if (!down.ok) return down;
  const back = new Map(down.value.map(script => [script.migration.id, script]));
  return ok({
    migrations: up.value.map(script => portable(project.framework, script, back.get(script.migration.id))),
    ups: up.value,
  });
}

async function scriptsOf(
  project: Project,
  all: readonly Migration[],
  asked: readonly Migration[],
  direction: Direction,
  options: ProjectOptions,
): Promise<Outcome<readonly MigrationScript[]>> {
  if (project.chain) return project.chain.read(all, asked, direction, options);
  const scripts: MigrationScript[] = [];
  for (const migration of asked) {
    const script = await project.script(migration, direction, options);
    if (!script.ok) return named(migration, script);
    if (script.value.filled) return named(migration, takesVariables());
    scripts.push(script.value);
  }
  return ok(scripts);
}

async function hasDown({can, framework}: Project, {down}: Migration): Promise<boolean> {
  if (!can.rollBack || down === undefined) return false;
  return framework !== 'alembic' || !isIrreversible((await textOf(down)) ?? '');
}

/** @returns why a migration is more than SQL with a place in a history */
async function refusalOf(
  {framework}: Project,
  migration: Migration,
  repeatables: boolean,
): Promise<Outcome<never> | undefined> {
  if (!repeatables && basename(migration.up ?? '').startsWith('R__')) return repeatable(migration);
  if (framework !== 'alembic') return undefined;
  const name = computesBy((await textOf(migration.up)) ?? '');
  return name === undefined
    ? undefined
    : named(
        migration,
        fail(
          'unsupported',
          `It uses ${name}, so that what it does depends on the connection, and no SQL says all of it.`,
          {
            advice: 'Write what it does as SQL (op.execute), and run this again.',
          },
        ),
      );
}

function problemWords(kind: string): string {
  return `The history has a problem (${kind}), so that its order is not known.`;
}

/** Other tools know no variables, and their values may be secrets, which no file should have. */
function takesVariables(): Extract<Outcome<never>, {ok: false}> {
  return fail(
    'unsupported',
    'It takes variables from the environment, whose values are not written into files.',
    {
      advice: 'Write what they stand for as SQL, and run this again.',
    },
  );
}

function repeatable({title}: Migration): Outcome<never> {
  return fail('unsupported', `${title} is a repeatable migration, which no other tool has.`, {
    advice: 'Make a versioned migration of it first.',
  });
}

/** With the migration that it is about. */
function named({label, title}: Migration, {failure}: Extract<Outcome<never>, {ok: false}>): Outcome<never> {
  return {ok: false, failure: {...failure, message: `${label} ${title}: ${failure.message}`}};
}
