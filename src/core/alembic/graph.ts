import {each, type Turns} from '../turns.ts';
import type {Revision} from './revision-file.ts';

/** A revision among the others. */
export interface Node extends Revision {
  /** `depends_on` as ids. */
  readonly requires: readonly string[];
  /** What has to be applied before it, without what an ancestor requires already. */
  readonly below: readonly string[];
  /** What follows it by `down_revision`. */
  readonly children: readonly string[];
  /** What follows it at all. */
  readonly above: readonly string[];
}

/** A history that is whole: every name in it is one of its nodes, and no path leads back. */
export interface Graph {
  /** In the order in which Alembic loads the files. */
  readonly nodes: ReadonlyMap<string, Node>;
  /** Ids from the first to the last; of two that nothing orders, the one that was made earlier comes first. */
  readonly order: readonly string[];
  /** Of each id in `order`. */
  readonly places: ReadonlyMap<string, number>;
}

interface Draft extends Revision {
  requires: string[];
  below: string[];
  children: string[];
  above: string[];
}

/**
 * @param revisions of distinct ids, in the order in which Alembic loads the files. What a name stands for that no
 * revision has is left out; whoever needs a whole graph looks at its problems first
 */
export function* graphOf(revisions: readonly Revision[]): Turns<Graph> {
  const nodes = new Map<string, Draft>();
  yield* each(revisions, revision => {
    nodes.set(revision.id, {...revision, requires: [], below: [], children: [], above: []});
  });
  const named = namesOf(revisions);
  yield* each(nodes.values(), node => link(node, nodes, named));
  const needed = new Map<string, number>();
  for (const {requires} of nodes.values())
    for (const id of new Set(requires)) needed.set(id, (needed.get(id) ?? 0) + 1);
  yield* each(nodes.values(), node => {
    node.below = belowOf(node, nodes, id => (needed.get(id) ?? 0) > 1);
  });
  const order = yield* displayOrder(nodes);
  return {nodes, order, places: new Map(order.map((id, index) => [id, index]))};
}

/** @returns the id that each branch label stands for */
export function namesOf(revisions: readonly Revision[]): ReadonlyMap<string, string> {
  return new Map(revisions.flatMap(({id, branchLabels}) => branchLabels.map(label => [label, id] as const)));
}

function link(node: Draft, nodes: ReadonlyMap<string, Draft>, named: ReadonlyMap<string, string>): void {
  node.requires = node.dependsOn.map(name => (nodes.has(name) ? name : (named.get(name) ?? name)));
  for (const parent of new Set(node.parents)) nodes.get(parent)?.children.push(node.id);
  for (const id of new Set([...node.parents, ...node.requires])) nodes.get(id)?.above.push(node.id);
}

/**
 * Alembic leaves out a dependency that an ancestor has as well.
 * @param isShared whether more than one revision depends on one
 */
function belowOf(
  node: Draft,
  nodes: ReadonlyMap<string, Draft>,
  isShared: (id: string) => boolean,
): string[] {
  const parents = node.parents.filter(id => nodes.has(id));
  if (!node.requires.some(isShared)) {
    const requires = node.requires.filter(id => nodes.has(id));
    return [...new Set([...parents, ...requires])];
  }
  const inherited = new Set<string>();
  for (const id of closure([node.id], id => nodes.get(id)?.parents ?? []))
    if (id !== node.id) for (const required of nodes.get(id)?.requires ?? []) inherited.add(required);
  const own = node.requires.filter(id => nodes.has(id) && !inherited.has(id));
  return [...new Set([...parents, ...own])];
}

/** @returns the ids with all that `next` leads to from them */
export function closure(ids: Iterable<string>, next: (id: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const todo = [...ids];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const following of next(id)) todo.push(following);
  }
  return seen;
}

/** @returns the ids with everything that they need to be applied before; ids that no file has are left out */
export function withAncestors({nodes}: Graph, ids: Iterable<string>): ReadonlySet<string> {
  return closure(
    [...ids].filter(id => nodes.has(id)),
    id => nodes.get(id)?.below ?? [],
  );
}

/** @returns the ids with everything that needs them */
export function withDescendants({nodes}: Graph, ids: Iterable<string>): ReadonlySet<string> {
  return closure(ids, id => nodes.get(id)?.above ?? []);
}

/** @returns what nothing follows and nothing needs, as `heads` means it */
export function headsOf({nodes}: Graph): readonly string[] {
  return [...nodes.values()].filter(({above}) => above.length === 0).map(({id}) => id);
}

/** What lies on a circle, or behind one, comes last. */
function* displayOrder(nodes: ReadonlyMap<string, Draft>): Turns<readonly string[]> {
  const before = (one: Draft, other: Draft): boolean =>
    one.created === other.created ? one.id < other.id : one.created < other.created;
  const missing = new Map([...nodes.values()].map(({id, below}) => [id, below.length]));
  const ready = [...nodes.values()].filter(({below}) => below.length === 0);
  ready.sort((one, other) => (before(one, other) ? -1 : 1));
  const order: string[] = [];
  yield* each(shifted(ready), ({id: done, above}) => {
    order.push(done);
    for (const id of above) {
      const next = nodes.get(id);
      if (!next?.below.includes(done)) continue;
      const left = (missing.get(id) ?? 1) - 1;
      missing.set(id, left);
      if (left === 0) insert(ready, next, before);
    }
  });
  const ordered = new Set(order);
  return [...order, ...[...nodes.keys()].filter(id => !ordered.has(id))];
}

/** Takes items off the beginning, also those that are put there meanwhile. */
function* shifted<T>(open: T[]): Iterable<T> {
  for (let item = open.shift(); item !== undefined; item = open.shift()) yield item;
}

function insert(ready: Draft[], node: Draft, before: (one: Draft, other: Draft) => boolean): void {
  const place = ready.findIndex(other => before(node, other));
  ready.splice(place < 0 ? ready.length : place, 0, node);
}
