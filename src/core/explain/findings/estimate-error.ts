import type {Estimate} from '../attribution.ts';
import type {PlanNode} from '../plan.ts';
import {formatFactor, formatMs, formatRows, nodeTitle} from '../words.ts';
import type {PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';
import {estimateRemedy} from './estimate-remedy.ts';
import {stoppedBy} from './limits.ts';
import {consumerOf, stakeOf, stalenessOf} from './statistics.ts';

// Below a factor of ten a plan is seldom another one.
const leastFactor = 10;

// An error over few rows costs nothing, whatever is done with them.
const fewestRows = 1000;

/** A bitmap's rows are counted as 0 (BitmapAnd, BitmapOr); the others return what is not a number of rows read. */
const without = new Set(['BitmapAnd', 'BitmapOr', 'ModifyTable', 'Limit', 'LockRows', 'Hash', 'Memoize']);

/**
 * The planner was wrong by ten times and more, told where the error begins: at the deepest node whose inputs were
 * estimated well. What is above has it from there.
 * Source: https://www.postgresql.org/docs/current/row-estimation-examples.html
 */
export const estimateError: Check = {
  id: 'estimate-error',
  find: context => origins(context).flatMap(node => found(context, node)),
};

/** Children come after their parents, so one pass from the end knows of every node whether it has an error below. */
function origins(context: PlanContext): readonly PlanNode[] {
  const below = new Set<number>();
  const result: PlanNode[] = [];
  for (const node of context.plan.nodes.toReversed()) {
    const wrong = isWrong(context, node);
    if (wrong && !below.has(node.id)) result.push(node);
    const inSubquery = node.relationship === 'InitPlan' || node.relationship === 'SubPlan';
    if ((wrong || below.has(node.id)) && node.parent !== undefined && !inSubquery) below.add(node.parent);
  }
  return result.toReversed();
}

function isWrong(context: PlanContext, node: PlanNode): boolean {
  const execution = context.executionOf(node);
  if (!execution?.estimate || without.has(node.type)) return false;
  const {factor, planned, actual, direction} = execution.estimate;
  const passes = Math.max(1, execution.loops / execution.processes);
  if (factor < leastFactor || Math.max(planned, actual) * passes < fewestRows) return false;
  return !(direction === 'too-high' && stoppedBy(context, node));
}

function found(context: PlanContext, node: PlanNode): readonly Draft[] {
  const estimate = context.executionOf(node)?.estimate;
  const consumer = consumerOf(context, node);
  const ms = stakeOf(context, node);
  const table = context.tableOf(node);
  // A sequential scan is read to its end, whatever it was expected to return.
  const harmless = !consumer && (node.type === 'Seq Scan' || node.children.length > 0);
  if (!estimate || harmless || !matters(context, ms)) return [];
  // Told as what it is: statistics that are missing or old.
  if (table && stalenessOf(context, table)) return [];
  const remedy = estimateRemedy(context, node);
  return [
    {
      cause: remedy.cause,
      nodes: [node.id, ...(consumer ? [consumer.id] : [])],
      what: `The planner expected ${formatRows(estimate.planned)} rows and got ${formatRows(estimate.actual)}`,
      why: whyOf(node, estimate, consumer, ms),
      fix: remedy.fix,
      confidence: remedy.confidence,
      basis: remedy.basis,
      atStakeMs: ms,
      actions: remedy.actions,
    },
  ];
}

function whyOf(
  node: PlanNode,
  estimate: Estimate,
  consumer: PlanNode | undefined,
  ms: number | undefined,
): string {
  const above = consumer
    ? ` ${nodeTitle(consumer)} above was chosen by this number${ms === undefined ? '' : ` and took ${formatMs(ms)} with its inputs`}.`
    : '';
  return `The estimate of ${nodeTitle(node)} is ${formatFactor(estimate)}, and its inputs were estimated well: the error begins here.${above}`;
}
