import {displacedIn, isWithin, subtree, wasExecuted, type Displaced} from './consumers.ts';
import {numberField} from './fields.ts';
import type {Parallelism} from './parallel.ts';
import type {ExplainedPlan, PlanNode} from './plan.ts';
import type {Quantity} from './quantity.ts';

interface Work {
  readonly plan: ExplainedPlan;
  readonly parallelism: Parallelism;
  readonly quantities: readonly Quantity[];
}

/**
 * Takes the work of InitPlans and CTEs from the nodes they hang at and gives it to the nodes inside which it ran:
 * a child's total was subtracted where it hangs, but is part of its consumer's total. Changes `self`; its sum over
 * all nodes stays the root's total, except for data-modifying CTEs that the executor finishes after the root.
 *
 * - A CTE runs inside its scans. Where it has several, each is given what it could have caused: the blocks it read
 *   tell that when there are any, otherwise its time.
 * - An InitPlan runs once, inside the first node that asks for it. That one is known by being able to hold it:
 *   its own time, its time to the first row and each of its counters are at least the InitPlan's.
 * - What a data-modifying CTE did beyond its scans ran after the root and belongs to no other node.
 * - Where the plan does not show who asked (no VERBOSE, so no Output), a node below the owner that could hold the
 *   work is taken; failing that, what the owner lacks is spread over all that could.
 *
 * Source: ExecSetParamPlan in nodeSubplan.c, CteScanNext in nodeCtescan.c, ExecPostprocessPlan in execMain.c
 */
export function moveWork(work: Work): void {
  const displaced = displacedIn(work.plan);
  const undecided: Displaced[] = [];
  for (const item of displaced) {
    if (item.kind === 'cte') moveCte(work, item);
    else if (
      !moveWhole(
        work,
        item,
        item.consumers.filter(node => node !== item.owner),
      )
    )
      undecided.push(item);
  }
  for (const item of undecided) if (!ownerCould(work, item)) moveGuessed(work, item);
  for (const owner of new Set(displaced.map(item => item.owner))) spreadDeficit(work, owner);
}

function moveCte({quantities}: Work, {node, owner, consumers}: Displaced): void {
  const evidence = blocksRead(quantities, node, consumers);
  for (const quantity of quantities) {
    const amount = at(quantity.total, node);
    const room = consumers.map(scan => Math.max(0, at(quantity.self, scan)));
    const shares = allot(amount, room, quantity.name === 'time' && evidence ? evidence : room);
    consumers.forEach((scan, index) => move(quantity, owner, scan, shares[index] ?? 0));
    const left = amount - sum(shares);
    if (modifies(node)) credit(quantity, owner, left);
    else fillSlack(quantity, owner, consumers, left);
  }
}

/** Blocks that each scan touched beyond its children: nothing but its share of the CTE, which reads no tables itself. */
function blocksRead(
  quantities: readonly Quantity[],
  node: PlanNode,
  scans: readonly PlanNode[],
): readonly number[] | undefined {
  const blocks = quantities.filter(({name}) => /^(?:shared|local)(?:Hit|Read)$/.test(name));
  if (!blocks.some(({total}) => at(total, node) > 0)) return undefined;
  const read = scans.map(scan => sum(blocks.map(({self}) => Math.max(0, at(self, scan)))));
  return sum(read) > 0 ? read : undefined;
}

/** In a node of many loops rounding can hide what it surely did. */
function fillSlack(quantity: Quantity, owner: PlanNode, nodes: readonly PlanNode[], amount: number): void {
  const room = nodes.map(node => Math.max(0, at(quantity.self, node) + at(quantity.selfSlack, node)));
  const shares = allot(amount, room, room);
  nodes.forEach((node, index) => move(quantity, owner, node, shares[index] ?? 0));
}

/** Gives all of an InitPlan to the first of the candidates that could hold it. */
function moveWhole(work: Work, {node, owner}: Displaced, candidates: readonly PlanNode[]): boolean {
  const consumer = candidates.find(candidate => couldHold(work, candidate, node));
  if (!consumer) return false;
  for (const quantity of work.quantities) move(quantity, owner, consumer, at(quantity.total, node));
  return true;
}

function couldHold({parallelism, quantities}: Work, candidate: PlanNode, node: PlanNode): boolean {
  const fits = quantities.every(
    ({total, slack, self, selfSlack}) =>
      at(self, candidate) + at(selfSlack, candidate) >= at(total, node) - at(slack, node),
  );
  const time = quantities.find(({name}) => name === 'time');
  if (!fits || !time) return fits;
  const rounds = (numberField(candidate, 'Actual Loops') ?? 0) / at(parallelism.processes, candidate);
  const first = (numberField(candidate, 'Actual Startup Time') ?? Infinity) * rounds;
  return first + at(time.slack, candidate) >= at(time.total, node) - at(time.slack, node);
}

/** The owner lacks nothing with all its InitPlans subtracted, so it ran this one itself. */
function ownerCould({quantities}: Work, {owner}: Displaced): boolean {
  return quantities.every(({self, selfSlack}) => at(self, owner) >= -at(selfSlack, owner));
}

function moveGuessed(work: Work, item: Displaced): void {
  const below = subtree(work.plan, item.owner)
    .filter(node => node !== item.owner && !isWithin(node, item.node) && wasExecuted(node))
    .toReversed();
  moveWhole(work, item, below);
}

/** What still lacks at the owner was done by somebody below it. */
function spreadDeficit({plan, quantities}: Work, owner: PlanNode): void {
  for (const quantity of quantities) {
    const own = at(quantity.self, owner);
    if (own < -at(quantity.selfSlack, owner)) fillSlack(quantity, owner, subtree(plan, owner).slice(1), -own);
  }
}

function modifies({type}: PlanNode): boolean {
  return type === 'ModifyTable';
}

function move(quantity: Quantity, owner: PlanNode, consumer: PlanNode, amount: number): void {
  credit(quantity, owner, amount);
  credit(quantity, consumer, -amount);
}

function credit({self}: Quantity, node: PlanNode, amount: number): void {
  self[node.id] = at(self, node) + amount;
}

/**
 * Divides `amount` in proportion to `weights`, never above `room`; what does not fit stays out. Whole numbers stay
 * whole when `room` and `amount` are.
 */
function allot(amount: number, room: readonly number[], weights: readonly number[]): readonly number[] {
  const whole = sum(weights);
  const isWhole = Number.isInteger(amount) && room.every(Number.isInteger);
  const shares = room.map((most, index) => {
    const share = whole > 0 ? (amount * (weights[index] ?? 0)) / whole : 0;
    return Math.min(most, isWhole ? Math.floor(share) : share);
  });
  let left = amount - sum(shares);
  return shares.map((share, index) => {
    const more = Math.min(left, (room[index] ?? 0) - share);
    left -= more;
    return share + more;
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

function at(column: Float64Array, node: PlanNode): number {
  return column[node.id] ?? 0;
}
