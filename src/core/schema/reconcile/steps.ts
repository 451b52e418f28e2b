import {each, type Turns} from '../../turns.ts';
import type {SchemaObject} from '../objects.ts';
import {createChains, type Chain, type Chains} from './chains.ts';
import {companionOf} from './companions.ts';
import {writeChange, writerFor, type Displaced} from './displacement.ts';
import {entangledParts} from './entangled.ts';
import {namesOf, neededBy} from './needs.ts';
import {push} from './push.ts';
import {rankOf, ranks} from './ranks.ts';
import {isInline, reaches} from './relations/inline.ts';
import type {WriteContext, Writers} from './writer.ts';

/** The chains of statements by key of their object. */
interface Work {
  /** What drops an object together with itself. */
  readonly wholes: Map<string, string>;
  readonly drop: Map<string, Chain>;
  readonly create: Map<string, Chain>;
  readonly change: Map<string, Chain>;
  /** Before what an object needs is made again, and after it. */
  readonly letGo: Map<string, Chain[]>;
  readonly takeHold: Map<string, Chain[]>;
}

/**
 * @returns the statements of each object, and what has to precede what: whatever needs something is dropped before it
 *   and made after it, and what stops needing something changes before that is dropped
 */
export function* stepsOf(intents: Displaced, writers: Writers, context: WriteContext): Turns<Chains> {
  const chains = createChains();
  const work = yield* workOf(intents, writers, context, chains);
  const precede = precedence(intents, work);
  yield* linkWanted(intents, context, work, precede);
  yield* linkUnwanted(intents, context, work, precede);
  yield* linkReleases(intents, work, precede);
  yield* each(chains.waiting, ({step, keys}) => {
    for (const key of keys) for (const first of precede.standing(key)) step.before.add(first.end);
  });
  return chains;
}

function* workOf(intents: Displaced, writers: Writers, context: WriteContext, chains: Chains): Turns<Work> {
  const {creates, drops, changes, releases} = intents;
  const work: Work = {
    wholes: new Map(),
    drop: new Map(),
    create: new Map(),
    change: new Map(),
    letGo: new Map(),
    takeHold: new Map(),
  };
  const entangled = yield* entangledParts(drops, context.from);
  yield* each(drops.values(), object => {
    const whole = entangled.has(object.key) ? undefined : companionOf(object, drops, context.from);
    if (whole !== undefined) {
      work.wholes.set(object.key, whole);
      return;
    }
    const written = writerFor(writers, object)?.drop(object, context) ?? [unwritten(object)];
    const last = object.kind === 'index' && !creates.has(object.key);
    work.drop.set(object.key, chains.add(object, written, last ? ranks.lastDrop : ranks.drop, {drops: true}));
  });
  yield* each(creates.values(), object => {
    const written = writerFor(writers, object)?.create(object, context) ?? [unwritten(object)];
    work.create.set(object.key, chains.add(object, written, rankOf(object.kind)));
  });
  yield* each(changes, ([key, change]) => {
    const written = writeChange(writers, change, context);
    if (written === 'recreate') return;
    work.change.set(key, chains.add(change.after, written, rankOf(change.after.kind)));
  });
  yield* each(releases, ({object, before, after}) => {
    push(work.letGo, object.key, chains.add(object, before, ranks.drop));
    push(work.takeHold, object.key, chains.add(object, after, rankOf(object.kind)));
  });
  return work;
}

const unwritten = ({kind}: SchemaObject): {readonly leftOut: string} => ({
  leftOut: `No statement is written for a ${kind}.`,
});

interface Precedence {
  /** Makes the second wait for the first. */
  order(first: Chain | undefined, second: Chain | undefined): void;
  /** The chain that drops an object, be it with something else. */
  fall(key: string): Chain | undefined;
  /** The chains after which an object is as it is to be. */
  standing(key: string): readonly Chain[];
}

