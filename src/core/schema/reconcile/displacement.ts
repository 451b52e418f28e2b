import {each, taken, type Turns} from '../../turns.ts';
import type {SchemaKind, SchemaObject, ObjectOf} from '../objects.ts';
import type {Change, Intents} from './intents.ts';
import {dropIdentity, givesRoom} from './relations/column-identity.ts';
import {byParent, reversed} from './only.ts';
import type {LetGo, WriteContext, Writer, Writers, Written} from './writer.ts';

/** How an object holds still while something that it needs is dropped and made again. */
export interface Release extends LetGo {
  readonly object: SchemaObject;
  readonly cause: string;
}

/** Intents, with what has to give way to them. */
export interface Displaced extends Intents {
  readonly releases: readonly Release[];
}

/** The writer for the kind of an object; the type keeps the two together. */
export function writerFor<K extends SchemaKind>(
  writers: Writers,
  object: ObjectOf<K>,
): Writer<K> | undefined {
  const byKind: {readonly [Kind in K]?: Writer<Kind>} = writers;
  return byKind[object.kind];
}

export function writeChange(
  writers: Writers,
  change: Change,
  context: WriteContext,
): readonly Written[] | 'recreate' {
  const unknown = {leftOut: `No statement is written for a change of a ${change.after.kind}.`};
  return writerFor(writers, change.after)?.change(change, context) ?? [unknown];
}

/**
 * Adds to the intents what they entail: objects that cannot be changed are dropped and made again, and so is what
 * needs them, and what stands in the way of a change. The maps of `intents` are changed in place, so that the context
 * tells of it at once.
 */
export function* displace(intents: Intents, writers: Writers, context: WriteContext): Turns<Displaced> {
  const {creates, drops, changes} = intents;
  if (drops.size === 0 && changes.size === 0) return {...intents, releases: []};
  const users = yield* reversed(context.from.needs);
  const parts = yield* byParent(context.from.objects);
  const newParts = yield* byParent(context.to.objects);
  const releases = new Map<string, Release>();
  const open: string[] = [...drops.keys()];

  const recreate = (object: SchemaObject): void => {
    if (drops.has(object.key)) return;
    const again = context.to.objects.get(object.key) ?? object;
    drops.set(object.key, object);
    creates.set(object.key, again);
    changes.delete(object.key);
    open.push(object.key);
    for (const key of newParts.get(object.key) ?? []) {
      const part = context.to.objects.get(key);
      if (part) creates.set(key, part);
    }
  };
  const release = (object: SchemaObject, cause: SchemaObject): void => {
    const writer = writerFor(writers, object);
    const how = writer?.letGo?.(object, cause, context) ?? 'recreate';
    if (how === 'recreate') return recreate(object);
    releases.set(`${object.key} from ${cause.key}`, {...how, object, cause: cause.key});
    if (how.retypes) giveWay({before: object, after: object, attributes: new Set(['type'])});
  };
  const giveWay = (change: Change): void => {
    const writer = writerFor(writers, change.after);
    if (!writer?.displaces) return;
    for (const user of usersOf(change.before)) if (writer.displaces(change, user, context)) recreate(user);
  };
  const makeRoom = ({before, after}: Change): void => {
    const cause =
      before.kind === 'column' && after.kind === 'column' ? givesRoom({before, after}, context) : undefined;
    if (cause !== undefined && before.kind === 'column')
      releases.set(`${before.key} from ${cause}`, {
        object: before,
        cause,
        before: [dropIdentity(before)],
        after: [],
      });
  };
  const usersOf = (object: SchemaObject): readonly SchemaObject[] =>
    [...new Set(users.get(object.key))].flatMap(key => {
      const user = context.from.objects.get(key);
      return user && !goesWith(user, drops) ? user : [];
    });

  yield* each(changes.values(), change => {
    if (writeChange(writers, change, context) === 'recreate') recreate(change.before);
    else {
      makeRoom(change);
      giveWay(change);
    }
  });
  yield* each(taken(open), key => {
    const cause = drops.get(key);
    if (!cause) return;
    for (const part of parts.get(key) ?? []) {
      const object = context.from.objects.get(part);
      if (!object || drops.has(part)) continue;
      drops.set(part, object);
      changes.delete(part);
      open.push(part);
    }
    for (const user of usersOf(cause))
      if (creates.has(key) || keepsNeeding(user, intents)) release(user, cause);
  });
  return {...intents, releases: [...releases.values()]};
}

/** Unchanged by its text, it refers to something else under the same name from now on. */
function keepsNeeding({key}: SchemaObject, {drops, changes}: Intents): boolean {
  return !drops.has(key) && !changes.has(key);
}

/** Whether PostgreSQL drops an object together with what it is part of. */
function goesWith(object: SchemaObject, drops: ReadonlyMap<string, SchemaObject>): boolean {
  return object.parent !== undefined && drops.has(object.parent);
}
