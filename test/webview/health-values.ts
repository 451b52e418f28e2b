import type {HealthFinding} from '../../src/core/health/finding.ts';
import type {Grade} from '../../src/core/health/grade.ts';
import type {Parts, Reading} from '../../src/core/health/parts.ts';
import type {SessionRow} from '../../src/core/health/parts/sessions.ts';
import type {StatementRow} from '../../src/core/health/parts/statements.ts';
import type {TableRow} from '../../src/core/health/parts/tables.ts';
import type {Sample} from '../../src/core/health/series.ts';

/** The server's clock at the last look. */
export const at = Date.UTC(2026, 10, 21, 14, 5, 12);
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const MB = 1024 ** 2;
const GB = 1024 ** 3;

export function session(pid: number, more: Partial<SessionRow> = {}): SessionRow {
  return {
    pid,
    kind: 'client backend',
    user: 'shop',
    database: 'shop',
    application: 'shop-api',
    client: '10.2.0.17',
    state: 'idle',
    waitType: 'Client',
    wait: 'ClientRead',
    startedAt: at - 3 * hour - pid * second,
    queryAt: at - 40 * second,
    stateAt: at - 40 * second,
    query: 'SELECT id, total FROM orders WHERE customer_id = $1',
    own: false,
    blockedBy: [],
    ...more,
  };
}

const alter = 'ALTER TABLE orders ADD COLUMN gift_note text';

/** An operator forgot a COMMIT; a migration waits for it, and everybody behind the migration. */
export const someSessions: readonly SessionRow[] = [
  session(4021, {
    user: 'anna',
    application: 'psql',
    client: '10.2.0.5',
    state: 'idle in transaction',
    transactionAt: at - 14 * minute - 8 * second,
    stateAt: at - 13 * minute,
    queryAt: at - 13 * minute,
    xminAge: 48_211,
    query: "UPDATE orders SET status = 'held' WHERE id = 81723",
  }),
  session(4107, {
    user: 'migrator',
    application: 'golang-migrate',
    client: '10.2.0.9',
    state: 'active',
    waitType: 'Lock',
    wait: 'relation',
    transactionAt: at - 3 * minute - 2 * second,
    queryAt: at - 3 * minute,
    stateAt: at - 3 * minute,
    query: alter,
    blockedBy: [4021],
    wants: {type: 'relation', mode: 'ACCESS EXCLUSIVE', relation: 'public.orders', since: at - 3 * minute},
  }),
  ...[4112, 4115, 4119].map((pid, index) =>
    session(pid, {
      state: 'active',
      waitType: 'Lock',
      wait: 'relation',
      transactionAt: at - (160 - index * 20) * second,
      queryAt: at - (160 - index * 20) * second,
      stateAt: at - (160 - index * 20) * second,
      query:
        'SELECT id, status, total\n  FROM orders\n WHERE customer_id = $1\n ORDER BY created_at DESC\n LIMIT 20',
      blockedBy: [4107],
      wants: {
        type: 'relation',
        mode: 'ACCESS SHARE',
        relation: 'public.orders',
        since: at - (160 - index * 20) * second,
      },
    }),
  ),
  session(4190, {
    user: 'reporting',
    application: 'metabase',
    client: '10.2.0.31',
    state: 'active',
    waitType: 'IO',
    wait: 'DataFileRead',
    transactionAt: at - 2 * minute - 11 * second,
    queryAt: at - 2 * minute - 11 * second,
    stateAt: at - 2 * minute - 11 * second,
    xminAge: 9120,
    query: "SELECT date_trunc('day', created_at) AS day, sum(total) FROM orders GROUP BY 1 ORDER BY 1",
  }),
  session(4200, {
    application: 'Howdah',
    user: 'app',
    own: true,
    state: 'active',
    queryAt: at,
    stateAt: at,
    transactionAt: at,
    query: 'SELECT …',
    client: '10.2.0.5',
  }),
  ...Array.from({length: 24}, (_, index) =>
    session(4300 + index, {stateAt: at - index * 7 * second, queryAt: at - index * 7 * second}),
  ),
  {
    pid: 812,
    kind: 'autovacuum worker',
    application: '',
    database: 'shop',
    state: 'active',
    startedAt: at - 4 * minute,
    transactionAt: at - 4 * minute,
    queryAt: at - 4 * minute,
    stateAt: at - 4 * minute,
    waitType: 'Timeout',
    wait: 'VacuumDelay',
    query: 'autovacuum: VACUUM ANALYZE public.events',
    own: false,
    blockedBy: [],
  },
  {
    pid: 71,
    kind: 'checkpointer',
    application: '',
    own: false,
    blockedBy: [],
    startedAt: at - 31 * day,
    waitType: 'Activity',
    wait: 'CheckpointerMain',
  },
  {
    pid: 74,
    kind: 'walwriter',
    application: '',
    own: false,
    blockedBy: [],
    startedAt: at - 31 * day,
    waitType: 'Activity',
    wait: 'WalWriterMain',
  },
];

