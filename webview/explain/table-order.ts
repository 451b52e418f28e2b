import type {PlanNode} from '../../src/core/explain/plan.ts';
import type {Column} from './table-columns.ts';

/** How the rows are ordered: as a tree, or flat by a column. */
export type Sorting =
  | {readonly kind: 'tree'}
  | {readonly kind: 'by'; readonly column: string; readonly descending: boolean};

/** @returns the sorting after a click on the column's head: the largest first, the smallest first, the tree again. */
export function nextSorting(sorting: Sorting, column: string): Sorting {
  if (sorting.kind === 'tree' || sorting.column !== column) return {kind: 'by', column, descending: true};
  return sorting.descending ? {kind: 'by', column, descending: false} : {kind: 'tree'};
}

/** @returns ids of the rows in order; in tree order without what is below a collapsed node. */
export function orderOf(
  nodes: readonly PlanNode[],
  sorting: Sorting,
  columns: readonly Column[],
  collapsed: ReadonlySet<number>,
): readonly number[] {
  if (sorting.kind === 'tree') return inTreeOrder(nodes, collapsed);
  const column = columns.find(({id}) => id === sorting.column);
  const sign = sorting.descending ? -1 : 1;
  const keyed = nodes.map(({id}) => ({id, key: column?.sortBy(id)}));
  return keyed.toSorted((a, b) => compareKeys(a.key, b.key, sign) || a.id - b.id).map(({id}) => id);
}

function compareKeys(a: number | undefined, b: number | undefined, sign: number): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return sign * (a - b);
}

function inTreeOrder(nodes: readonly PlanNode[], collapsed: ReadonlySet<number>): readonly number[] {
  const hidden = new Set<number>();
  return nodes.flatMap(({id, parent}) => {
    const isHidden = parent !== undefined && (hidden.has(parent) || collapsed.has(parent));
    if (!isHidden) return [id];
    hidden.add(id);
    return [];
  });
}

/** @returns how far each node is from the root. */
export function depthsOf(nodes: readonly PlanNode[]): readonly number[] {
  const depths: number[] = [];
  for (const {parent} of nodes) depths.push(parent === undefined ? 0 : (depths[parent] ?? 0) + 1);
  return depths;
}
