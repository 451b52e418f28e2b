import {basename} from 'node:path';
import {isBlank} from '../../core/golang-migrate/pieces.ts';
import {isRepeatable} from '../../core/flyway/versions.ts';
import type {Settings} from '../../core/flyway/settings.ts';
import type {Position, Status} from '../../core/migrations/migration.ts';
import type {Goal, Plan, PlanWarning, Step} from '../../core/migrations/plan.ts';
import {planRecorded} from '../../core/migrations/recorded.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Folder, Found} from './folder.ts';
import {loadFile, type Loaded, type Surroundings} from './resolve.ts';
import {courseOf, type Course} from './transaction.ts';

export const noRollBack =
  'Flyway Community has no undo (U files belong to its paid editions): to undo a migration, write a new one that does the opposite, and apply that.';

/** Reads the plan's files and connects to nothing. */
export async function makePlan(
  parser: Parser,
  folder: Folder,
  status: Status,
  goal: Goal,
  settings: Settings,
): Promise<Outcome<Plan>> {
  if (!goal.kind.startsWith('apply')) return fail('unsupported', noRollBack);
  const found = status.problems.filter(({kind}) => kind === 'other');
  const steps = planRecorded({...status, problems: [...folder.history.problems, ...found]}, goal);
  if (!steps.ok) return steps;
  const prepared = await prepareSteps(parser, folder, steps.value, settings, unknown);
  if (!prepared.ok) return prepared;
  return ok({
    goal,
    direction: 'up',
    from: status.position,
    steps: withoutRepeatables(steps.value, status.position),
    warnings: warningsOf(prepared.value),
    bookkeeping: status.bookkeeping,
  });
}

/** Where no connection is there to ask, only the values differ. */
const unknown: Surroundings = {schema: '', user: '', database: ''};

/** What is repeatable moves no position. */
function withoutRepeatables(steps: readonly Step[], from: Position): readonly Step[] {
  let leads = from;
  return steps.map(step => {
    if (!isRepeatable(step.migration.id))
      leads =
        step.leads.kind === 'at' && isRepeatable(step.leads.id)
          ? {kind: 'at', id: step.migration.id}
          : step.leads;
    return {...step, leads};
  });
}

/** A step with all that is needed to run it. */
export interface Prepared {
  readonly step: Step;
  readonly found: Found;
  readonly loaded: Loaded;
  readonly course: Course;
}

/** Failures: `missing-file`, `unreadable-file`, `invalid-input` (a placeholder without a value, a mixture) */
export async function prepareSteps(
  parser: Parser,
  {found}: Folder,
  steps: readonly Step[],
  settings: Settings,
  around: Surroundings,
): Promise<Outcome<readonly Prepared[]>> {
  const known = new Map(found.map(each => [each.migration.id, each]));
  const prepared: Prepared[] = [];
  for (const step of steps) {
    const file = known.get(step.migration.id);
    if (!file) return fail('missing-file', `${step.migration.label} has no file any more. Nothing has run.`);
    const loaded = await loadFile(file, settings, around);
    if (!loaded.ok) return loaded;
    const [missing] = loaded.value.missing;
    if (missing !== undefined) return withoutValue(file.path, missing);
    const course = await courseOf(parser, file.path, loaded.value, settings);
    if (!course.ok) return course;
    prepared.push({step, found: file, loaded: loaded.value, course: course.value});
  }
  return settings.group ? asGroup(parser, prepared, settings) : ok(prepared);
}

/**
 * A group is one transaction, or all of it runs outside of one.
 * Source: https://github.com/flyway/flyway, `DbMigrate.isExecuteGroupInTransaction`
 */
async function asGroup(
  parser: Parser,
  prepared: readonly Prepared[],
  {mixed}: Settings,
): Promise<Outcome<readonly Prepared[]>> {
  const bare = prepared.find(({course}) => course.kind === 'bare');
  if (!bare || prepared.every(({course}) => course.kind === 'bare')) return ok(prepared);
  if (!mixed)
    return fail(
      'invalid-input',
      `${basename(bare.found.path)} cannot run in a transaction, and group is on, so Flyway refuses to run it together with the others.`,
      {
        advice:
          'Apply up to the one before it, then it alone; or turn mixed on, or group off. Nothing has run.',
      },
    );
  const outside: Prepared[] = [];
  for (const each of prepared) {
    const loaded = {...each.loaded, executeInTransaction: false};
    const course = await courseOf(parser, each.found.path, loaded, {mixed});
    if (!course.ok) return course;
    outside.push({...each, course: course.value});
  }
  return ok(outside);
}

function withoutValue(path: string, name: string): Outcome<never> {
  return fail('invalid-input', `${path} has a placeholder ${name} that has no value, which Flyway refuses.`, {
    advice: `Set flyway.placeholders.${name} in the configuration, or turn placeholders off. Nothing has run.`,
  });
}

function warningsOf(prepared: readonly Prepared[]): readonly PlanWarning[] {
  return prepared.flatMap(({loaded}, step) =>
    isBlank(loaded.text) ? [{kind: 'empty-file' as const, step}] : [],
  );
}
