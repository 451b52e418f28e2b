import type {DatabaseSync} from 'node:sqlite';
import type * as Sqlite from 'node:sqlite';
import {fail, ok, type Outcome} from '../core/outcome.ts';

/** A table or a view of a SQLite file. */
export interface SqliteTable {
  readonly name: string;
  readonly kind: 'table' | 'view';
}

export interface SqliteColumn {
  readonly name: string;
  /** As it was declared; empty where it was not. */
  readonly type: string;
  readonly notNull: boolean;
  readonly primaryKey: boolean;
  /** The expression, where there is one. */
  readonly fallback?: string;
}

export interface SqliteIndex {
  readonly name: string;
  readonly unique: boolean;
  /** An expression has no name, and is shown as such. */
  readonly columns: readonly string[];
}

/**
 * The tables and views of a file, by name. Only the schema is read, whose size has nothing to do with that of the file.
 * Failures: `unsupported` (this Node has no SQLite), `unreadable-file`, `locked`
 */
export function listSqliteTables(path: string): Outcome<readonly SqliteTable[]> {
  return withFile(path, database =>
    database
      .prepare(
        `SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
      )
      .all()
      .map(row => ({name: textOf(row['name']), kind: row['type'] === 'view' ? 'view' : 'table'})),
  );
}

/** Failures: as of `listSqliteTables` */
export function listSqliteColumns(path: string, table: string): Outcome<readonly SqliteColumn[]> {
  return withFile(path, database =>
    database
      .prepare(
        `SELECT name, type, "notnull" AS required, dflt_value AS fallback, pk FROM pragma_table_xinfo(?)`,
      )
      .all(table)
      .map(row => ({
        name: textOf(row['name']),
        type: textOf(row['type']),
        notNull: row['required'] === 1,
        primaryKey: row['pk'] !== 0,
        ...(row['fallback'] === null ? {} : {fallback: textOf(row['fallback'])}),
      })),
  );
}

/** Failures: as of `listSqliteTables` */
export function listSqliteIndexes(path: string, table: string): Outcome<readonly SqliteIndex[]> {
  return withFile(path, database => {
    const columns = database.prepare(`SELECT name FROM pragma_index_info(?) ORDER BY seqno`);
    return database
      .prepare(`SELECT name, "unique" AS is_unique FROM pragma_index_list(?) ORDER BY name`)
      .all(table)
      .map(row => ({
        name: textOf(row['name']),
        unique: row['is_unique'] === 1,
        columns: columns.all(textOf(row['name'])).map(column => textOf(column['name'] ?? 'expression')),
      }));
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Electron's and the oldest supported Node have none, which the types do not know. */
function sqliteModule(): Pick<typeof Sqlite, 'DatabaseSync'> | undefined {
  return process.getBuiltinModule('node:sqlite');
}

/** Opens the file for reading alone, waits for no lock, and closes it. */
function withFile<T>(path: string, read: (database: DatabaseSync) => T): Outcome<T> {
  const sqlite = sqliteModule();
  if (sqlite === undefined)
    return fail('unsupported', `This editor’s Node (${process.version}) cannot read SQLite files.`, {
      advice: 'Its tables are not shown; its migrations are, because Alembic reads them.',
    });
  let database: DatabaseSync | undefined;
  try {
    database = new sqlite.DatabaseSync(path, {readOnly: true});
    return ok(read(database));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (/locked|busy/i.test(said))
      return fail('locked', `${path} is in use: ${said}.`, {advice: 'Try again.'});
    return fail('unreadable-file', `${path} cannot be read as a SQLite database: ${said}.`);
  } finally {
    database?.close();
  }
}
