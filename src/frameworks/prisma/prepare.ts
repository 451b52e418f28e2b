import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import {createTableText, locateTable, type Table} from './bookkeeping.ts';
import {unbaselinedWords} from './status.ts';

/**
 * Makes the schema and the table where they are not there, and works in that schema alone, as the tool does.
 * @param baselining the table may be made in a database that has tables already, as “resolve --applied” does
 * Failures: `invalid-input` (P3005), the server's
 */
export async function prepare(
  session: Session,
  schema: string,
  baselining: boolean,
): Promise<Outcome<Table>> {
  const table = await locateTable(session, schema);
  if (!table.ok) return table;
  if (table.value.unbaselined && !baselining)
    return fail('invalid-input', `${unbaselinedWords} Nothing has run.`);
  const made = await session.script(openingOf(table.value));
  return made.ok ? ok({...table.value, exists: true}) : made;
}

/** What is sent before the first migration. */
export function openingOf({schema, schemaExists, exists}: Table): string {
  const name = quoteIdentifier(schema);
  return [
    ...(schemaExists ? [] : [`CREATE SCHEMA ${name};`]),
    `SET search_path = ${name};`,
    ...(exists ? [] : [createTableText]),
  ].join('\n');
}
