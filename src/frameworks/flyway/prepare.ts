import type {Settings} from '../../core/flyway/settings.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import {createTableText, insertText, locateTable, type Table} from './bookkeeping.ts';
import {unbaselinedWords} from './status.ts';

export interface Ready extends Table {
  /** It was not there before, so that all of its rows are marks that were made just now. */
  readonly made: boolean;
}

/**
 * Makes the schema and the table where they are not there, with the marks that the tool leaves for either.
 * @param baselining the table may be made in a schema that has objects already
 * Failures: `invalid-input` (objects without a history), the server's
 */
export async function prepare(
  session: Session,
  schema: string,
  settings: Settings,
  baselining: boolean,
): Promise<Outcome<Ready>> {
  const located = await locateTable(session, schema, settings.table);
  if (!located.ok) return located;
  const table = located.value;
  if (table.exists) return ok({...table, made: false});
  const marks = table.unbaselined && !baselining;
  if (marks && !settings.baselineOnMigrate)
    return fail('invalid-input', `${unbaselinedWords(schema, table.quoted)} Nothing has run.`);
  const missing = await missingSchemas(session, table, settings);
  if (!missing.ok) return missing;
  const made = await session.script(openingOf(table, missing.value));
  if (!made.ok) return made;
  const marked = marks ? await markBaseline(session, table, settings) : ok(undefined);
  return marked.ok ? ok({...table, exists: true, made: true}) : marked;
}

/** Flyway makes all schemas of the configuration, and only together with its table. */
async function missingSchemas(
  session: Session,
  {schema}: Table,
  {schemas, createSchemas}: Settings,
): Promise<Outcome<readonly string[]>> {
  if (!createSchemas) return ok([]);
  const wanted = [...new Set([...(schemas.includes(schema) ? [] : [schema]), ...schemas])];
  const asked = await session.query(
    `SELECT wanted.name FROM unnest($1::text[]) WITH ORDINALITY AS wanted (name, place)
     WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_namespace AS n WHERE n.nspname = wanted.name)
     ORDER BY wanted.place`,
    [wanted],
  );
  return asked.ok ? ok(asked.value.rows.map(row => String(row['name']))) : asked;
}

/**
 * What is sent where there is no history yet.
 * @param missing schemas that are made
 */
function openingOf(table: Table, missing: readonly string[]): string {
  if (missing.length === 0) return createTableText(table);
  const {quoted} = table;
  const names = missing.map(quoteIdentifier);
  const values = `0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '${names.join(',').replaceAll("'", "''")}', NULL, current_user, 0, true`;
  return [
    ...names.map(name => `CREATE SCHEMA ${name};`),
    createTableText(table),
    `INSERT INTO ${quoted} ("installed_rank", "version", "description", "type", "script", "checksum", "installed_by", "execution_time", "success") VALUES (${values});`,
  ].join('\n');
}

async function markBaseline(
  session: Session,
  table: Table,
  {baselineVersion, baselineDescription, installedBy}: Settings,
): Promise<Outcome<void>> {
  const text = insertText(table, {
    version: baselineVersion,
    description: baselineDescription,
    type: 'BASELINE',
    script: baselineDescription,
    checksum: null,
    installedBy,
    milliseconds: 0,
    success: true,
  });
  return session.script(text);
}