/** The same without anybody who waits. */
export const calmSessions: readonly SessionRow[] = someSessions.filter(
  ({blockedBy, state}) => blockedBy.length === 0 && state !== 'idle in transaction',
);

export function statement(
  id: string,
  query: string | undefined,
  more: Partial<StatementRow> = {},
): StatementRow {
  return {
    id,
    user: 'shop',
    ...(query === undefined ? {} : {query}),
    calls: 1000,
    totalMs: 2000,
    meanMs: 2,
    minMs: 0.4,
    maxMs: 61,
    deviationMs: 1.2,
    rows: 4000,
    blocksHit: 90_000,
    blocksRead: 1200,
    blocksDirtied: 0,
    blocksWritten: 0,
    temporaryRead: 0,
    temporaryWritten: 0,
    readMs: 120,
    writeMs: 0,
    walBytes: 0,
    walRecords: 0,
    topLevel: true,
    ...more,
  };
}

export const someStatements: readonly StatementRow[] = [
  statement(
    '-8123712893712312',
    'SELECT date_trunc($1, created_at) AS day, sum(total) FROM orders GROUP BY 1 ORDER BY 1',
    {
      user: 'reporting',
      calls: 412,
      totalMs: 61 * minute,
      meanMs: 435,
      minMs: 6020,
      maxMs: 48_120,
      deviationMs: 3912,
      rows: 300_760,
      blocksHit: 812_000,
      blocksRead: 41_800_000,
      temporaryWritten: 812_000,
      temporaryRead: 812_000,
      readMs: 38 * minute,
    },
  ),
  statement(
    '991283712837',
    'SELECT id, status, total\n  FROM orders\n WHERE customer_id = $1\n ORDER BY created_at DESC\n LIMIT $2',
    {
      calls: 18_412_220,
      totalMs: 34 * minute,
      meanMs: 0.111,
      maxMs: 162_000,
      deviationMs: 41,
      rows: 201_000_200,
      blocksHit: 311_000_000,
      blocksRead: 412_000,
    },
  ),
  statement('172387', 'UPDATE carts SET updated_at = now(), items = $1 WHERE id = $2', {
    calls: 2_120_331,
    totalMs: 12 * minute,
    meanMs: 0.34,
    rows: 2_120_331,
    walBytes: 9.2 * GB,
    walRecords: 8_312_110,
    blocksDirtied: 1_300_220,
  }),
  statement('88127', 'INSERT INTO events (kind, payload, created_at) VALUES ($1, $2, $3)', {
    calls: 41_002_118,
    totalMs: 9 * minute,
    meanMs: 0.013,
    rows: 41_002_118,
    walBytes: 31 * GB,
    walRecords: 84_112_000,
  }),
  statement('5512', undefined, {user: 'billing', calls: 312, totalMs: 41_000, meanMs: 131}),
  ...Array.from({length: 40}, (_, index) =>
    statement(String(7000 + index), `SELECT name FROM products WHERE category_id = $1 AND shard = ${index}`, {
      totalMs: 900 - index * 20,
      calls: 400,
    }),
  ),
];

/** The look before, an hour earlier; since then the second statement has become slower. */
export const someStatementsBefore = {
  at: at - hour,
  rows: someStatements.slice(0, 4).map(({id, calls, totalMs}, index) => ({
    id,
    calls: calls - 7200,
    totalMs: totalMs - (index === 1 ? 7200 * 0.9 : 7200 * 0.1),
  })),
};

