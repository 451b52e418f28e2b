import {gatherParts, partsOf} from '../definition/parts.ts';
import {each, type Turns} from '../../turns.ts';
import type {Difference} from '../comparison.ts';
import type {ObjectIdentity, ObjectOf, SchemaKind, SchemaObject, SchemaSnapshot} from '../objects.ts';
import {differingAttributes} from './equal.ts';
import {push} from './push.ts';
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
export function* renamePairs(
  request: ReconcileRequest,
  from: SchemaSnapshot,
  renamed: ReadonlySet<string>,
): Turns<readonly RenamePair[]> {
  const {to, comparison, only} = request;
  const named =
    comparison && new Set(comparison.differences.filter(isPresence).map(({object}) => object.key));
  const takesPart = (object: SchemaObject): boolean =>
    renamable.has(object.kind) &&
    (renamed.has(object.parent ?? '') ||
      ((named?.has(object.key) ?? true) && (only?.has(object.key) ?? true)));
  const gone = yield* onlyIn(from, to, takesPart);
  const come = yield* onlyIn(to, from, takesPart);
  const pairs: RenamePair[] = [];
  const told = (comparison?.differences ?? []).filter(isOfName);
  if (told.length > 0) {
    const finders = {from: yield* finder(from), to: yield* finder(to)};
    yield* each(told, difference => {
      const pair = only && !only.has(difference.object.key) ? undefined : toldPair(difference, finders);
      if (pair && !from.objects.has(pair.after.key)) pairs.push(pair);
    });
  }
  if (gone.length === 0 || come.length === 0) return pairs;
  yield* gatherParts(from);
  yield* gatherParts(to);
  const candidates = yield* byPlace(gone, from);
  const counterparts = yield* byPlace(come, to);
  yield* each(come, after => {
    const place = placeOf(after, to);
    const before = theOnly(candidates.get(place), object => isSame(object, after, from, to));
    if (before && theOnly(counterparts.get(place), object => isSame(before, object, from, to)))
      pairs.push({before, after});
  });
  return pairs;
}

function isPresence({kind}: Difference): boolean {
  return kind !== 'changed';
}

type OfName = Difference & {readonly kind: 'changed'};

function isOfName(difference: Difference): difference is OfName {
  return difference.kind === 'changed' && difference.attribute === 'name';
}

/** Finds what has that name instead of the object's own. */
type Find = (object: ObjectIdentity, name: unknown) => SchemaObject | undefined;

function* finder(snapshot: SchemaSnapshot): Turns<Find> {
  const placed = new Map<string, SchemaObject>();
  const place = ({kind, schema, parent}: ObjectIdentity, name: string): string =>
    JSON.stringify([kind, schema, parent, name]);
  yield* each(snapshot.objects.values(), object => {
    const own = place(object, object.name);
    if (!placed.has(own)) placed.set(own, object);
  });
  return (object, name) => (typeof name === 'string' ? placed.get(place(object, name)) : undefined);
}

/** The comparison knows names that PostgreSQL made up. */
function toldPair(
  {object, expected, live}: OfName,
  {from, to}: {readonly from: Find; readonly to: Find},
): RenamePair | undefined {
  const other = object.name === expected ? live : expected;
  const own = from(object, object.name);
  const before = own && !to(object, object.name) ? own : from(object, other);
  const after = before && to(object, before.name === object.name ? other : object.name);
  return before && after && {before, after};
}

function* onlyIn(
  here: SchemaSnapshot,
  there: SchemaSnapshot,
  takesPart: (object: SchemaObject) => boolean,
): Turns<readonly SchemaObject[]> {
  const found: SchemaObject[] = [];
  yield* each(here.objects.values(), object => {
    if (there.objects.has(object.key)) return;
    if ((object.parent === undefined || there.objects.has(object.parent)) && takesPart(object))
      found.push(object);
  });
  return found;
}

function* byPlace(
  objects: readonly SchemaObject[],
  snapshot: SchemaSnapshot,
): Turns<ReadonlyMap<string, readonly SchemaObject[]>> {
  const places = new Map<string, SchemaObject[]>();
  yield* each(objects, object => push(places, placeOf(object, snapshot), object));
  return places;
}

function theOnly(
  objects: readonly SchemaObject[] = [],
  isIt: (object: SchemaObject) => boolean,
): SchemaObject | undefined {
  const first = objects.findIndex(isIt);
  return objects.some((object, at) => at > first && isIt(object)) ? undefined : objects[first];
}

/** What the one under another name must have too; of a table also its columns, because there are many tables. */
function placeOf({key, kind, schema, parent}: SchemaObject, snapshot: SchemaSnapshot): string {
  const columns =
    kind === 'table'
      ? partsOf(snapshot, key, 'column').map(({name, attributes: {type}}) => `${name} ${type}`)
      : [];
  return [kind, schema ?? '', parent ?? '', ...columns].join(' ');
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
