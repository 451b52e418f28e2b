import type {Position} from '../migrations/migration.ts';
import {withAncestors, type Graph} from './graph.ts';

/** @returns the position of a database whose table has these rows, in the order of the history; unknown ones last */
export function positionOfHeads({places}: Graph, heads: Iterable<string>): Position {
  const place = (id: string): number => places.get(id) ?? places.size;
  const ids = [...new Set(heads)].toSorted((one, other) => place(one) - place(other));
  const [only] = ids;
  if (only === undefined) return {kind: 'none'};
  return ids.length === 1 ? {kind: 'at', id: only} : {kind: 'heads', ids};
}

/** @returns the heads after a step, as Alembic writes them: whatever is applied and nothing applied needs */
export function headsAfter(
  graph: Graph,
  heads: ReadonlySet<string>,
  {
    id,
    direction,
    applied,
  }: {readonly id: string; readonly direction: 'up' | 'down'; readonly applied: ReadonlySet<string>},
): ReadonlySet<string> {
  const below = graph.nodes.get(id)?.below ?? [];
  const next = new Set(heads);
  if (direction === 'up') {
    for (const before of below) next.delete(before);
    return next.add(id);
  }
  next.delete(id);
  const isFree = (before: string): boolean =>
    !(graph.nodes.get(before)?.above ?? []).some(each => each !== id && applied.has(each));
  for (const before of below) if (isFree(before)) next.add(before);
  return next;
}

/** @returns rows that stand for nothing, because another row needs them: Alembic stops at such a table */
export function overlapping(graph: Graph, rows: readonly string[]): readonly string[] {
  return rows.filter(row => {
    const others = rows.filter(other => other !== row);
    return withAncestors(graph, others).has(row);
  });
}