export function table(oid: number, name: string, more: Partial<TableRow> = {}): TableRow {
  return {
    oid,
    schema: 'public',
    name,
    kind: 'table',
    bytes: 64 * MB,
    heapBytes: 40 * MB,
    indexBytes: 22 * MB,
    toastBytes: 2 * MB,
    rows: 410_000,
    live: 412_000,
    dead: 1200,
    modifiedSinceAnalyze: 900,
    insertedSinceVacuum: 800,
    lastAutovacuum: at - 5 * hour,
    lastAutoanalyze: at - 2 * hour,
    seqScans: 40,
    seqRows: 16_000_000,
    indexScans: 1_200_000,
    inserted: 412_000,
    updated: 81_000,
    hotUpdated: 70_100,
    deleted: 2000,
    frozenAge: 61_000_000,
    multixactAge: 1_200_000,
    vacuumAt: 82_450,
    vacuumInsertAt: 83_400,
    analyzeAt: 41_250,
    freezeAt: 200_000_000,
    multixactFreezeAt: 400_000_000,
    autovacuum: true,
    fillfactor: 100,
    bloat: {bytes: 3 * MB, share: 0.08, method: 'statistics'},
    blocksRead: 12_000,
    blocksHit: 4_100_000,
    ...more,
  };
}

export const someTables: readonly TableRow[] = [
  table(16_401, 'orders', {
    bytes: 8.4 * GB,
    heapBytes: 4.1 * GB,
    indexBytes: 4.2 * GB,
    toastBytes: 0.1 * GB,
    live: 4_120_330,
    dead: 911_200,
    vacuumAt: 824_116,
    modifiedSinceAnalyze: 102_000,
    analyzeAt: 412_083,
    lastAutovacuum: at - 9 * day,
    bloat: {bytes: 1.6 * GB, share: 0.39, method: 'statistics'},
    frozenAge: 181_000_000,
    seqScans: 1412,
  }),
  table(16_410, 'events', {
    bytes: 31 * GB,
    heapBytes: 22 * GB,
    indexBytes: 8 * GB,
    toastBytes: GB,
    live: 210_000_000,
    dead: 0,
    insertedSinceVacuum: 38_000_000,
    vacuumInsertAt: 42_001_000,
    frozenAge: 1_412_000_000,
    lastAutovacuum: at - 61 * day,
    bloat: {bytes: 0.2 * GB, share: 0.01, method: 'pgstattuple'},
  }),
  table(16_420, 'carts', {
    live: 91_000,
    dead: 61_000,
    vacuumAt: 18_250,
    updated: 2_120_331,
    hotUpdated: 41_000,
    bloat: {bytes: 25 * MB, share: 0.62, method: 'statistics'},
  }),
  table(16_430, 'customers'),
  table(16_440, 'invoices', {schema: 'billing', autovacuum: false, lastVacuum: at - 40 * day}),
  table(16_441, 'sessions_unlogged', {
    bytes: 120 * 1024,
    heapBytes: 80 * 1024,
    indexBytes: 40 * 1024,
    toastBytes: 0,
    live: 12,
    dead: 0,
  }),
  table(16_450, 'pg_toast_16401', {
    schema: 'pg_toast',
    kind: 'toast',
    bytes: 0.1 * GB,
    heapBytes: 0.1 * GB,
    indexBytes: 0,
    toastBytes: 0,
  }),
];

const server: Parts['server'] = {
  versionNumber: 160_004,
  version: '16.4',
  database: 'shop',
  user: 'app',
  now: at,
  startedAt: at - 31 * day - 4 * hour,
  standby: false,
  superuser: false,
  readsAllStats: true,
  readsAllSettings: true,
  signalsBackends: true,
  listsWal: true,
  databaseBytes: 41 * GB,
  encrypted: true,
};

