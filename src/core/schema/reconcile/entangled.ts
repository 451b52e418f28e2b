import {each, type Turns} from '../../turns.ts';
import type {SchemaObject, SchemaSnapshot} from '../objects.ts';
import {link, peel} from './circles.ts';
import {companionOf} from './companions.ts';
import {neededBy} from './needs.ts';

/**
 * Wholes may wait for each other by what goes with them: a table for another that its policy asks, and that one for the
 * first, to which its foreign key points.
 * @returns the keys of such parts, which are dropped by themselves, so that nothing waits in a circle
 */
export function* entangledParts(
  drops: ReadonlyMap<string, SchemaObject>,
  from: SchemaSnapshot,
): Turns<ReadonlySet<string>> {
  const wholes = new Map<string, string>();
  const wholeOf = (key: string): string => {
    const known = wholes.get(key);
    if (known !== undefined) return known;
    const object = drops.get(key);
    const next = object && companionOf(object, drops, from);
    const whole = next === undefined ? key : wholeOf(next);
    wholes.set(key, whole);
    return whole;
  };
  const [forth, back] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  const parts: (readonly [part: string, whole: string, needed: string])[] = [];
  yield* each(drops.values(), object => {
    const whole = wholeOf(object.key);
    for (const needed of neededBy(object, from)) {
      const other = drops.has(needed) ? wholeOf(needed) : whole;
      if (other === whole) continue;
      link(forth, whole, other);
      link(back, other, whole);
      if (whole !== object.key && standsAlone(object)) parts.push([object.key, whole, other]);
    }
  });
  const circle = new Set([...forth.keys(), ...back.keys()]);
  peel(circle, forth, back);
  peel(circle, back, forth);
  return new Set(parts.flatMap(([part, ...ends]) => (ends.every(end => circle.has(end)) ? part : [])));
}

/** Whether a part can be dropped while what it is part of stays. */
function standsAlone(object: SchemaObject): boolean {
  switch (object.kind) {
    case 'policy':
    case 'rule':
    case 'trigger':
      return true;
    case 'constraint':
      // Those that are foreign keys have a rule of their own.
      return object.attributes.type === 'check' || object.attributes.type === 'exclusion';
    case 'index':
      return object.attributes.constraint === undefined && object.attributes.attachedTo === undefined;
    case 'column':
      return object.parent?.startsWith('table ') === true && object.attributes.inherited !== true;
    default:
      return false;
  }
}
