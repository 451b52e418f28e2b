import type {History, Status} from '../../core/migrations/migration.ts';
import type {Goal, Plan, PlanWarning, Step} from '../../core/migrations/plan.ts';
import {planRecorded} from '../../core/migrations/recorded.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {readSql} from '../shared/file-text.ts';
import {inspectQuery} from '../shared/inspect-query.ts';

export const noRollBack =
  'Prisma’s migrations have no way back: to undo one, write a new migration that does the opposite (“prisma migrate diff” can draft it) and apply that.';

/** Reads the plan's files and connects to nothing. */
export async function makePlan(
  parser: Parser,
  history: History,
  status: Status,
  goal: Goal,
): Promise<Outcome<Plan>> {
  if (!goal.kind.startsWith('apply')) return fail('unsupported', noRollBack);
  const steps = planRecorded({...status, problems: problemsOf(history, status)}, goal);
  if (!steps.ok) return steps;
  const warnings = await warningsOf(parser, steps.value);
  if (!warnings.ok) return warnings;
  return ok({
    goal,
    direction: 'up',
    from: status.position,
    steps: steps.value,
    warnings: warnings.value,
    bookkeeping: status.bookkeeping,
  });
}

/** The files may have changed since; what the database says of itself is only in the status. */
function problemsOf(history: History, status: Status): Status['problems'] {
  return [...history.problems, ...status.problems.filter(({paths}) => paths.length === 0)];
}

async function warningsOf(parser: Parser, steps: readonly Step[]): Promise<Outcome<readonly PlanWarning[]>> {
  const scripts = await readScripts(steps);
  if (!scripts.ok) return scripts;
  const warnings: PlanWarning[] = [];
  for (const [index, sql] of scripts.value.entries())
    warnings.push(...(await inspectQuery(parser, sql, index)));
  return ok(warnings);
}

/** @returns the text of each step's file. Failures: `unreadable-file`, also for a folder without a script */
export async function readScripts(steps: readonly Step[]): Promise<Outcome<readonly string[]>> {
  const scripts: string[] = [];
  for (const {path, migration} of steps) {
    if (path === undefined)
      return fail('unreadable-file', `The folder of ${migration.id} has no migration.sql (P3015).`, {
        advice: 'Get the file (from another branch?), or delete the folder. Nothing has run.',
      });
    const sql = await readSql(path);
    if (!sql.ok) return sql;
    scripts.push(sql.value);
  }
  return ok(scripts);
}
