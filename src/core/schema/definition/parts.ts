import {atOnce, each, type Turns} from '../../turns.ts';
import type {SchemaKind, ObjectOf, SchemaObject, SchemaSnapshot} from '../objects.ts';

const indexed = new WeakMap<SchemaSnapshot, ReadonlyMap<string, readonly SchemaObject[]>>();

/** @returns the parts of an object of that kind; columns in their order, others by name. */
export function partsOf<K extends SchemaKind>(
  snapshot: SchemaSnapshot,
  key: string,
  kind: K,
): readonly ObjectOf<K>[] {
  const all = indexed.get(snapshot) ?? atOnce(gatherParts(snapshot));
  return (all.get(key) ?? []).filter(part => isOfKind(part, kind));
}

function isOfKind<K extends SchemaKind>(object: SchemaObject, kind: K): object is SchemaObject & ObjectOf<K> {
  return object.kind === kind;
}

/** Built once for each snapshot: a migration asks for the parts of thousands of tables, and gathers them before. */
export function* gatherParts(snapshot: SchemaSnapshot): Turns<ReadonlyMap<string, readonly SchemaObject[]>> {
  const known = indexed.get(snapshot);
  if (known) return known;
  const parts = new Map<string, SchemaObject[]>();
  yield* each(snapshot.objects.values(), object => {
    if (object.parent === undefined) return;
    const siblings = parts.get(object.parent);
    if (siblings) siblings.push(object);
    else parts.set(object.parent, [object]);
  });
  yield* each(parts, ([parent, siblings]) => void parts.set(parent, siblings.toSorted(order)));
  indexed.set(snapshot, parts);
  return parts;
}

function order(a: SchemaObject, b: SchemaObject): number {
  if (a.kind === 'column' && b.kind === 'column') return a.attributes.position - b.attributes.position;
  return a.key < b.key ? -1 : 1;
}
