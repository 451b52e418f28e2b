import {each, taken, type Turns} from '../../turns.ts';
import type {SchemaObject, SchemaSnapshot} from '../objects.ts';
import type {Intents} from './intents.ts';
import {push} from './push.ts';

/**
 * Keeps those intents that are asked for, and what they cannot do without: what a new object needs, what needs a
 * dropped one, and the parts of both.
 */
export function* narrow(
  intents: Intents,
  only: ReadonlySet<string>,
  from: SchemaSnapshot,
  to: SchemaSnapshot,
): Turns<Intents> {
  const newParts = yield* byParent(intents.creates);
  const oldParts = yield* byParent(intents.drops);
  const creates = yield* closure(
    only,
    intents.creates,
    key => [...(to.needs.get(key) ?? []), ...parentOf(to, key), ...(newParts.get(key) ?? [])],
    [...intents.changes.keys()].filter(key => only.has(key)),
  );
  const users = yield* reversed(from.needs);
  const drops = yield* closure(only, intents.drops, key => [
    ...(users.get(key) ?? []),
    ...(oldParts.get(key) ?? []),
  ]);
  const changes = new Map([...intents.changes].filter(([key]) => only.has(key)));
  return {creates, drops, changes};
}

function* closure(
  only: ReadonlySet<string>,
  all: ReadonlyMap<string, SchemaObject>,
  next: (key: string) => readonly string[],
  starts: readonly string[] = [],
): Turns<Map<string, SchemaObject>> {
  const kept = new Map<string, SchemaObject>();
  const open = [...[...all.keys()].filter(key => only.has(key)), ...starts.flatMap(next)];
  yield* each(taken(open), key => {
    const object = all.get(key);
    if (!object || kept.has(key)) return;
    kept.set(key, object);
    open.push(...next(key));
  });
  return kept;
}

function parentOf(snapshot: SchemaSnapshot, key: string): readonly string[] {
  const parent = snapshot.objects.get(key)?.parent;
  return parent === undefined ? [] : [parent];
}

/** @returns by key of the whole the keys of its parts. */
export function* byParent(
  all: ReadonlyMap<string, SchemaObject>,
): Turns<ReadonlyMap<string, readonly string[]>> {
  const parts = new Map<string, string[]>();
  yield* each(all.values(), ({key, parent}) => {
    if (parent !== undefined) push(parts, parent, key);
  });
  return parts;
}

/** @returns by key the keys of the objects that need it. */
export function* reversed(
  needs: ReadonlyMap<string, readonly string[]>,
): Turns<ReadonlyMap<string, readonly string[]>> {
  const users = new Map<string, string[]>();
  yield* each(needs, ([user, needed]) => {
    for (const key of needed) push(users, key, user);
  });
  return users;
}
