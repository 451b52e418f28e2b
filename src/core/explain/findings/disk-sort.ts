import {numberField, textField, textsField} from '../fields.ts';
import type {PlanNode} from '../plan.ts';
import {formatBytes, formatMs, formatRows, nodeTitle} from '../words.ts';
import type {PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';
import {isReasonable, memoryBasis, minimalTupleHeader, powerOfTwo, setWorkMem, workMemFor} from './memory.ts';
import {groupOf, workersOf} from './workers.ts';

/** What one process, or one group of an incremental sort, wrote to disk. */
interface Spill {
  readonly bytes: number;
  readonly rows: number;
}

/**
 * A sort did not fit into `work_mem` and went to disk.
 * Source: https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-WORK-MEM and tuplesort.c
 */
export const diskSort: Check = {
  id: 'disk-sort',
  find: context =>
    context.plan.nodes.flatMap(node => {
      const isSort = node.type === 'Sort' || node.type === 'Incremental Sort';
      return isSort && matters(context, context.selfMs(node)) ? found(context, node) : [];
    }),
};

function found(context: PlanContext, node: PlanNode): readonly Draft[] {
  const spills = spillsOf(context, node);
  if (spills.length === 0) return [];
  const needed = Math.max(...spills.map(memoryFor));
  const onDisk = spills.reduce((sum, {bytes}) => sum + bytes, 0);
  const ms = context.selfMs(node);
  const value = workMemFor(needed);
  const rows = context.executionOf(node)?.rows ?? 0;
  return [
    {
      cause: `sort ${node.id}`,
      nodes: [node.id],
      what: `Sorts ${formatRows(rows)} rows on disk`,
      why: `${nodeTitle(node)} by ${textsField(node, 'Sort Key').join(', ')} wrote ${formatBytes(onDisk)}${spills.length > 1 ? ` in ${spills.length} processes` : ''}${ms === undefined ? '' : ` and took ${formatMs(ms)}`}.`,
      fix: isReasonable(needed)
        ? `Set work_mem to ${value} for this statement: the rows then fit into memory.`
        : `Sort fewer or narrower rows: in memory this sort would take ${formatBytes(needed)}.`,
      confidence: 'certain',
      basis: memoryBasis(context, false),
      atStakeMs: ms,
      actions: isReasonable(needed) ? [setWorkMem(value)] : [],
    },
  ];
}

function spillsOf(context: PlanContext, node: PlanNode): readonly Spill[] {
  if (node.type === 'Incremental Sort') return incrementalSpills(node);
  const execution = context.executionOf(node);
  const processes = execution?.processes ?? 1;
  const each = (execution?.rows ?? 0) / Math.max(1, (execution?.loops ?? 1) / processes) / processes;
  return [node.fields, ...workersOf(node)].flatMap(fields => {
    const kilobytes = numberField({fields}, 'Sort Space Used');
    if (textField({fields}, 'Sort Space Type') !== 'Disk' || kilobytes === undefined) return [];
    // Beside its workers a node prints their sum; a worker's own rows are known with VERBOSE.
    const own = fields === node.fields ? undefined : numberField({fields}, 'Actual Rows');
    return [{bytes: kilobytes * 1024, rows: own ?? each}];
  });
}

/** The largest group is what memory has to hold; how many rows it had is not printed, so their mean width stands in. */
function incrementalSpills(node: PlanNode): readonly Spill[] {
  const all = [node.fields, ...workersOf(node)];
  return all.flatMap(fields =>
    ['Full-sort Groups', 'Pre-sorted Groups'].flatMap(name => {
      const disk = groupOf(groupOf(fields, name) ?? {}, 'Sort Space Disk');
      const kilobytes = disk && numberField({fields: disk}, 'Peak Sort Space Used');
      if (kilobytes === undefined) return [];
      const width = minimalTupleHeader + (numberField(node, 'Plan Width') ?? 0);
      return [{bytes: kilobytes * 1024, rows: (kilobytes * 1024) / width}];
    }),
  );
}

// SortTuple in tuplesort.h: pointer, first key, flags.
const slot = 24;

// On tape a row is stored without 10 bytes of its header, and with 4 for its length (writetup_heap).
const tapeSaving = 6;

// The header of an allocation up to 14; from 15 on a sort's memory has smaller ones.
const allocation = 16;

/**
 * Memory for rows of the size that they had on disk: each has a slot in an array that grows by doubling, and an
 * allocation, which up to 14 is rounded up to a power of two. Taken as of 14, so that it is enough on every version.
 */
function memoryFor({bytes, rows}: Spill): number {
  if (rows < 1) return bytes;
  const row = bytes / rows + tapeSaving;
  const allocated = row > 8192 ? row : powerOfTwo(row);
  return rows * (allocated + allocation) + powerOfTwo(rows) * slot;
}
