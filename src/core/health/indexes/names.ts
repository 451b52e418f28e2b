import type {TakenNames} from '../../explain/index-sql.ts';
import type {IndexesPart} from '../parts/indexes.ts';
import {grouped} from '../../grouped.ts';

/** Names of a schema that are taken, with those that are given out meanwhile. */
export interface Names extends TakenNames {
  add(name: string): void;
}

const known = new WeakMap<IndexesPart, ReadonlyMap<string, ReadonlySet<string>>>();

export function namesOf(part: IndexesPart, schema: string): Names {
  const there = bySchema(part).get(schema);
  const given = new Set<string>();
  return {has: name => there?.has(name) === true || given.has(name), add: name => void given.add(name)};
}

function bySchema(part: IndexesPart): ReadonlyMap<string, ReadonlySet<string>> {
  const before = known.get(part);
  if (before) return before;
  const rows = grouped([...part.indexes, ...part.tables], ({schema}) => schema);
  const names = new Map([...rows].map(([schema, named]) => [schema, new Set(named.map(({name}) => name))]));
  known.set(part, names);
  return names;
}
