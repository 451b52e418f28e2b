import {numberField} from '../fields.ts';
import type {PlanNode} from '../plan.ts';
import {formatMs, formatRows, nodeTitle} from '../words.ts';
import {removedRows, type PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';
import {memoryBasis, setWorkMem, workMemFor} from './memory.ts';
import {workersOf} from './workers.ts';

// Rows that were checked again and dropped, beside those that stayed: less than this costs next to nothing.
const leastRechecked = 0.5;

/**
 * Bytes that a bitmap takes for one block of the table: a PagetableEntry (48) and two pointers for the hash table.
 * Source: tbm_calculate_entries in tidbitmap.c, with blocks of 8 kB on a 64-bit machine
 */
const bytesPerBlock = 64;

/**
 * A bitmap did not fit into `work_mem`, so for some blocks it kept the block only and not the rows: every row of those
 * had to be read and checked again.
 * Source: https://www.postgresql.org/docs/current/using-explain.html and tidbitmap.c
 */
export const lossyBitmap: Check = {
  id: 'lossy-bitmap',
  find: context =>
    context.plan.nodes.flatMap(node =>
      node.type === 'Bitmap Heap Scan' && matters(context, context.selfMs(node)) ? found(context, node) : [],
    ),
};

function found(context: PlanContext, node: PlanNode): readonly Draft[] {
  const lossy = blocks(node, 'Lossy Heap Blocks');
  const rechecked = removedRows(context, node, 'Rows Removed by Index Recheck');
  const rows = context.executionOf(node)?.rows ?? 0;
  if (lossy === 0 || rechecked < leastRechecked * (rows + rechecked)) return [];
  const value = workMemFor(blocksOfOneBitmap(context, node, lossy) * bytesPerBlock);
  const ms = context.selfMs(node);
  return [
    {
      cause: `bitmap ${node.id}`,
      nodes: [node.id],
      what: 'The bitmap of rows did not fit into memory and kept whole blocks',
      why: `${nodeTitle(node)} read ${formatRows(lossy)} blocks without knowing which of their rows fit, and threw ${formatRows(rechecked)} rows away to return ${formatRows(rows)}${ms === undefined ? '' : `, in ${formatMs(ms)}`}.`,
      fix: `Set work_mem to ${value} for this statement: the bitmap then holds every row.`,
      confidence: 'certain',
      basis: memoryBasis(context, false),
      atStakeMs: ms,
      actions: [setWorkMem(value)],
    },
  ];
}

/** Up to 17 only the leader's blocks are printed for a parallel scan, so all of the table's are the upper bound. */
function blocksOfOneBitmap(context: PlanContext, node: PlanNode, lossy: number): number {
  const execution = context.executionOf(node);
  const processes = execution?.processes ?? 1;
  const loops = Math.max(1, (execution?.loops ?? 1) / processes);
  const seen = (blocks(node, 'Exact Heap Blocks') + lossy) / loops;
  if (processes === 1 || workersOf(node).some(fields => 'Lossy Heap Blocks' in fields)) return seen;
  return Math.max(seen, context.tableOf(node)?.pages ?? seen * processes);
}

function blocks(node: PlanNode, field: string): number {
  return [node.fields, ...workersOf(node)]
    .map(fields => numberField({fields}, field) ?? 0)
    .reduce((sum, each) => sum + each, 0);
}
