import {grouped} from '../../grouped.ts';
import type {IndexedTable, IndexRow} from '../parts/indexes.ts';

const indexCounters = ['bytes', 'scans', 'tuplesRead', 'tuplesFetched', 'blocksRead', 'blocksHit'] as const;
const tableCounters = [
  'bytes',
  'inserted',
  'updated',
  'hotUpdated',
  'deleted',
  'seqScans',
  'seqRows',
  'indexScans',
] as const;

/** @returns the same indexes; a partitioned one has the bytes and counters of all its partitions' indexes. */
export function rollUpIndexes(indexes: readonly IndexRow[]): readonly IndexRow[] {
  return rolledUp(
    indexes,
    ({partitioned}) => partitioned,
    (whole, parts) => {
      const last = parts.flatMap(({lastScan}) => lastScan ?? []).reduce((a, b) => Math.max(a, b), 0);
      return {
        ...whole,
        ...sums(indexCounters, parts),
        ...rowsOf(parts),
        ...(last > 0 ? {lastScan: last} : {}),
      };
    },
  );
}

/** @returns the same tables; a partitioned one has the rows, bytes and counters of all its partitions. */
export function rollUpTables(tables: readonly IndexedTable[]): readonly IndexedTable[] {
  return rolledUp(
    tables,
    ({kind}) => kind === 'partitioned-table',
    (whole, parts) => ({
      ...whole,
      ...sums(tableCounters, parts),
      ...rowsOf(parts),
    }),
  );
}

interface Node {
  readonly oid: number;
  readonly parent?: number;
}

function rolledUp<T extends Node>(
  rows: readonly T[],
  isWhole: (row: T) => boolean,
  add: (whole: T, parts: readonly T[]) => T,
): readonly T[] {
  if (!rows.some(isWhole)) return rows;
  const children = grouped(rows, ({parent}) => parent);
  const leavesOf = (row: T): readonly T[] =>
    isWhole(row) ? (children.get(row.oid) ?? []).flatMap(leavesOf) : [row];
  return rows.map(row => (isWhole(row) ? add(row, leavesOf(row)) : row));
}

function sums<K extends string>(
  names: readonly K[],
  parts: readonly Readonly<Record<K, number>>[],
): Readonly<Record<K, number>>;
function sums(names: readonly string[], parts: readonly Readonly<Record<string, number>>[]): object {
  const total = (name: string): number => parts.reduce((sum, part) => sum + (part[name] ?? 0), 0);
  return Object.fromEntries(names.map(name => [name, total(name)]));
}

/** Known when all partitions' are. */
function rowsOf(parts: readonly {readonly rows?: number}[]): {readonly rows?: number} {
  let rows = 0;
  for (const part of parts) {
    if (part.rows === undefined) return {};
    rows += part.rows;
  }
  return parts.length === 0 ? {} : {rows};
}
