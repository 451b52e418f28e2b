import {expect, it} from 'vitest';
import type {DatabaseCounters} from '../../../src/core/health/parts/database.ts';
import type {Parts, Reading, Seen} from '../../../src/core/health/parts.ts';
import {happenedBetween, type Happened} from '../../../src/editor/health/watch-events.ts';

const at = Date.UTC(2026, 10, 21, 12);

function seen<T>(value: T): Seen<T> {
  return {kind: 'seen', value, at, serverMs: 1, rows: 1, gaps: []};
}

const hidden = {kind: 'hidden', why: 'This role does not see it.'} as const;

function server(changes: Partial<Parts['server']> = {}): Reading {
  return {
    server: seen({
      versionNumber: 170_004,
      version: '17.4',
      database: 'shop',
      user: 'postgres',
      now: at,
      startedAt: at - 1000,
      standby: false,
      superuser: true,
      readsAllStats: true,
      readsAllSettings: true,
      signalsBackends: true,
      listsWal: true,
      encrypted: true,
      ...changes,
    }),
  };
}

function database(resetAt?: number): Reading {
  const counters: DatabaseCounters = {
    commits: 1,
    rollbacks: 0,
    blocksRead: 0,
    blocksHit: 0,
    rowsReturned: 0,
    rowsFetched: 0,
    rowsInserted: 0,
    rowsUpdated: 0,
    rowsDeleted: 0,
    conflicts: 0,
    temporaryFiles: 0,
    temporaryBytes: 0,
    deadlocks: 0,
    sessions: 1,
    sessionsAbandoned: 0,
    sessionsFatal: 0,
    sessionsKilled: 0,
    activeMs: 0,
    idleInTransactionMs: 0,
    ...(resetAt === undefined ? {} : {resetAt}),
  };
  return {...server(), database: seen({counters, databases: [], checksums: false, damaged: []})};
}

function statements(resetAt: number): Reading {
  const totals = {statements: 0, calls: 0, totalMs: 0};
  const part = {rows: [], totals, extensionVersion: '1.11', resetAt, max: 5000, ioTiming: false};
  return {...server(), statements: seen(part)};
}

it.each<readonly [what: string, before: Reading, after: Reading, happened: readonly Happened[]]>([
  ['nothing', database(1), database(1), []],
  ['the first look', {}, database(1), []],
  ['a later clock', server(), server({now: at + 5000}), []],
  ['a restart', server(), server({startedAt: at + 1}), [{kind: 'restarted'}]],
  ['a failover', server({standby: true}), server(), [{kind: 'promoted'}]],
  ['a standby that is one again', server(), server({standby: true}), []],
  [
    'an upgrade',
    server(),
    server({startedAt: at + 1, version: '18.1', versionNumber: 180_001}),
    [{kind: 'restarted'}, {kind: 'other-version', version: '18.1'}],
  ],
  ['a reset', database(1), database(2), [{kind: 'statistics-reset'}]],
  ['the first reset ever', database(), database(2), [{kind: 'statistics-reset'}]],
  ['counters that were not seen before', {...server(), database: hidden}, database(2), []],
  ['statements that were reset', statements(1), statements(2), [{kind: 'statements-reset'}]],
  ['statements that were not', statements(2), statements(2), []],
])('%s between two looks', (_, before, after, happened) => {
  expect(happenedBetween(before, after)).toEqual(happened);
});
