import type {IndexedTable, IndexesPart, IndexKey, IndexRow} from '../../src/core/health/parts/indexes.ts';

export const day = 86_400_000;
/** When the readings of these tests are looked at. */
export const now = Date.UTC(2026, 0, 31);

export function keyOf(column: number): IndexKey {
  return {text: `c${column}`, column, type: 'integer', descending: false, nullsFirst: false};
}

export function tableRow(changes: Partial<IndexedTable> = {}): IndexedTable {
  return {
    oid: 1,
    schema: 'public',
    name: 'orders',
    kind: 'table',
    rows: 1e6,
    bytes: 1e8,
    inserted: 0,
    updated: 0,
    hotUpdated: 0,
    deleted: 0,
    seqScans: 10,
    seqRows: 0,
    indexScans: 10,
    replicaIdentity: 'default',
    ...changes,
  };
}

export function indexRow(changes: Partial<IndexRow> = {}): IndexRow {
  return {
    oid: 100,
    schema: 'public',
    name: 'orders_idx',
    table: 'orders',
    tableOid: 1,
    method: 'btree',
    keys: [keyOf(1)],
    include: [],
    unique: false,
    nullsNotDistinct: false,
    valid: true,
    ready: true,
    replicaIdentity: false,
    clustered: false,
    partitioned: false,
    options: [],
    bytes: 1e8,
    scans: 0,
    tuplesRead: 0,
    tuplesFetched: 0,
    blocksRead: 0,
    blocksHit: 0,
    ...changes,
  };
}

/** Counters began 30 days ago. */
export function partOf(changes: Partial<IndexesPart> = {}): IndexesPart {
  return {
    indexes: [indexRow()],
    tables: [tableRow()],
    foreignKeys: [],
    columns: [],
    since: now - 30 * day,
    standbys: [],
    exact: true,
    ...changes,
  };
}