const database: Parts['database'] = {
  counters: {
    commits: 812_332_100,
    rollbacks: 1_204_000,
    blocksRead: 81_000_000,
    blocksHit: 12_400_000_000,
    rowsReturned: 41_000_000_000,
    rowsFetched: 3_100_000_000,
    rowsInserted: 61_000_000,
    rowsUpdated: 24_000_000,
    rowsDeleted: 3_000_000,
    conflicts: 0,
    temporaryFiles: 41_002,
    temporaryBytes: 812 * GB,
    deadlocks: 3,
    sessions: 412_008,
    sessionsAbandoned: 1204,
    sessionsFatal: 12,
    sessionsKilled: 3,
    activeMs: 812_000_000,
    idleInTransactionMs: 41_000_000,
    resetAt: at - 94 * day,
  },
  databases: [
    {
      name: 'shop',
      bytes: 41 * GB,
      frozenAge: 1_412_000_000,
      multixactAge: 1_200_000,
      connections: 31,
      template: false,
    },
    {
      name: 'analytics',
      bytes: 12 * GB,
      frozenAge: 61_000_000,
      multixactAge: 400_000,
      connections: 4,
      template: false,
    },
    {
      name: 'postgres',
      bytes: 8 * MB,
      frozenAge: 61_000_000,
      multixactAge: 1,
      connections: 0,
      template: false,
    },
    {name: 'template1', frozenAge: 61_000_000, multixactAge: 1, connections: 0, template: true},
  ],
  checksums: true,
  damaged: [],
};

const writing: Parts['writing'] = {
  walRecords: 812_000_000,
  walBytes: 412 * GB,
  fullPageImages: 41_000_000,
  buffersFull: 8120,
  position: 9_412_000_000_000,
  walDirectoryBytes: 3.2 * GB,
  maxWalBytes: GB,
  keptWalBytes: 0,
  checkpointsTimed: 812,
  checkpointsRequested: 4120,
  checkpointWriteMs: 41_200_000,
  checkpointSyncMs: 61_000,
  buffersCheckpoint: 81_000_000,
  buffersBackground: 4_100_000,
  buffersBackend: 12_000_000,
  checkpointTimeoutMs: 300_000,
  resetAt: at - 94 * day,
  archive: {
    mode: 'on',
    archived: 41_200,
    failed: 12,
    lastArchived: at - 2 * hour,
    lastFailed: at - 40 * second,
    lastFailedFile: '0000000100000A41000000C2',
  },
};

const replication: Parts['replication'] = {
  receivers: [
    {
      pid: 901,
      application: 'standby_a',
      client: '10.2.0.40',
      state: 'streaming',
      sync: 'sync',
      sentLag: 0,
      flushLag: 8192,
      replayLag: 61_440,
      replayLagMs: 4,
    },
    {
      pid: 902,
      application: 'standby_b',
      client: '10.2.0.41',
      state: 'streaming',
      sync: 'async',
      sentLag: 0,
      flushLag: 2 * MB,
      replayLag: 412 * MB,
      replayLagMs: 81_000,
    },
  ],
  slots: [
    {
      name: 'standby_a',
      kind: 'physical',
      active: true,
      temporary: false,
      retained: 61_440,
      walStatus: 'reserved',
    },
    {
      name: 'debezium',
      kind: 'logical',
      plugin: 'pgoutput',
      database: 'shop',
      active: false,
      temporary: false,
      retained: 18 * GB,
      walStatus: 'extended',
      safe: 2 * GB,
      xminAge: 812_000,
      inactiveSince: at - 3 * day,
    },
  ],
  subscriptions: [],
};

const settings: Parts['settings'] = {
  rows: [
    {
      name: 'shared_buffers',
      value: '16384',
      unit: '8kB',
      shown: '128MB',
      source: 'configuration file',
      context: 'postmaster',
      pendingRestart: false,
    },
    {
      name: 'work_mem',
      value: '4096',
      unit: 'kB',
      shown: '4MB',
      source: 'default',
      context: 'user',
      pendingRestart: false,
    },
    {
      name: 'max_connections',
      value: '200',
      shown: '200',
      source: 'configuration file',
      context: 'postmaster',
      pendingRestart: true,
    },
    {
      name: 'random_page_cost',
      value: '4',
      shown: '4',
      source: 'default',
      context: 'user',
      pendingRestart: false,
    },
    {name: 'fsync', value: 'on', shown: 'on', source: 'default', context: 'sighup', pendingRestart: false},
  ],
};

