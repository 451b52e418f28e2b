import {numberField} from '../fields.ts';
import type {PlanNode} from '../plan.ts';
import {formatBytes, formatMs, formatRows, nodeTitle} from '../words.ts';
import type {PlanContext} from './context.ts';
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

/**
 * The hashed side of a join did not fit into `work_mem` × `hash_mem_multiplier`, so both sides were written to disk in
 * batches and read again.
 * Source: ExecChooseHashTableSize in nodeHash.c
 */
export const hashBatches: Check = {
  id: 'hash-batches',
  find: context =>
    context.plan.nodes.flatMap(node => {
      const batches = numberField(node, 'Hash Batches') ?? 1;
      return node.type === 'Hash' && batches > 1 ? found(context, node, batches) : [];
    }),
};

function found(context: PlanContext, node: PlanNode, batches: number): readonly Draft[] {
  const join = context.parentOf(node);
  const ms = sum(context.selfMs(node), join && context.selfMs(join));
  if (!matters(context, ms)) return [];
  const table = tableBytes(context, node, batches);
  const needed = table / hashMultiplier(context);
  const value = workMemFor(needed);
  const rows = context.executionOf(node)?.rows ?? 0;
  const planned = numberField(node, 'Original Hash Batches');
  const grown = planned !== undefined && planned < batches ? ` (${formatRows(planned)} were planned)` : '';
  const peak = numberField(node, 'Peak Memory Usage');
  return [
    {
      cause: `hash ${node.id}`,
      nodes: [node.id, ...(join ? [join.id] : [])],
      what: `Hashes ${formatRows(rows)} rows in ${formatRows(batches)} batches on disk`,
      why: `${join ? nodeTitle(join) : 'The join'} had ${peak === undefined ? 'too little memory' : `${formatBytes(peak * 1024)} of memory`} and needed ${formatRows(batches)} batches${grown}${ms === undefined ? '' : `; join and hash took ${formatMs(ms)}`}.`,
      fix: isReasonable(needed)
        ? `Set work_mem to ${value} for this statement: the hash table (${formatBytes(table)}) then fits into memory.`
        : `Hash fewer or narrower rows: the whole table would take ${formatBytes(table)}.`,
      confidence: 'certain',
      basis: memoryBasis(context, true),
      atStakeMs: ms,
      actions: isReasonable(needed) ? [setWorkMem(value)] : [],
    },
  ];
}

function sum(...values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter(value => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
}

// HJTUPLE_OVERHEAD in hashjoin.h, and a pointer for each bucket.
const tupleOverhead = 16;
const pointer = 8;

/**
 * The server plans the batches from estimated rows, and adds some when more come, so memory has to do for both. A shared
 * hash table (Parallel Hash) has the memory of every process.
 */
function tableBytes(context: PlanContext, node: PlanNode, batches: number): number {
  const execution = context.executionOf(node);
  const shared = node.fields['Parallel Aware'] === true;
  const processes = shared ? (execution?.processes ?? 1) : 1;
  const loops = Math.max(1, (execution?.loops ?? 1) / (execution?.processes ?? 1));
  const actual = (execution?.rows ?? 0) / loops / (shared ? 1 : (execution?.processes ?? 1));
  const planned = (numberField(node, 'Plan Rows') ?? 0) * (shared ? processes : 1);
  const rows = Math.max(actual, planned);
  const width = tupleOverhead + minimalTupleHeader + aligned(numberField(node, 'Plan Width') ?? 0);
  const byRows = rows * width + powerOfTwo(rows) * pointer;
  // With wider rows than planned, the batches there were tell more; each of them took what the memory is.
  const original = numberField(node, 'Original Hash Batches') ?? batches;
  const byBatches =
    original < batches ? (batches / 2) * (numberField(node, 'Peak Memory Usage') ?? 0) * 1024 : 0;
  return Math.max(byRows, Math.min(byBatches, byRows * 4)) / processes;
}
