import type {Migration, MigrationState, MigrationStatus} from '../migrations/migration.ts';
import {canonicalVersion, compareIds, compareVersions, isRepeatable, repeatableId} from './versions.ts';

/** A row of the schema history. */
export interface HistoryRow {
  readonly rank: number;
  readonly version: string | null;
  readonly description: string;
  /** `SQL`, `BASELINE`, `SCHEMA`, `DELETE`, `JDBC`, … */
  readonly type: string;
  readonly script: string;
  readonly checksum: number | null;
  readonly success: boolean;
  /** In the server's words. */
  readonly on: string;
}

/** A file as far as it is compared with its row. */
export interface Resolved {
  readonly migration: Migration;
  readonly description: string;
  /** Any of them will do: with placeholders filled in, and as it stands; undefined where it cannot be read. */
  readonly checksums: readonly number[] | undefined;
}

/** @returns the id that a row is about; undefined for a row about no migration */
export function idOfRow({version, description, type}: HistoryRow): string | undefined {
  if (type === 'SCHEMA') return undefined;
  return version === null ? repeatableId(description) : canonicalVersion(version);
}

/** @returns the last row of each migration that counts: what was deleted or undone counts no more */
export function activeRows(rows: readonly HistoryRow[]): ReadonlyMap<string, HistoryRow> {
  const active = new Map<string, HistoryRow>();
  for (const row of rows) {
    const id = idOfRow(row);
    if (id === undefined) continue;
    if (row.success && (row.type === 'DELETE' || row.type.startsWith('UNDO'))) active.delete(id);
    else active.set(id, row);
  }
  return active;
}

/** The states of files and rows together, in the tool's order. */
export function statesOfHistory(
  files: readonly Resolved[],
  rows: readonly HistoryRow[],
  {outOfOrder}: {readonly outOfOrder: boolean},
): readonly MigrationStatus[] {
  const active = activeRows(rows);
  const known = new Set(files.map(({migration}) => migration.id));
  const versions = [...active.keys()].filter(id => !isRepeatable(id));
  const last = versions.toSorted(compareVersions).at(-1);
  const baseline = [...active].find(([, {type}]) => type === 'BASELINE')?.[0];
  const behind = (id: string): boolean => last !== undefined && compareVersions(id, last) < 0;
  const stateOf = (file: Resolved): MigrationState => {
    const {id} = file.migration;
    const row = active.get(id);
    if (row?.success === false) return {kind: 'failed'};
    if (isRepeatable(id)) return row && fits(file, row) ? applied(false) : {kind: 'pending'};
    if (baseline !== undefined && compareVersions(id, baseline) <= 0) return applied(id === last);
    if (row) return fits(file, row) ? applied(id === last) : {kind: 'edited'};
    return behind(id) && !outOfOrder ? {kind: 'never-runs'} : {kind: 'pending'};
  };
  const gone = [...active].filter(([id]) => !known.has(id));
  return [
    ...files.map(file => statusOf(file.migration, stateOf(file), active.get(file.migration.id))),
    ...gone.map(([id, row]) => statusOf(withoutFile(id, row), goneState(id, row, last), row)),
  ].toSorted((one, other) => compareIds(one.migration.id, other.migration.id));
}

function applied(current: boolean): MigrationState {
  return {kind: 'applied', current};
}

/** A row without a checksum, as programs in Java leave it, fits any text. */
function fits({checksums, description}: Resolved, row: HistoryRow): boolean {
  const same = checksums === undefined || row.checksum === null || checksums.includes(row.checksum);
  return same && (row.version === null || row.description === abbreviated(description));
}

/** As the column takes it. */
export function abbreviated(description: string): string {
  return description.length > 200 ? `${description.slice(0, 197)}...` : description;
}

function goneState(id: string, {success, type}: HistoryRow, last: string | undefined): MigrationState {
  if (!success) return {kind: 'failed'};
  // Only what is SQL has a file that could be missing; programs are known to the tool alone.
  return type === 'SQL' ? {kind: 'missing-file'} : applied(id === last);
}

function withoutFile(id: string, {version, description}: HistoryRow): Migration {
  return version === null ? {id, label: id, title: ''} : {id, label: version, title: description};
}

function statusOf(migration: Migration, state: MigrationState, row: HistoryRow | undefined): MigrationStatus {
  return {migration, state, ...(row === undefined ? {} : {appliedAt: row.on})};
}