const security: Parts['security'] = {
  roles: [
    {name: 'postgres', login: true, superuser: true, bypassesRowSecurity: true, replication: true},
    {
      name: 'legacy_app',
      login: true,
      superuser: false,
      bypassesRowSecurity: false,
      replication: false,
      password: 'md5',
      validUntil: at - 12 * day,
    },
    {
      name: 'replicator',
      login: true,
      superuser: false,
      bypassesRowSecurity: false,
      replication: true,
      password: 'scram',
    },
  ],
  passwordEncryption: 'scram-sha-256',
  tls: true,
  encryptedSessions: 28,
  plainSessions: 3,
  publicCreates: ['public'],
  publicGrants: [{schema: 'public', name: 'products', privileges: ['SELECT']}],
  rowSecurity: [
    {schema: 'public', name: 'tenants', enabled: true, forced: false, policies: 0, owner: 'shop'},
  ],
  definerFunctions: [
    {
      schema: 'public',
      name: 'pay',
      arguments: 'integer',
      owner: 'postgres',
      superuser: true,
      publicExecutes: true,
    },
  ],
};

const design: Parts['design'] = {
  sequences: [
    {
      schema: 'public',
      name: 'events_id_seq',
      type: 'bigint',
      last: 1_900_000_000,
      min: 1,
      max: 9.2e18,
      increment: 1,
      cycle: false,
      column: {schema: 'public', table: 'events', name: 'id', type: 'integer', identity: false},
    },
    {
      schema: 'public',
      name: 'orders_id_seq',
      type: 'integer',
      last: 812_000_000,
      min: 1,
      max: 2_147_483_647,
      increment: 1,
      cycle: false,
      column: {schema: 'public', table: 'orders', name: 'id', type: 'integer', identity: false},
    },
    {
      schema: 'public',
      name: 'customers_id_seq',
      type: 'bigint',
      last: 410_000,
      min: 1,
      max: 9.2e18,
      increment: 1,
      cycle: false,
    },
  ],
  withoutKey: [],
  unvalidated: [],
  nullable: [],
  smallKeys: [],
  checkedTogether: [],
};

const extensions: Parts['extensions'] = {
  rows: [
    {name: 'pg_stat_statements', schema: 'public', installed: '1.10', available: '1.10'},
    {name: 'postgis', schema: 'public', installed: '3.3.2', available: '3.4.1'},
  ],
  absent: ['pgstattuple', 'amcheck'],
};

/** @returns a part as it is when it was seen */
export function seenPart<T>(
  value: T,
  gaps: readonly string[] = [],
): {kind: 'seen'; value: T; at: number; serverMs: number; rows: number; gaps: readonly string[]} {
  return {kind: 'seen', value, at, serverMs: 1.4, rows: 31, gaps};
}

export function sessionsPart(rows: readonly SessionRow[]): Parts['sessions'] {
  return {rows, hidden: 0, maxConnections: 200, reserved: 3, prepared: [], deadlockTimeout: 1000};
}

export const someReading: Reading = {
  server: seenPart(server),
  sessions: seenPart(sessionsPart(someSessions)),
  database: seenPart(database),
  writing: seenPart(writing),
  replication: seenPart(replication),
  progress: seenPart({
    rows: [
      {
        pid: 812,
        command: 'vacuum',
        title: 'autovacuum',
        relation: 'public.events',
        phase: 'scanning heap',
        done: 1_812_000,
        total: 2_883_584,
        unit: 'blocks',
      },
    ],
  }),
  statements: seenPart({
    rows: someStatements,
    totals: {statements: 1204, calls: 61_500_000, totalMs: 118 * minute},
    extensionVersion: '1.10',
    resetAt: at - 94 * day,
    deallocations: 0,
    max: 5000,
    ioTiming: true,
  }),
  tables: seenPart({rows: someTables, autovacuum: true, since: at - 94 * day}),
  settings: seenPart(settings),
  security: seenPart(security, ['Only a superuser sees how passwords are stored.']),
  design: seenPart(design),
  extensions: seenPart(extensions),
};

