import type {SchemaObject, SchemaSnapshot} from '../schema/objects.ts';
import type {Blame} from './blame.ts';
import type {UndoDifference} from './report.ts';
import {attributeWords, changedAttributes, described, isPartOf, shown} from './snapshot-values.ts';

/**
 * Compares exactly: the two are of one database, so whatever is different the files have made so.
 * @param wanted before up, or after the first up
 * @param found after down, or after up, down and up
 */
export function undoDifferences(
  wanted: SchemaSnapshot,
  found: SchemaSnapshot,
  phase: UndoDifference['phase'],
  blame: Blame,
): readonly UndoDifference[] {
  const say = phase === 'down' ? afterDown : afterUpAgain;
  const missing = new Map([...wanted.objects].filter(([key]) => !found.objects.has(key)));
  const extra = new Map([...found.objects].filter(([key]) => !wanted.objects.has(key)));
  const at = (object: Parameters<Blame>[0]): Pick<UndoDifference, 'at'> => {
    const range = blame(object);
    return range ? {at: range} : {};
  };
  const lost = [...missing.values()].filter(object => !isPartOf(object, missing, wanted));
  const left = [...extra.values()].filter(object => !isPartOf(object, extra, found));
  return [
    ...lost.map(object => ({phase, words: say.missing(described(object)), ...at(object)})),
    ...left.map(object => ({phase, words: say.extra(described(object)), ...at(object)})),
    ...changedObjects(wanted, found).map(({object, words}) => ({
      phase,
      words: say.changed(words),
      ...at(object),
    })),
    ...orders(wanted, found).map(({table, words}) => ({
      phase,
      words: say.changed(words),
      ...at(table),
      grade: 'low' as const,
    })),
  ];
}

const afterDown = {
  missing: (what: string) => `Down does not bring back ${what}.`,
  extra: (what: string) => `Down leaves ${what} behind.`,
  changed: (what: string) => `After down, ${what}.`,
};

const afterUpAgain = {
  missing: (what: string) => `After up, down and up again, ${what} is missing.`,
  extra: (what: string) => `After up, down and up again, there is ${what} that the first up did not make.`,
  changed: (what: string) => `After up, down and up again, ${what}.`,
};

function changedObjects(wanted: SchemaSnapshot, found: SchemaSnapshot): readonly Changed[] {
  return [...wanted.objects].flatMap(([key, object]) => {
    const now = found.objects.get(key);
    if (!now) return [];
    return changedAttributes(object, now).map(({name, before, after}) => ({
      object,
      words: `${attributeWords(name)} of ${described(object)} is ${shown(after)} and was ${shown(before)}`,
    }));
  });
}

interface Changed {
  readonly object: Parameters<Blame>[0];
  readonly words: string;
}

interface Order {
  readonly table: Parameters<Blame>[0];
  readonly words: string;
}

/** Columns that both have, where they come in another order. */
function orders(wanted: SchemaSnapshot, found: SchemaSnapshot): readonly Order[] {
  if (![...wanted.objects.values()].some(object => isMoved(object, found))) return [];
  const was = columnOrders(wanted, found);
  const is = columnOrders(found, wanted);
  return [...was].flatMap(([key, names]) => {
    const table = wanted.objects.get(key);
    const now = is.get(key) ?? [];
    if (!table || names.join('\0') === now.join('\0')) return [];
    return [
      {
        table,
        words: `columns of ${described(table)} come as ${now.join(', ')} and came as ${names.join(', ')}`,
      },
    ];
  });
}

/** A number only: with a column before it gone, a column has another one and is still in order. */
function isMoved(object: SchemaObject, found: SchemaSnapshot): boolean {
  const now = object.kind === 'column' ? found.objects.get(object.key) : undefined;
  return (
    object.kind === 'column' &&
    now?.kind === 'column' &&
    now.attributes.position !== object.attributes.position
  );
}

/** By the key of the table: the names of its columns that `other` has as well, in order. */
function columnOrders(
  snapshot: SchemaSnapshot,
  other: SchemaSnapshot,
): ReadonlyMap<string, readonly string[]> {
  const tables = new Map<string, {name: string; position: number}[]>();
  for (const [key, object] of snapshot.objects) {
    if (object.kind !== 'column' || object.parent === undefined || !other.objects.has(key)) continue;
    const columns = tables.get(object.parent) ?? [];
    columns.push({name: object.name, position: object.attributes.position});
    tables.set(object.parent, columns);
  }
  return new Map(
    [...tables].map(([key, columns]) => [
      key,
      columns.toSorted((a, b) => a.position - b.position).map(({name}) => name),
    ]),
  );
}
