import type {Attribution} from './attribution.ts';
import {blocksOf} from './compare-changes.ts';
import {linesOf, type ComparedNode} from './compare-lines.ts';
import {matchPlans} from './compare-match.ts';
import {hashOf, subplanName} from './compare-roles.ts';
import {textField} from './fields.ts';
import type {ExplainedPlan, PlanNode} from './plan.ts';

/** Of a whole plan; null is what it does not say. */
export interface PlanTotals {
  readonly nodes: number;
  readonly planningMs: number | null;
  readonly executionMs: number | null;
  readonly cost: number;
  /** Rows of the root, executed or else planned. */
  readonly rows: number;
  /** 8 kB blocks: all that were touched, those that were not in shared buffers, and those of temporary files. */
  readonly blocks: number | null;
  readonly blocksRead: number | null;
  readonly tempBlocks: number | null;
}

/** Two plans of one statement; JSON-safe. */
export interface PlanComparison {
  /** The same steps on the same objects. */
  readonly sameShape: boolean;
  /** The plan after in pre-order, with what is gone where it was. */
  readonly nodes: readonly ComparedNode[];
  readonly before: PlanTotals;
  readonly after: PlanTotals;
}

/**
 * Pairs the nodes of two plans of one statement by what they are for: scans by relation and alias, everything else by
 * the scans below it, by its subplan and by its place. A scan through an index has the sequential one as its
 * counterpart, a nested loop the hash join of the same tables. Linear in the number of nodes.
 */
export function comparePlans(before: Attribution, after: Attribution): PlanComparison {
  return {
    sameShape: shapeOf(before.plan) === shapeOf(after.plan),
    nodes: linesOf(before, after, matchPlans(before.plan, after.plan)),
    before: totalsOf(before),
    after: totalsOf(after),
  };
}

function totalsOf(attribution: Attribution): PlanTotals {
  const {plan, planningMs, executionMs, numbers} = attribution;
  const total = numbers[0]?.total ?? {};
  const {sharedRead, tempRead, tempWritten} = total;
  return {
    nodes: plan.nodes.length,
    planningMs: planningMs ?? null,
    executionMs: executionMs ?? null,
    cost: numbers[0]?.cost.total ?? 0,
    rows: numbers[0]?.execution?.rows ?? numbers[0]?.plannedRows ?? 0,
    blocks: blocksOf(total) ?? null,
    blocksRead: sharedRead ?? null,
    tempBlocks:
      tempRead === undefined && tempWritten === undefined ? null : (tempRead ?? 0) + (tempWritten ?? 0),
  };
}

/** Fields that say which step a node is, and on what. None of them holds a number or a value of the statement. */
const stepFields = [
  'Strategy',
  'Partial Mode',
  'Join Type',
  'Scan Direction',
  'Operation',
  'Command',
  'Relation Name',
  'Index Name',
  'Function Name',
  'CTE Name',
  'Custom Plan Provider',
];

/**
 * @returns 16 hexadecimal digits: the same for the same steps on the same objects in the same order, whatever the
 * numbers, settings and values of the statement, and whether the plan was executed
 */
export function shapeOf(plan: ExplainedPlan): string {
  const depths: number[] = [];
  let [high, low] = [0x811c9dc5, 0xcbf29ce4];
  for (const node of plan.nodes) {
    depths[node.id] = node.parent === undefined ? 0 : (depths[node.parent] ?? 0) + 1;
    const step = `${depths[node.id]} ${stepText(node)}\n`;
    high = hashOf(step, high);
    low = hashOf(step, low);
  }
  return [high, low].map(each => each.toString(16).padStart(8, '0')).join('');
}

function stepText(node: PlanNode): string {
  const parallel = node.fields['Parallel Aware'] === true ? 'parallel' : '';
  const fields = stepFields.map(name => textField(node, name) ?? '');
  return [node.type, node.relationship ?? '', subplanName(node) ?? '', parallel, ...fields].join('\t');
}
