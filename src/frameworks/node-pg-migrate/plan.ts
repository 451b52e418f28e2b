import {basename} from 'node:path';
import type {Status} from '../../core/migrations/migration.ts';
import type {Goal, Plan, PlanWarning, Step} from '../../core/migrations/plan.ts';
import {planRecorded} from '../../core/migrations/recorded.ts';
import {kindOf} from '../../core/node-pg-migrate/file-names.ts';
import {partsOf} from '../../core/node-pg-migrate/markers.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {readSql} from '../shared/file-text.ts';
import {isConcurrent, statementsOf} from '../shared/statements.ts';

/** Reads the plan's files and connects to nothing. */
export async function makePlan(parser: Parser, status: Status, goal: Goal): Promise<Outcome<Plan>> {
  const steps = planRecorded(status, goal);
  if (!steps.ok) return steps;
  const oneWay = steps.value.find(({path}) => path === undefined);
  if (oneWay) return noWayBack(oneWay);
  const warnings = await warningsOf(parser, steps.value);
  if (!warnings.ok) return warnings;
  return ok({
    goal,
    direction: steps.value[0]?.direction ?? 'up',
    from: status.position,
    steps: steps.value,
    warnings: warnings.value,
    bookkeeping: status.bookkeeping,
  });
}

/** @returns whether the tool itself has to run it, because a file is a program */
export function hasProgram({steps}: Plan): boolean {
  return steps.some(({path}) => isProgram(path));
}

export function isProgram(path: string | undefined): boolean {
  return path !== undefined && kindOf(basename(path)) !== 'sql';
}

async function warningsOf(parser: Parser, steps: readonly Step[]): Promise<Outcome<readonly PlanWarning[]>> {
  const warnings: PlanWarning[] = [];
  for (const [step, {path, direction}] of steps.entries()) {
    if (path === undefined) continue;
    const text = await readSql(path);
    if (!text.ok) return text;
    if (text.value.trim() === '') warnings.push({kind: 'empty-file', step});
    // What a program sends, and where, only the program says.
    if (isProgram(path)) continue;
    const part = partsOf(text.value)[direction];
    if (part && (await hasConcurrent(parser, text.value.slice(part.start, part.end))))
      warnings.push({kind: 'concurrently-in-transaction', step});
  }
  return ok(warnings);
}

/** Most files need no parser at all, so that it is not even loaded for them. */
async function hasConcurrent(parser: Parser, sql: string): Promise<boolean> {
  const statements = /concurrently/i.test(sql) ? await statementsOf(parser, sql) : undefined;
  return statements?.some(isConcurrent) ?? false;
}

function noWayBack({migration}: Step): Outcome<never> {
  const name = basename(migration.up ?? migration.id);
  return fail(
    'unsupported',
    `${name} has no part for down, so node-pg-migrate refuses to roll it back. Nothing has run.`,
    {advice: 'Add “-- Down Migration” and what undoes it, or write a new migration that does.'},
  );
}
