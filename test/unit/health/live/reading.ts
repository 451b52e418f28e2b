import type {Parts, Reading} from '../../../../src/core/health/parts.ts';
import type {SessionRow} from '../../../../src/core/health/parts/sessions.ts';
import {day} from '../../../../src/core/health/time.ts';

/** By the server's clock. */
export const now = Date.UTC(2026, 0, 31);
const gigabyte = 1024 ** 3;

/** A session of a program that is idle between two requests. */
export function session(changes: Partial<SessionRow> = {}): SessionRow {
  return {
    pid: 1000,
    kind: 'client backend',
    user: 'app',
    database: 'shop',
    application: 'web',
    state: 'idle',
    startedAt: now - day,
    stateAt: now - 1000,
    queryAt: now - 1000,
    own: false,
    blockedBy: [],
    ...changes,
  };
}

type Live = Pick<Parts, 'server' | 'sessions' | 'database' | 'writing' | 'replication'>;

/** A server of 100 GB that somebody takes good care of, thirty days after its counters were reset. */
const wellKept: Live = {
  server: {
    versionNumber: 170000,
    version: '17.0',
    database: 'shop',
    user: 'operator',
    now,
    startedAt: now - 40 * day,
    standby: false,
    superuser: false,
    readsAllStats: true,
    readsAllSettings: true,
    signalsBackends: true,
    listsWal: true,
    databaseBytes: 100 * gigabyte,
    encrypted: true,
  },
  sessions: {
    rows: Array.from({length: 20}, (_, index) => session({pid: 1000 + index})),
    hidden: 0,
    maxConnections: 100,
    reserved: 3,
    prepared: [],
    deadlockTimeout: 1000,
  },
  database: {
    counters: {
      commits: 50_000_000,
      rollbacks: 100_000,
      blocksRead: 20_000_000,
      blocksHit: 4_000_000_000,
      rowsReturned: 9_000_000_000,
      rowsFetched: 1_000_000_000,
      rowsInserted: 10_000_000,
      rowsUpdated: 20_000_000,
      rowsDeleted: 1_000_000,
      conflicts: 0,
      temporaryFiles: 300,
      temporaryBytes: 30 * gigabyte,
      deadlocks: 3,
      checksumFailures: 0,
      sessions: 200_000,
      sessionsAbandoned: 500,
      sessionsFatal: 20,
      sessionsKilled: 5,
      activeMs: 1e9,
      idleInTransactionMs: 1e7,
      resetAt: now - 30 * day,
    },
    databases: [],
    checksums: true,
    damaged: [],
  },
  writing: {
    walRecords: 1e9,
    walBytes: 300 * gigabyte,
    fullPageImages: 1e7,
    buffersFull: 200_000,
    position: 5e12,
    walDirectoryBytes: 5 * gigabyte,
    maxWalBytes: 4 * gigabyte,
    keptWalBytes: gigabyte,
    checkpointsTimed: 8600,
    checkpointsRequested: 40,
    checkpointWriteMs: 1e8,
    checkpointSyncMs: 1e5,
    buffersCheckpoint: 1e7,
    buffersBackground: 1e5,
    checkpointTimeoutMs: 300_000,
    resetAt: now - 30 * day,
    walResetAt: now - 30 * day,
    archive: {
      mode: 'on',
      archived: 19_000,
      failed: 7,
      lastArchived: now - 60_000,
      lastFailed: now - 9 * day,
      lastFailedFile: '000000010000000000000042',
      waiting: 1,
      resetAt: now - 30 * day,
    },
  },
  replication: {
    receivers: [receiver()],
    slots: [slot()],
    subscriptions: [
      {
        name: 'from_erp',
        database: 'shop',
        enabled: true,
        running: true,
        lastMessageAt: now - 5000,
        applyErrors: 0,
        syncErrors: 0,
      },
    ],
  },
};

type Receiver = Parts['replication']['receivers'][number];
export function receiver(changes: Partial<Receiver> = {}): Receiver {
  return {
    pid: 77,
    application: 'replica',
    state: 'streaming',
    sync: 'async',
    sentLag: 0,
    flushLag: 8192,
    replayLag: 65_536,
    replayLagMs: 12,
    ...changes,
  };
}

type Slot = Parts['replication']['slots'][number];
export function slot(changes: Partial<Slot> = {}): Slot {
  return {
    name: 'replica',
    kind: 'physical',
    active: true,
    temporary: false,
    retained: 1024 ** 2,
    walStatus: 'reserved',
    ...changes,
  };
}

export type Changes = {readonly [P in keyof Live]?: Partial<Live[P]>};

/** @returns the reading of the well-kept server with some fields of some parts replaced */
export function readingWith(changes: Changes = {}): Reading {
  const part = <P extends keyof Live>(
    name: P,
  ): {kind: 'seen'; value: Live[P]; at: number; serverMs: number; rows: number; gaps: readonly string[]} => ({
    kind: 'seen',
    value: {...wellKept[name], ...changes[name]},
    at: now,
    serverMs: 1,
    rows: 1,
    gaps: [],
  });
  return {
    server: part('server'),
    sessions: part('sessions'),
    database: part('database'),
    writing: part('writing'),
    replication: part('replication'),
  };
}

/** Counters of the well-kept server, some of them replaced. */
export function counters(changes: Partial<Live['database']['counters']>): Changes {
  return {database: {counters: {...wellKept.database.counters, ...changes}}};
}

/** The same, of counters that were never reset. */
export function neverReset(changes: Partial<Live['database']['counters']>): Changes {
  const {resetAt: _resetAt, ...rest} = wellKept.database.counters;
  return {database: {counters: {...rest, ...changes}}};
}

export function archive(changes: Partial<Live['writing']['archive']>): Changes {
  return {writing: {archive: {...wellKept.writing.archive, ...changes}}};
}
