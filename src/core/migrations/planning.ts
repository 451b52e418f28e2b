import {fileNamesOf} from '../file-name.ts';
import {fail, ok, type Outcome} from '../outcome.ts';
import {enumerated} from '../words.ts';
import {describeHolder, type LockHolder} from './lock-holder.ts';
import type {HistoryProblem, Migration, Position, Status} from './migration.ts';
import type {Goal, Step} from './plan.ts';
import {linear} from './position.ts';

/**
 * Which migrations run, in order, for a framework whose bookkeeping is one current version.
 * @returns the steps, never empty. Failures: `locked`, `dirty`, `duplicate-version`, `missing-file`, `nothing-to-do`,
 * `invalid-input` (the goal lies on the wrong side of the current version)
 */
export function planSteps(
  history: readonly Migration[],
  status: Pick<Status, 'position' | 'problems' | 'runner'>,
  goal: Goal,
): Outcome<readonly Step[]> {
  const refused = refusalOf(status);
  if (refused) return refused;
  const position = linear(status.position);
  const current = position.kind === 'none' ? -1 : history.findIndex(({id}) => id === position.id);
  if (position.kind === 'at' && current < 0) return missingCurrent(position.id);
  const target = targetOf(history, current, goal);
  if (!target.ok) return target;
  if (target.value === current) return nothingToDo(history, current, goal);
  return ok(
    target.value > current ? ups(history, current, target.value) : downs(history, current, target.value),
  );
}

type Refusal = Extract<Outcome<never>, {readonly ok: false}>;

/**
 * Why nothing runs, whatever the goal is. Failures: `locked`, `dirty`, `duplicate-version`, `invalid-input` (a file
 * that the framework refuses)
 */
export function refusalOf({
  position,
  problems,
  runner,
}: Pick<Status, 'position' | 'problems' | 'runner'>): Refusal | undefined {
  if (runner) return running(runner);
  if (position.kind === 'failed') return dirty(position.id);
  const duplicate = problems.find(problem => problem.kind === 'duplicate-version');
  if (duplicate) return duplicated(duplicate);
  const refused = problems.find(problem => problem.kind === 'other' && problem.refused);
  return refused?.kind === 'other' ? fail('invalid-input', refused.words) : undefined;
}

/** @returns the index the database will be at; -1 is before the first migration. */
function targetOf(history: readonly Migration[], current: number, goal: Goal): Outcome<number> {
  switch (goal.kind) {
    case 'apply-next':
      return ok(Math.min(current + 1, history.length - 1));
    case 'apply-all':
      return ok(history.length - 1);
    case 'roll-back-last':
      return ok(Math.max(current - 1, -1));
    case 'roll-back-all':
      return ok(-1);
    case 'apply-to':
    case 'roll-back-to':
      return targetNamed(history, current, goal);
    default:
      return goal satisfies never;
  }
}

function targetNamed(
  history: readonly Migration[],
  current: number,
  goal: Extract<Goal, {readonly id: string}>,
): Outcome<number> {
  const target = history.findIndex(({id}) => id === goal.id);
  if (target < 0)
    return fail('missing-file', `No file has version ${goal.id}.`, {
      advice: 'Choose a version that the migrations folder has.',
    });
  const up = goal.kind === 'apply-to';
  if (up ? target >= current : target <= current) return ok(target);
  return fail(
    'invalid-input',
    up
      ? `Version ${goal.id} is older than the current one, so applying cannot lead to it.`
      : `Version ${goal.id} is newer than the current one, so rolling back cannot lead to it.`,
    {advice: up ? 'Roll back to it instead.' : 'Apply up to it instead.'},
  );
}

function ups(history: readonly Migration[], current: number, target: number): readonly Step[] {
  return history.slice(current + 1, target + 1).map(migration => ({
    migration,
    direction: 'up',
    ...(migration.up === undefined ? {} : {path: migration.up}),
    leads: {kind: 'at', id: migration.id},
  }));
}

function downs(history: readonly Migration[], current: number, target: number): readonly Step[] {
  return history
    .slice(target + 1, current + 1)
    .map((migration, index) => ({
      migration,
      direction: 'down' as const,
      ...(migration.down === undefined ? {} : {path: migration.down}),
      leads: positionAt(history, target + index),
    }))
    .toReversed();
}

/** @returns the position of a database that stands at that place of the history; -1 is before the first. */
export function positionAt(history: readonly Migration[], index: number): Position {
  const migration = history[index];
  return migration === undefined ? {kind: 'none'} : {kind: 'at', id: migration.id};
}

function running(runner: LockHolder): Refusal {
  return fail('locked', `A runner is at work: ${describeHolder(runner)}. Nothing has run.`, {
    advice: 'Wait until it is done, and plan again.',
  });
}

function dirty(id: string): Refusal {
  return fail('dirty', `Version ${id} failed earlier, and nothing runs until that is repaired.`, {
    advice: 'Run “Repair Failed Migration” to see what it left behind and which version to record.',
  });
}

function duplicated(problem: Extract<HistoryProblem, {readonly kind: 'duplicate-version'}>): Refusal {
  return fail(
    'duplicate-version',
    `Version ${problem.id} has more than one file: ${enumerated(fileNamesOf(problem.paths))}.`,
    {
      advice: 'Give one of them a number of its own.',
    },
  );
}

function missingCurrent(id: string): Outcome<never> {
  return fail('missing-file', `The database is at version ${id}, but no file has that version.`, {
    advice:
      'Get the file (from another branch?), choose the right folder, or force the version the database is really at.',
  });
}

function nothingToDo(history: readonly Migration[], current: number, goal: Goal): Outcome<never> {
  const up = goal.kind === 'apply-next' || goal.kind === 'apply-all' || goal.kind === 'apply-to';
  const at = history[current];
  const where = at === undefined ? 'No migration is applied' : `The database is at version ${at.label}`;
  return fail('nothing-to-do', `${where}; there is nothing to ${up ? 'apply' : 'roll back'}.`);
}