function precedence({drops}: Displaced, work: Work): Precedence {
  const falls = new Map<string, Chain | undefined>();
  const fall = (key: string): Chain | undefined => {
    if (!drops.has(key) || falls.has(key)) return falls.get(key);
    const whole = work.wholes.get(key);
    const chain = whole === undefined ? work.drop.get(key) : fall(whole);
    falls.set(key, chain);
    return chain;
  };
  return {
    order(first, second) {
      if (first && second && first !== second) second.start.before.add(first.end);
    },
    fall,
    standing: key =>
      [work.create.get(key), work.change.get(key), ...(work.takeHold.get(key) ?? [])].flatMap(
        chain => chain ?? [],
      ),
  };
}

/** What is made or changed comes after what it needs in the new schema, and after what had its name. */
function* linkWanted(
  intents: Displaced,
  context: WriteContext,
  work: Work,
  precede: Precedence,
): Turns<void> {
  const {creates, drops, changes} = intents;
  const {to} = context;
  const named = new Map<string, string[]>();
  yield* each(drops.values(), object => {
    for (const name of namesOf(object)) push(named, name, object.key);
  });
  const wanted = [...creates.values(), ...[...changes.values()].map(({after}) => after)];
  yield* each(wanted, object => {
    const own = work.create.get(object.key) ?? work.change.get(object.key);
    const table = comesWithTable(object, intents, context) ? work.create.get(object.parent ?? '') : undefined;
    for (const needed of neededBy(object, to)) {
      const standing = precede.standing(needed);
      const circle = to.needs.get(needed)?.includes(object.key) === true;
      for (const first of standing)
        precede.order(circle && first.early !== undefined ? {...first, end: first.early} : first, own);
      if (table && standing.length > 0 && !reaches(needed, object.parent ?? '', to))
        for (const first of standing) precede.order(first, table);
    }
    if (!creates.has(object.key)) return;
    precede.order(precede.fall(object.key), own);
    for (const name of namesOf(object))
      for (const dropped of named.get(name) ?? []) precede.order(precede.fall(dropped), own);
  });
}

/** Whether an object is written in the statement that makes its table, which then needs what it needs. */
function comesWithTable(object: SchemaObject, {creates}: Displaced, context: WriteContext): boolean {
  if (!creates.has(object.key) || !creates.has(object.parent ?? '')) return false;
  return object.kind === 'column' || (object.kind === 'constraint' && isInline(object, context));
}

/** What is dropped, or lets go, does so before what it needs in the old schema is dropped or changed. */
function* linkUnwanted(
  {drops, changes, releases}: Displaced,
  {from}: WriteContext,
  work: Work,
  precede: Precedence,
): Turns<void> {
  const leave = (key: string): void => {
    const object = from.objects.get(key);
    if (!object) return;
    const gone = precede.fall(key);
    const leaving = [gone, work.change.get(key), ...(work.letGo.get(key) ?? [])];
    for (const needed of neededBy(object, from)) {
      const fall = precede.fall(needed);
      // What is made again is let go of; a change waits until it is there.
      const last = work.create.has(needed) ? work.change.get(key) : undefined;
      for (const own of leaving) if (own !== last) precede.order(own, fall);
      for (const later of [work.change.get(needed), ...(work.letGo.get(needed) ?? [])])
        precede.order(gone, later);
    }
  };
  yield* each(drops.keys(), leave);
  yield* each(changes.keys(), leave);
  yield* each(releases, ({object}) => leave(object.key));
}

function* linkReleases({releases}: Displaced, work: Work, precede: Precedence): Turns<void> {
  yield* each(releases, ({object, cause}) => {
    const change = work.change.get(object.key);
    for (const letsGo of work.letGo.get(object.key) ?? []) {
      precede.order(letsGo, precede.fall(cause));
      precede.order(letsGo, work.create.get(cause));
      precede.order(letsGo, change);
    }
    for (const holds of work.takeHold.get(object.key) ?? []) {
      for (const made of precede.standing(cause)) precede.order(made, holds);
      precede.order(precede.fall(cause), holds);
      precede.order(holds, change);
    }
  });
}
