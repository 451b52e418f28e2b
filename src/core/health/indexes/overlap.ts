import {atOnce, each, type Turns} from '../../turns.ts';
import type {IndexesPart, IndexRow} from '../parts/indexes.ts';
import {familyOf, keySignature, signatureOf} from './compare.ts';
import {modelInTurns, type IndexModel} from './model.ts';

/** An index that another one makes superfluous. */
export interface Overlap {
  readonly index: IndexRow;
  /** Does the same work, and stays. */
  readonly by: IndexRow;
}

export interface Overlaps {
  /** The same twice. */
  readonly duplicates: readonly Overlap[];
  /** The same and less. */
  readonly covered: readonly Overlap[];
  /** All that would go. */
  readonly superfluous: ReadonlySet<number>;
}

const known = new WeakMap<IndexesPart, Overlaps>();

/** @returns which indexes do work that another one does as well. In time that grows with the number of keys. */
export function overlapsOf(part: IndexesPart): Overlaps {
  return atOnce(overlapsInTurns(part));
}

/** The same, for whoever has to let others have their turn in between; it is found once for each reading. */
export function* overlapsInTurns(part: IndexesPart): Turns<Overlaps> {
  const before = known.get(part);
  if (before) return before;
  const model = yield* modelInTurns(part);
  yield undefined;
  const usable = yield* withRivals(
    part.indexes.filter(({valid, ready, incomplete}) => valid && ready && incomplete !== true),
  );
  yield undefined;
  const duplicates = yield* duplicatesOf(model, usable);
  const gone = new Set(duplicates.map(({index}) => index.oid));
  const covered = yield* coveredOf(
    model,
    usable.filter(({oid}) => !gone.has(oid)),
  );
  const superfluous = new Set([...gone, ...covered.map(({index}) => index.oid)]);
  const overlaps = {duplicates, covered, superfluous};
  known.set(part, overlaps);
  return overlaps;
}

/** Most indexes begin like no other one of their table, and need no closer look. */
function* withRivals(indexes: readonly IndexRow[]): Turns<readonly IndexRow[]> {
  const byBeginning = new Map<string, IndexRow[]>();
  yield* each(indexes, index => {
    const [first] = index.keys;
    add(byBeginning, `${index.tableOid} ${first?.column ?? first?.text}`, index);
  });
  return [...byBeginning.values()].filter(({length}) => length > 1).flat();
}

function* duplicatesOf(model: IndexModel, indexes: readonly IndexRow[]): Turns<readonly Overlap[]> {
  const found: Overlap[] = [];
  const bySignature = new Map<string, IndexRow[]>();
  yield* each(indexes, index => add(bySignature, signatureOf(index), index));
  for (const twins of bySignature.values()) {
    if (twins.length < 2) continue;
    const [by, ...others] = twins.toSorted(
      (a, b) => worth(model, b) - worth(model, a) || b.scans - a.scans || a.oid - b.oid,
    );
    // A partition's attached index goes with its parent's, which is told instead.
    if (by)
      found.push(
        ...others.filter(one => isFree(one) && enforcesNothingElse(one, by)).map(index => ({index, by})),
      );
  }
  return found;
}

function isFree({parent, extension}: IndexRow): boolean {
  return parent === undefined && extension === undefined;
}

/** What two exclusion constraints allow hangs on their operators, which the index does not show. */
function enforcesNothingElse({constraint}: IndexRow, {constraint: other}: IndexRow): boolean {
  if (constraint?.kind !== 'exclusion') return true;
  return constraint.definition !== undefined && constraint.definition === other?.definition;
}

/** Of two that are the same, the one that more depends on stays. */
function worth(model: IndexModel, index: IndexRow): number {
  const {constraint, replicaIdentity, parent, extension, clustered, oid} = index;
  const reasons = [
    clustered,
    parent !== undefined || extension !== undefined,
    model.relyingOn.has(oid),
    replicaIdentity,
    constraint !== undefined,
    constraint?.kind === 'primary-key',
  ];
  return reasons.reduce((sum, reason, at) => sum + (reason ? 2 ** at : 0), 0);
}

/** Only a btree is searched by its first keys as well as by all of them. */
function* coveredOf(model: IndexModel, indexes: readonly IndexRow[]): Turns<readonly Overlap[]> {
  const trees = indexes.filter(({method}) => method === 'btree').toSorted(byReach);
  const places = new Map<string, IndexRow[]>();
  const found: Overlap[] = [];
  yield undefined;
  yield* each(trees, index => {
    const prefixes = prefixesOf(index);
    const whole = prefixes.at(-1) ?? '';
    const by = isPlain(index) ? places.get(whole)?.find(other => carries(other, index)) : undefined;
    if (by) found.push({index, by});
    else for (const prefix of prefixes) add(places, prefix, index);
  });
  return found.filter(({index}) => isFree(index) && !model.relyingOn.has(index.oid));
}

/** What covers comes before what is covered: more keys, then uniqueness, then more columns carried along. */
function byReach(a: IndexRow, b: IndexRow): number {
  return (
    b.keys.length - a.keys.length ||
    Number(b.unique) - Number(a.unique) ||
    b.include.length - a.include.length ||
    a.oid - b.oid
  );
}

function isPlain({unique, constraint, replicaIdentity}: IndexRow): boolean {
  return !unique && constraint === undefined && !replicaIdentity;
}

/** A scan of the index alone finds all that the other one holds. */
function carries({keys, include}: IndexRow, other: IndexRow): boolean {
  return other.include.every(
    name =>
      include.includes(name) || keys.some(({column, text}) => column !== undefined && isNamed(text, name)),
  );
}

function isNamed(text: string, name: string): boolean {
  return text === name || text === `"${name.replaceAll('"', '""')}"`;
}

function prefixesOf(index: IndexRow): readonly string[] {
  const family = familyOf(index);
  let prefix = family;
  return index.keys.map(key => {
    prefix += `\u0000${keySignature(key)}`;
    return prefix;
  });
}

function add(places: Map<string, IndexRow[]>, prefix: string, index: IndexRow): void {
  const there = places.get(prefix);
  if (there) there.push(index);
  else places.set(prefix, [index]);
}
