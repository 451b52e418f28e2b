import type {ObjectOf, SchemaObject, SchemaSnapshot} from '../objects.ts';
import {inheritedFrom} from './companions.ts';
import {indexPartitions} from './index-partitions.ts';

/** @returns the keys of what has to be there before an object: what `pg_depend` says, and what it does not. */
export function neededBy(object: SchemaObject, snapshot: SchemaSnapshot): readonly string[] {
  const known = snapshot.needs.get(object.key) ?? [];
  const needed = object.parent === undefined ? known : [...known, object.parent];
  switch (object.kind) {
    case 'column':
      return [...needed, ...inheritedFrom(object, snapshot)];
    case 'sequence':
      // Its owner is named after both are there: a column's default may need the sequence.
      return needed.filter(key => !key.startsWith('table ') && !key.startsWith('column '));
    case 'index':
      return [...needed.filter(key => key !== attachedTo(object)), ...partitionsOf(object.key, snapshot)];
    case 'type':
      // Its functions are made when its name is there.
      return object.attributes.form === 'base'
        ? needed.filter(key => !snapshot.needs.get(key)?.includes(object.key))
        : needed;
    case 'table':
      return needed.filter(key => snapshot.objects.get(key)?.parent !== object.key);
    default:
      return needed;
  }
}

function attachedTo({attributes}: ObjectOf<'index'>): string | undefined {
  return attributes.attachedTo === undefined ? undefined : `index ${attributes.attachedTo}`;
}

/**
 * An index of a partitioned table takes in those of the partitions, which are there before it: they take long to
 * build, it takes no time.
 */
function partitionsOf(index: string, snapshot: SchemaSnapshot): readonly string[] {
  return indexPartitions(snapshot).get(index) ?? [];
}

/** Names that cannot be used twice: relations of a schema share theirs, and so do types. */
export function namesOf(object: SchemaObject): readonly string[] {
  const own = `${object.schema ?? ''} ${object.name}`;
  switch (object.kind) {
    case 'table':
    case 'view':
    case 'materialized view':
      return [`relation ${own}`, `type ${own}`];
    case 'sequence':
    case 'index':
      return [`relation ${own}`];
    case 'constraint':
      return object.parent?.startsWith('table ')
        ? [`relation ${own}`, `${object.parent} ${object.name}`]
        : [];
    case 'type':
    case 'domain':
      return [`type ${own}`];
    default:
      return [];
  }
}
