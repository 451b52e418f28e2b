import type {Attribution, NodeNumbers} from '../core/explain/attribution.ts';
import {textField} from '../core/explain/fields.ts';
import type {PlanFinding} from '../core/explain/finding.ts';
import type {PlanNode} from '../core/explain/plan.ts';
import {nodeTitle} from '../core/explain/words.ts';
import type {Documents} from './json.ts';

type Body = Documents['plans']['plans'][number];
type NodeBody = Body['nodes'][number];

/** A plan that was read, computed and looked through. */
export interface StudiedPlan {
  readonly attribution: Attribution;
  readonly findings: readonly PlanFinding[];
}

/** @returns the plan as `--json` prints it */
export function planBodyOf({attribution, findings}: StudiedPlan): Body {
  const {plan, numbers, planningMs, executionMs, triggersMs, jitMs} = attribution;
  const depths = depthsOf(plan.nodes);
  return {
    analyzed: plan.analyzed,
    ...given({executionMs, planningMs, triggersMs, jitMs, query: plan.queryText}),
    nodes: plan.nodes.map((node, id) => nodeBody(node, depths[id] ?? 0, numbers[id])),
    findings,
    fields: plan.fields,
  };
}

/** @returns for each node how far it is below the root */
export function depthsOf(nodes: readonly PlanNode[]): readonly number[] {
  const depths: number[] = [];
  for (const {parent} of nodes) depths.push(parent === undefined ? 0 : (depths[parent] ?? 0) + 1);
  return depths;
}

function nodeBody(node: PlanNode, depth: number, numbers: NodeNumbers | undefined): NodeBody {
  const execution = numbers?.execution;
  return {
    id: node.id,
    depth,
    type: node.type,
    title: nodeTitle(node),
    state: numbers?.state ?? 'unknown',
    ...given({
      parent: node.parent,
      relationship: node.relationship,
      subplanName: node.subplanName,
      schema: textField(node, 'Schema'),
      relation: textField(node, 'Relation Name'),
      alias: textField(node, 'Alias'),
      index: textField(node, 'Index Name'),
      loops: execution?.loops,
      processes: execution?.processes,
      selfMs: execution?.time?.selfMs,
      totalMs: execution?.time?.totalMs,
      epsilonMs: execution?.time?.epsilonMs,
      selfEpsilonMs: execution?.time?.selfEpsilonMs,
      rows: execution?.rows,
      estimate: execution?.estimate,
    }),
    plannedRows: numbers?.plannedRows ?? 0,
    cost: numbers?.cost ?? {total: 0, self: 0},
    buffers: {total: numbers?.total ?? {}, self: numbers?.self ?? {}},
    fields: node.fields,
  };
}

type Given<T> = {readonly [Key in keyof T]?: Exclude<T[Key], undefined>};

/** Leaves out what is undefined. */
function given<T extends object>(values: T): Given<T>;
function given(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
