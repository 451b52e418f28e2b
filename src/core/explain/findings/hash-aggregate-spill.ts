import {numberField, textsField} from '../fields.ts';
import type {PlanNode} from '../plan.ts';
import {formatBytes, formatMs, formatRows, nodeTitle} from '../words.ts';
import {removedRows, type PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';
import {
  aligned,
  hashMultiplier,
  isReasonable,
  memoryBasis,
  minimalTupleHeader,
  powerOfTwo,
  setWorkMem,
  workMemFor,
} from './memory.ts';
import {workersOf} from './workers.ts';

/**
 * A hash aggregate had more groups than fit into `work_mem` × `hash_mem_multiplier`, and wrote the rows of the others to
 * disk.
 * Source: hash_agg_entry_size in nodeAgg.c
 */
export const hashAggregateSpill: Check = {
  id: 'hash-aggregate-spill',
  find: context =>
    context.plan.nodes.flatMap(node => {
      const spilled = diskUsage(node);
      const worth = spilled > 0 && matters(context, context.selfMs(node));
      return node.type === 'Aggregate' && worth ? found(context, node, spilled) : [];
    }),
};

/** kB of the leader and of each worker. */
function diskUsage(node: PlanNode): number {
  return [node.fields, ...workersOf(node)]
    .map(fields => numberField({fields}, 'Disk Usage') ?? 0)
    .reduce((sum, each) => sum + each, 0);
}

function found(context: PlanContext, node: PlanNode, spilled: number): readonly Draft[] {
  const groups = groupsOf(context, node);
  const table = tableBytes(node, groups);
  const needed = table / hashMultiplier(context);
  const value = workMemFor(needed);
  const ms = context.selfMs(node);
  const keys = textsField(node, 'Group Key').join(', ');
  return [
    {
      cause: `aggregate ${node.id}`,
      nodes: [node.id],
      what: `Groups on disk: ${formatRows(groups)} groups did not fit into memory`,
      why: `${nodeTitle(node)}${keys === '' ? '' : ` by ${keys}`} wrote ${formatBytes(spilled * 1024)}${ms === undefined ? '' : ` and took ${formatMs(ms)}`}.`,
      fix: isReasonable(needed)
        ? `Set work_mem to ${value} for this statement: the groups take about ${formatBytes(table)}.`
        : `Group fewer rows at a time: the groups would take ${formatBytes(table)}.`,
      confidence: 'likely',
      basis: memoryBasis(context, true),
      atStakeMs: ms,
      actions: isReasonable(needed) ? [setWorkMem(value)] : [],
    },
  ];
}

/** In one process at a time; HAVING removes groups after they were made. */
function groupsOf(context: PlanContext, node: PlanNode): number {
  const execution = context.executionOf(node);
  const all = (execution?.rows ?? 0) + removedRows(context, node, 'Rows Removed by Filter');
  const actual = all / Math.max(1, execution?.loops ?? 1);
  // The server plans how to spill by its estimate, and does so when that does not fit.
  return Math.max(actual, numberField(node, 'Plan Rows') ?? 0);
}

// TupleHashEntryData, in a table that is at most nine tenths full.
const entry = 24;
const fullest = 0.9;

// An allocation's header; an aggregate's AggStatePerGroupData, and a state such as the one of avg(integer).
const allocation = 16;
const state = 16 + 64;

/** The group's first row, the states of its aggregates, and its place in the hash table. */
function tableBytes(node: PlanNode, groups: number): number {
  const width = aligned(Math.max(numberField(node, 'Plan Width') ?? 0, 8));
  const keys = textsField(node, 'Group Key').length;
  const aggregates = Math.max(0, textsField(node, 'Output').length - keys);
  const row = allocation + powerOfTwo(minimalTupleHeader + width);
  return powerOfTwo(groups / fullest) * entry + groups * (row + allocation + aggregates * state);
}
