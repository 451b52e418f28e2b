import {fail, ok, type Outcome} from '../outcome.ts';
import type {Goal} from '../migrations/plan.ts';
import {headsOf, withAncestors, withDescendants, type Graph, type Node} from './graph.ts';
import {alembicSort} from './sort.ts';

/** What Alembic is told, and what it will do. */
export interface Choice {
  readonly direction: 'up' | 'down';
  /** As its command line takes it: `heads`, `base`, `-1` or a revision. */
  readonly destination: string;
  /** In the order in which they run. */
  readonly ids: readonly string[];
}

/**
 * Which revisions a goal means, and in which order Alembic takes them.
 * @param heads of the database, all of which have a file
 * @returns a choice that is never empty. Failures: `nothing-to-do`, `missing-file` (no file has the goal's revision),
 * `invalid-input` (it lies on the wrong side, or the goal is ambiguous)
 */
export function choose(graph: Graph, heads: readonly string[], goal: Goal): Outcome<Choice> {
  switch (goal.kind) {
    case 'apply-all':
      return up(graph, heads, 'heads');
    case 'apply-next': {
      const all = upgrades(graph, heads, headsOf(graph));
      const [next] = all;
      return next === undefined ? nothing(heads, 'apply') : up(graph, heads, next);
    }
    case 'apply-to':
      return known(graph, goal.id) ?? up(graph, heads, goal.id);
    case 'roll-back-last':
      return rollBackLast(graph, heads);
    case 'roll-back-all':
      return down(heads, 'base', downgrades(graph, heads, basesOf(graph)));
    case 'roll-back-to':
      return known(graph, goal.id) ?? rollBackTo(graph, heads, goal.id);
    default:
      return goal satisfies never;
  }
}

function known({nodes}: Graph, id: string): Outcome<never> | undefined {
  if (nodes.has(id)) return undefined;
  return fail('missing-file', `No file has revision ${id}.`, {
    advice: 'Choose a revision that the versions folder has.',
  });
}

function up(graph: Graph, heads: readonly string[], destination: string): Outcome<Choice> {
  const ids = upgrades(graph, heads, destination === 'heads' ? headsOf(graph) : [destination]);
  if (ids.length > 0) return ok({direction: 'up', destination, ids});
  if (destination === 'heads' || heads.includes(destination)) return nothing(heads, 'apply');
  return fail('invalid-input', `Revision ${destination} is applied already, below the current one.`, {
    advice: 'Roll back to it instead.',
  });
}

function upgrades(graph: Graph, heads: readonly string[], targets: readonly string[]): readonly string[] {
  const applied = withAncestors(graph, heads);
  const needed = new Set([...withAncestors(graph, targets)].filter(id => !applied.has(id)));
  return alembicSort(graph, needed, targets).toReversed();
}

/** `downgrade -1`: one step down from the only head, which has to have one revision below it at most. */
function rollBackLast(graph: Graph, heads: readonly string[]): Outcome<Choice> {
  const [head, ...others] = heads;
  const node = graph.nodes.get(head ?? '');
  if (!node) return nothing(heads, 'roll back');
  if (others.length > 0)
    return ambiguous(
      `The database has ${heads.length} heads (${heads.join(', ')}), so that “the last migration” is ambiguous.`,
      'Roll back to the revision below the one that has to go.',
    );
  if (node.parents.length > 1)
    return ambiguous(
      `Revision ${node.id} merges ${node.parents.join(' and ')}: Alembic calls a step down from it ambiguous.`,
      `Roll back to ${node.parents.join(' or ')}: either takes back the merge and nothing else.`,
    );
  return down(heads, '-1', downgrades(graph, heads, lastRoots(graph, node)));
}

/** Alembic drops what follows the revision below; where there are several of those, only what leads to the head. */
function lastRoots(graph: Graph, node: Node): readonly string[] {
  const [parent] = node.parents;
  const roots = parent === undefined ? basesOf(graph) : (graph.nodes.get(parent)?.children ?? []);
  if (roots.length < 2) return roots;
  const line = new Set<string>();
  for (let id: string | undefined = node.id; id !== undefined && !line.has(id);) {
    line.add(id);
    id = graph.nodes.get(id)?.parents[0];
  }
  return roots.filter(id => line.has(id));
}

function rollBackTo(graph: Graph, heads: readonly string[], id: string): Outcome<Choice> {
  const ids = downgrades(graph, heads, graph.nodes.get(id)?.children ?? []);
  if (ids.length > 0) return down(heads, id, ids);
  if (withAncestors(graph, heads).has(id)) return nothing(heads, 'roll back');
  return fail('invalid-input', `Revision ${id} is not applied, so rolling back cannot lead to it.`, {
    advice: 'Apply up to it instead.',
  });
}

function basesOf({nodes}: Graph): readonly string[] {
  return [...nodes.values()].filter(({parents}) => parents.length === 0).map(({id}) => id);
}

/** What is applied of the roots and of all that needs them, from the last to the first. */
function downgrades(graph: Graph, heads: readonly string[], roots: readonly string[]): readonly string[] {
  const applied = withAncestors(graph, heads);
  const dropped = new Set([...withDescendants(graph, roots)].filter(id => applied.has(id)));
  return alembicSort(graph, dropped, heads);
}

function down(heads: readonly string[], destination: string, ids: readonly string[]): Outcome<Choice> {
  return ids.length === 0 ? nothing(heads, 'roll back') : ok({direction: 'down', destination, ids});
}

function ambiguous(message: string, advice: string): Outcome<never> {
  return fail('invalid-input', message, {advice});
}

function nothing(heads: readonly string[], what: string): Outcome<never> {
  const where = heads.length === 0 ? 'No migration is applied' : `The database is at ${heads.join(' and ')}`;
  return fail('nothing-to-do', `${where}; there is nothing to ${what}.`);
}
