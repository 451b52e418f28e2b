import {quoteWhereNeeded} from '../../sql/quote.ts';
import {each, type Turns} from '../../turns.ts';
import type {Comparison} from '../comparison.ts';
import type {SchemaObject, SchemaSnapshot} from '../objects.ts';
import {backed, inheritedFrom, ownersOf} from './companions.ts';
import {differingAttributes} from './equal.ts';

export interface Change {
  readonly before: SchemaObject;
  readonly after: SchemaObject;
  readonly attributes: ReadonlySet<string>;
}

/** What has to happen, before anybody looks at how: objects to make, to drop and to change, by key. */
export interface Intents {
  readonly creates: Map<string, SchemaObject>;
  readonly drops: Map<string, SchemaObject>;
  readonly changes: Map<string, Change>;
}

/** What is compared with what. Keys under `renamed` are not the comparison's: it does not know that they belong together. */
export interface Sides {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
  readonly comparison?: Comparison | undefined;
  readonly renamed: ReadonlySet<string>;
}

/** @returns the differences as intents: all that the comparison names, or without one all that is not equal as a value. */
export function* intentsOf(sides: Sides): Turns<Intents> {
  const {from, to} = sides;
  const acts = actionable(sides);
  const changes = new Map<string, Change>();
  yield* each(to.objects.values(), after => {
    const {key} = after;
    const before = from.objects.get(key);
    if (!before || before === after) return;
    const attributes = differingAttributes(before, after).filter(
      name => name !== 'position' && acts(after, name),
    );
    if (attributes.length > 0) changes.set(key, {before, after, attributes: new Set(attributes)});
  });
  return {creates: yield* onlyIn(to, from, acts), drops: yield* onlyIn(from, to, acts), changes};
}

type Acts = (object: SchemaObject, attribute?: string) => boolean;

function* onlyIn(here: SchemaSnapshot, there: SchemaSnapshot, acts: Acts): Turns<Map<string, SchemaObject>> {
  const found = new Map<string, SchemaObject>();
  const left: SchemaObject[] = [];
  yield* each(here.objects.values(), object => {
    if (there.objects.has(object.key)) return;
    if (acts(object)) found.set(object.key, object);
    else left.push(object);
  });
  // A comparison names the whole but not its parts, and what a parent has but not what its partitions have from it.
  for (let before = -1; before < found.size;) {
    before = found.size;
    yield* each(left, object => {
      if (!found.has(object.key) && wholesOf(object, here).some(whole => found.has(whole)))
        found.set(object.key, object);
    });
  }
  return found;
}

/** Keys of those with which an object comes and goes, so that a comparison says nothing of it. */
function wholesOf(object: SchemaObject, here: SchemaSnapshot): readonly string[] {
  const {parent, schema} = object;
  const wholes = [
    ...(parent === undefined ? [] : [parent]),
    ...(schema === undefined ? [] : [`schema ${quoteWhereNeeded(schema)}`]),
  ];
  switch (object.kind) {
    case 'column':
      return [...wholes, ...inheritedFrom(object, here)];
    case 'index': {
      const {attachedTo} = object.attributes;
      return [
        ...wholes,
        ...backed(object, here),
        ...(attachedTo === undefined ? [] : [`index ${attachedTo}`]),
      ];
    }
    case 'sequence':
      return [...wholes, ...ownersOf(object)];
    default:
      return wholes;
  }
}

function actionable({comparison, renamed, to}: Sides): Acts {
  if (!comparison) return () => true;
  const named = new Set(
    comparison.differences.map(({object, ...difference}) =>
      difference.kind === 'changed' ? `${difference.attribute} of ${object.key}` : object.key,
    ),
  );
  const isNamed = (key: string, attribute?: string): boolean =>
    named.has(attribute === undefined ? key : `${attribute} of ${key}`);
  const acts: Acts = (object, attribute) =>
    renamed.has(object.key) ||
    renamed.has(object.parent ?? '') ||
    isNamed(object.key, attribute) ||
    (object.kind === 'column' && attribute === 'inherited' && isNamed(object.parent ?? '', 'inherits')) ||
    // The columns of a view are told by its definition.
    (object.kind === 'column' && attribute === undefined && !object.parent?.startsWith('table ')) ||
    (object.kind === 'column' &&
      attribute !== undefined &&
      inheritedFrom(object, to).some(key => {
        const above = to.objects.get(key);
        return above !== undefined && acts(above, attribute);
      }));
  return acts;
}
