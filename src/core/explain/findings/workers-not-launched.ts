import {numberField} from '../fields.ts';
import type {PlanNode} from '../plan.ts';
import {formatMs, nodeTitle} from '../words.ts';
import type {PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';

/**
 * The plan was made for more workers than could be started, so every process did more than was planned for it.
 * Source: https://www.postgresql.org/docs/current/how-parallel-query-works.html
 */
export const workersNotLaunched: Check = {
  id: 'workers-not-launched',
  find: context =>
    context.plan.nodes.flatMap(node => {
      const planned = numberField(node, 'Workers Planned') ?? 0;
      const launched = numberField(node, 'Workers Launched');
      const fewer = launched !== undefined && launched < planned && context.executionOf(node) !== undefined;
      return fewer && matters(context, context.totalMs(node))
        ? [draftOf(context, node, planned, launched)]
        : [];
    }),
};

function draftOf(context: PlanContext, node: PlanNode, planned: number, launched: number): Draft {
  const ms = context.totalMs(node);
  const most = context.setting('max_parallel_workers');
  const all = context.setting('max_worker_processes');
  return {
    cause: 'workers',
    nodes: [node.id],
    what: `Ran with ${launched} of ${planned} planned workers`,
    why: `${nodeTitle(node)} planned ${planned} workers and got ${launched}${ms === undefined ? '' : `; it took ${formatMs(ms)} with its inputs`}.`,
    fix: 'Raise max_parallel_workers (and max_worker_processes, after a restart), or let fewer statements run in parallel at once.',
    confidence: 'certain',
    basis:
      most === undefined || all === undefined
        ? 'Workers Planned and Workers Launched, as the plan has them.'
        : `max_parallel_workers is ${most}, max_worker_processes ${all}; all sessions share them.`,
    atStakeMs: ms,
    actions: [],
  };
}
