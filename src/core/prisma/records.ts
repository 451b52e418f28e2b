import type {Record} from '../migrations/recorded.ts';

/** A row of `_prisma_migrations`. One migration has several where it failed and was tried again. */
export interface MigrationRow {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the script in hexadecimal digits. */
  readonly checksum: string;
  readonly finished: boolean;
  readonly rolledBack: boolean;
  /** When it finished, or else when it began, in the server's words. */
  readonly at: string;
}

/** Begun and neither finished nor marked as rolled back: nothing runs until it is. */
export function isFailed({finished, rolledBack}: MigrationRow): boolean {
  return !finished && !rolledBack;
}

/**
 * What the rows say of each migration. What is marked as rolled back counts as if it had never run.
 * @param isEdited whether the file of a finished row has another text now
 */
export function recordsOf(
  rows: readonly MigrationRow[],
  isEdited: (row: MigrationRow) => boolean = () => false,
): ReadonlyMap<string, Record> {
  const records = new Map<string, Record>();
  for (const row of rows) {
    if (row.rolledBack || records.get(row.name)?.kind === 'failed') continue;
    const kind = isFailed(row) ? 'failed' : isEdited(row) ? 'edited' : 'applied';
    records.set(row.name, {kind, at: row.at});
  }
  return records;
}
