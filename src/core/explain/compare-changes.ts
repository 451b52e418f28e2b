import type {Attribution, NodeNumbers} from './attribution.ts';
import {hangs} from './compare-roles.ts';
import type {Counters} from './counters.ts';
import {textField} from './fields.ts';
import type {PlanNode} from './plan.ts';

/** What is different about a node. Texts are null where one side has none. */
export type NodeChange =
  /** Another way to do it: `Seq Scan` became `Index Scan`, `Hash Join` became `Nested Loop`. */
  | {readonly kind: 'type' | 'index'; readonly before: string | null; readonly after: string | null}
  /** The tables on its two sides: `a, b ⋈ c`. */
  | {readonly kind: 'join-order'; readonly before: string; readonly after: string}
  /** A condition that one side has and the other has not: `Filter`, `Index Cond`. */
  | {
      readonly kind: 'condition';
      readonly name: string;
      readonly before: string | null;
      readonly after: string | null;
    }
  /** Rows in all, own ms, own cost, own blocks (8 kB), where they differ by more than measuring does. */
  | {
      readonly kind: 'rows' | 'time' | 'cost' | 'buffers';
      readonly before: number;
      readonly after: number;
    };

/** A plan with what is asked of its nodes several times. */
export interface ComparedPlan {
  readonly attribution: Attribution;
  /** By join: the scans of its two sides. */
  readonly sides: ReadonlyMap<number, string>;
}

const conditions = [
  'Filter',
  'Join Filter',
  'Index Cond',
  'Recheck Cond',
  'Hash Cond',
  'Merge Cond',
  'Order By',
  'TID Cond',
  'One-Time Filter',
];

/**
 * Relative differences below which a number counts as the same: measured times and buffers vary from run to run, and
 * costs and rows vary only with what the planner and the tables know.
 */
const tolerance = {rows: 0.1, time: 0.2, cost: 0.01, buffers: 0.1} as const;

/** Own times below this part of the whole plan's are left out, because nobody acts on them. */
const smallestShare = 0.01;

/** @returns what changed from one node to its counterpart, the plan's structure first */
export function changesOf(
  before: ComparedPlan,
  after: ComparedPlan,
  from: number,
  to: number,
): readonly NodeChange[] {
  const [old, now] = [before.attribution.plan.nodes[from], after.attribution.plan.nodes[to]];
  const numbers = [before.attribution.numbers[from], after.attribution.numbers[to]] as const;
  if (!old || !now || !numbers[0] || !numbers[1]) return [];
  const longest = Math.max(totalMs(before.attribution), totalMs(after.attribution));
  return [
    ...textChange('type', stepOf(old), stepOf(now)),
    ...textChange('index', textField(old, 'Index Name'), textField(now, 'Index Name')),
    ...joinOrder(before.sides.get(from), after.sides.get(to)),
    ...conditions.flatMap(name => conditionChange(name, old, now)),
    ...rowsChange(numbers[0], numbers[1]),
    ...timeChange(numbers[0], numbers[1], longest),
    ...numberChange('cost', numbers[0].cost.self, numbers[1].cost.self),
    ...numberChange('buffers', blocksOf(numbers[0].self), blocksOf(numbers[1].self)),
  ];
}

function stepOf(node: PlanNode): string {
  const parallel = node.fields['Parallel Aware'] === true ? 'Parallel ' : '';
  const words = [textField(node, 'Strategy'), textField(node, 'Join Type')].filter(
    word => word !== undefined && word !== 'Plain' && word !== 'Inner',
  );
  return `${parallel}${node.type}${words.length === 0 ? '' : ` (${words.join(', ')})`}`;
}

function textChange(
  kind: 'type' | 'index',
  before: string | undefined,
  after: string | undefined,
): readonly NodeChange[] {
  return before === after ? [] : [{kind, before: before ?? null, after: after ?? null}];
}

function joinOrder(before: string | undefined, after: string | undefined): readonly NodeChange[] {
  if (before === undefined || after === undefined || before === after) return [];
  return [{kind: 'join-order', before, after}];
}

/** Texts of both sides may differ in values only, which is no change of the plan. */
function conditionChange(name: string, before: PlanNode, after: PlanNode): readonly NodeChange[] {
  const [old, now] = [textField(before, name), textField(after, name)];
  if ((old === undefined) === (now === undefined)) return [];
  return [{kind: 'condition', name, before: old ?? null, after: now ?? null}];
}

function rowsChange(before: NodeNumbers, after: NodeNumbers): readonly NodeChange[] {
  if (before.execution && after.execution)
    return numberChange('rows', before.execution.rows, after.execution.rows);
  if (before.state !== 'unknown' || after.state !== 'unknown') return [];
  return numberChange('rows', before.plannedRows, after.plannedRows);
}

function timeChange(before: NodeNumbers, after: NodeNumbers, longest: number): readonly NodeChange[] {
  const [old, now] = [before.execution?.time, after.execution?.time];
  if (!old || !now) return [];
  const difference = Math.abs(now.selfMs - old.selfMs);
  if (difference <= old.selfEpsilonMs + now.selfEpsilonMs || difference < longest * smallestShare) return [];
  return numberChange('time', old.selfMs, now.selfMs);
}

function numberChange(
  kind: keyof typeof tolerance,
  before: number | undefined,
  after: number | undefined,
): readonly NodeChange[] {
  if (before === undefined || after === undefined) return [];
  const largest = Math.max(Math.abs(before), Math.abs(after));
  return Math.abs(after - before) <= largest * tolerance[kind] ? [] : [{kind, before, after}];
}

function totalMs({numbers}: Attribution): number {
  return numbers[0]?.execution?.time?.totalMs ?? 0;
}

const touched = ['sharedHit', 'sharedRead', 'localHit', 'localRead', 'tempRead', 'tempWritten'] as const;

/** @returns blocks of 8 kB that were looked at or passed through temporary files; undefined without BUFFERS */
export function blocksOf(counters: Counters): number | undefined {
  const known = touched.flatMap(name => counters[name] ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, blocks) => sum + blocks, 0);
}

/** The most names that are told of one side of a join. */
const mostNames = 6;

/** @returns for each join the aliases it joins, as `a, b ⋈ c`. Linear: lists are cut as they go up */
export function sidesOf({plan}: Attribution): ReadonlyMap<number, string> {
  const below: (readonly string[])[] = [];
  const sides = new Map<number, string>();
  for (const node of plan.nodes.toReversed()) {
    const inputs = node.children.filter(child => !hangs(child)).map(child => below[child.id] ?? []);
    const alias = textField(node, 'Alias') ?? textField(node, 'Relation Name');
    below[node.id] = [...(alias === undefined ? [] : [alias]), ...inputs.flat()].slice(0, mostNames + 1);
    if (/^(Nested Loop|Hash Join|Merge Join)$/.test(node.type))
      sides.set(node.id, inputs.map(namesOf).join(' ⋈ '));
  }
  return sides;
}

function namesOf(names: readonly string[]): string {
  return [...names.slice(0, mostNames), ...(names.length > mostNames ? ['…'] : [])].join(', ');
}
