import {createHash} from 'node:crypto';
import {abbreviated, type HistoryRow} from '../../core/flyway/records.ts';
import type {Settings} from '../../core/flyway/settings.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import {lockKey} from './lock-key.ts';
import {findHistorySql} from './sql/find-history.ts';

/** Where the tool keeps its history on one connection. */
export interface Table {
  readonly schema: string;
  readonly name: string;
  readonly exists: boolean;
  /** Objects are there and no history: the tool refuses to begin, or makes a baseline. */
  readonly unbaselined: boolean;
  /** Quoted and qualified. */
  readonly quoted: string;
  readonly elsewhere: readonly string[];
  readonly key: bigint;
}

/** @returns the schema of the configuration, or the session's. Failures: `unsupported` (none), the server's */
export async function readSchema(session: Queryable, {schema}: Settings): Promise<Outcome<string>> {
  if (schema !== undefined) return ok(schema);
  const asked = await session.query('SELECT current_schema() AS schema');
  if (!asked.ok) return asked;
  const current = asked.value.rows[0]?.['schema'];
  return typeof current === 'string'
    ? ok(current)
    : fail(
        'unsupported',
        'This connection has no current schema: none of the schemas in search_path exists.',
        {
          advice:
            'Set flyway.defaultSchema, or correct search_path in the connection’s address. Flyway refuses as well.',
        },
      );
}

/** Failures: the server's. */
export async function locateTable(session: Queryable, schema: string, name: string): Promise<Outcome<Table>> {
  const found = await session.query(findHistorySql, [schema, name]);
  if (!found.ok) return found;
  const row = found.value.rows[0];
  const schemas = Array.isArray(row?.['schemas']) ? row['schemas'].map(String) : [];
  const exists = schemas.includes(schema);
  const quotedIn = (place: string): string => `${quoteIdentifier(place)}.${quoteIdentifier(name)}`;
  return ok({
    schema,
    name,
    exists,
    unbaselined: !exists && row?.['hasObjects'] === true,
    quoted: quotedIn(schema),
    elsewhere: schemas.filter(place => place !== schema).map(quotedIn),
    key: lockKey(schema, name),
  });
}

/** @returns all rows in the order in which they were installed; none without the table */
export async function readRows(session: Queryable, table: Table): Promise<Outcome<readonly HistoryRow[]>> {
  if (!table.exists) return ok([]);
  const read = await session.query(
    `SELECT installed_rank, version, description, type, script, checksum, success, installed_on::text AS "on"
    FROM ${table.quoted} ORDER BY installed_rank`,
  );
  if (!read.ok) return read;
  return ok(
    read.value.rows.map(row => ({
      rank: Number(row['installed_rank']),
      version: typeof row['version'] === 'string' ? row['version'] : null,
      description: String(row['description']),
      type: String(row['type']),
      script: String(row['script']),
      checksum: typeof row['checksum'] === 'number' ? row['checksum'] : null,
      success: row['success'] === true,
      on: String(row['on']),
    })),
  );
}

/** Stands for all rows. */
export function markOf(rows: readonly HistoryRow[]): string {
  return createHash('sha256').update(JSON.stringify(rows)).digest('base64');
}

/** Source: https://github.com/flyway/flyway, `PostgreSQLDatabase.getRawCreateScript` */
export function createTableText({quoted, name}: Pick<Table, 'quoted' | 'name'>): string {
  return `CREATE TABLE ${quoted} (
    "installed_rank" INT NOT NULL,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INTEGER,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TIMESTAMP NOT NULL DEFAULT now(),
    "execution_time" INTEGER NOT NULL,
    "success" BOOLEAN NOT NULL
);
ALTER TABLE ${quoted} ADD CONSTRAINT ${quoteIdentifier(`${name}_pk`)} PRIMARY KEY ("installed_rank");
CREATE INDEX ${quoteIdentifier(`${name}_s_idx`)} ON ${quoted} ("success");`;
}

/** What a row says besides its place and its time. */
export interface NewRow {
  readonly version: string | null;
  readonly description: string;
  readonly type: string;
  readonly script: string;
  readonly checksum: number | null;
  /** Absent: the session's user. */
  readonly installedBy: string | undefined;
  readonly milliseconds: number;
  readonly success: boolean;
}

/** A row behind the last one. Whatever a migration has set in its session, the texts in it mean the same. */
export function insertText({quoted}: Pick<Table, 'quoted'>, row: NewRow): string {
  const values = [
    row.version === null ? 'NULL' : literal(row.version),
    literal(abbreviated(row.description)),
    literal(row.type),
    literal(row.script.length > 1000 ? `...${row.script.slice(-997)}` : row.script),
    String(row.checksum ?? 'NULL'),
    row.installedBy === undefined ? 'current_user' : literal(row.installedBy),
    String(Math.round(row.milliseconds)),
    String(row.success),
  ];
  return `INSERT INTO ${quoted} ("installed_rank", "version", "description", "type", "script", "checksum", "installed_by", "execution_time", "success")
SELECT coalesce(max("installed_rank"), 0) + 1, ${values.join(', ')} FROM ${quoted};`;
}

function literal(text: string): string {
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
