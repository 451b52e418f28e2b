import type {Difference} from '../comparison.ts';
import type {ObjectOf, SchemaObject, SchemaSnapshot} from '../objects.ts';
import {equalValues} from './equal.ts';
import {identityIn} from '../key.ts';
import {orderWords} from './words.ts';

type Column = ObjectOf<'column'>;

/**
 * @param tables keys of the tables in which a column has another number
 * @returns those in which the columns of both sides stand in another order
 */
export function orderDifferences(
  expected: SchemaSnapshot,
  live: SchemaSnapshot,
  tables: ReadonlySet<string>,
): readonly Difference[] {
  if (tables.size === 0) return [];
  const [ones, others] = [columnsOf(expected, tables), columnsOf(live, tables)];
  return [...tables].flatMap(key => {
    const table = expected.objects.get(key);
    const [wanted, is] = common(ones.get(key) ?? [], others.get(key) ?? []);
    return table?.kind !== 'table' || equalValues(wanted, is) ? [] : [difference(table, wanted, is)];
  });
}

function columnsOf(
  {objects}: SchemaSnapshot,
  tables: ReadonlySet<string>,
): ReadonlyMap<string, readonly Column[]> {
  const found = new Map<string, Column[]>();
  for (const object of objects.values()) {
    if (object.kind !== 'column' || object.parent === undefined || !tables.has(object.parent)) continue;
    const columns = found.get(object.parent);
    if (columns) columns.push(object);
    else found.set(object.parent, [object]);
  }
  return found;
}

function common(
  one: readonly Column[],
  other: readonly Column[],
): readonly [readonly string[], readonly string[]] {
  return [namesIn(one, other), namesIn(other, one)];
}

function namesIn(columns: readonly Column[], also: readonly Column[]): readonly string[] {
  const names = new Set(also.map(({name}) => name));
  return columns
    .toSorted((one, other) => one.attributes.position - other.attributes.position)
    .flatMap(({name}) => (names.has(name) ? [name] : []));
}

function difference(table: SchemaObject, expected: readonly string[], live: readonly string[]): Difference {
  return {
    kind: 'changed',
    object: identityIn(table),
    severity: 'information',
    words: orderWords(table, expected, live),
    attribute: 'columnOrder',
    expected,
    live,
  };
}
