import type {Migration, MigrationState, MigrationStatus} from './migration.ts';
import type {LinearPosition} from './position.ts';

/**
 * The states of a history for a framework whose bookkeeping is one current version: what lies behind it counts as
 * applied, because nothing else is recorded, unless `neverRan` says otherwise.
 * @param compare orders two ids as the framework does
 */
export function statesOf(
  history: readonly Migration[],
  position: LinearPosition,
  neverRan: ReadonlySet<string>,
  compare: (one: string, other: string) => number,
): readonly MigrationStatus[] {
  const known = history.map(migration => ({
    migration,
    state: stateOf(migration.id, position, neverRan, compare),
  }));
  if (position.kind === 'none' || history.some(({id}) => id === position.id)) return known;
  // golang-migrate's -1 is no version of its own.
  if (position.id.startsWith('-')) return known;
  return [...known, withoutFile(position)].toSorted((one, other) =>
    compare(one.migration.id, other.migration.id),
  );
}

function withoutFile(position: Exclude<LinearPosition, {readonly kind: 'none'}>): MigrationStatus {
  const {id} = position;
  return {
    migration: {id, label: id, title: ''},
    state: {kind: position.kind === 'failed' ? 'failed' : 'missing-file'},
  };
}

function stateOf(
  id: string,
  position: LinearPosition,
  neverRan: ReadonlySet<string>,
  compare: (one: string, other: string) => number,
): MigrationState {
  if (position.kind === 'none') return {kind: 'pending'};
  const order = compare(id, position.id);
  if (order > 0) return {kind: 'pending'};
  if (order === 0) return position.kind === 'failed' ? {kind: 'failed'} : {kind: 'applied', current: true};
  return neverRan.has(id) ? {kind: 'never-runs'} : {kind: 'applied', current: false};
}
