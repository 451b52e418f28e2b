import type {NodeNumbers} from '../../src/core/explain/attribution.ts';
import {numberField, textField, textsField} from '../../src/core/explain/fields.ts';
import type {PlanNode} from '../../src/core/explain/plan.ts';
import {
  formatBlocks,
  formatBytes,
  formatFactor,
  formatMs,
  formatRows,
  nodeTitle,
} from '../../src/core/explain/words.ts';
import {formatShare} from './colour-values.ts';
import type {Shade} from './colour.ts';
import type {PlanModel} from './model.ts';

/** A node's title in two parts, for two lines: `Index Scan`, and `using orders_pkey on orders o`. */
export function titleParts(node: PlanNode): {readonly step: string; readonly object: string} {
  const title = nodeTitle(node);
  const cut = title.search(/ (?:using|on) /);
  return cut === -1 ? {step: title, object: ''} : {step: title.slice(0, cut), object: title.slice(cut + 1)};
}

/** What a node is to its parent, where that is not an input: `CTE recent`, `InitPlan 1`, `SubPlan 2`. */
export function sideName({relationship, subplanName}: PlanNode): string | undefined {
  if (relationship !== 'InitPlan' && relationship !== 'SubPlan') return undefined;
  return subplanName?.replace(/ \(returns .*\)$/, '') ?? relationship;
}

/** Fields that tell most of a step without an object, with the words before them. */
const tellingFields = [
  ['Sort Key', 'by '],
  ['Group Key', 'by '],
  ['Hash Cond', 'on '],
  ['Merge Cond', 'on '],
  ['Join Filter', 'on '],
  ['Filter', 'where '],
] as const;

/** @returns what a step works on, in one line: its object, its key, or its condition */
export function subjectOf(node: PlanNode): string {
  const {object} = titleParts(node);
  if (object !== '') return object;
  for (const [field, words] of tellingFields) {
    const values = textsField(node, field);
    if (values.length > 0) return `${words}${values.join(', ')}`;
  }
  return sideName(node) ?? '';
}

/** Something about a node that is worth a look. */
export interface Badge {
  readonly kind: 'finding' | 'estimate' | 'spill' | 'never' | 'workers';
  /** Few letters. */
  readonly text: string;
  /** For screen readers and as a tip. */
  readonly label: string;
  readonly tone: 'warning' | 'plain';
}

/** An estimate that is off by less is no news. */
const badEstimate = 10;

/** @returns badges of a node, the most important first */
export function badgesOf(node: PlanNode, numbers: NodeNumbers, findings: number): readonly Badge[] {
  const badges = [
    findingBadge(findings),
    neverBadge(numbers),
    estimateBadge(numbers),
    spillBadge(node, numbers),
    workersBadge(node),
  ];
  return badges.filter(badge => badge !== undefined);
}

/** @returns how many findings are shown at each node */
export function findingCounts({findings}: PlanModel): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const {nodes} of findings)
    if (nodes[0] !== undefined) counts.set(nodes[0], (counts.get(nodes[0]) ?? 0) + 1);
  return counts;
}

/**
 * Says all that a card shows, for those who do not see it:
 * `Seq Scan on orders, self 120 ms, 62 % of the time, 1,200 rows, estimate 40× too low`.
 */
export function spokenName(node: PlanNode, numbers: NodeNumbers, shade: Shade, findings: number): string {
  const side = sideName(node);
  const parts = [
    side === undefined ? nodeTitle(node) : `${side}: ${nodeTitle(node)}`,
    ...measured(numbers, shade),
    rowWords(numbers),
    ...badgesOf(node, numbers, findings).map(({label}) => label),
  ];
  return parts.join(', ');
}

/** @returns `1,200 rows`, or `30 rows expected` of a plan that was not executed */
export function rowWords({execution, state, plannedRows}: NodeNumbers): string {
  const rows = state === 'unknown' ? plannedRows : (execution?.rows ?? 0);
  const words = rows === 1 ? '1 row' : `${formatRows(rows)} rows`;
  return state === 'unknown' ? `${words} expected` : words;
}

function measured({execution}: NodeNumbers, {text, share}: Shade): string[] {
  const time = execution?.time;
  const parts = time === undefined ? [] : [`self ${formatMs(time.selfMs)}`];
  if (text !== '' && time !== undefined && text !== formatMs(time.selfMs)) parts.push(text);
  else if (time === undefined && text !== '') parts.push(text);
  const whole = text === formatMs(time?.selfMs ?? -1) ? 'the time' : 'the plan';
  if (share !== undefined) parts.push(`${formatShare(share)} of ${whole}`);
  return parts;
}

function findingBadge(findings: number): Badge | undefined {
  if (findings === 0) return undefined;
  const label = findings === 1 ? '1 finding' : `${findings} findings`;
  return {kind: 'finding', text: String(findings), label, tone: 'warning'};
}

function neverBadge({state}: NodeNumbers): Badge | undefined {
  return state === 'never'
    ? {kind: 'never', text: 'never executed', label: 'never executed', tone: 'plain'}
    : undefined;
}

function estimateBadge({execution}: NodeNumbers): Badge | undefined {
  const estimate = execution?.estimate;
  if (estimate === undefined || estimate.factor < badEstimate) return undefined;
  const label = `estimate ${formatFactor(estimate)}`;
  const factor = formatFactor(estimate).split('×')[0] ?? '';
  return {
    kind: 'estimate',
    text: `est. ${factor}× ${estimate.direction === 'too-low' ? 'low' : 'high'}`,
    label,
    tone: 'warning',
  };
}

/** The fields are those of Sort, Hash, and HashAggregate; other nodes have temporary blocks of their own. */
function spillBadge(node: PlanNode, {self}: NodeNumbers): Badge | undefined {
  const onDisk = textField(node, 'Sort Space Type') === 'Disk' ? numberField(node, 'Sort Space Used') : 0;
  const kilobytes = Math.max(onDisk ?? 0, numberField(node, 'Disk Usage') ?? 0);
  const blocks = self.tempWritten ?? 0;
  if (kilobytes > 0) return spilled(formatBytes(kilobytes * 1024));
  if (blocks > 0) return spilled(formatBlocks(blocks));
  return (numberField(node, 'Hash Batches') ?? 1) > 1 ? spilled('batches') : undefined;
}

function spilled(text: string): Badge {
  const label = text === 'batches' ? 'spilled to disk in batches' : `spilled ${text} to disk`;
  return {kind: 'spill', text, label, tone: 'warning'};
}

function workersBadge(node: PlanNode): Badge | undefined {
  const planned = numberField(node, 'Workers Planned');
  if (planned === undefined) return undefined;
  const launched = numberField(node, 'Workers Launched') ?? planned;
  const short = launched < planned;
  return {
    kind: 'workers',
    text: short ? `${launched} of ${planned}` : String(planned),
    label: short
      ? `${launched} of ${planned} planned workers launched`
      : `${planned} ${planned === 1 ? 'worker' : 'workers'}`,
    tone: short ? 'warning' : 'plain',
  };
}
