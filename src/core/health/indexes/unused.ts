import type {IndexesPart, IndexRow} from '../parts/indexes.ts';
import {modelOf} from './model.ts';
import {overlapsOf} from './overlap.ts';
import {onlySupports} from './serves.ts';

/**
 * Indexes that may be dropped when they are of no use to queries: those that serve nothing else, and that no other
 * check wants to go already.
 */
export function expendable(part: IndexesPart): readonly IndexRow[] {
  const {superfluous, duplicates, covered} = overlapsOf(part);
  // Queries that use the one that goes will need the other.
  const needed = new Set(
    [...duplicates, ...covered].flatMap(({index, by}) => (index.scans > 0 ? by.oid : [])),
  );
  return part.indexes.filter(
    index => servesQueriesOnly(index) && !superfluous.has(index.oid) && !needed.has(index.oid),
  );
}

/** @returns whether nothing but speed is lost with it */
export function servesQueriesOnly(index: IndexRow): boolean {
  return (
    index.valid &&
    index.incomplete !== true &&
    !index.unique &&
    index.constraint === undefined &&
    !index.replicaIdentity &&
    index.parent === undefined &&
    index.extension === undefined
  );
}

/**
 * @param candidates indexes that queries do not need
 * @returns those that can all go together: the last one that supports a foreign key stays
 */
export function withoutLastSupports(part: IndexesPart, candidates: readonly IndexRow[]): readonly IndexRow[] {
  const model = modelOf(part);
  const gone = new Set(overlapsOf(part).superfluous);
  // The largest first: where one of several has to stay, it is the smallest.
  return candidates
    .toSorted((a, b) => b.bytes - a.bytes || b.oid - a.oid)
    .filter(index => {
      if (onlySupports(model, index, gone).length > 0) return false;
      gone.add(index.oid);
      return true;
    });
}
