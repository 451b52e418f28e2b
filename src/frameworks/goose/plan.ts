import {inApplicationOrder} from '../../core/goose/application-order.ts';
import type {Status} from '../../core/migrations/migration.ts';
import type {Goal, Plan, PlanWarning, Step} from '../../core/migrations/plan.ts';
import {isApplied, planRecorded} from '../../core/migrations/recorded.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {isConcurrent, statementsOf} from '../shared/statements.ts';
import {readStepFiles, type MigrationFile} from './files.ts';
import type {Settings} from './settings.ts';
import {findLate} from './status.ts';

/** Reads the plan's files and connects to nothing. */
export async function makePlan(
  parser: Parser,
  status: Status,
  goal: Goal,
  settings: Settings,
): Promise<Outcome<Plan>> {
  const applied = status.bookkeeping.mark?.split(',') ?? [];
  const steps = planRecorded({...status, migrations: inApplicationOrder(status.migrations, applied)}, goal);
  if (!steps.ok) return steps;
  const [first] = steps.value;
  const direction = first?.direction ?? 'up';
  if (direction === 'up' && !settings.allowMissing) {
    const late = refuseLate(status, steps.value);
    if (late) return late;
  }
  const warnings = await warningsOf(parser, steps.value, settings);
  if (!warnings.ok) return warnings;
  return ok({
    goal,
    direction,
    from: status.position,
    steps: steps.value,
    warnings: warnings.value,
    bookkeeping: status.bookkeeping,
  });
}

function refuseLate({migrations}: Status, steps: readonly Step[]): Outcome<never> | undefined {
  const planned = new Set(steps.map(({migration}) => migration.id));
  const late = findLate(migrations).filter(({migration}) => planned.has(migration.id));
  if (late.length === 0) return undefined;
  const labels = late.map(({migration}) => migration.label).join(', ');
  const newest = migrations.findLast(isApplied)?.migration.label;
  return fail(
    'invalid-input',
    `${labels} ${late.length === 1 ? 'is' : 'are'} older than ${newest}, which is applied: goose refuses to go on. Nothing has run.`,
    {
      advice:
        'Give the file a newer version, or allow missing migrations, as goose does with -allow-missing.',
    },
  );
}

async function warningsOf(
  parser: Parser,
  steps: readonly Step[],
  settings: Settings,
): Promise<Outcome<readonly PlanWarning[]>> {
  const files = await readStepFiles(steps, settings);
  if (!files.ok) return files;
  const warnings: PlanWarning[] = [];
  for (const [index, file] of files.value.entries()) {
    if (!file) continue;
    if (file.statements.length === 0) warnings.push({kind: 'empty-file', step: index});
    if (await hasConcurrent(parser, file)) warnings.push({kind: 'concurrently-in-transaction', step: index});
  }
  return ok(warnings);
}

async function hasConcurrent(parser: Parser, {statements, transaction}: MigrationFile): Promise<boolean> {
  // Most files need no parser at all, so that it is not even loaded for them.
  for (const {text} of transaction ? statements : []) {
    const parsed = /concurrently/i.test(text) ? await statementsOf(parser, text) : [];
    if (parsed?.some(isConcurrent)) return true;
  }
  return false;
}
