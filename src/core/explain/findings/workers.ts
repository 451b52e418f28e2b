import type {FieldValue, Fields, PlanNode} from '../plan.ts';

/** @returns the fields of each worker; those of the leader, or of all together, stand at the node itself. */
export function workersOf(node: PlanNode): readonly Fields[] {
  const workers = node.fields['Workers'];
  return isList(workers) ? workers.filter(isFields) : [];
}

/** @returns the fields of a group inside a node, such as `Full-sort Groups`. */
export function groupOf(fields: Fields, name: string): Fields | undefined {
  const group = fields[name];
  return group !== undefined && isFields(group) ? group : undefined;
}

/** @returns the groups in a list of a plan, such as `Triggers`. */
export function groupsIn(fields: Fields, name: string): readonly Fields[] {
  const list = fields[name];
  return isList(list) ? list.filter(isFields) : [];
}

function isList(value: FieldValue | undefined): value is readonly FieldValue[] {
  return Array.isArray(value);
}

function isFields(value: FieldValue): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
