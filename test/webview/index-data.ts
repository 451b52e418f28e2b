import type {HealthFinding} from '../../src/core/health/finding.ts';
import type {ForeignKeyRow, IndexedTable, IndexKey, IndexRow} from '../../src/core/health/parts/indexes.ts';
import {indexRow, tableRow} from '../rig/index-rows.ts';

/** 21 Nov 2026, 14:00 UTC. */
export const now = Date.UTC(2026, 10, 21, 14);
const day = 86_400_000;

export function key(text: string, column?: number, more: Partial<IndexKey> = {}): IndexKey {
  return {text, descending: false, nullsFirst: false, ...(column === undefined ? {} : {column}), ...more};
}

export function row(oid: number, name: string, more: Partial<IndexRow> = {}): IndexRow {
  return indexRow({oid, name, tableOid: 100, keys: [key('id', 1)], bytes: 8192, ...more});
}

export function table(oid: number, name: string, more: Partial<IndexedTable> = {}): IndexedTable {
  return tableRow({
    oid,
    name,
    rows: 4_100_000,
    bytes: 1_400_000_000,
    inserted: 4_200_000,
    updated: 9_800_000,
    hotUpdated: 2_300_000,
    deleted: 100_000,
    seqScans: 12,
    seqRows: 48_000_000,
    indexScans: 88_000_000,
    ...more,
  });
}

const gigabyte = 1024 ** 3;

export const someTables: readonly IndexedTable[] = [
  table(100, 'orders'),
  table(101, 'customers', {rows: 210_000, bytes: 44_000_000}),
  table(102, 'events', {schema: 'audit', kind: 'partitioned-table', rows: 90_000_000, bytes: 31 * gigabyte}),
];

export const someRows: readonly IndexRow[] = [
  row(1, 'orders_pkey', {
    unique: true,
    constraint: {name: 'orders_pkey', kind: 'primary-key', deferrable: false},
    bytes: 92_000_000,
    rows: 4_100_000,
    scans: 61_204_551,
    tuplesRead: 61_204_551,
    tuplesFetched: 61_204_100,
    lastScan: now - 4000,
    blocksHit: 180_000_000,
    blocksRead: 40_000,
  }),
  row(2, 'orders_customer_id_idx', {
    keys: [key('customer_id', 2)],
    bytes: 88_000_000,
    scans: 20_118_220,
    tuplesRead: 220_000_000,
    tuplesFetched: 218_000_000,
    lastScan: now - 12_000,
    bloat: {bytes: 31_000_000, share: 0.35, method: 'statistics'},
  }),
  row(3, 'orders_status_created_at_idx', {
    keys: [key('status', 3), key('created_at', 4, {descending: true, nullsFirst: true})],
    include: ['total'],
    predicate: "status <> 'sent'::order_status",
    bytes: 640_000_000,
    scans: 0,
    comment: 'For the report of open orders.',
  }),
  row(4, 'orders_note_idx', {keys: [key('lower(note)')], bytes: 1_210_000_000}),
  row(5, 'orders_customer_id_status_idx', {
    keys: [key('customer_id', 2), key('status', 3)],
    bytes: 124_000_000,
    scans: 902_113,
    tuplesRead: 1_800_000,
    tuplesFetched: 1_700_000,
    lastScan: now - 60_000,
  }),
  row(6, 'orders_total_idx_ccnew', {keys: [key('total', 5)], valid: false, bytes: 12_000_000}),
  row(7, 'customers_email_key', {
    table: 'customers',
    tableOid: 101,
    keys: [key('lower(email)')],
    unique: true,
    replicaIdentity: true,
    bytes: 9_100_000,
    scans: 4_100_998,
    tuplesRead: 4_100_998,
    tuplesFetched: 4_100_990,
    lastScan: now - 1000,
  }),
  row(8, 'customers_tags_idx', {
    table: 'customers',
    tableOid: 101,
    method: 'gin',
    keys: [key('tags', 6)],
    bytes: 31_000_000,
    scans: 12,
    tuplesRead: 90,
    lastScan: now - 41 * day,
  }),
  row(9, 'events_at_idx', {
    schema: 'audit',
    table: 'events',
    tableOid: 102,
    keys: [key('at', 1)],
    partitioned: true,
    bytes: 2.1 * gigabyte,
    scans: 31_002,
    tuplesRead: 88_000_000,
    tuplesFetched: 12_000_000,
    lastScan: now - 3_600_000,
  }),
];

export const someForeignKeys: readonly ForeignKeyRow[] = [
  {
    oid: 500,
    name: 'orders_customer_id_fkey',
    tableOid: 100,
    columns: [{column: 2, name: 'customer_id', type: 'bigint', nullable: false}],
    referencesOid: 101,
    referencesSchema: 'public',
    referencesTable: 'customers',
    referencedColumns: [{column: 1, name: 'id', type: 'bigint', nullable: false}],
    match: 'simple',
    validated: true,
    enforced: true,
    onDelete: 'cascade',
    onUpdate: 'no-action',
  },
  {
    oid: 501,
    name: 'orders_coupon_id_fkey',
    tableOid: 100,
    columns: [{column: 9, name: 'coupon_id', type: 'bigint', nullable: true}],
    referencesOid: 103,
    referencesSchema: 'public',
    referencesTable: 'coupons',
    referencedColumns: [{column: 1, name: 'id', type: 'bigint', nullable: false}],
    match: 'simple',
    validated: true,
    enforced: true,
    onDelete: 'no-action',
    onUpdate: 'no-action',
  },
];

