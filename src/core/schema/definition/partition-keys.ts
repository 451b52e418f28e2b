import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {ObjectOf, SchemaSnapshot} from '../objects.ts';
import {schemaName} from './names.ts';
import {partsOf} from './parts.ts';

/**
 * Keys that a partition has from its parent are no constraints of its own in a snapshot: only their indexes are.
 * @returns them as constraints, with the names that they have in the partition
 */
export function keysOfParent(
  table: ObjectOf<'table'>,
  snapshot: SchemaSnapshot,
): readonly ObjectOf<'constraint'>[] {
  return partsOf(snapshot, table.key, 'index').flatMap(index => {
    const {constraint, attachedTo} = index.attributes;
    if (constraint === undefined || attachedTo === undefined) return [];
    if (snapshot.objects.has(constraintKey(table.key, constraint))) return [];
    const above = constraintAbove(index, snapshot);
    return above ? [{...above, name: constraint}] : [];
  });
}

/** @returns the statements that make indexes parts of those of the partitioned parent. */
export function attachIndexes(table: ObjectOf<'table'>, snapshot: SchemaSnapshot): readonly string[] {
  return partsOf(snapshot, table.key, 'index').flatMap(index => {
    const {attachedTo} = index.attributes;
    return attachedTo === undefined
      ? []
      : [`ALTER INDEX ${attachedTo} ATTACH PARTITION ${schemaName(index)}`];
  });
}

/** The topmost one is a constraint that somebody has written. */
function constraintAbove(
  index: ObjectOf<'index'>,
  snapshot: SchemaSnapshot,
): ObjectOf<'constraint'> | undefined {
  const above = snapshot.objects.get(`index ${index.attributes.attachedTo ?? ''}`);
  if (above?.kind !== 'index') return undefined;
  const constraint = snapshot.objects.get(
    constraintKey(above.parent ?? '', above.attributes.constraint ?? ''),
  );
  return constraint?.kind === 'constraint' ? constraint : constraintAbove(above, snapshot);
}

function constraintKey(table: string, name: string): string {
  return `constraint ${table.slice('table '.length)}.${quoteWhereNeeded(name)}`;
}
