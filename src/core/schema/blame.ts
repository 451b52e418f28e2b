import type {Blame, Difference} from './comparison.ts';
import type {Declaration, Declarations} from './declarations.ts';

export interface BlameFacts {
  readonly declarations: Declarations;
  /** Ids of the migrations that have not run on the live database. */
  readonly pending: ReadonlySet<string>;
  /** Ids of those whose file has changed since it was applied. */
  readonly edited: ReadonlySet<string>;
}

/**
 * Where a difference comes from, told from what the files say of the object. The files were replayed, so what they do
 * not say was done by somebody else, or by code that they run.
 * @returns `pending` when a file that has not run explains it, `edited-after-apply` when an edited one may, `no-migration`
 * for what no file speaks of, and `by-hand` for what the files lead to otherwise, with the last migration that set it
 */
export function blameFor(difference: Difference, {declarations, pending, edited}: BlameFacts): Blame {
  const own = relevant(difference, declarations.of(difference.object.key));
  const explains = own.findLast(({migration, act}) => pending.has(migration) && isExplained(difference, act));
  if (explains) return {kind: 'pending', migration: explains.migration};
  const {parent} = difference.object;
  const around = own.length > 0 || parent === undefined ? own : declarations.of(parent);
  const changed = around.findLast(({migration}) => edited.has(migration));
  if (changed) return {kind: 'edited-after-apply', migration: changed.migration};
  const last = own.at(-1);
  if (last) return {kind: 'by-hand', migration: last.migration};
  if (difference.kind === 'extra') return {kind: 'no-migration'};
  // The replay made it by code that it ran; which file, nobody knows.
  return pending.size > 0 || edited.size > 0 ? {kind: 'unknown'} : {kind: 'by-hand'};
}

/** What sets another attribute has no part in it. */
function relevant(difference: Difference, own: readonly Declaration[]): readonly Declaration[] {
  if (difference.kind !== 'changed') return own.filter(({act}) => act !== 'alter');
  return own.filter(({about}) => about === undefined || about === difference.attribute);
}

/** A file that has yet to run can only be the reason for what it would do. */
function isExplained({kind}: Difference, act: Declaration['act']): boolean {
  return kind === 'extra' ? act === 'drop' : act !== 'drop';
}
