import {createHash} from 'node:crypto';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationRow} from '../../core/prisma/records.ts';
import {schemaOf} from '../../core/prisma/search-path.ts';
import type {Queryable} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import {findBookkeepingSql} from './sql/find-bookkeeping.ts';

export const tableName = '_prisma_migrations';

/** The number that the tool chose for itself: https://github.com/prisma/prisma-engines, `flavour/postgres.rs`. */
export const lockKey = 72_707_369n;

/** Where the tool keeps its books on one connection. */
export interface Table {
  readonly schema: string;
  readonly schemaExists: boolean;
  readonly exists: boolean;
  /** Tables are there and no books: the tool refuses to begin until the database is baselined. */
  readonly unbaselined: boolean;
  /** Quoted and qualified. */
  readonly quoted: string;
  readonly elsewhere: readonly string[];
}

/** @returns the schema that the tool works in, before any script has changed the search path. Failures: the server's */
export async function readSchema(session: Queryable): Promise<Outcome<string>> {
  const shown = await session.query('SHOW search_path');
  if (!shown.ok) return shown;
  const path = shown.value.rows[0]?.['search_path'];
  return ok(schemaOf(typeof path === 'string' ? path : ''));
}

/** Failures: the server's. */
export async function locateTable(session: Queryable, schema: string): Promise<Outcome<Table>> {
  const found = await session.query(findBookkeepingSql, [schema]);
  if (!found.ok) return found;
  const row = found.value.rows[0];
  const schemas = Array.isArray(row?.['schemas']) ? row['schemas'].map(String) : [];
  const exists = schemas.includes(schema);
  return ok({
    schema,
    schemaExists: row?.['schemaExists'] === true,
    exists,
    unbaselined: !exists && row?.['hasTables'] === true,
    quoted: quotedIn(schema),
    elsewhere: schemas.filter(name => name !== schema).map(quotedIn),
  });
}

function quotedIn(schema: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(tableName)}`;
}

/** @returns all rows, the oldest first; none without the table */
export async function readRows(session: Queryable, table: Table): Promise<Outcome<readonly MigrationRow[]>> {
  if (!table.exists) return ok([]);
  const read = await session.query(
    `SELECT id, migration_name AS name, checksum, finished_at IS NOT NULL AS finished,
      rolled_back_at IS NOT NULL AS "rolledBack", coalesce(finished_at, started_at)::text AS at
    FROM ${table.quoted} ORDER BY started_at, id`,
  );
  if (!read.ok) return read;
  return ok(
    read.value.rows.map(row => ({
      id: String(row['id']),
      name: String(row['name']),
      checksum: String(row['checksum']),
      finished: row['finished'] === true,
      rolledBack: row['rolledBack'] === true,
      at: String(row['at']),
    })),
  );
}

/** Stands for all rows. */
export function markOf(rows: readonly MigrationRow[]): string {
  return createHash('sha256').update(JSON.stringify(rows)).digest('base64');
}

export const createTableText = `CREATE TABLE ${tableName} (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
);`;
