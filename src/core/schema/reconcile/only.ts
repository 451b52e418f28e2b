import type {SchemaObject, SchemaSnapshot} from '../objects.ts';
import type {Intents} from './intents.ts';

/**
 * Keeps those intents that are asked for, and what they cannot do without: what a new object needs, what needs a
 * dropped one, and the parts of both.
 */
export function narrow(
  intents: Intents,
  only: ReadonlySet<string>,
  from: SchemaSnapshot,
  to: SchemaSnapshot,
): Intents {
  const [newParts, oldParts] = [byParent(intents.creates), byParent(intents.drops)];
  const creates = closure(
    only,
    intents.creates,
    key => [...(to.needs.get(key) ?? []), ...parentOf(to, key), ...(newParts.get(key) ?? [])],
    [...intents.changes.keys()].filter(key => only.has(key)),
  );
  const users = reversed(from.needs);
  const drops = closure(only, intents.drops, key => [
    ...(users.get(key) ?? []),
    ...(oldParts.get(key) ?? []),
  ]);
  const changes = new Map([...intents.changes].filter(([key]) => only.has(key)));
  return {creates, drops, changes};
}

function closure(
  only: ReadonlySet<string>,
  all: ReadonlyMap<string, SchemaObject>,
  next: (key: string) => readonly string[],
  starts: readonly string[] = [],
): Map<string, SchemaObject> {
  const kept = new Map<string, SchemaObject>();
  const open = [...[...all.keys()].filter(key => only.has(key)), ...starts.flatMap(next)];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const object = all.get(key);
    if (!object || kept.has(key)) continue;
    kept.set(key, object);
    open.push(...next(key));
  }
  return kept;
}

function parentOf(snapshot: SchemaSnapshot, key: string): readonly string[] {
  const parent = snapshot.objects.get(key)?.parent;
  return parent === undefined ? [] : [parent];
}

/** @returns by key of the whole the keys of its parts. */
export function byParent(all: ReadonlyMap<string, SchemaObject>): ReadonlyMap<string, readonly string[]> {
  return reversed(
    new Map([...all.values()].map(({key, parent}) => [key, parent === undefined ? [] : [parent]])),
  );
}

/** @returns by key the keys of the objects that need it. */
export function reversed(
  needs: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const [user, needed] of needs)
    for (const key of needed) {
      const known = users.get(key);
      if (known) known.push(user);
      else users.set(key, [user]);
    }
  return users;
}
