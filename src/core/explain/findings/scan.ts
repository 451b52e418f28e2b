import {textField} from '../fields.ts';
import type {PlanNode} from '../plan.ts';
import {removedRows, type PlanContext} from './context.ts';
import {matters} from './draft.ts';
import {groupBy} from './group.ts';

/** What a scan read and what it kept, over all loops and processes. */
export interface Discarding {
  readonly node: PlanNode;
  readonly kept: number;
  readonly removed: number;
  /** kept ÷ (kept + removed). */
  readonly share: number;
  readonly loops: number;
  /** 8 kB blocks of one pass over the table: by the catalog, else as this scan counted them; undefined without either. */
  readonly pages: number | undefined;
  readonly ms: number | undefined;
}

// A scan that keeps more than this is what a sequential scan is for: a tenth of the rows is on most blocks.
const largestShare = 0.1;

// Below this a table is in a few blocks, and reading it whole takes about as long as descending an index.
const fewestRemoved = 1000;

/**
 * @returns the scans of these types whose filter throws most rows away, and that take a part of the time worth telling;
 * the partitions of a table are weighed together
 */
export function discardingScans(context: PlanContext, types: readonly string[]): readonly Discarding[] {
  const scans = context.plan.nodes.flatMap(node => {
    if (!types.includes(node.type) || textField(node, 'Filter') === undefined) return [];
    return discardingOf(context, node) ?? [];
  });
  const groups = groupBy(scans, ({node}) => familyOf(context, node));
  return [...groups.values()].filter(group => isWorthTelling(context, group)).flat();
}

function familyOf(context: PlanContext, node: PlanNode): string {
  const table = context.tableOf(node)?.partitionOf;
  return table ? `${table.schema}\0${table.name}` : String(node.id);
}

function isWorthTelling(context: PlanContext, group: readonly Discarding[]): boolean {
  const removed = group.reduce((sum, scan) => sum + scan.removed, 0);
  const timed = group.some(({ms}) => ms !== undefined);
  const ms = group.reduce((sum, scan) => sum + (scan.ms ?? 0), 0);
  return removed >= fewestRemoved && matters(context, timed ? ms : undefined);
}

function discardingOf(context: PlanContext, node: PlanNode): Discarding | undefined {
  const execution = context.executionOf(node);
  if (!execution) return undefined;
  const removed = removedRows(context, node, 'Rows Removed by Filter');
  const kept = execution.rows;
  if (removed === 0 || kept > (kept + removed) * largestShare) return undefined;
  const passes = Math.max(1, execution.loops / execution.processes);
  return {
    node,
    kept,
    removed,
    share: kept / (kept + removed),
    loops: execution.loops,
    pages: context.tableOf(node)?.pages || blocksOf(context, node, passes),
    ms: execution.time?.selfMs,
  };
}

function blocksOf(context: PlanContext, node: PlanNode, passes: number): number | undefined {
  const self = context.numbersOf(node)?.self;
  if (self?.sharedHit === undefined && self?.sharedRead === undefined) return undefined;
  return ((self.sharedHit ?? 0) + (self.sharedRead ?? 0)) / passes;
}

/** @returns rows that one pass over the table kept. */
export function keptInOnePass(context: PlanContext, {node, kept}: Discarding): number {
  const execution = context.executionOf(node);
  return kept / Math.max(1, (execution?.loops ?? 1) / (execution?.processes ?? 1));
}
