import type {PlanNode} from '../plan.ts';
import {textsField} from '../fields.ts';
import {formatMs, formatRows} from '../words.ts';
import type {PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';

// Skipping fewer rows costs about as much as finding the first one.
const fewestSkipped = 1000;
const leastRatio = 10;

/**
 * OFFSET makes the server produce rows only to throw them away, more with every page.
 * Source: https://www.postgresql.org/docs/current/queries-limit.html ("the rows skipped … still have to be computed")
 */
export const largeOffset: Check = {
  id: 'large-offset',
  find: context => context.plan.nodes.flatMap(node => (node.type === 'Limit' ? found(context, node) : [])),
};

function found(context: PlanContext, limit: PlanNode): readonly Draft[] {
  const [child] = limit.children;
  const below = child && context.executionOf(child);
  const kept = context.executionOf(limit)?.rows;
  if (!child || !below || kept === undefined || limit.relationship === 'SubPlan') return [];
  const skipped = below.rows - kept;
  // Workers may have made rows that nobody asked for; a Gather passes on what was asked.
  if (skipped < fewestSkipped || skipped < kept * leastRatio || below.processes > 1) return [];
  const total = context.totalMs(limit);
  const ms = total === undefined ? undefined : (total * skipped) / below.rows;
  if (!matters(context, ms)) return [];
  const order = textsField(child, 'Sort Key');
  return [
    {
      cause: `offset ${limit.id}`,
      nodes: [limit.id],
      what: `OFFSET produces ${formatRows(skipped)} rows to throw them away`,
      why: `The step below made ${formatRows(below.rows)} rows${total === undefined ? '' : ` in ${formatMs(total)}`}, and the statement returns ${formatRows(kept)}.`,
      fix: `Remember the last row of a page and ask for what comes after it: WHERE (${order.length > 0 ? order.join(', ').replaceAll(' DESC', '') : 'the order’s columns'}) > (its values) ORDER BY … LIMIT …, with an index in this order.`,
      confidence: 'certain',
      basis: 'Seen in the plan: rows that the step below Limit returned and Limit did not.',
      atStakeMs: ms,
      actions: [],
    },
  ];
}
