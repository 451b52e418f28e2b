import type {Migration, Status} from '../core/migrations/migration.ts';
import type {Goal, Plan} from '../core/migrations/plan.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import type {Project, ProjectOptions} from '../frameworks/framework.ts';

/** How far to go, as the command line says it. */
export interface Wish {
  readonly direction: 'up' | 'down';
  /** How many files; more than there are means all of them. */
  readonly count?: number;
  /** The version to end at, as the file name or the bookkeeping writes it. */
  readonly to?: string;
  readonly all: boolean;
}

/**
 * @returns the plan for the wish; failures: `invalid-input` for a wish that contradicts itself or names no version, and those
 * of {@link Project.plan}
 */
export async function planFor(
  wish: Wish,
  {
    project,
    status,
    options,
  }: {readonly project: Project; readonly status: Status; readonly options: ProjectOptions},
): Promise<Outcome<Plan>> {
  if ([wish.count !== undefined, wish.to !== undefined, wish.all].filter(Boolean).length > 1)
    return fail('invalid-input', 'A number, --to and --all exclude each other.', {
      advice: 'Give one of them.',
    });
  if (wish.to !== undefined) {
    const found = findVersion(status, wish.to);
    if (!found.ok) return found;
    return project.plan(status, goalTo(wish.direction, found.value.id), options);
  }
  if (wish.count === undefined && (wish.all || wish.direction === 'up'))
    return project.plan(status, {kind: wish.direction === 'up' ? 'apply-all' : 'roll-back-all'}, options);
  const count = wish.count ?? 1;
  if (count === 1)
    return project.plan(status, {kind: wish.direction === 'up' ? 'apply-next' : 'roll-back-last'}, options);
  return planSome(count, wish.direction, {project, status, options});
}

/**
 * The first files of the plan for all. Upwards the last of them is the goal, which other files may be ahead of already;
 * downwards it is where they lead.
 */
async function planSome(
  count: number,
  direction: Wish['direction'],
  {
    project,
    status,
    options,
  }: {readonly project: Project; readonly status: Status; readonly options: ProjectOptions},
): Promise<Outcome<Plan>> {
  const all = await project.plan(status, {kind: direction === 'up' ? 'apply-all' : 'roll-back-all'}, options);
  if (!all.ok) return all;
  const step = all.value.steps[count - 1];
  if (!step) return all;
  if (direction === 'up') return project.plan(status, goalTo(direction, step.migration.id), options);
  switch (step.leads.kind) {
    case 'none':
      return all;
    case 'heads':
      return severalHeads(count, step.leads.ids);
    case 'at':
    case 'failed':
      return project.plan(status, goalTo(direction, step.leads.id), options);
    default:
      return step.leads satisfies never;
  }
}

function severalHeads(count: number, ids: readonly string[]): Outcome<never> {
  return fail('unsupported', `Rolling back ${count} leads to ${ids.length} heads: ${ids.join(', ')}.`, {
    advice: 'Roll back one at a time, or name the version to end at with --to.',
  });
}

function goalTo(direction: Wish['direction'], id: string): Goal {
  return {kind: direction === 'up' ? 'apply-to' : 'roll-back-to', id};
}

/** @returns the migration whose version the user wrote: `12` and `000012` are the same */
export function findVersion({migrations}: Status, text: string): Outcome<Migration> {
  return findMigration(
    migrations.map(({migration}) => migration),
    text,
  );
}

/** As {@link findVersion}, among the files. */
export function findMigration(migrations: readonly Migration[], text: string): Outcome<Migration> {
  const found =
    migrations.find(({label}) => label === text) ?? migrations.find(({id}) => id === withoutZeros(text));
  if (found) return ok(found);
  const known = migrations.map(({label}) => label);
  const shown = known.length > 6 ? [...known.slice(0, 3), '…', ...known.slice(-2)] : known;
  return fail('invalid-input', `There is no version "${text}".`, {
    advice: known.length === 0 ? 'The folder has no migrations.' : `The versions are ${shown.join(', ')}.`,
  });
}

/** Versions that are numbers are compared as numbers. */
export function withoutZeros(text: string): string {
  return text.replace(/^0+(?=\d+$)/u, '');
}
