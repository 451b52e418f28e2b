import {each, type Turns} from '../../turns.ts';
import type {LeftOut} from '../reconciliation.ts';
import type {SchemaObject, SchemaSnapshot} from '../objects.ts';
import type {Intents} from './intents.ts';

/**
 * A table cannot become partitioned, or stop to be. Then its partitions can neither be made nor be spared, so that
 * they are left as they are, with all that is theirs. The maps of `intents` are changed in place.
 */
export function* leavePartitions(
  intents: Intents,
  from: SchemaSnapshot,
  to: SchemaSnapshot,
): Turns<readonly LeftOut[]> {
  const fixed = new Set(
    [...intents.changes].flatMap(([key, {attributes}]) => (attributes.has('partitionKey') ? key : [])),
  );
  if (fixed.size === 0) return [];
  return [...(yield* leave(intents.creates, to, fixed)), ...(yield* leave(intents.drops, from, fixed))];
}

function* leave(
  intents: Map<string, SchemaObject>,
  {objects}: SchemaSnapshot,
  fixed: ReadonlySet<string>,
): Turns<readonly LeftOut[]> {
  const left = new Set<string>();
  for (let before = -1; before < left.size;) {
    before = left.size;
    yield* each(objects.values(), object => {
      const parent = object.kind === 'table' ? `table ${object.attributes.partitionOf ?? ''}` : object.parent;
      const reached = left.has(parent ?? '') || (object.kind === 'table' && fixed.has(parent ?? ''));
      if (reached && intents.has(object.key)) left.add(object.key);
    });
  }
  for (const key of left) intents.delete(key);
  const why = 'It is a partition of a table that PostgreSQL cannot make partitioned, or stop to be.';
  return [...left].filter(key => key.startsWith('table ')).map(key => ({key, why}));
}
