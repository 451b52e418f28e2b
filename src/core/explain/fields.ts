import type {FieldValue, PlanNode} from './plan.ts';

/** What holds fields: a node, or a plan for what stands beside its nodes. */
type Holder = Pick<PlanNode, 'fields'>;

/** @returns the number in that field of EXPLAIN; undefined where it is absent or no number. */
export function numberField({fields}: Holder, name: string): number | undefined {
  const value = fields[name];
  return typeof value === 'number' ? value : undefined;
}

/** @returns the text in that field; undefined where it is absent or no text. */
export function textField({fields}: Holder, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

/** @returns the texts in that field, of which a single one stands without an array; none where it is absent. */
export function textsField({fields}: Holder, name: string): readonly string[] {
  const value = fields[name];
  if (typeof value === 'string') return [value];
  return isList(value) ? value.filter(item => typeof item === 'string') : [];
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: FieldValue | undefined): value is readonly FieldValue[] {
  return Array.isArray(value);
}
