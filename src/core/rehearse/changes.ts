import {identityIn} from '../schema/key.ts';
import type {SchemaObject, SchemaSnapshot} from '../schema/objects.ts';
import type {ObjectChange} from './report.ts';
import type {Renames} from './renames.ts';
import {changedAttributes} from './snapshot-values.ts';

/** Writes the statements that make an object: `definitionOf` of `core/schema/definition.ts`. */
export type WriteDefinition = (snapshot: SchemaSnapshot, key: string) => string;

/**
 * @returns what is different afterwards, object by object. Parts of what was added or removed are in its definition
 * and not by themselves; what has another name has `name` among its attributes; what only took another place among the columns is no change
 */
export function changesBetween(
  before: SchemaSnapshot,
  after: SchemaSnapshot,
  definitionOf: WriteDefinition,
  renames: Renames = new Map(),
): readonly ObjectChange[] {
  const changes: ObjectChange[] = [];
  const renamed = new Set(renames.values());
  for (const [key, object] of before.objects) {
    const now = after.objects.get(renames.get(key) ?? key);
    if (now === undefined) {
      if (isWhole(object, before, after))
        changes.push({
          ...change(object, 'removed', valuesOf(object, 'before')),
          before: definitionOf(before, key),
        });
    } else {
      const name = object.key === now.key ? [] : [{name: 'name', before: object.name, after: now.name}];
      const attributes = [...name, ...changedAttributes(object, now)];
      if (attributes.length > 0)
        changes.push({
          ...change(now, 'changed', attributes),
          before: definitionOf(before, key),
          after: definitionOf(after, now.key),
          ...(checkable.has(now.kind) ? {now: {...now.attributes}} : {}),
        });
    }
  }
  for (const [key, object] of after.objects)
    if (!before.objects.has(key) && !renamed.has(key) && isWhole(object, after, before))
      changes.push({...change(object, 'added', valuesOf(object, 'after')), after: definitionOf(after, key)});
  return changes;
}

/** What the target's rows may contradict. */
const checkable = new Set<SchemaObject['kind']>(['column', 'constraint', 'index']);

/** Whether its parent, if it has one, is on both sides. */
function isWhole({parent}: SchemaObject, own: SchemaSnapshot, other: SchemaSnapshot): boolean {
  return parent === undefined || !own.objects.has(parent) || other.objects.has(parent);
}

function change(
  object: SchemaObject,
  kind: ObjectChange['change'],
  attributes: ObjectChange['attributes'],
): ObjectChange {
  return {object: identityIn(object), change: kind, attributes};
}

function valuesOf({attributes}: SchemaObject, side: 'before' | 'after'): ObjectChange['attributes'] {
  return Object.entries(attributes).map(([name, value]) => ({name, [side]: value}));
}
