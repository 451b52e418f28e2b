import {wordsIn} from '../../engine/words.ts';
import type {Index} from '../../model/schema.ts';
import {quoteIdentifier} from '../../../sql/quote.ts';
import {onceFor} from './once-for.ts';
import {unwrapped} from './unwrapped.ts';

/** What one index can do in another's place: nothing for certain, all because it begins with its keys, or all at all. */
export type Cover = 'no' | 'beginning' | 'same';

/** @returns whether the index is of no use beside another one of the same table */
export function coverOf(index: Index, by: Index): Cover {
  const [own, other] = [keysOf(index), keysOf(by)];
  if (!own || !other || index.method !== by.method || conditionOf(index) !== conditionOf(by)) return 'no';
  if (own.some((key, at) => other[at] !== key) || !carries(index, by)) return 'no';
  const isSame = own.length === other.length;
  if (index.unique) return isSame && by.unique && isDistinct(index) === isDistinct(by) ? 'same' : 'no';
  if (isSame) return 'same';
  return index.method === 'btree' ? 'beginning' : 'no';
}

/** @returns whether both have the same keys, conditions and columns, whatever they are called */
export function isLike(one: Index, other: Index): boolean {
  return (
    one.unique === other.unique &&
    one.include.join('\0') === other.include.join('\0') &&
    one.method === other.method &&
    conditionOf(one) === conditionOf(other) &&
    (keysOf(one) ?? one.keys).join('\0') === (keysOf(other) ?? other.keys).join('\0')
  );
}

function carries(index: Index, by: Index): boolean {
  return index.include.every(column => by.include.includes(column) || by.keys.includes(column));
}

function isDistinct({definition = ''}: Index): boolean {
  return !/\bNULLS\s+NOT\s+DISTINCT\b/i.test(definition);
}

const conditionOf = onceFor(({where}: Index): string | undefined =>
  where === undefined ? undefined : unwrapped(wordsIn(where).map(({text}) => text)).join(' '),
);

/**
 * @returns each key with its operator class, collation and order, written in one way; undefined where these are not
 * known. Those of a constraint are the default ones
 */
const keysOf = onceFor(({definition, constraint, keys}: Index): readonly string[] | undefined => {
  if (constraint !== undefined) return keys.map(key => nameOf(key));
  if (definition === undefined) return undefined;
  const words = wordsIn(definition);
  const items: string[][] = [];
  let depth = 0;
  for (const {text} of words) {
    if (text === ')') depth -= 1;
    if (text === ')' && depth === 0) break;
    if (text === '(' && depth === 0) items.push([]);
    else if (text === ',' && depth === 1) items.push([]);
    else if (depth > 0) items.at(-1)?.push(text);
    if (text === '(') depth += 1;
  }
  return items.map(item => withoutDefaults(item.map(unquoted).join(' ')));
});

/** `"a"` is `a`. */
function unquoted(word: string): string {
  return /^"[a-z_][a-z0-9_$]*"$/.test(word) ? word.slice(1, -1).toUpperCase() : word;
}

function nameOf(key: string): string {
  return unquoted(quoteIdentifier(key));
}

function withoutDefaults(key: string): string {
  return key.replace(/ ASC(?= NULLS |$)/, '').replace(/(?<! DESC) NULLS LAST$|(?<= DESC) NULLS FIRST$/, '');
}