export const someFindings: readonly HealthFinding[] = [
  {
    check: 'session-blocks-others',
    area: 'locks',
    severity: 'error',
    subject: {kind: 'session', pid: 4021},
    what: 'Session 4021 (anna, psql) blocks 4 sessions for 3 min',
    why: 'It is idle in a transaction that holds ROW EXCLUSIVE on public.orders. ALTER TABLE of session 4107 waits for it, and every query on the table waits behind that.',
    fix: 'Ask whoever runs psql on 10.2.0.5 to end the transaction, or terminate the session.',
    evidence: [
      'pg_blocking_pids names it for session 4107.',
      'Its transaction is open for 14 min 8 s, and its last statement ended 13 min ago.',
    ],
    actions: [{kind: 'show-session', pid: 4021}],
  },
  {
    check: 'archive-failing',
    area: 'writing',
    severity: 'error',
    what: 'The archive has failed for 2 hours',
    why: 'Each file of WAL stays in pg_wal until it is archived. The disk fills up, and a restore cannot go beyond the last archived file.',
    fix: 'Look into the server’s log for the output of archive_command.',
    evidence: ['0000000100000A41000000C2 failed 40 s ago; the last one that was archived is 2 hours old.'],
    actions: [
      {
        kind: 'show-sql',
        title: 'Show the archive command',
        sql: 'SHOW archive_command;\nSELECT * FROM pg_stat_archiver;',
      },
    ],
  },
  {
    check: 'slot-inactive',
    area: 'replication',
    severity: 'warning',
    subject: {kind: 'slot', name: 'debezium'},
    what: 'Slot debezium is inactive for 3 days and keeps 18 GB of WAL',
    why: 'WAL since its restart_lsn is kept for it. It is lost 2 GB from here, where max_slot_wal_keep_size ends.',
    fix: 'Start its consumer, or drop the slot.',
    evidence: ['wal_status is extended.'],
    bytes: 18 * GB,
    actions: [
      {kind: 'show-sql', title: 'Drop the slot', sql: "SELECT pg_drop_replication_slot('debezium');"},
    ],
  },
  {
    check: 'wraparound-near',
    area: 'vacuum',
    severity: 'warning',
    subject: {kind: 'table', schema: 'public', name: 'events'},
    what: 'public.events has gone 66 % of the way to wrap-around',
    why: 'Its oldest row is 1,412,000,000 transactions old. At 2^31 the server stops taking writes.',
    fix: 'Run VACUUM (FREEZE) on it when there is little traffic.',
    evidence: ['age(relfrozenxid) is exact.'],
    actions: [{kind: 'maintain', command: 'vacuum-freeze', object: {schema: 'public', name: 'events'}}],
  },
  {
    check: 'table-dead-rows',
    area: 'vacuum',
    severity: 'warning',
    subject: {kind: 'table', schema: 'public', name: 'orders'},
    what: 'public.orders has 911,200 dead rows, more than autovacuum waits for',
    why: 'Autovacuum acts at 824,116. It was last there 9 days ago: the open transaction of session 4021 keeps it from removing them.',
    fix: 'End the long transaction, then run VACUUM.',
    evidence: ['As pg_stat_user_tables counts since 19 Aug 2026.'],
    actions: [{kind: 'maintain', command: 'vacuum', object: {schema: 'public', name: 'orders'}}],
  },
  {
    check: 'index-unused',
    area: 'indexes',
    severity: 'warning',
    subject: {kind: 'index', schema: 'public', name: 'orders_status_idx', table: 'orders'},
    what: 'public.orders_status_idx was not used in 94 days',
    why: 'It takes 412 MB, and every insert and most updates write to it.',
    fix: 'Drop it.',
    evidence: [
      '0 scans since 19 Aug 2026.',
      'standby_a and standby_b have counters of their own, which nobody sees from here.',
    ],
    bytes: 412 * MB,
    actions: [
      {
        kind: 'migration',
        title: 'Drop the index orders_status_idx',
        migrations: [
          {
            title: 'drop orders_status_idx',
            up: 'DROP INDEX CONCURRENTLY public.orders_status_idx;',
            down: 'CREATE INDEX CONCURRENTLY orders_status_idx ON public.orders (status);',
          },
        ],
      },
    ],
  },
  {
    check: 'shared-buffers',
    area: 'settings',
    severity: 'warning',
    subject: {kind: 'setting', name: 'shared_buffers'},
    what: 'shared_buffers is 128 MB on a machine with 64 GB',
    why: 'Pages that do not fit are asked of the operating system again and again.',
    fix: 'Set it to about 16 GB and restart the server.',
    evidence: ['The machine’s memory was told in the settings.'],
    actions: [
      {kind: 'show-sql', title: 'Set shared_buffers', sql: "ALTER SYSTEM SET shared_buffers = '16GB';"},
    ],
  },
  {
    check: 'statement-slow',
    area: 'queries',
    severity: 'information',
    subject: {kind: 'statement', id: '-8123712893712312'},
    what: 'One statement takes 52 % of all execution time',
    why: 'It ran 412 times for 8.88 s each, and reads 319 GB.',
    fix: 'Explain it.',
    evidence: ['Since 19 Aug 2026, as pg_stat_statements counts.'],
    actions: [{kind: 'explain', statement: '-8123712893712312'}],
  },
  {
    check: 'extension-outdated',
    area: 'security',
    severity: 'information',
    subject: {kind: 'extension', name: 'postgis'},
    what: 'postgis 3.3.2 could be 3.4.1',
    why: 'The server has the newer one.',
    fix: 'Update it.',
    evidence: [],
    actions: [{kind: 'show-sql', title: 'Update postgis', sql: 'ALTER EXTENSION postgis UPDATE;'}],
  },
];

