import {fail, ok, type Outcome} from '../outcome.ts';
import type {Migration, MigrationState, MigrationStatus, Status} from './migration.ts';
import type {Goal, Step} from './plan.ts';
import {refusalOf} from './planning.ts';
import type {LinearPosition} from './position.ts';

/** What a bookkeeping with a row for each migration says of one. */
export interface Record {
  readonly kind: 'applied' | 'edited' | 'failed';
  /** In the bookkeeping's own words. */
  readonly at?: string;
}

/**
 * The states of a history for a framework that records each migration by itself, so that a gap is a pending migration.
 * @param records by the id of the migration, in the order in which they were applied
 * @param compare orders two migrations as the framework does; one without a file has its id as label
 */
export function statesOfRecords(
  history: readonly Migration[],
  records: ReadonlyMap<string, Record>,
  compare: (one: Migration, other: Migration) => number,
): readonly MigrationStatus[] {
  const known = new Set(history.map(({id}) => id));
  const gone = [...records.keys()].filter(id => !known.has(id)).map(id => ({id, label: id, title: ''}));
  const all = gone.length === 0 ? history : [...history, ...gone].toSorted(compare);
  const last = all.findLast(({id}) => isDone(records.get(id)))?.id;
  return all.map(migration => {
    const record = records.get(migration.id);
    const state = stateOf(record, known.has(migration.id), migration.id === last);
    return {migration, state, ...(record?.at === undefined ? {} : {appliedAt: record.at})};
  });
}

function isDone(record: Record | undefined): boolean {
  return record !== undefined && record.kind !== 'failed';
}

function stateOf(record: Record | undefined, hasFile: boolean, current: boolean): MigrationState {
  if (record === undefined) return {kind: 'pending'};
  if (record.kind === 'failed') return {kind: 'failed'};
  if (!hasFile) return {kind: 'missing-file'};
  return record.kind === 'edited' ? {kind: 'edited'} : {kind: 'applied', current};
}

/** @returns where such a history is: at the last of its migrations that are applied, or at the one that failed */
export function positionOf(migrations: readonly MigrationStatus[]): LinearPosition {
  const failed = migrations.find(({state}) => state.kind === 'failed');
  if (failed) return {kind: 'failed', id: failed.migration.id};
  const last = migrations.findLast(isApplied);
  return last ? {kind: 'at', id: last.migration.id} : {kind: 'none'};
}

/** @returns whether the bookkeeping counts it as applied, whatever became of its file */
export function isApplied({state}: MigrationStatus): boolean {
  return state.kind === 'applied' || state.kind === 'edited' || state.kind === 'missing-file';
}

/**
 * Which migrations run, in order, for a framework that records each by itself.
 * @param status its migrations are in the framework's order; gaps are filled, oldest first
 * @returns the steps, never empty. Failures: as of `planSteps`
 */
export function planRecorded(
  status: Pick<Status, 'position' | 'problems' | 'runner' | 'migrations'>,
  goal: Goal,
): Outcome<readonly Step[]> {
  const refused = refusalOf(status);
  if (refused) return refused;
  const chosen = choose(status.migrations, goal);
  if (!chosen.ok) return chosen;
  const direction = goal.kind.startsWith('apply') ? 'up' : 'down';
  if (chosen.value.length === 0) return nothing(status.migrations, direction);
  const gone = direction === 'down' && chosen.value.find(({state}) => state.kind === 'missing-file');
  if (gone) return missing(gone.migration);
  return ok(stepsOf(status.migrations, chosen.value, direction));
}

function choose(all: readonly MigrationStatus[], goal: Goal): Outcome<readonly MigrationStatus[]> {
  switch (goal.kind) {
    case 'apply-next':
      return ok(all.filter(isPending).slice(0, 1));
    case 'apply-all':
      return ok(all.filter(isPending));
    case 'roll-back-last':
      return ok(all.filter(isApplied).slice(-1));
    case 'roll-back-all':
      return ok(all.filter(isApplied).toReversed());
    case 'apply-to':
    case 'roll-back-to': {
      const index = all.findIndex(({migration}) => migration.id === goal.id);
      if (index < 0)
        return fail('missing-file', `No file has version ${goal.id}.`, {
          advice: 'Choose a version that the migrations folder has.',
        });
      return ok(
        goal.kind === 'apply-to'
          ? all.slice(0, index + 1).filter(isPending)
          : all
              .slice(index + 1)
              .filter(isApplied)
              .toReversed(),
      );
    }
    default:
      return goal satisfies never;
  }
}

function isPending({state}: MigrationStatus): boolean {
  return state.kind === 'pending';
}

function stepsOf(
  all: readonly MigrationStatus[],
  chosen: readonly MigrationStatus[],
  direction: Step['direction'],
): readonly Step[] {
  const places = new Map(all.map(({migration}, place) => [migration.id, place]));
  const applied = all.map(isApplied);
  let last = applied.lastIndexOf(true);
  return chosen.map(({migration}) => {
    const place = places.get(migration.id) ?? -1;
    applied[place] = direction === 'up';
    if (direction === 'up') last = Math.max(last, place);
    while (last >= 0 && applied[last] !== true) last -= 1;
    const path = migration[direction];
    const at = all[last]?.migration;
    return {
      migration,
      direction,
      ...(path === undefined ? {} : {path}),
      leads: at ? {kind: 'at', id: at.id} : {kind: 'none'},
    };
  });
}

function nothing(all: readonly MigrationStatus[], direction: Step['direction']): Outcome<never> {
  const at = all.findLast(isApplied)?.migration.label;
  const where = at === undefined ? 'No migration is applied' : `The last applied migration is ${at}`;
  return fail(
    'nothing-to-do',
    `${where}; there is nothing to ${direction === 'up' ? 'apply' : 'roll back'}.`,
  );
}

function missing({label}: Migration): Outcome<never> {
  return fail(
    'missing-file',
    `${label} is recorded as applied, but it has no file, so it cannot be rolled back.`,
    {advice: 'Get the file (from another branch?), or choose the right folder.'},
  );
}
