import type {Block} from '../../core/dbmate/sections.ts';
import type {Status} from '../../core/migrations/migration.ts';
import type {Goal, Plan, PlanWarning, Step} from '../../core/migrations/plan.ts';
import {isApplied, planRecorded} from '../../core/migrations/recorded.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {isConcurrent, statementsOf} from '../shared/statements.ts';
import {readStepFiles, type MigrationFile} from './files.ts';
import type {Settings} from './settings.ts';

/** Reads the plan's files and connects to nothing. */
export async function makePlan(
  parser: Parser,
  status: Status,
  goal: Goal,
  {strict}: Settings,
): Promise<Outcome<Plan>> {
  const steps = planRecorded(status, goal);
  if (!steps.ok) return steps;
  const [first] = steps.value;
  const late = strict && first?.direction === 'up' ? outOfOrder(status, first) : undefined;
  if (late) return late;
  const warnings = await warningsOf(parser, steps.value);
  if (!warnings.ok) return warnings;
  return ok({
    goal,
    direction: first?.direction ?? 'up',
    from: status.position,
    steps: steps.value,
    warnings: warnings.value,
    bookkeeping: status.bookkeeping,
  });
}

/** The tool's `--strict` compares versions as text. */
function outOfOrder({migrations}: Status, first: Step): Outcome<never> | undefined {
  const newest = migrations
    .filter(entry => isApplied(entry) && entry.migration.up !== undefined)
    .reduce((latest, {migration}) => (migration.id > latest ? migration.id : latest), '');
  if (first.migration.id > newest) return undefined;
  return fail(
    'invalid-input',
    `${first.migration.label} is not newer than ${newest}, which is applied: dbmate’s strict mode refuses it. Nothing has run.`,
    {advice: 'Give the file a newer version, or switch strict mode off.'},
  );
}

async function warningsOf(parser: Parser, steps: readonly Step[]): Promise<Outcome<readonly PlanWarning[]>> {
  const files = await readStepFiles(steps);
  if (!files.ok) return files;
  const warnings: PlanWarning[] = [];
  for (const [index, {direction}] of steps.entries()) {
    const file = files.value[index];
    if (!file) continue;
    if (file.sections.length > 1) warnings.push({kind: 'several-sections', step: index});
    for (const section of file.sections)
      warnings.push(...(await inspectBlock(parser, file, section[direction], index)));
  }
  return ok(warnings);
}

async function inspectBlock(
  parser: Parser,
  {sql}: MigrationFile,
  {start, end, marker, transaction}: Block,
  step: number,
): Promise<readonly PlanWarning[]> {
  if (sql.slice(marker.end, end).trim() === '') return [{kind: 'empty-file', step}];
  const text = sql.slice(start, end);
  // Most files need no parser at all, so that it is not even loaded for them.
  const statements = /concurrently/i.test(text) ? await statementsOf(parser, text) : [];
  if (statements === undefined || !statements.some(isConcurrent)) return [];
  if (transaction) return [{kind: 'concurrently-in-transaction', step}];
  return statements.length > 1 ? [{kind: 'concurrently-with-others', step}] : [];
}
