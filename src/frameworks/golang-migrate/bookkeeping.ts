import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Position} from '../../core/migrations/migration.ts';
import {idsOf, type LinearPosition} from '../../core/migrations/position.ts';
import type {Queryable, Session} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import type {Settings} from './settings.ts';
import {currentSchemaSql} from '../shared/sql/current-schema.ts';
import {findBookkeepingSql} from './sql/find-bookkeeping.ts';
import {tableExistsSql} from '../shared/sql/table-exists.ts';

/** The tool's table on one connection. */
export interface Table {
  readonly schema: string;
  readonly name: string;
  /** Quoted and qualified, as it stands in every statement. */
  readonly quoted: string;
}

/** PostgreSQL's `undefined_table` and `invalid_schema_name`. */
const absent: ReadonlySet<string> = new Set(['42P01', '3F000']);

const undefinedColumn = '42703';

/** Where the bookkeeping lives on this connection. Failures: `unsupported` (no current schema), the server's. */
export async function locateTable(session: Queryable, settings: Settings): Promise<Outcome<Table>> {
  const found = await session.query(currentSchemaSql);
  if (!found.ok) return found;
  const current = found.value.rows[0]?.['schema'];
  if (typeof current !== 'string')
    return fail(
      'unsupported',
      'This connection has no current schema: none of the schemas in search_path exists.',
      {
        advice:
          'Create the schema, or correct search_path in the connection’s address. golang-migrate refuses as well.',
      },
    );
  return ok(tableIn(settings.schema ?? current, settings.table));
}

export function tableIn(schema: string, name: string): Table {
  return {schema, name, quoted: `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`};
}

/** @returns the position; no table means no version, as for the tool. */
export async function readPosition(
  session: Queryable,
  table: Table,
): Promise<Outcome<{readonly position: LinearPosition; readonly exists: boolean}>> {
  const read = await session.query(`SELECT version::text AS version, dirty FROM ${table.quoted} LIMIT 1`);
  if (!read.ok) {
    const sqlState = read.failure.server?.sqlState ?? '';
    if (sqlState === undefinedColumn) return ofAnotherTool(table);
    return absent.has(sqlState) ? ok({position: {kind: 'none'}, exists: false}) : read;
  }
  return ok({position: positionOf(read.value.rows[0]), exists: true});
}

function ofAnotherTool({quoted}: Table): Outcome<never> {
  return fail(
    'unsupported',
    `${quoted} is the table of another tool: its columns are not version and dirty, as golang-migrate’s are.`,
    {
      advice:
        'dbmate and Rails call theirs the same. Give golang-migrate one of its own, and name it in the setting howdah.golangMigrate.table or as x-migrations-table in the address.',
      setting: 'golangMigrate.table',
    },
  );
}

function positionOf(row: Readonly<Record<string, unknown>> | undefined): LinearPosition {
  const version = row?.['version'];
  const id = typeof version === 'string' ? version : '-1';
  if (row?.['dirty'] === true) return {kind: 'failed', id};
  return id === '-1' ? {kind: 'none'} : {kind: 'at', id};
}

/** @returns other tables of the same shape, quoted and qualified: the usual sign of a wrong `search_path`. */
export async function findElsewhere(session: Queryable, table: Table): Promise<Outcome<readonly string[]>> {
  const found = await session.query(findBookkeepingSql);
  if (!found.ok) return found;
  return ok(
    found.value.rows
      .map(row => tableIn(String(row['schema']), String(row['name'])).quoted)
      .filter(quoted => quoted !== table.quoted),
  );
}

/** Creates the table if it is not there, as the tool does when it connects; call it under the lock. */
export async function ensureTable(session: Session, table: Table): Promise<Outcome<void>> {
  const found = await session.query(tableExistsSql, [table.schema, table.name]);
  if (!found.ok) return found;
  return found.value.rows[0]?.['count'] === 1 ? ok(undefined) : session.script(createTableText(table));
}

export function createTableText({quoted}: Pick<Table, 'quoted'>): string {
  return `CREATE TABLE IF NOT EXISTS ${quoted} (version bigint not null primary key, dirty boolean not null)`;
}

/** What the tool writes as "version, dirty"; -1 is no version, and leaves no row unless it is dirty. */
export interface Mark {
  readonly version: string;
  readonly dirty: boolean;
}

/** One transaction in one round trip: the same statements in the same order as the tool's. */
export function markText(table: Table, {version, dirty}: Mark): string {
  const row = BigInt(version) >= 0n || dirty;
  const insert = `INSERT INTO ${table.quoted} (version, dirty) VALUES (${BigInt(version)}, ${dirty});\n`;
  return `BEGIN;\nTRUNCATE ${table.quoted};\n${row ? insert : ''}COMMIT;`;
}

export function versionOf(position: Position): string {
  return idsOf(position).at(-1) ?? '-1';
}
