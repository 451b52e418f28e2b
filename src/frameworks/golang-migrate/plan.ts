import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {History, Migration, Status} from '../../core/migrations/migration.ts';
import type {Goal, Plan, PlanWarning, Step} from '../../core/migrations/plan.ts';
import {planSteps} from '../../core/migrations/planning.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {readSql} from '../shared/file-text.ts';
import {largestVersion} from '../../core/golang-migrate/grammar.ts';
import {inspectFile} from './inspect.ts';
import type {Settings} from './settings.ts';

/** Reads the plan's files and connects to nothing. */
export async function makePlan(
  parser: Parser,
  history: History,
  status: Status,
  goal: Goal,
  settings: Settings,
): Promise<Outcome<Plan>> {
  const steps = planSteps(history.migrations, {...status, problems: history.problems}, goal);
  if (!steps.ok) return steps;
  const [first] = steps.value;
  const beyond = steps.value.find(({migration}) => BigInt(migration.id) > largestVersion);
  if (beyond !== undefined) return tooLarge(beyond.migration);
  const warnings = await warningsOf(parser, steps.value, settings);
  if (!warnings.ok) return warnings;
  return ok({
    goal,
    direction: first?.direction ?? 'up',
    from: status.position,
    steps: steps.value,
    warnings: [...warnings.value, ...neverRan(status, steps.value)],
    bookkeeping: status.bookkeeping,
  });
}

async function warningsOf(
  parser: Parser,
  steps: readonly Step[],
  settings: Settings,
): Promise<Outcome<readonly PlanWarning[]>> {
  const warnings: PlanWarning[] = [];
  for (const [index, {path}] of steps.entries()) {
    if (path === undefined) {
      warnings.push({kind: 'missing-file', step: index});
      continue;
    }
    const sql = await readSql(path);
    if (!sql.ok) return sql;
    warnings.push(...(await inspectFile(parser, sql.value, index, settings)));
  }
  return ok(warnings);
}

/** Going up, all that is passed over; going down, the down files that will run though their up files never did. */
function neverRan(status: Status, steps: readonly Step[]): readonly PlanWarning[] {
  const down = new Set(
    steps.filter(({direction}) => direction === 'down').map(({migration}) => migration.id),
  );
  return status.migrations
    .filter(({state}) => state.kind === 'never-runs')
    .filter(({migration}) => down.size === 0 || down.has(migration.id))
    .map(({migration}) => ({kind: 'never-runs', migration}));
}

function tooLarge(migration: Migration): Outcome<never> {
  return fail('invalid-input', `Version ${migration.label} does not fit the bookkeeping’s bigint column.`, {
    advice: `Renumber the file: the largest version is ${largestVersion}.`,
  });
}
