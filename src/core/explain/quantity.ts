import {counterFields, type Counter} from './counters.ts';
import {numberField} from './fields.ts';
import type {Parallelism} from './parallel.ts';
import type {ExplainedPlan, PlanNode} from './plan.ts';

/** Half of the last digit that EXPLAIN prints of a time, in ms. */
const halfDigit = 0.0005;

/** One thing that a plan counts inclusively, in columns by node id, so that thousands of nodes are added up fast. */
export interface Quantity {
  readonly name: 'time' | Counter;
  /** Inclusive. Times of the clock in ms; I/O times in whole µs and everything else in whole units, so sums are exact. */
  readonly total: Float64Array;
  /** What is the node's own: at first its total less those of all its children. */
  readonly self: Float64Array;
  /** What `total` may be off by for its rounding. */
  readonly slack: Float64Array;
  /** What `self` may be off by. */
  readonly selfSlack: Float64Array;
  /** 1 where the plan has the field. */
  readonly present: Uint8Array;
}

/** @returns the time of every node, as wall clock; undefined without ANALYZE and with `TIMING OFF`. */
export function timeOf(plan: ExplainedPlan, {processes}: Parallelism): Quantity | undefined {
  const time = columns('time', plan.nodes.length);
  for (const node of plan.nodes) {
    const ms = numberField(node, 'Actual Total Time');
    if (ms === undefined) continue;
    const rounds = (numberField(node, 'Actual Loops') ?? 0) / (processes[node.id] ?? 1);
    time.present[node.id] = 1;
    time.total[node.id] = ms * rounds;
    time.slack[node.id] = halfDigit * rounds;
  }
  return time.present.includes(1) ? subtracted(time, plan.nodes) : undefined;
}

/** @returns every counter that the plan has; a leader's counters already include its workers'. */
export function countersOf({nodes}: ExplainedPlan): readonly Quantity[] {
  const counters: Quantity[] = [];
  for (const name of counterNames) {
    const counter = columns(name, nodes.length);
    for (const node of nodes) fill(counter, name, node);
    if (counter.present.includes(1)) counters.push(subtracted(counter, nodes));
  }
  return counters;
}

/** @returns whether the counter is a time in ms, which is kept in whole µs. */
export function isTimed(name: Quantity['name']): boolean {
  return name.endsWith('Ms');
}

function fill(counter: Quantity, name: Counter, node: PlanNode): void {
  const value = valueOf(name, node);
  if (value === undefined) return;
  counter.present[node.id] = 1;
  counter.total[node.id] = isTimed(name) ? Math.round(value * 1000) : value;
  counter.slack[node.id] = isTimed(name) ? 0.5 : 0;
}

function valueOf(name: Counter, node: PlanNode): number | undefined {
  for (const field of counterFields[name]) {
    const value = numberField(node, field);
    if (value !== undefined) return value;
  }
  return undefined;
}

const counterNames = Object.keys(counterFields).filter(name => isCounter(name));

function isCounter(name: string): name is Counter {
  return name in counterFields;
}

function columns(name: Quantity['name'], length: number): Quantity {
  return {
    name,
    total: new Float64Array(length),
    self: new Float64Array(length),
    slack: new Float64Array(length),
    selfSlack: new Float64Array(length),
    present: new Uint8Array(length),
  };
}

function subtracted(quantity: Quantity, nodes: readonly PlanNode[]): Quantity {
  const {total, self, slack, selfSlack} = quantity;
  self.set(total);
  selfSlack.set(slack);
  for (const {id, parent} of nodes) {
    if (parent === undefined) continue;
    self[parent] = (self[parent] ?? 0) - (total[id] ?? 0);
    selfSlack[parent] = (selfSlack[parent] ?? 0) + (slack[id] ?? 0);
  }
  return quantity;
}
