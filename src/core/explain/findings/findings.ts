import type {Attribution} from '../attribution.ts';
import type {CatalogFacts} from '../facts.ts';
import {textField} from '../fields.ts';
import type {PlanFinding} from '../finding.ts';
import type {ExplainedPlan} from '../plan.ts';
import {formatMs, formatRows} from '../words.ts';
import {bitmapAnd} from './bitmap-and.ts';
import {contextOf} from './context.ts';
import {coveringIndex} from './covering-index.ts';
import {cteScannedOften} from './cte-scanned-often.ts';
import {diskSort} from './disk-sort.ts';
import type {Check, Draft} from './draft.ts';
import {estimateError} from './estimate-error.ts';
import {functionOnColumn} from './function-on-column.ts';
import {grouped} from '../../grouped.ts';
import {hashAggregateSpill} from './hash-aggregate-spill.ts';
import {hashBatches} from './hash-batches.ts';
import {heapFetches} from './heap-fetches.ts';
import {indexScanFilter} from './index-scan-filter.ts';
import {jitCost} from './jit-cost.ts';
import {joinFilterDiscards} from './join-filter-discards.ts';
import {largeOffset} from './large-offset.ts';
import {lossyBitmap} from './lossy-bitmap.ts';
import {missingSortIndex} from './missing-sort-index.ts';
import {nestedLoopMany} from './nested-loop-many.ts';
import {orBlocksIndex} from './or-blocks-index.ts';
import {orderByLimit} from './order-by-limit.ts';
import {partitionsNotPruned} from './partitions-not-pruned.ts';
import {planningTime} from './planning-time.ts';
import {seqScanDiscards} from './seq-scan-discards.ts';
import {staleStatistics} from './stale-statistics.ts';
import {subplanPerRow} from './subplan-per-row.ts';
import {tempFiles} from './temp-files.ts';
import {triggerTime} from './trigger-time.ts';
import {wideRows} from './wide-rows.ts';
import {workersNotLaunched} from './workers-not-launched.ts';
import {groupsIn} from './workers.ts';

/** Of two checks that come to the same cause, the earlier one tells it. */
const checks: readonly Check[] = [
  staleStatistics,
  missingSortIndex,
  orderByLimit,
  seqScanDiscards,
  functionOnColumn,
  orBlocksIndex,
  partitionsNotPruned,
  bitmapAnd,
  indexScanFilter,
  coveringIndex,
  joinFilterDiscards,
  estimateError,
  nestedLoopMany,
  subplanPerRow,
  cteScannedOften,
  largeOffset,
  lossyBitmap,
  heapFetches,
  diskSort,
  hashBatches,
  hashAggregateSpill,
  tempFiles,
  jitCost,
  triggerTime,
  workersNotLaunched,
  planningTime,
  wideRows,
];

/** @returns what `readPlanFacts` has to look up for a plan: its tables, and the foreign keys among its triggers. */
export function askedFacts(plan: ExplainedPlan): {
  readonly relations: readonly {readonly schema: string | null; readonly name: string}[];
  readonly constraints: readonly string[];
} {
  const relations = plan.nodes.flatMap(node => {
    const name = textField(node, 'Relation Name');
    return name === undefined ? [] : [{schema: textField(node, 'Schema') ?? null, name}];
  });
  const constraints = groupsIn(plan.fields, 'Triggers').flatMap(
    fields => textField({fields}, 'Constraint Name') ?? [],
  );
  return {
    relations: [...new Map(relations.map(each => [JSON.stringify(each), each])).values()],
    constraints: [...new Set(constraints)],
  };
}

interface Named extends Draft {
  readonly check: string;
}

/**
 * Everything worth saying about a plan, the most time at stake first. Findings of one cause are one: the partitions of a
 * table, an index that several steps could use.
 * @param facts what the live catalog says; without them a finding is at most `likely`, or is not made where only the
 * catalog could tell
 */
export function findingsOf(attribution: Attribution, facts?: CatalogFacts): readonly PlanFinding[] {
  const context = contextOf(attribution, facts);
  const drafts = checks.flatMap(check => check.find(context).map(draft => ({...draft, check: check.id})));
  const findings = [...grouped(drafts, ({cause}) => cause).values()].map(group =>
    sure(merged(group, attribution.executionMs ?? Infinity), facts),
  );
  return findings.toSorted((a, b) => (b.atStakeMs ?? 0) - (a.atStakeMs ?? 0));
}

/** Certain is what the plan and the catalog show together. */
function sure(finding: PlanFinding, facts: CatalogFacts | undefined): PlanFinding {
  return facts === undefined && finding.confidence === 'certain'
    ? {...finding, confidence: 'likely'}
    : finding;
}

function merged(drafts: readonly Named[], executionMs: number): PlanFinding {
  const [first, ...others] = drafts;
  if (!first) throw new Error('a group has at least one');
  const same = drafts.filter(({check}) => check === first.check);
  const told = same.reduce(
    (best, each) => ((each.atStakeMs ?? 0) > (best.atStakeMs ?? 0) ? each : best),
    first,
  );
  const {cause: _, atStakeMs: __, ...finding} = told;
  const times = same.flatMap(({atStakeMs}) => atStakeMs ?? []);
  // Two steps below one join have the same time at stake, so their sum may exceed what there was.
  const ms = Math.min(
    times.reduce((sum, each) => sum + each, 0),
    executionMs,
  );
  const nodes = [...new Set([...told.nodes, ...drafts.flatMap(draft => draft.nodes)])];
  return {
    ...finding,
    nodes,
    why: `${told.why}${others.length > 0 && same.length > 1 ? alsoSeen(same.length - 1, times.length > 0 ? ms : undefined) : ''}`,
    ...(times.length > 0 ? {atStakeMs: ms} : {}),
  };
}

function alsoSeen(count: number, ms: number | undefined): string {
  const together = ms === undefined ? '' : `, ${formatMs(ms)} together`;
  return ` The same holds for ${formatRows(count)} more ${count === 1 ? 'step' : 'steps'} of the plan${together}.`;
}
