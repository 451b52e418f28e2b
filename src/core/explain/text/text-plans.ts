import {fail, ok, type Outcome} from '../../outcome.ts';
import type {ExplainedPlan, PlanNode} from '../plan.ts';
import type {NodeDraft, PlanDraft} from './draft.ts';
import {addImplied} from './implied.ts';
import {readDrafts} from './read-drafts.ts';

/** Where the text is known to hold one plan with its query before it, as a record of auto_explain does. */
interface TextOptions {
  readonly single?: boolean;
}

/**
 * Reads what `EXPLAIN (FORMAT TEXT)` of PostgreSQL 14–18 prints into the plans that FORMAT JSON gives: the same tree,
 * with the same names, numbers and lists. Lines before, between and after the plans are skipped; a `Name: value` that
 * is not known is kept as it is. The rules are those of explain.c, each read from servers of the five versions.
 *
 * What text leaves out because its absence says it is added as JSON has it: counters of 0 of BUFFERS, WAL and I/O times
 * that the plan has anywhere, `Rows Removed by …` of 0, times of a node that was never executed, `Original Hash
 * Buckets`, `Subplans Removed` of 0, `Single Copy`, `Inner Unique` with VERBOSE, an empty `Triggers`, and the like.
 *
 * What text cannot say is absent:
 * - `Disabled` of false (18), `Inner Unique` without VERBOSE, an empty `Workers` and an empty `Settings`;
 * - counters of BUFFERS, WAL, I/O times and `WAL Buffers Full` (18) when all of the plan are 0;
 * - a trigger's `Relation` when only one table has triggers, and without VERBOSE its name beside its constraint's;
 * - `Function Name` where a function scan shows only an alias without VERBOSE: then the alias is taken for it;
 * - whether a single grouping set was written as one: it is taken for a `Group Key`;
 * - where one name ends and the next begins in `Conflict Arbiter Indexes` and `Trigger`, which are not quoted.
 * @param lines of a text without a frame
 * @returns the plans in their order, none for a text without a plan; `invalid-input` when the indentation is lost
 */
export function textPlans(
  lines: readonly string[],
  options: TextOptions = {},
): Outcome<readonly ExplainedPlan[]> {
  const drafts = readDrafts(lines, options.single ?? false);
  if (drafts === 'indentation-lost')
    return fail('invalid-input', 'This is a plan as text, but its indentation is lost.', {
      advice:
        'The indentation says which step belongs to which. Copy the plan again with its leading blanks.',
    });
  return ok(drafts.map(draft => finished(draft, lines)));
}

function finished(draft: PlanDraft, lines: readonly string[]): ExplainedPlan {
  addImplied(draft);
  const nodes = finishedNodes(draft);
  const [root = emptyNode] = nodes;
  return {
    format: 'text',
    root,
    nodes,
    analyzed: 'Actual Loops' in draft.root.fields,
    fields: draft.fields,
    ...(draft.queryText === undefined ? {} : {queryText: draft.queryText}),
    source: lines.slice(draft.firstLine, draft.endLine).join('\n'),
  };
}

const emptyNode: PlanNode = {id: 0, type: '', children: [], fields: {}};

/** Without recursion: a plan can be deeper than JavaScript's stack. */
function finishedNodes({nodes}: PlanDraft): readonly PlanNode[] {
  const ids = new Map<NodeDraft, number>(nodes.map((node, id) => [node, id]));
  const children: PlanNode[][] = nodes.map(() => []);
  const parents = new Map<number, number>();
  for (const [id, node] of nodes.entries())
    for (const child of node.children) parents.set(ids.get(child) ?? 0, id);
  const made = nodes.map(({fields}, id) => {
    const {'Node Type': type, 'Parent Relationship': relationship, 'Subplan Name': subplanName} = fields;
    const parent = parents.get(id);
    return {
      id,
      ...(parent === undefined ? {} : {parent}),
      type: typeof type === 'string' ? type : '',
      ...(typeof relationship === 'string' ? {relationship} : {}),
      ...(typeof subplanName === 'string' ? {subplanName} : {}),
      children: children[id] ?? [],
      fields,
    };
  });
  for (const node of made) if (node.parent !== undefined) children[node.parent]?.push(node);
  return made;
}
