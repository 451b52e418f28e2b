import type {Bookkeeping} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import type {ProjectOptions} from '../framework.ts';
import {currentSchemaSql} from '../shared/sql/current-schema.ts';
import {findVersionTablesSql} from './sql/find-version-tables.ts';

/** The version table on one connection. */
export interface Books extends Bookkeeping {
  readonly mark: string;
  /** Sorted. */
  readonly rows: readonly string[];
}

/** Howdah's own: Alembic takes none. It spells `HowdahAl`. */
export const lockKey = 0x48_6f_77_64_61_68_41_6cn;

/** PostgreSQL's `undefined_table` and `invalid_schema_name`. */
const absent: ReadonlySet<string> = new Set(['42P01', '3F000']);

/**
 * Reads the version table: the one that the option `version-table` names, else `alembic_version` of the current schema.
 * Where that is not there, a table elsewhere is taken if all that it says is in the history: `env.py` decides the
 * schema, which cannot be known without executing it.
 * Failures: `unsupported` (no current schema), the server's
 */
export async function readBooks(
  session: Queryable,
  options: ProjectOptions,
  isKnown: (revision: string) => boolean,
): Promise<Outcome<Books>> {
  const usual = await usualTable(session, options);
  if (!usual.ok) return usual;
  const rows = await rowsOf(session, usual.value);
  if (!rows.ok) return rows;
  const found = await session.query(findVersionTablesSql);
  if (!found.ok) return found;
  const others = found.value.rows
    .map(row => quotedName(String(row['schema']), String(row['name'])))
    .filter(table => table !== usual.value);
  if (rows.value !== undefined || options['version-table'] !== undefined)
    return ok(booksOf(usual.value, rows.value, others));
  const own = await ownOf(session, others.slice(0, 20), isKnown);
  return ok(
    own
      ? booksOf(
          own.table,
          own.rows,
          others.filter(each => each !== own.table),
        )
      : booksOf(usual.value, undefined, others),
  );
}

/** The rows as of `readBooks`: looks for other tables only where the usual one is not there. */
export async function readHeads(
  session: Queryable,
  options: ProjectOptions,
  isKnown: (revision: string) => boolean,
): Promise<Outcome<readonly string[]>> {
  const usual = await usualTable(session, options);
  const rows = usual.ok ? await rowsOf(session, usual.value) : usual;
  if (!rows.ok) return rows;
  if (rows.value !== undefined) return ok(rows.value.toSorted());
  const books = await readBooks(session, options, isKnown);
  return books.ok ? ok(books.value.rows) : books;
}

function booksOf(table: string, rows: readonly string[] | undefined, elsewhere: readonly string[]): Books {
  const sorted = (rows ?? []).toSorted();
  return {
    table,
    exists: rows !== undefined,
    elsewhere,
    lockKeys: [lockKey.toString()],
    mark: sorted.join(' '),
    rows: sorted,
  };
}

async function usualTable(session: Queryable, options: ProjectOptions): Promise<Outcome<string>> {
  const parts = (options['version-table'] ?? 'alembic_version').split('.');
  const [schema, name] = parts;
  if (parts.length === 2 && schema !== undefined && name !== undefined) return ok(quotedName(schema, name));
  const asked = await session.query(currentSchemaSql);
  if (!asked.ok) return asked;
  const current = asked.value.rows[0]?.['schema'];
  if (typeof current === 'string') return ok(quotedName(current, schema ?? ''));
  return fail(
    'unsupported',
    'This connection has no current schema: none of the schemas in search_path exists.',
    {
      advice: 'Create the schema, or correct search_path in the connection’s address.',
    },
  );
}

function quotedName(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

/** @returns nothing where there is no such table */
async function rowsOf(session: Queryable, table: string): Promise<Outcome<readonly string[] | undefined>> {
  const read = await session.query(`SELECT version_num::text AS id FROM ${table}`);
  if (read.ok) return ok(read.value.rows.map(row => String(row['id'])));
  return absent.has(read.failure.server?.sqlState ?? '') ? ok(undefined) : read;
}

/** The only table whose rows are all in the history. */
async function ownOf(
  session: Queryable,
  tables: readonly string[],
  isKnown: (revision: string) => boolean,
): Promise<{readonly table: string; readonly rows: readonly string[]} | undefined> {
  const own = [];
  for (const table of tables) {
    const rows = await rowsOf(session, table);
    if (rows.ok && rows.value !== undefined && rows.value.length > 0 && rows.value.every(isKnown))
      own.push({table, rows: rows.value});
  }
  return own.length === 1 ? own[0] : undefined;
}
