import {quoteWhereNeeded} from '../../sql/quote.ts';
import {isInCircle} from './circles.ts';
import type {ObjectOf, SchemaObject, SchemaSnapshot} from '../objects.ts';

/**
 * What PostgreSQL drops together with something else, so that it needs no statement of its own.
 * @returns the key of that other object, which is dropped too; undefined for an object that has to be dropped by itself
 */
export function companionOf(
  object: SchemaObject,
  drops: ReadonlyMap<string, SchemaObject>,
  from: SchemaSnapshot,
): string | undefined {
  const dropped = (keys: readonly (string | undefined)[]): string | undefined =>
    keys.find(key => key !== undefined && drops.has(key));
  const {parent} = object;
  switch (object.kind) {
    // Its server cannot be dropped before it.
    case 'user mapping':
      return undefined;
    case 'sequence':
      return dropped(ownersOf(object));
    case 'table': {
      const {partitionOf} = object.attributes;
      return dropped(partitionOf === undefined ? [] : [`table ${partitionOf}`]);
    }
    case 'column':
      return dropped([parent, ...inheritedFrom(object, from)]);
    case 'index':
      return dropped([
        ...tableOf(object, from),
        ...backed(object, from),
        ...columnsOf(object, from),
        attached(object),
      ]);
    case 'constraint':
      if (object.attributes.type === 'foreign key' && isInCircle(object, drops)) return undefined;
      return dropped([parent, ...columnsOf(object, from)]);
    // DROP TYPE takes along the functions that read and write its values: they need each other.
    case 'function':
      return dropped(baseTypesOf(object, from));
    // A class that names no family has one of its own.
    case 'operator class':
      return dropped([object.key.replace('operator class ', 'operator family ')]);
    default:
      return dropped([parent]);
  }
}

/** @returns the keys of the base types that need a function which itself needs them. */
export function baseTypesOf(
  routine: ObjectOf<'function'>,
  {needs, objects}: SchemaSnapshot,
): readonly string[] {
  return (needs.get(routine.key) ?? []).filter(key => {
    const type = objects.get(key);
    return type?.kind === 'type' && type.attributes.form === 'base' && needs.get(key)?.includes(routine.key);
  });
}

/** @returns the keys of the columns of parents from which a column is inherited. */
export function inheritedFrom(column: ObjectOf<'column'>, snapshot: SchemaSnapshot): readonly string[] {
  if (!column.attributes.inherited) return [];
  const table = snapshot.objects.get(column.parent ?? '');
  if (table?.kind !== 'table') return [];
  const {inherits = [], partitionOf} = table.attributes;
  const parents = partitionOf === undefined ? inherits : [partitionOf];
  return parents
    .map(parent => `column ${parent}.${quoteWhereNeeded(column.name)}`)
    .filter(key => snapshot.objects.has(key));
}

/** @returns the key of the table or materialized view of an index. */
export function tableOf(index: ObjectOf<'index'>, {needs, objects}: SchemaSnapshot): readonly string[] {
  if (index.parent !== undefined) return [index.parent];
  const used = (needs.get(index.key) ?? []).flatMap(key => objects.get(key) ?? []);
  const table = used.find(({kind}) => kind === 'table' || kind === 'materialized view');
  return table ? [table.key] : used.flatMap(({parent}) => parent ?? []).slice(0, 1);
}

/** @returns the key of the constraint that an index stands behind. */
export function backed(index: ObjectOf<'index'>, snapshot: SchemaSnapshot): readonly string[] {
  const {constraint} = index.attributes;
  if (constraint === undefined) return [];
  return tableOf(index, snapshot).map(
    table => `constraint ${table.slice('table '.length)}.${quoteWhereNeeded(constraint)}`,
  );
}

function attached(index: ObjectOf<'index'>): string | undefined {
  return index.attributes.attachedTo === undefined ? undefined : `index ${index.attributes.attachedTo}`;
}

/** @returns the keys of the column that owns a sequence, and of its table. */
export function ownersOf({attributes: {ownedBy}}: ObjectOf<'sequence'>): readonly string[] {
  return ownedBy === undefined
    ? []
    : [`column ${ownedBy}`, `table ${ownedBy.replace(/\.("([^"]|"")*"|[^."]*)$/, '')}`];
}

/** The columns of its own table that it uses. */
function columnsOf(object: SchemaObject, snapshot: SchemaSnapshot): readonly string[] {
  const table = object.kind === 'index' ? tableOf(object, snapshot)[0] : object.parent;
  return (snapshot.needs.get(object.key) ?? []).filter(key => {
    const used = snapshot.objects.get(key);
    return used?.kind === 'column' && used.parent === table;
  });
}
