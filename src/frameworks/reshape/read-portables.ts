import {basename} from 'node:path';
import type {Migration} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import {portable, type Portable} from '../../core/reshape/portable.ts';
import type {Project, ProjectOptions} from '../framework.ts';

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
): Promise<Outcome<PortableHistory>> {
  const history = await project.list();
  if (!history.ok) return history;
  const refused = history.value.problems.find(problem => problem.kind !== 'other' || problem.refused);
  if (refused) return fail('invalid-input', problemWords(refused.kind), {advice: 'Mend the history first.'});
  const migrations: Portable[] = [];
  const ups: MigrationScript[] = [];
  for (const migration of history.value.migrations) {
    if (basename(migration.up ?? '').startsWith('R__')) return repeatable(migration);
    const up = await project.script(migration, 'up', options);
    if (!up.ok) return named(migration, up);
    const down = await downOf(project, migration, options);
    if (!down.ok) return named(migration, down);
    migrations.push(portable(project.framework, up.value, down.value));
    ups.push(up.value);
  }
  return ok({migrations, ups});
}

async function downOf(
  project: Project,
  migration: Migration,
  options: ProjectOptions,
): Promise<Outcome<MigrationScript | undefined>> {
  if (!project.can.rollBack || migration.down === undefined) return ok(undefined);
  return project.script(migration, 'down', options);
}

function problemWords(kind: string): string {
  return `The history has a problem (${kind}), so that its order is not known.`;
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
