import {createHash} from 'node:crypto';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable, Session} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import type {Reading} from '../shared/run-plan.ts';
import {tableExistsSql} from '../shared/sql/table-exists.ts';
import {bookkeepingSchema, type Settings} from './settings.ts';
import {findBookkeepingSql} from './sql/find-bookkeeping.ts';
import {primaryKeysSql} from './sql/primary-keys.ts';

/** One migration that the bookkeeping has. */
export interface Recorded {
  readonly id: number;
  readonly name: string;
  /** As the server writes it. */
  readonly runOn: string;
}

/** The rows in the order in which they were run, as the tool reads them. */
export interface Rows {
  readonly exists: boolean;
  readonly recorded: readonly Recorded[];
}

/** PostgreSQL's `undefined_table` and `invalid_schema_name`. */
const absent: ReadonlySet<string> = new Set(['42P01', '3F000']);

/** @returns the table, quoted and qualified as it stands in the tool's statements */
export function tableOf(settings: Settings): string {
  return `${quoteIdentifier(bookkeepingSchema(settings))}.${quoteIdentifier(settings.table)}`;
}

/** No table is no rows, as for the tool. */
export async function readRows(session: Queryable, settings: Settings): Promise<Outcome<Rows>> {
  const read = await session.query(
    `SELECT id, name, run_on::text AS "runOn" FROM ${tableOf(settings)} ORDER BY run_on, id`,
  );
  if (!read.ok) {
    const missing = absent.has(read.failure.server?.sqlState ?? '');
    return missing ? ok({exists: false, recorded: []}) : read;
  }
  const recorded = read.value.rows.map(row => ({
    id: Number(row['id']),
    name: String(row['name']),
    runOn: String(row['runOn']),
  }));
  return ok({exists: true, recorded});
}

/** @returns the end of the run history, and what stands for all of it */
export function readingOf(recorded: readonly Pick<Recorded, 'id' | 'name'>[]): Required<Reading> {
  const last = recorded.at(-1);
  const names = recorded.map(({id, name}) => `${id} ${name}`).join('\n');
  return {
    position: last === undefined ? {kind: 'none'} : {kind: 'at', id: last.name},
    mark: createHash('sha256').update(names).digest('hex').slice(0, 32),
  };
}

/** @returns tables of the same name and shape in other schemas: the usual sign of another `schema` in the settings */
export async function findElsewhere(
  session: Queryable,
  settings: Settings,
): Promise<Outcome<readonly string[]>> {
  const found = await session.query(findBookkeepingSql, [settings.table]);
  if (!found.ok) return found;
  const schemas = found.value.rows.map(row => String(row['schema']));
  return ok(
    schemas
      .filter(schema => schema !== bookkeepingSchema(settings))
      .map(schema => `${quoteIdentifier(schema)}.${quoteIdentifier(settings.table)}`),
  );
}

/** Sets the schemas and makes the table as the tool does when it begins; call it under the lock. */
export async function prepareBookkeeping(session: Session, settings: Settings): Promise<Outcome<void>> {
  const set = await session.script(schemasText(settings));
  if (!set.ok) return set;
  const names = [bookkeepingSchema(settings), settings.table];
  const found = await session.query(tableExistsSql, names);
  if (!found.ok) return found;
  if (found.value.rows[0]?.['count'] !== 1) return session.script(createTableText(settings));
  const keys = await session.query(primaryKeysSql, names);
  if (!keys.ok) return keys;
  if (keys.value.rows[0]?.['count'] === 1) return ok(undefined);
  return session.script(`ALTER TABLE ${tableOf(settings)} ADD PRIMARY KEY (id)`);
}

/** What the tool sends before it looks for its table. */
export function schemasText(settings: Settings): string {
  const {schemas, createSchema, migrationsSchema, createMigrationsSchema} = settings;
  const made = [
    ...(createSchema ? schemas : []),
    ...(createMigrationsSchema && migrationsSchema !== undefined ? [migrationsSchema] : []),
  ];
  return [
    ...made.map(schema => `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)};`),
    `SET search_path TO ${schemas.map(quoteIdentifier).join(', ')};`,
  ].join('\n');
}

export function createTableText(settings: Settings): string {
  return `CREATE TABLE ${tableOf(settings)} (id SERIAL PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL)`;
}

/** What the tool sends behind a migration. Its name has no quote in it: such files are refused before. */
export function markText(settings: Settings, direction: 'up' | 'down', name: string): string {
  const table = tableOf(settings);
  return direction === 'up'
    ? `INSERT INTO ${table} (name, run_on) VALUES ('${name}', NOW());`
    : `DELETE FROM ${table} WHERE name='${name}';`;
}
