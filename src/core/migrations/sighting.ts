import type {Position} from './migration.ts';

/** What was there when a database was last looked at: small enough to be stored for each database and project. */
export interface Sighting {
  readonly position: Position;
  /** The ids of all migrations that had files then, in order. */
  readonly ids: readonly string[];
}

/**
 * Files that came after the database had passed their place. A framework that records only the current version never
 * runs them.
 * @param order the ids of the history now, in order
 * @param position where the database is now
 * @returns the ids that the earlier look did not see although the database was past them; none when the database has
 * gone back since, because it may have come up again with them
 */
export function unseenIds(
  order: readonly string[],
  position: Position,
  earlier: Sighting,
): readonly string[] {
  if (position.kind !== 'at' || earlier.position.kind !== 'at') return [];
  const then = order.indexOf(earlier.position.id);
  const now = order.indexOf(position.id);
  if (then < 0 || now < then) return [];
  const seen = new Set(earlier.ids);
  return order.slice(0, then).filter(id => !seen.has(id));
}

/**
 * What to store after a look, so that a later one can tell which files are new.
 * @returns the sighting to store; files that never ran stay unseen, so that they are still told the next time
 */
export function sight(order: readonly string[], position: Position, neverRan: readonly string[]): Sighting {
  const unseen = new Set(neverRan);
  return {position, ids: order.filter(id => !unseen.has(id))};
}

/**
 * Files whose place is before the current version but that arrived on the branch after a file which the database has
 * passed already, as after merging an older branch.
 * @param arrivals rank of arrival by id; an id that is absent is not judged
 */
export function lateIds(
  order: readonly string[],
  position: Position,
  arrivals: ReadonlyMap<string, number>,
): readonly string[] {
  if (position.kind !== 'at') return [];
  const current = order.indexOf(position.id);
  const reached = arrivals.get(position.id);
  if (current < 0 || reached === undefined || !Number.isFinite(reached)) return [];
  return order.slice(0, current).filter(id => (arrivals.get(id) ?? -1) > reached);
}
