import {expect} from 'vitest';
import {attribute} from '../../../src/core/explain/attribute.ts';
import type {Attribution, NodeNumbers} from '../../../src/core/explain/attribution.ts';
import {planOfJson} from '../../../src/core/explain/parse-json.ts';
import type {ExplainedPlan, FieldValue} from '../../../src/core/explain/plan.ts';

/** A node as EXPLAIN's JSON has it. */
export interface Node {
  readonly [field: string]: FieldValue | readonly Node[];
}

/** `[ms of one loop, loops, rows of one loop]`; without them the node was not executed with ANALYZE. */
type Actual = readonly [ms: number, loops: number, rows?: number];

/** @returns a node with the given children, of which each is `Outer` unless it says otherwise. */
export function node(
  type: string,
  [ms, loops, rows = 1]: Actual,
  fields: Readonly<Record<string, FieldValue>> = {},
  ...children: readonly Node[]
): Node {
  return {
    'Node Type': type,
    'Parent Relationship': 'Outer',
    'Plan Rows': 1,
    'Actual Startup Time': ms,
    'Actual Total Time': ms,
    'Actual Rows': rows,
    'Actual Loops': loops,
    ...fields,
    ...(children.length > 0 ? {Plans: children} : {}),
  };
}

/** @returns the only plan of that root. */
export function planOf(root: Node, beside: Readonly<Record<string, FieldValue>> = {}): ExplainedPlan {
  const value = [{Plan: root, ...beside}];
  const plans = planOfJson(value, '');
  if (!plans.ok) expect.fail(plans.failure.message);
  const [plan] = plans.value;
  return plan ?? expect.fail('no plan');
}

/** A plan's numbers, by what its nodes are called there. */
export interface Computed {
  readonly attribution: Attribution;
  readonly numbers: readonly NodeNumbers[];
  /** Self times in pre-order, ms, without the dust of adding. */
  readonly selfMs: readonly (number | undefined)[];
}

/** @returns what `attribute` computes for the plan of that root. */
export function computed(root: Node, beside: Readonly<Record<string, FieldValue>> = {}): Computed {
  const attribution = attribute(planOf(root, beside));
  const {numbers} = attribution;
  return {
    attribution,
    numbers,
    selfMs: numbers.map(({execution}) => rounded(execution?.time?.selfMs)),
  };
}

function rounded(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 1e6) / 1e6 + 0;
}
