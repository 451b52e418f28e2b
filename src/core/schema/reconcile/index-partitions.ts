import type {SchemaSnapshot} from '../objects.ts';

const known = new WeakMap<SchemaSnapshot, ReadonlyMap<string, readonly string[]>>();

/** @returns by key of an index those of the indexes of partitions that are attached to it. */
export function indexPartitions(snapshot: SchemaSnapshot): ReadonlyMap<string, readonly string[]> {
  const before = known.get(snapshot);
  if (before) return before;
  const found = new Map<string, string[]>();
  for (const object of snapshot.objects.values()) {
    if (object.kind !== 'index' || object.attributes.attachedTo === undefined) continue;
    const parent = `index ${object.attributes.attachedTo}`;
    const siblings = found.get(parent);
    if (siblings) siblings.push(object.key);
    else found.set(parent, [object.key]);
  }
  known.set(snapshot, found);
  return found;
}
