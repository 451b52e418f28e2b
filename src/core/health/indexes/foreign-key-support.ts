import type {ForeignKeyRow, IndexedTable, IndexRow} from '../parts/indexes.ts';
import {leavesOf, type IndexModel} from './model.ts';

/**
 * Whether a DELETE or UPDATE of a referenced row finds the rows that refer to it by this index: a btree or hash index
 * that is valid, and whose leading columns are the key's columns in any order. A predicate is in the way unless it only
 * leaves out NULLs, which refer to nothing.
 */
export function supportsForeignKey(index: IndexRow, {columns}: ForeignKeyRow): boolean {
  const {valid, ready, method, keys} = index;
  if (!valid || !ready || (method !== 'btree' && method !== 'hash')) return false;
  if (keys.length < columns.length) return false;
  const leading = keys.slice(0, columns.length);
  const isLed = columns.every(({column}) =>
    leading.some(key => key.column === column && key.collation === undefined),
  );
  return isLed && leavesOutNullsOnly(index, leading);
}

/** What could not be read is taken to be as it should. */
function leavesOutNullsOnly({predicate, incomplete}: IndexRow, keys: IndexRow['keys']): boolean {
  if (predicate === undefined || incomplete === true) return true;
  const conditions = keys.map(({text}) => `(${text} IS NOT NULL)`);
  if (conditions.includes(predicate)) return true;
  if (!predicate.startsWith('(')) return false;
  let at = 1;
  for (;;) {
    const found = conditions.find(condition => predicate.startsWith(condition, at));
    if (found === undefined) return false;
    at += found.length;
    if (at === predicate.length - 1) return predicate.endsWith(')');
    if (!predicate.startsWith(' AND ', at)) return false;
    at += ' AND '.length;
  }
}

/** Keys that are enforced by looking for referring rows; a temporal one looks with a range, by a GiST index. */
export function wantsSupport({enforced, period}: ForeignKeyRow): boolean {
  return enforced && period !== true;
}

/**
 * @returns the indexes that support a key of that table
 * @param without indexes that are not to be counted on
 */
export function supportersOf(
  model: IndexModel,
  key: ForeignKeyRow,
  {table = key.tableOid, without}: {readonly table?: number; readonly without?: ReadonlySet<number>} = {},
): readonly IndexRow[] {
  return (model.ofTable.get(table) ?? []).filter(
    index => without?.has(index.oid) !== true && supportsForeignKey(index, key),
  );
}

/**
 * @returns the partitions, or the table itself, in which no index supports the key
 */
export function unsupportedTables(model: IndexModel, key: ForeignKeyRow): readonly IndexedTable[] {
  const table = model.tables.get(key.tableOid);
  if (!table || supportersOf(model, key).length > 0) return [];
  if (table.kind !== 'partitioned-table') return [table];
  const ofPartitions = new Map(keysOfPartitions(model, key).map(copy => [copy.tableOid, copy]));
  return leavesOf(model, table).filter(leaf => {
    const copy = ofPartitions.get(leaf.oid);
    return copy === undefined || supportersOf(model, copy).length === 0;
  });
}

function keysOfPartitions(model: IndexModel, {oid}: ForeignKeyRow): readonly ForeignKeyRow[] {
  const copies = model.foreignKeyCopies.get(oid) ?? [];
  return copies.flatMap(copy => [copy, ...keysOfPartitions(model, copy)]);
}
