import type {IndexKey, IndexRow} from '../parts/indexes.ts';

/** Between the parts of a signature: no name or expression holds it. */
const gap = '\u0000';

/**
 * @returns what two keys must have in common to be the same key. Columns are numbers, so that no name is taken for the
 *   beginning of another; expressions are compared as the server deparses them.
 */
export function keySignature(key: IndexKey): string {
  const {column, text, opclass = '', opclassOptions = '', collation = '', descending, nullsFirst} = key;
  const order = (descending ? 1 : 0) + (nullsFirst ? 2 : 0);
  return [column ?? `=${text}`, order, opclass, opclassOptions, collation].join('\u0001');
}

/** @returns what two indexes of one table must share for one to be able to do what the other does */
export function familyOf({tableOid, method, predicate = ''}: IndexRow): string {
  return [tableOid, method, predicate].join(gap);
}

/** @returns the same for two indexes that do the same work, and enforce the same */
export function signatureOf(index: IndexRow): string {
  const {keys, include, unique, nullsNotDistinct, constraint} = index;
  const enforced = unique
    ? `unique ${nullsNotDistinct ? 'nulls' : ''} ${constraint?.deferrable === true ? 'deferrable' : ''}`
    : '';
  return [
    familyOf(index),
    keys.map(keySignature).join(gap),
    include.toSorted().join(gap),
    enforced,
    lastingOptions(index).join(gap),
  ].join('\u0002');
}

/** Options of PostgreSQL's own methods that change where entries lie or when they are merged, and not what is found. */
const storageOnly = new Set([
  'fillfactor',
  'deduplicate_items',
  'buffering',
  'fastupdate',
  'gin_pending_list_limit',
  'autosummarize',
  'vacuum_cleanup_index_scale_factor',
]);

/** Options that make another index of it: `pages_per_range` of BRIN, and those of methods that extensions bring. */
function lastingOptions({options, method}: IndexRow): readonly string[] {
  return options
    .filter(option => !storageOnly.has(option.split('=', 1)[0] ?? ''))
    .filter(option => method !== 'brin' || option !== 'pages_per_range=128')
    .toSorted();
}
