import type {AttributeValue} from '../attributes.ts';

/** @returns whether two values are equal; records whatever the order of their keys */
export function equalValues(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) return equalLists(one, other);
  const entries = Object.entries(one);
  const others = new Map(Object.entries(other));
  return (
    entries.length === others.size && entries.every(([key, value]) => equalValues(value, others.get(key)))
  );
}

function equalLists(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((value, index) => equalValues(value, other[index]));
}

export function isList(value: AttributeValue | undefined): value is readonly string[] {
  return Array.isArray(value);
}

export function isRecord(
  value: AttributeValue | undefined,
): value is Readonly<Record<string, string>> | Readonly<Record<string, readonly string[]>> {
  return typeof value === 'object' && !Array.isArray(value);
}
