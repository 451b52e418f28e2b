import {textField} from '../fields.ts';
import type {Confidence} from '../finding.ts';
import type {PlanNode} from '../plan.ts';
import {removedRows, type PlanContext} from './context.ts';
import {matters} from './draft.ts';
import {grouped} from '../../grouped.ts';

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
  /** True for a plan that was not executed: rows are the planner's. */
  readonly expected: boolean;
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
  const all = known.get(context) ?? allDiscarding(context);
  known.set(context, all);
  const groups = grouped(
    all.filter(({node}) => types.includes(node.type)),
    ({node}) => familyOf(context, node),
  );
  return [...groups.values()].filter(group => isWorthTelling(context, group)).flat();
}

// Six checks look at the same scans.
const known = new WeakMap<PlanContext, readonly Discarding[]>();

function allDiscarding(context: PlanContext): readonly Discarding[] {
  return context.plan.nodes.flatMap(node =>
    textField(node, 'Filter') === undefined ? [] : (discardingOf(context, node) ?? []),
  );
}

function familyOf(context: PlanContext, node: PlanNode): string {
  const table = context.tableOf(node)?.partitionOf;
  return table ? `${table.schema}\0${table.name}` : `${node.id}`;
}

function isWorthTelling(context: PlanContext, group: readonly Discarding[]): boolean {
  const removed = group.reduce((sum, scan) => sum + scan.removed, 0);
  const timed = group.some(({ms}) => ms !== undefined);
  const ms = group.reduce((sum, scan) => sum + (scan.ms ?? 0), 0);
  return removed >= fewestRemoved && matters(context, timed ? ms : undefined);
}

function discardingOf(context: PlanContext, node: PlanNode): Discarding | undefined {
  const execution = context.executionOf(node);
  if (!context.plan.analyzed) return expectedOf(context, node);
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
    expected: false,
  };
}

// Without times, a scan is worth telling from a megabyte on, and when it is a good part of the plan's cost.
const fewestPages = 128;
const leastCost = 0.2;

/** By the planner's estimate, against the rows that the catalog knows. */
function expectedOf(context: PlanContext, node: PlanNode): Discarding | undefined {
  const {rows, pages} = context.tableOf(node) ?? {};
  const numbers = context.numbersOf(node);
  const all = context.numbersOf(context.plan.root)?.cost.total ?? 0;
  if (node.type !== 'Seq Scan' || !numbers || rows === undefined || pages === undefined) return undefined;
  const kept = Math.min(numbers.plannedRows, rows);
  if (pages < fewestPages || kept > rows * largestShare || numbers.cost.self < all * leastCost)
    return undefined;
  return {
    node,
    kept,
    removed: rows - kept,
    share: kept / rows,
    loops: 1,
    pages,
    ms: undefined,
    expected: true,
  };
}

/** @returns the confidence that a plan which was not executed can have. */
export function sureOf(scan: Discarding, confidence: Confidence): Confidence {
  return scan.expected && confidence === 'certain' ? 'likely' : confidence;
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
