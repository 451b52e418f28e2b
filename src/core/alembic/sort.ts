import {closure, type Graph} from './graph.ts';

/**
 * The order in which Alembic takes revisions, from the last to the first: one branch as far down as nothing else needs
 * it, then the next.
 * Source: `RevisionMap._topological_sort` of Alembic 1.8 to 1.16
 * @param wanted the ids to order
 * @param heads where it begins: nothing of `wanted` lies above all of them
 */
export function alembicSort(
  graph: Graph,
  wanted: ReadonlySet<string>,
  heads: Iterable<string>,
): readonly string[] {
  const loaded = [...graph.nodes.keys()];
  const first = [...new Set(heads)]
    .filter(id => wanted.has(id))
    .toSorted((one, other) => loaded.indexOf(one) - loaded.indexOf(other));
  const walk: Walk = {
    graph,
    todo: new Set(wanted),
    candidates: first,
    ancestors: first.map(id => ancestorsOf(graph, id)),
    at: 0,
    sorted: [],
  };
  while (walk.candidates.length > 0) take(walk);
  return walk.sorted;
}

interface Walk {
  readonly graph: Graph;
  readonly todo: Set<string>;
  readonly candidates: string[];
  readonly ancestors: Set<string>[];
  at: number;
  readonly sorted: string[];
}

function ancestorsOf({nodes}: Graph, id: string): Set<string> {
  return closure([id], each => nodes.get(each)?.below ?? []);
}

function take(walk: Walk): void {
  const {graph, todo, candidates, ancestors, sorted} = walk;
  const id = candidates[walk.at] ?? '';
  const needing = ancestors.findIndex((set, index) => index !== walk.at && set.has(id));
  if (needing >= 0) {
    walk.at = needing;
    return;
  }
  if (todo.delete(id)) sorted.push(id);
  const node = graph.nodes.get(id);
  const [next, ...more] = (node?.below ?? []).filter(each => todo.has(each) && !candidates.includes(each));
  if (next === undefined) {
    candidates.splice(walk.at, 1);
    ancestors.splice(walk.at, 1);
    walk.at = Math.max(walk.at - 1, 0);
    return;
  }
  candidates[walk.at] = next;
  // Down a line without branches the set is the same but for what was taken.
  if (node?.below.length === 1) ancestors[walk.at]?.delete(id);
  else {
    ancestors[walk.at] = ancestorsOf(graph, next);
    candidates.push(...more);
    ancestors.push(...more.map(each => ancestorsOf(graph, each)));
  }
}
