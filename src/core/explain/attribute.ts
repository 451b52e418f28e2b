import type {Attribution, Execution, NodeNumbers} from './attribution.ts';
import type {Counter, Counters} from './counters.ts';
import {estimateOf, sharesOf} from './estimate.ts';
import {numberField} from './fields.ts';
import {moveWork} from './move-work.ts';
import {fitOverlaps} from './overlap.ts';
import {parallelismOf, type Parallelism} from './parallel.ts';
import type {ExplainedPlan, FieldValue, PlanNode} from './plan.ts';
import {countersOf, isTimed, timeOf, type Quantity} from './quantity.ts';

interface Computed {
  readonly plan: ExplainedPlan;
  readonly parallelism: Parallelism;
  readonly shares: readonly boolean[];
  readonly time: Quantity | undefined;
  readonly counters: readonly Quantity[];
}

/**
 * Computes what each node of a plan did itself from what EXPLAIN prints inclusively.
 *
 * - Total time is `Actual Total Time` × loops ÷ processes: wall clock, averaged over the processes of a parallel part.
 * - Self time is the total less the totals of every direct child, corrected for InitPlans and CTEs, which run inside
 *   other nodes than the one they hang at (`move-work.ts`), and for parallel work that overlapped with the leader's
 *   (`overlap.ts`). Self times sum to the root's total within the errors of rounding.
 * - Counters and I/O times are subtracted likewise; each sums exactly to the root's. I/O times of a parallel part are
 *   of all processes together, as the server prints them.
 * - A data-modifying CTE that the main query does not read to its end is finished after the root. That part is in the
 *   CTE's numbers and in the execution time, but not in the root's, so it comes on top of the sums.
 * - Self cost is the total cost less the children's, and never below 0: under a LIMIT, and in a merge join that ends
 *   early, a child costs more than what is asked of it.
 *
 * Below −ε a self time is left as it is; no known plan has one.
 */
export function attribute(plan: ExplainedPlan): Attribution {
  const parallelism = parallelismOf(plan);
  const time = timeOf(plan, parallelism);
  const counters = countersOf(plan);
  moveWork({plan, parallelism, quantities: time ? [time, ...counters] : counters});
  if (time) fitOverlaps(plan, parallelism, time);
  const computed = {plan, parallelism, shares: sharesOf(plan, parallelism.gather), time, counters};
  return {plan, numbers: plan.nodes.map(node => numbersOf(computed, node)), ...timesBeside(plan)};
}

function numbersOf(computed: Computed, node: PlanNode): NodeNumbers {
  const loops = numberField(node, 'Actual Loops');
  const state = loops === undefined ? 'unknown' : loops > 0 ? 'executed' : 'never';
  return {
    id: node.id,
    state,
    ...(state === 'executed' ? {execution: executionOf(computed, node, loops ?? 0)} : {}),
    cost: costOf(node),
    plannedRows: numberField(node, 'Plan Rows') ?? 0,
    total: countersAt(computed.counters, node, 'total'),
    self: countersAt(computed.counters, node, 'self'),
  };
}

function executionOf({plan, parallelism, shares, time}: Computed, node: PlanNode, loops: number): Execution {
  const {id} = node;
  const estimate = estimateOf(plan, node, shares[id] === true ? parallelism.gather[id] : undefined);
  return {
    loops,
    processes: parallelism.processes[id] ?? 1,
    ...(time && time.present[id] === 1
      ? {
          time: {
            totalMs: time.total[id] ?? 0,
            selfMs: time.self[id] ?? 0,
            epsilonMs: time.slack[id] ?? 0,
            selfEpsilonMs: time.selfSlack[id] ?? 0,
          },
        }
      : {}),
    rows: (numberField(node, 'Actual Rows') ?? 0) * loops,
    ...(estimate ? {estimate} : {}),
  };
}

function costOf(node: PlanNode): NodeNumbers['cost'] {
  const total = numberField(node, 'Total Cost') ?? 0;
  const below = node.children.reduce((sum, child) => sum + (numberField(child, 'Total Cost') ?? 0), 0);
  return {total, self: Math.max(0, total - below)};
}

/** A counter that only a child has is the node's own as well, so that sums do not depend on zeros being printed. */
function countersAt(counters: readonly Quantity[], node: PlanNode, column: 'total' | 'self'): Counters {
  const values: Partial<Record<Counter, number>> = {};
  for (const counter of counters) {
    const value = counter[column][node.id] ?? 0;
    if (counter.name === 'time' || !(counter.present[node.id] === 1 || (column === 'self' && value !== 0)))
      continue;
    values[counter.name] = isTimed(counter.name) ? value / 1000 : value;
  }
  return values;
}

function timesBeside(plan: ExplainedPlan): Omit<Attribution, 'plan' | 'numbers'> {
  const planningMs = numberField(plan, 'Planning Time');
  const executionMs = numberField(plan, 'Execution Time');
  const triggersMs = triggerTime(plan.fields['Triggers']);
  const jitMs = numberIn(plan.fields['JIT'], 'Timing', 'Total');
  return {
    ...(planningMs === undefined ? {} : {planningMs}),
    ...(executionMs === undefined ? {} : {executionMs}),
    ...(triggersMs === undefined ? {} : {triggersMs}),
    ...(jitMs === undefined ? {} : {jitMs}),
  };
}

function triggerTime(triggers: FieldValue | undefined): number | undefined {
  if (!Array.isArray(triggers)) return undefined;
  const times = triggers.map(trigger => numberIn(trigger, 'Time')).filter(time => time !== undefined);
  return times.length === 0 ? undefined : times.reduce((sum, time) => sum + time, 0);
}

function numberIn(value: FieldValue | undefined, ...path: readonly string[]): number | undefined {
  let at = value;
  for (const name of path) at = isObject(at) ? at[name] : undefined;
  return typeof at === 'number' ? at : undefined;
}

function isObject(value: FieldValue | undefined): value is {readonly [name: string]: FieldValue} {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
