import {ok, type Outcome} from '../../core/outcome.ts';
import type {Direction, Migration} from '../../core/migrations/migration.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import {quoteWhereNeeded} from '../../core/sql/quote.ts';
import {createTableText} from './bookkeeping.ts';
import {readMigrationFile} from './files.ts';
import type {Settings} from './settings.ts';

/** @returns each block of the direction as it is sent, its marker included. See `Project.script` */
export async function readScript(
  migration: Migration,
  direction: Direction,
  {table}: Settings,
  text?: string,
): Promise<Outcome<MigrationScript>> {
  const path = migration[direction];
  if (path === undefined) return ok({migration, direction, sql: '', pieces: []});
  const file = await readMigrationFile(path, text);
  if (!file.ok) return file;
  const pieces = file.value.sections.map(section => {
    const {start, end, transaction} = section[direction];
    return {start, end, how: transaction ? ('transaction' as const) : ('query' as const)};
  });
  const names = table.split('.');
  const quoted = names.map(quoteWhereNeeded).join('.');
  const bookkeeping = {name: names.at(-1) ?? table, sql: createTableText({quoted})};
  return ok({migration, direction, path, sql: file.value.sql, pieces, bookkeeping});
}