export function unused(name: string, bytes: number, tableName = 'orders'): HealthFinding {
  return {
    check: 'index-unused',
    area: 'indexes',
    severity: 'warning',
    subject: {kind: 'index', schema: 'public', name, table: tableName},
    what: `${name} was not used in 94 days`,
    why: `Each of 7,500,000 writes to ${tableName} since then had to write this index as well.`,
    fix: 'Drop it, once you know that no yearly job needs it.',
    evidence: [
      'Counters of this server since 19 Aug 2026.',
      'It serves no constraint and supports no foreign key.',
    ],
    bytes,
    actions: [
      {
        kind: 'migration',
        title: `Drop the index ${name}`,
        migrations: [
          {
            title: `drop ${name}`,
            up: `DROP INDEX CONCURRENTLY public.${name};`,
            down: `CREATE INDEX CONCURRENTLY ${name} ON public.${tableName} USING btree (lower(note)) WHERE status <> 'sent';`,
          },
        ],
      },
    ],
  };
}

export const someFindings: readonly HealthFinding[] = [
  {
    check: 'index-invalid',
    area: 'indexes',
    severity: 'error',
    subject: {kind: 'index', schema: 'public', name: 'orders_total_idx_ccnew', table: 'orders'},
    what: 'orders_total_idx_ccnew is invalid, and is written all the same',
    why: 'A CREATE INDEX CONCURRENTLY or a REINDEX CONCURRENTLY that failed left it behind. No query uses it.',
    fix: 'Drop it; what it was to replace is there.',
    evidence: ['orders_total_idx, its original, is valid.'],
    bytes: 12_000_000,
    actions: [
      {
        kind: 'migration',
        title: 'Drop the index orders_total_idx_ccnew',
        migrations: [
          {
            title: 'drop orders_total_idx_ccnew',
            up: 'DROP INDEX CONCURRENTLY public.orders_total_idx_ccnew;',
            down: '-- Nothing is to be undone: it was invalid.',
          },
        ],
      },
    ],
  },
  unused('orders_note_idx', 1_210_000_000),
  unused('orders_status_created_at_idx', 640_000_000),
  {
    check: 'foreign-key-without-index',
    area: 'indexes',
    severity: 'warning',
    subject: {kind: 'constraint', schema: 'public', table: 'orders', name: 'orders_coupon_id_fkey'},
    what: 'orders_coupon_id_fkey has no index on orders (coupon_id)',
    why: 'Each row of coupons that is deleted makes PostgreSQL read all of orders, about 4,100,000 rows.',
    fix: 'Create an index on coupon_id.',
    evidence: ['Rows as of the last ANALYZE.'],
    actions: [
      {
        kind: 'migration',
        title: 'Create an index on orders (coupon_id)',
        migrations: [
          {
            title: 'add orders_coupon_id_idx',
            up: 'CREATE INDEX CONCURRENTLY orders_coupon_id_idx ON public.orders (coupon_id);',
            down: 'DROP INDEX CONCURRENTLY public.orders_coupon_id_idx;',
          },
        ],
      },
    ],
  },
  {
    check: 'index-bloated',
    area: 'indexes',
    severity: 'information',
    subject: {kind: 'index', schema: 'public', name: 'orders_customer_id_idx', table: 'orders'},
    what: 'About 35 % of orders_customer_id_idx is bloat',
    why: 'Its pages are read and cached although they hold nothing.',
    fix: 'Rebuild it.',
    evidence: ['Estimated from the planner’s statistics of 20 Nov 2026.'],
    bytes: 31_000_000,
    actions: [
      {kind: 'maintain', command: 'reindex', object: {schema: 'public', name: 'orders_customer_id_idx'}},
    ],
  },
];

export const someTitles = [
  {id: 'index-invalid', title: 'Invalid indexes'},
  {id: 'index-unused', title: 'Indexes that nothing uses'},
  {id: 'foreign-key-without-index', title: 'Foreign keys without an index'},
  {id: 'index-bloated', title: 'Bloated indexes'},
];

/** @returns `count` indexes on as many tables as there are hundreds, all of them different */
export function manyRows(count: number): readonly IndexRow[] {
  return Array.from({length: count}, (_, at) =>
    row(1000 + at, `t${at % 977}_c${at}_idx`, {
      table: `t${at % 977}`,
      tableOid: 200_000 + (at % 977),
      schema: at % 3 === 0 ? 'public' : 'tenant',
      keys: [key(`c${at}`, 1)],
      bytes: 8192 * ((at * 7919) % 50_021),
      scans: (at * 104_729) % 1_000_003,
    }),
  );
}
