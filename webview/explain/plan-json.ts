import type {ExplainedPlan, FieldValue, PlanNode} from '../../src/core/explain/plan.ts';

/** @returns the plan as EXPLAIN writes JSON, also where it was read from text. */
export function planJson({root, fields}: ExplainedPlan): string {
  return JSON.stringify([{Plan: nodeFields(root), ...fields}], undefined, 2);
}

function nodeFields({fields, children}: PlanNode): FieldValue {
  return children.length === 0 ? fields : {...fields, Plans: children.map(nodeFields)};
}
