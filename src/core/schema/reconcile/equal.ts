import type {AttributeValue} from '../attributes.ts';
import type {SchemaObject} from '../objects.ts';

/** @returns whether two values of an attribute are the same; the order of names in a record says nothing. */
export function sameValue(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && canonical(a) === canonical(b));
}

/** @returns the names of the attributes in which two objects of a kind differ. */
export function differingAttributes(before: SchemaObject, after: SchemaObject): readonly string[] {
  const a: Readonly<Record<string, AttributeValue | undefined>> = before.attributes;
  const b: Readonly<Record<string, AttributeValue | undefined>> = after.attributes;
  const added = Object.keys(b).filter(name => !Object.hasOwn(a, name));
  return [...Object.keys(a), ...added].filter(name => !sameValue(a[name], b[name]));
}

function canonical(value: AttributeValue): string {
  if (typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
