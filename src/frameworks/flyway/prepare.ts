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
  const made = await session.script(openingOf(table));
  if (!made.ok) return made;
  const marked = marks ? await markBaseline(session, table, settings) : ok(undefined);
  return marked.ok ? ok({...table, exists: true, made: true}) : marked;
}

/** What is sent where there is no history yet. */
export function openingOf(table: Table): string {
  const {schema, schemaExists, quoted} = table;
  if (schemaExists) return createTableText(table);
  const name = quoteIdentifier(schema);
  const values = `0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '${name.replaceAll("'", "''")}', NULL, current_user, 0, true`;
  return [
    `CREATE SCHEMA ${name};`,
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
