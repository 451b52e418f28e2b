import type {PlanNode} from '../plan.ts';
import {formatMs, formatRows} from '../words.ts';
import type {PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';

// Fewer runs of a subquery that finds its rows by an index take a millisecond or two.
const fewestRuns = 1000;
const leastShare = 0.3;

/**
 * A subquery ran once for each row of the query around it, and that was a good part of the time.
 * Source: https://www.postgresql.org/docs/current/functions-subquery.html and nodeSubplan.c
 */
export const subplanPerRow: Check = {
  id: 'subplan-per-row',
  find: context =>
    context.plan.nodes.flatMap(node => (node.relationship === 'SubPlan' ? found(context, node) : [])),
};

function found(context: PlanContext, node: PlanNode): readonly Draft[] {
  const runs = context.executionOf(node)?.loops ?? 0;
  const ms = context.totalMs(node);
  const share = ms === undefined ? 1 : ms / (context.attribution.executionMs ?? ms);
  if (runs < fewestRuns || share < leastShare || !matters(context, ms)) return [];
  const name = node.subplanName ?? 'A subquery';
  return [
    {
      cause: `subplan ${node.id}`,
      nodes: [node.id],
      what: `A subquery runs ${formatRows(runs)} times, once for each row`,
      why: `${name} ran ${formatRows(runs)} times${ms === undefined ? '' : ` and took ${formatMs(ms)} of ${formatMs(context.attribution.executionMs ?? ms)}`}.`,
      fix: 'Write the subquery as a join (LEFT JOIN … GROUP BY, or a WITH query that computes all of its values once).',
      confidence: 'likely',
      basis: 'Seen in the plan: a SubPlan that is not hashed depends on the row and is run again for each.',
      atStakeMs: ms,
      actions: [],
    },
  ];
}
