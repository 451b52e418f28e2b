import type {IndexesPart, IndexRow} from '../parts/indexes.ts';
import {rollUpIndexes} from './roll-up.ts';

/** What takes long to ask of many indexes, and is asked for after the rows. */
export type ExactIndex = Pick<IndexRow, 'oid' | 'bytes' | 'definition'>;

/**
 * @param exact of all indexes or of some
 * @returns the same reading with exact sizes; a partitioned index has the sum of its partitions' indexes
 */
export function withExactSizes(part: IndexesPart, exact: readonly ExactIndex[]): IndexesPart {
  const known = new Map(exact.map(index => [index.oid, index]));
  const sized = part.indexes.map(index => ({...index, ...known.get(index.oid)}));
  const isExact = part.indexes.every(({oid, partitioned}) => partitioned || known.has(oid));
  return {...part, indexes: rollUpIndexes(sized), exact: part.exact || isExact};
}