export const someGrades: readonly Grade[] = [
  {area: 'connections', grade: 'A', reason: '5 of 5 checks looked, and found nothing.'},
  {area: 'locks', grade: 'F', reason: 'Session 4021 (anna, psql) blocks 4 sessions for 3 min.'},
  {area: 'queries', grade: 'B', reason: 'One statement takes 52 % of all execution time.'},
  {area: 'indexes', grade: 'C', reason: 'public.orders_status_idx was not used in 94 days.'},
  {area: 'tables', grade: 'A', reason: '4 of 4 checks looked, and found nothing.'},
  {area: 'vacuum', grade: 'C', reason: 'public.events has gone 66 % of the way to wrap-around, and 1 more.'},
  {area: 'design', grade: 'A', reason: '9 of 9 checks looked, and found nothing.'},
  {area: 'writing', grade: 'F', reason: 'The archive has failed for 2 hours.'},
  {area: 'replication', grade: 'C', reason: 'Slot debezium is inactive for 3 days and keeps 18 GB of WAL.'},
  {area: 'settings', grade: 'C', reason: 'shared_buffers is 128 MB on a machine with 64 GB.'},
  {area: 'security', reason: 'This role may not read pg_authid.'},
];

export const someTitles: readonly {readonly id: string; readonly title: string}[] = [
  {id: 'session-blocks-others', title: 'Sessions that block others'},
  {id: 'index-unused', title: 'Indexes that nothing uses'},
];

/** @returns so many samples until `at`, with waves like those of an afternoon */
export function someSamples(count: number, interval = 5000): readonly Sample[] {
  return Array.from({length: count}, (_, index): Sample => {
    const when = at - (count - 1 - index) * interval;
    const wave = Math.sin(index / 9) + Math.sin(index / 23) / 2;
    const noise = ((index * 7919) % 97) / 97;
    const blocked = index > count - 36;
    return {
      at: when,
      connections: 30 + Math.round(wave * 4 + noise * 2),
      active: 5 + Math.round(noise * 3) + (blocked ? 3 : 0),
      idleInTransaction: blocked ? 1 : 0,
      waiting: blocked ? Math.min(4, Math.floor((index - (count - 36)) / 8)) : 0,
      longestTransaction: blocked ? (index - (count - 36)) * interval + 600_000 : 900 + noise * 4000,
      replayLag: Math.round((200 + wave * 100 + noise * 40) * MB),
      ...(index === 40 || index === 0
        ? {}
        : {
            rates: {
              seconds: interval / 1000,
              transactions: Math.max(10, 260 + wave * 90 + noise * 60 - (blocked ? 90 : 0)),
              rollbacks: noise * 2,
              cacheHit: 0.996 - noise * 0.01,
              blocksRead: 41 + noise * 100,
              rowsWritten: Math.max(0, 900 + wave * 300 + noise * 200),
              walBytes: (2.1 + wave + noise) * MB,
              temporaryBytes: noise * MB,
            },
          }),
    };
  });
}
