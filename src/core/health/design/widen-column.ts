import {written} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Action} from '../finding.ts';

interface Column {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
}

/**
 * @param more statements that belong to it
 * @returns the SQL that gives a column the type bigint, in one step and in small ones, to look at: which of them fits is
 *   a matter of the table's size and of when it may stand still
 */
export function widenColumn({schema, table, name}: Column, more: readonly string[] = []): Action {
  const on = `ALTER TABLE ${written({schema, name: table})}`;
  const column = quoteWhereNeeded(name);
  const wide = quoteWhereNeeded(`${name}_new`);
  const sql = [
    '-- In one step: rewrites the table and its indexes, and nobody reads or writes it meanwhile.',
    `${on} ALTER COLUMN ${column} TYPE bigint;`,
    ...more,
    '',
    '-- In small steps, for a large table: a second column, which a trigger fills for new rows and batches for the old.',
    `${on} ADD COLUMN ${wide} bigint;`,
    `-- UPDATE … SET ${wide} = ${column} WHERE … AND ${wide} IS NULL, some thousand rows at a time; then build a unique`,
    '-- index on it concurrently, and rename both columns in one short transaction.',
  ];
  return {kind: 'show-sql', title: `Show how to make ${name} bigint`, sql: sql.join('\n')};
}
