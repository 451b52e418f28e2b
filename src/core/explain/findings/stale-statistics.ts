import type {TableFacts} from '../facts.ts';
import type {PlanNode} from '../plan.ts';
import {formatFactor, formatRows, nodeTitle} from '../words.ts';
import type {PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';
import {stoppedBy} from './limits.ts';
import {stakeOf, stalenessOf} from './statistics.ts';

// Within a factor of two the estimate did its work, however old it is.
const leastFactor = 2;

/**
 * The statistics of a table are missing or old, and the plan's estimate for this table is wrong.
 * Source: https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-STATISTICS
 */
export const staleStatistics: Check = {
  id: 'stale-statistics',
  find: context => {
    if (!context.facts) return [];
    return context.plan.nodes.flatMap(node => {
      const table = context.tableOf(node);
      const isScan = table && node.type !== 'ModifyTable' && node.type !== 'Bitmap Heap Scan';
      return isScan || node.type === 'Bitmap Heap Scan' ? found(context, node, table) : [];
    });
  },
};

function found(context: PlanContext, node: PlanNode, table: TableFacts | undefined): readonly Draft[] {
  const staleness = table && stalenessOf(context, table);
  if (!table || !staleness) return [];
  const estimate = context.executionOf(node)?.estimate;
  if (context.plan.analyzed) {
    if (!estimate || estimate.factor < leastFactor) return [];
    if (estimate.direction === 'too-high' && stoppedBy(context, node)) return [];
    if (!matters(context, stakeOf(context, node))) return [];
  }
  const name = {schema: table.schema, name: table.name};
  const seen = estimate
    ? `${nodeTitle(node)} was expected to return ${formatRows(estimate.planned)} rows and returned ${formatRows(estimate.actual)} (${formatFactor(estimate)}).`
    : `${nodeTitle(node)} is expected to return ${formatRows(context.numbersOf(node)?.plannedRows ?? 0)} rows.`;
  return [
    {
      cause: `statistics ${table.schema}.${table.name}`,
      nodes: [node.id],
      what:
        staleness.kind === 'never-analysed'
          ? `${table.name} has no statistics`
          : `The statistics of ${table.name} are out of date`,
      why: seen,
      fix: `ANALYZE ${table.name}, and let autovacuum do so from now on.`,
      confidence: estimate ? 'certain' : 'likely',
      basis: staleness.words,
      atStakeMs: stakeOf(context, node),
      actions: [{kind: 'analyze', table: name}],
    },
  ];
}
