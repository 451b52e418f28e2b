import {formatMs, formatRows} from '../words.ts';
import type {PlanContext} from './context.ts';
import type {Check, Draft} from './draft.ts';
import {groupOf} from './workers.ts';

// Planning this long is felt; below it, reading the catalog for the first time in a session is most of it.
const leastMs = 20;

// The planner tries every order of joins up to join_collapse_limit, 8 by default.
const manyTables = 8;

// Each partition is planned for itself.
const manyPartitions = 50;

/**
 * Planning took longer than executing.
 * Source: https://www.postgresql.org/docs/current/sql-prepare.html and ddl-partitioning.html ("Best Practices")
 */
export const planningTime: Check = {id: 'planning-time', find: context => found(context)};

function found(context: PlanContext): readonly Draft[] {
  const {planningMs, executionMs} = context.attribution;
  if (planningMs === undefined || executionMs === undefined) return [];
  if (planningMs < leastMs || planningMs <= executionMs) return [];
  const reason = reasonOf(context);
  return [
    {
      cause: 'planning',
      nodes: [],
      what: 'Planning takes longer than executing',
      why: `Planning took ${formatMs(planningMs)}, executing ${formatMs(executionMs)}.${reason.why}`,
      fix: reason.fix,
      confidence: reason.cold ? 'possible' : 'likely',
      basis: reason.cold
        ? 'Planning read blocks from disk, as it does for the first statement of a session: explain it again to be sure.'
        : 'Planning and execution time, as the plan has them.',
      atStakeMs: planningMs,
      actions: [],
    },
  ];
}

interface Reason {
  readonly why: string;
  readonly fix: string;
  readonly cold: boolean;
}

function reasonOf(context: PlanContext): Reason {
  const cold = Number(groupOf(context.plan.fields, 'Planning')?.['Shared Read Blocks'] ?? 0) > 0;
  const scans = context.plan.nodes.filter(({fields}) => fields['Relation Name'] !== undefined);
  const partitions = scans.filter(node => context.tableOf(node)?.partitionOf !== undefined).length;
  const fix = 'Prepare the statement and execute it often; a generic plan is planned once.';
  if (partitions >= manyPartitions || scans.length >= manyPartitions)
    return {
      why: ` The plan has ${formatRows(Math.max(partitions, scans.length))} scans of tables and partitions.`,
      fix: `Add a condition on the partition key with a constant, so that partitions are left out early, or make fewer partitions. ${fix}`,
      cold,
    };
  if (scans.length >= manyTables)
    return {
      why: ` It reads ${scans.length} tables, whose joins can be ordered in many ways.`,
      fix: `${fix} Where the order of joins is known, join_collapse_limit = 1 keeps it as written.`,
      cold,
    };
  return {why: '', fix, cold};
}
