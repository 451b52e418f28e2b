import {partsOf} from '../definition/parts.ts';
import type {Difference} from '../comparison.ts';
import type {ObjectOf, SchemaKind, SchemaObject, SchemaSnapshot} from '../objects.ts';
import {differingAttributes} from './equal.ts';
import type {ReconcileRequest} from './reconcile-request.ts';

export interface RenamePair {
  readonly before: SchemaObject;
  readonly after: SchemaObject;
}

/** Kinds that hold something which dropping would lose, or take long to make again. */
const renamable = new Set<SchemaKind>([
  'table',
  'column',
  'constraint',
  'index',
  'sequence',
  'type',
  'domain',
]);

/** @returns what only `from` has and what only `to` has, where each is the one that the other can have been. */
export function renamePairs(
  request: ReconcileRequest,
  from: SchemaSnapshot,
  renamed: ReadonlySet<string>,
): readonly RenamePair[] {
  const {to, comparison, only} = request;
  const named =
    comparison && new Set(comparison.differences.filter(isPresence).map(({object}) => object.key));
  const takesPart = (object: SchemaObject): boolean =>
    renamable.has(object.kind) &&
    (renamed.has(object.parent ?? '') ||
      ((named?.has(object.key) ?? true) && (only?.has(object.key) ?? true)));
  const gone = onlyIn(from, to).filter(takesPart);
  const come = onlyIn(to, from).filter(takesPart);
  const told = (comparison?.differences ?? []).flatMap(
    difference => toldPair(difference, from, to, only) ?? [],
  );
  const candidates = byPlace(gone);
  const counterparts = byPlace(come);
  const found = come.flatMap(after => {
    const [before, ...others] = (candidates.get(placeOf(after)) ?? []).filter(object =>
      isSame(object, after, from, to),
    );
    if (!before || others.length > 0) return [];
    const rivals = (counterparts.get(placeOf(after)) ?? []).filter(object =>
      isSame(before, object, from, to),
    );
    return rivals.length === 1 ? [{before, after}] : [];
  });
  return [...told, ...found];
}

function isPresence({kind}: Difference): boolean {
  return kind !== 'changed';
}

/** The comparison knows names that PostgreSQL made up. */
function toldPair(
  difference: Difference,
  from: SchemaSnapshot,
  to: SchemaSnapshot,
  only: ReadonlySet<string> | undefined,
): RenamePair | undefined {
  if (difference.kind !== 'changed' || difference.attribute !== 'name') return undefined;
  const {object, expected, live} = difference;
  if (only && !only.has(object.key)) return undefined;
  const other = object.name === expected ? live : expected;
  const find = (snapshot: SchemaSnapshot, name: unknown): SchemaObject | undefined =>
    [...snapshot.objects.values()].find(
      one =>
        one.kind === object.kind &&
        one.parent === object.parent &&
        one.schema === object.schema &&
        one.name === name,
    );
  const before =
    find(from, object.name) && !find(to, object.name) ? find(from, object.name) : find(from, other);
  const after = before && find(to, before.name === object.name ? other : object.name);
  return before && after && !from.objects.has(after.key) ? {before, after} : undefined;
}

function onlyIn(here: SchemaSnapshot, there: SchemaSnapshot): readonly SchemaObject[] {
  return [...here.objects.values()].filter(
    object =>
      !there.objects.has(object.key) && (object.parent === undefined || there.objects.has(object.parent)),
  );
}

function byPlace(objects: readonly SchemaObject[]): ReadonlyMap<string, readonly SchemaObject[]> {
  const places = new Map<string, SchemaObject[]>();
  for (const object of objects) {
    const place = placeOf(object);
    const known = places.get(place);
    if (known) known.push(object);
    else places.set(place, [object]);
  }
  return places;
}

function placeOf({kind, schema, parent}: SchemaObject): string {
  return `${kind} ${schema ?? ''} ${parent ?? ''}`;
}

/** Whether the one, under the other's name, is the other. */
function isSame(
  before: SchemaObject,
  after: SchemaObject,
  from: SchemaSnapshot,
  to: SchemaSnapshot,
): boolean {
  if (before.kind === 'table' && after.kind === 'table') return isSameTable(before, after, from, to);
  // The one of a constraint is renamed with it.
  if (before.kind === 'index' && before.attributes.constraint !== undefined) return false;
  // Sequences are alike; what tells them apart is whose they are.
  if (before.kind === 'sequence' && before.attributes.ownedBy === undefined) return false;
  return differingAttributes(before, after).every(name => name === 'definition' && isNameOnly(before, after));
}

/** Of an index, the definition has the name in it. */
function isNameOnly(before: SchemaObject, after: SchemaObject): boolean {
  return before.kind === 'index' && after.kind === 'index';
}

function isSameTable(
  before: ObjectOf<'table'>,
  after: ObjectOf<'table'>,
  from: SchemaSnapshot,
  to: SchemaSnapshot,
): boolean {
  const own = differingAttributes(before, after).filter(
    name => name !== 'replicaIdentity' && name !== 'clusterOn',
  );
  const [was, is] = [partsOf(from, before.key, 'column'), partsOf(to, after.key, 'column')];
  return (
    own.length === 0 &&
    was.length > 0 &&
    was.length === is.length &&
    was.every((column, at) => {
      const other = is[at];
      return (
        other?.name === column.name &&
        differingAttributes(anySequence(column), anySequence(other)).length === 0
      );
    })
  );
}

/** A serial column's sequence may have got a new name with the table. */
function anySequence(column: ObjectOf<'column'>): ObjectOf<'column'> {
  const {default: value} = column.attributes;
  if (!value?.startsWith('nextval(')) return column;
  return {...column, attributes: {...column.attributes, default: 'nextval'}};
}
