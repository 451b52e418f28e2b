import type {Direction} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable, Session} from '../../core/session.ts';
import {tableExistsSql} from '../shared/sql/table-exists.ts';
import type {Settings} from './settings.ts';
import {findElsewhereSql} from './sql/find-elsewhere.ts';
import {locateTableSql} from './sql/locate-table.ts';

/** The tool's table on one connection. */
export interface Table {
  readonly schema: string;
  readonly name: string;
  readonly quotedSchema: string;
  /** Qualified, and quoted only where it has to be, as it stands in the tool's statements and in its schema file. */
  readonly quoted: string;
}

/** PostgreSQL's `undefined_table` and `invalid_schema_name`. */
const absent: ReadonlySet<string> = new Set(['42P01', '3F000']);

/** PostgreSQL's `datatype_mismatch` and `undefined_column`: no collation for numbers, and no versions at all. */
const unlikeText: ReadonlySet<string> = new Set(['42804', '42703']);

/** Where the bookkeeping lives on this connection. */
export async function locateTable(session: Queryable, {table}: Settings): Promise<Outcome<Table>> {
  const parts = table.split('.');
  const [schema, names] = parts.length > 1 ? [parts[0] ?? null, parts.slice(1)] : [null, parts];
  const found = await session.query(locateTableSql, [schema === '' ? null : schema, names]);
  if (!found.ok) return found;
  const row = found.value.rows[0] ?? {};
  const quotedSchema = String(row['quoted_schema']);
  return ok({
    schema: String(row['schema']),
    name: names.join('.'),
    quotedSchema,
    quoted: `${quotedSchema}.${String(row['quoted_name'])}`,
  });
}

/**
 * @returns the versions that are recorded, in their order as text; nothing where there is no table
 * Failures: `unsupported` for a table with numbers in it, as golang-migrate's has; the server's
 */
export async function readVersions(
  session: Queryable,
  {quoted}: Pick<Table, 'quoted'>,
): Promise<Outcome<readonly string[] | undefined>> {
  const read = await session.query(
    `SELECT version::text AS version FROM ${quoted} ORDER BY version COLLATE "C"`,
  );
  if (read.ok) return ok(read.value.rows.map(({version}) => String(version)));
  const sqlState = read.failure.server?.sqlState ?? '';
  if (unlikeText.has(sqlState)) return ofAnotherTool(quoted);
  return absent.has(sqlState) ? ok(undefined) : read;
}

function ofAnotherTool(quoted: string): Outcome<never> {
  return fail(
    'unsupported',
    `${quoted} is the table of another tool: its versions are no text, as dbmate’s are.`,
    {
      advice:
        'golang-migrate calls its table the same. Give dbmate one of its own, and name it as DBMATE_MIGRATIONS_TABLE in .env or as --migrations-table in the project’s scripts.',
    },
  );
}

export async function findElsewhere(session: Queryable, table: Table): Promise<Outcome<readonly string[]>> {
  const found = await session.query(findElsewhereSql, [table.schema, table.name]);
  return found.ok ? ok(found.value.rows.map(({quoted}) => String(quoted))) : found;
}

/** Creates the table if it is not there, and its schema where even that is not, as the tool does before it begins. */
export async function ensureTable(session: Session, table: Table): Promise<Outcome<void>> {
  const found = await session.query(tableExistsSql, [table.schema, table.name]);
  if (!found.ok) return found;
  if (found.value.rows[0]?.['count'] === 1) return ok(undefined);
  const made = await session.script(createTableText(table));
  if (made.ok || made.failure.server?.sqlState !== '3F000') return made;
  const schema = await session.script(`create schema if not exists ${table.quotedSchema}`);
  return schema.ok ? session.script(createTableText(table)) : schema;
}

export function createTableText({quoted}: Pick<Table, 'quoted'>): string {
  return `create table if not exists ${quoted} (version varchar primary key)`;
}

/** @param version digits, as the grammar of file names has it */
export function recordText({quoted}: Pick<Table, 'quoted'>, version: string, direction: Direction): string {
  return direction === 'up'
    ? `insert into ${quoted} (version) values ('${version}')`
    : `delete from ${quoted} where version = '${version}'`;
}
