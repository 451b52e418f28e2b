import type {Attribution, NodeNumbers} from './attribution.ts';
import {blocksOf, changesOf, sidesOf, type ComparedPlan, type NodeChange} from './compare-changes.ts';
import type {Matching} from './compare-match.ts';
import type {ExplainedPlan} from './plan.ts';

/** One node's numbers. What a plan does not say is null: without ANALYZE there are no times. */
export interface ComparedSide {
  /** Of the node in its own plan. */
  readonly id: number;
  /** ms of wall clock. */
  readonly selfMs: number | null;
  readonly totalMs: number | null;
  /** Over all loops and processes; null where it was not executed. */
  readonly rows: number | null;
  /** Of one loop. */
  readonly plannedRows: number;
  /** 8 kB blocks, of its own and with everything below. */
  readonly selfBlocks: number | null;
  readonly totalBlocks: number | null;
  readonly selfCost: number;
  readonly totalCost: number;
}

/** One line of two plans side by side. */
export type ComparedNode = {readonly depth: number} & (
  | {
      /** The numbers of `same` may differ by less than `changes` tells. */
      readonly status: 'same' | 'changed';
      readonly before: ComparedSide;
      readonly after: ComparedSide;
      readonly changes: readonly NodeChange[];
    }
  | {readonly status: 'removed'; readonly before: ComparedSide}
  | {readonly status: 'added'; readonly after: ComparedSide}
);

/** @returns the nodes of the plan after in pre-order, and what is gone where it was */
export function linesOf(
  before: Attribution,
  after: Attribution,
  matching: Matching,
): readonly ComparedNode[] {
  const old: ComparedPlan = {attribution: before, sides: sidesOf(before)};
  const now: ComparedPlan = {attribution: after, sides: sidesOf(after)};
  const places = placesOfRemoved(before.plan, matching);
  const depths = new Map<string, number>();
  const lines: ComparedNode[] = [];
  const addRemoved = (place: string): void => {
    for (const id of places.get(place) ?? []) {
      const depth = depthOf(before.plan.nodes[id]?.parent, `old ${id}`);
      lines.push({depth, status: 'removed', before: sideOf(before.numbers[id], id)});
    }
  };
  const depthOf = (parent: number | undefined, own: string): number => {
    const counterpart = parent === undefined ? undefined : matching.toAfter.get(parent);
    const outer = depths.get(counterpart === undefined ? `old ${parent}` : `now ${counterpart}`) ?? -1;
    depths.set(own, outer + 1);
    return outer + 1;
  };
  addRemoved('first');
  for (const {id, parent} of after.plan.nodes) {
    const depth = parent === undefined ? 0 : (depths.get(`now ${parent}`) ?? 0) + 1;
    depths.set(`now ${id}`, depth);
    addRemoved(`before ${id}`);
    lines.push({depth, ...lineOf(old, now, matching.toBefore.get(id), id)});
    addRemoved(`after ${id}`);
  }
  return lines;
}

function lineOf(old: ComparedPlan, now: ComparedPlan, from: number | undefined, to: number): Line {
  const after = sideOf(now.attribution.numbers[to], to);
  if (from === undefined) return {status: 'added', after};
  const changes = changesOf(old, now, from, to);
  const before = sideOf(old.attribution.numbers[from], from);
  return {status: changes.length === 0 ? 'same' : 'changed', before, after, changes};
}

type Line = ComparedNode extends infer Each ? (Each extends unknown ? Omit<Each, 'depth'> : never) : never;

/**
 * What stood around a node that is still there goes before it; what had nothing below that is still there goes behind
 * what it followed.
 * @returns ids in pre-order by place: `before 3` and `after 3` are around node 3 of the plan after
 */
function placesOfRemoved(plan: ExplainedPlan, {toAfter}: Matching): ReadonlyMap<string, readonly number[]> {
  const inside = firstKept(plan, toAfter);
  const places = new Map<string, number[]>();
  let last = 'first';
  for (const {id} of plan.nodes) {
    const counterpart = toAfter.get(id);
    if (counterpart !== undefined) last = `after ${counterpart}`;
    else {
      const below = inside[id];
      if (below !== undefined) last = `before ${below}`;
      const place = places.get(last);
      if (place) place.push(id);
      else places.set(last, [id]);
    }
  }
  return places;
}

/** @returns by node id the counterpart of the first node below it that has one */
function firstKept(
  {nodes}: ExplainedPlan,
  toAfter: ReadonlyMap<number, number>,
): readonly (number | undefined)[] {
  const found: (number | undefined)[] = [];
  for (const {id, children} of nodes.toReversed()) {
    const kept = children.find(child => toAfter.has(child.id) || found[child.id] !== undefined);
    found[id] = kept && (toAfter.get(kept.id) ?? found[kept.id]);
  }
  return found;
}

function sideOf(numbers: NodeNumbers | undefined, id: number): ComparedSide {
  const execution = numbers?.execution;
  return {
    id,
    selfMs: execution?.time?.selfMs ?? null,
    totalMs: execution?.time?.totalMs ?? null,
    rows: execution?.rows ?? null,
    plannedRows: numbers?.plannedRows ?? 0,
    selfBlocks: blocksOf(numbers?.self ?? {}) ?? null,
    totalBlocks: blocksOf(numbers?.total ?? {}) ?? null,
    selfCost: numbers?.cost.self ?? 0,
    totalCost: numbers?.cost.total ?? 0,
  };
}
