import type {Parts, Reading, Seen} from '../../../../src/core/health/parts.ts';
import type {SettingRow} from '../../../../src/core/health/parts/settings.ts';
import type {StatementRow} from '../../../../src/core/health/parts/statements.ts';
import type {TableRow} from '../../../../src/core/health/parts/tables.ts';
import {assess} from '../../../../src/core/health/assess.ts';

export const now = Date.UTC(2026, 10, 21, 12);
export const day = 86_400_000;
export const MB = 1024 ** 2;
export const GB = 1024 ** 3;

export function seen<T>(value: T): Seen<T> {
  return {kind: 'seen', value, at: now, serverMs: 1, rows: 1, gaps: []};
}

export function server(changes: Partial<Parts['server']> = {}): Reading {
  return {
    server: seen({
      versionNumber: 180_004,
      version: '18.4',
      database: 'shop',
      user: 'postgres',
      now,
      startedAt: now - 30 * day,
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

/** @param changes by name: the value as pg_settings has it, and more where it matters */
export function settings(changes: Readonly<Record<string, string | Partial<SettingRow>>>): Reading {
  const rows = Object.entries(changes).map(([name, change]) => ({
    name,
    value: '',
    shown: typeof change === 'string' ? change : (change.value ?? ''),
    source: 'configuration file',
    context: 'sighup',
    pendingRestart: false,
    alterable: true,
    ...(typeof change === 'string' ? {value: change} : change),
  }));
  return {settings: seen({rows})};
}

export function table(changes: Partial<TableRow>): TableRow {
  return {
    oid: 1,
    schema: 'public',
    name: 'orders',
    kind: 'table',
    bytes: GB,
    heapBytes: GB,
    indexBytes: 0,
    toastBytes: 0,
    rows: 1_000_000,
    live: 1_000_000,
    dead: 0,
    modifiedSinceAnalyze: 0,
    insertedSinceVacuum: 0,
    lastAnalyze: now - day,
    seqScans: 0,
    seqRows: 0,
    indexScans: 0,
    inserted: 1_000_000,
    updated: 0,
    hotUpdated: 0,
    deleted: 0,
    frozenAge: 1000,
    multixactAge: 0,
    vacuumAt: 200_050,
    vacuumInsertAt: 201_000,
    analyzeAt: 100_050,
    freezeAt: 200_000_000,
    multixactFreezeAt: 400_000_000,
    autovacuum: true,
    fillfactor: 100,
    blocksRead: 0,
    blocksHit: 0,
    ...changes,
  };
}

export function tables(rows: readonly Partial<TableRow>[], more: Partial<Parts['tables']> = {}): Reading {
  return {tables: seen({rows: rows.map(table), autovacuum: true, since: now - 30 * day, ...more})};
}

export function statement(changes: Partial<StatementRow>): StatementRow {
  return {
    id: '1/10',
    user: 'app',
    query: 'SELECT * FROM orders WHERE id = $1',
    calls: 1000,
    totalMs: 1000,
    meanMs: 1,
    minMs: 0.5,
    maxMs: 5,
    deviationMs: 0.5,
    rows: 1000,
    blocksHit: 3000,
    blocksRead: 0,
    blocksDirtied: 0,
    blocksWritten: 0,
    temporaryRead: 0,
    temporaryWritten: 0,
    walBytes: 0,
    walRecords: 0,
    topLevel: true,
    ...changes,
  };
}

export function statements(
  rows: readonly Partial<StatementRow>[],
  more: Partial<Parts['statements']> = {},
): Reading {
  return {
    statements: seen({
      rows: rows.map(statement),
      totals: {statements: 100, calls: 10_000, totalMs: 1_000_000},
      extensionVersion: '1.12',
      resetAt: now - day / 2,
      deallocations: 0,
      max: 5000,
      ioTiming: false,
      ...more,
    }),
  };
}

/** @returns what one check finds in parts, as `severity: what`; or why it could not look */
export async function look(
  check: string,
  readings: readonly Reading[],
  memoryBytes?: number,
): Promise<readonly string[]> {
  const reading: Reading = Object.assign({}, server(), ...readings);
  const {checks} = await assess(reading, memoryBytes === undefined ? {} : {memoryBytes});
  const outcome = checks.find(({id}) => id === check)?.outcome;
  if (outcome?.kind !== 'looked') return [`not looked: ${outcome?.why}`];
  return outcome.findings.map(({severity, what}) => `${severity}: ${what}`);
}
