import {numberField, textField} from '../fields.ts';
import type {PlanNode} from '../plan.ts';
import {formatBlocks, formatBytes, formatMs, formatRows, nodeTitle} from '../words.ts';
import {removedRows, type PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';
import {
  aligned,
  isReasonable,
  memoryBasis,
  minimalTupleHeader,
  powerOfTwo,
  setWorkMem,
  workMemFor,
} from './memory.ts';

// Less than a megabyte is written in a moment.
const fewestBlocks = 128;

/** Steps that keep rows to read them again. Sorts and hashes have checks of their own. */
const keepers = new Set([
  'Materialize',
  'CTE Scan',
  'WindowAgg',
  'Function Scan',
  'Table Function Scan',
  'Recursive Union',
  'WorkTable Scan',
]);

/**
 * A step that keeps rows for later wrote them to a temporary file, because they did not fit into `work_mem`.
 * Source: tuplestore.c; https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-WORK-MEM
 */
export const tempFiles: Check = {
  id: 'temp-files',
  find: context => {
    const subplans = new Map(context.plan.nodes.map(node => [node.subplanName, node]));
    return context.plan.nodes.flatMap(node =>
      keepers.has(node.type) && matters(context, context.selfMs(node))
        ? found(context, node, keptFrom(node, subplans))
        : [],
    );
  },
};

/** The step whose rows are kept: a CTE's hangs elsewhere in the plan. */
function keptFrom(node: PlanNode, subplans: ReadonlyMap<string | undefined, PlanNode>): PlanNode {
  const kept =
    node.type === 'CTE Scan' ? subplans.get(`CTE ${textField(node, 'CTE Name')}`) : node.children[0];
  return node.type === 'Recursive Union' ? node : (kept ?? node);
}

function found(context: PlanContext, node: PlanNode, from: PlanNode): readonly Draft[] {
  const self = context.numbersOf(node)?.self;
  const written = Math.max(self?.tempWritten ?? 0, 0);
  const disk = node.fields['Storage'] === 'Disk' ? (numberField(node, 'Maximum Storage') ?? 0) * 1024 : 0;
  if (written < fewestBlocks && disk < fewestBlocks * 8192) return [];
  const needed = Math.max(memoryFor(context, from), disk);
  const value = workMemFor(needed);
  const ms = context.selfMs(node);
  const rows = context.executionOf(from)?.rows ?? 0;
  return [
    {
      cause: `temp ${node.id}`,
      nodes: [node.id],
      what: `Keeps ${formatRows(rows)} rows in a temporary file`,
      why: `${nodeTitle(node)} wrote ${written > 0 ? formatBlocks(written) : formatBytes(disk)}${ms === undefined ? '' : ` and took ${formatMs(ms)}`}.`,
      fix: isReasonable(needed)
        ? `Set work_mem to ${value} for this statement, or keep fewer and narrower rows.`
        : `Keep fewer or narrower rows: in memory they would take ${formatBytes(needed)}.`,
      confidence: 'likely',
      basis: memoryBasis(context, false),
      atStakeMs: ms,
      actions: isReasonable(needed) ? [setWorkMem(value)] : [],
    },
  ];
}

// An allocation's header, and a pointer for each row in an array that grows by doubling.
const rowOverhead = 16 + 2 * 8;

// Rows differ in width; up to 16 an allocation is rounded up to a power of two.
const spread = 1.2;

function memoryFor(context: PlanContext, from: PlanNode): number {
  const execution = context.executionOf(from);
  const removed = removedRows(context, from, 'Rows Removed by Filter');
  // A function's rows are kept before the filter of its scan; a table's scan passes on what it kept.
  const all = (execution?.rows ?? 0) + (from.type.endsWith('Function Scan') ? removed : 0);
  const rows = all / Math.max(1, execution?.loops ?? 1);
  const width = Math.max(numberField(from, 'Plan Width') ?? 0, 8);
  return rows * (rowOverhead + powerOfTwo((minimalTupleHeader + aligned(width)) * spread));
}
