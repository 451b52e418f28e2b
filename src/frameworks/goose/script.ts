import {basename} from 'node:path';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Direction, Migration} from '../../core/migrations/migration.ts';
import type {MigrationScript, Piece} from '../../core/rehearse/script.ts';
import {createTableText} from './bookkeeping.ts';
import {readMigrationFile, type MigrationFile} from './files.ts';
import type {Settings} from './settings.ts';

/** @returns the statements of the direction: one piece where they share a transaction. See `Project.script` */
export async function readScript(
  migration: Migration,
  direction: Direction,
  settings: Settings,
  text?: string,
): Promise<Outcome<MigrationScript>> {
  const path = migration[direction];
  if (path === undefined) return ok({migration, direction, sql: '', pieces: []});
  const file = await readMigrationFile(path, direction, settings, text);
  if (!file.ok) return file;
  if (file.value.statements.some(({lines}) => lines.some(({replaced}) => replaced)))
    return fail('unsupported', `${basename(path)} takes variables, which are put in only when it runs.`, {
      advice: 'What they put in may be a secret, so it is neither rehearsed nor shown.',
    });
  const name = settings.table.split('.').at(-1) ?? settings.table;
  const bookkeeping = {name, sql: createTableText(settings.table)};
  return ok({migration, direction, path, sql: file.value.sql, pieces: piecesOf(file.value), bookkeeping});
}

/** What stands between two statements of one direction are comments. */
function piecesOf({statements, transaction}: MigrationFile): readonly Piece[] {
  if (!transaction) return statements.map(({whole: {start, end}}) => ({start, end, how: 'query'}));
  const [first, last] = [statements[0], statements.at(-1)];
  return first && last ? [{start: first.whole.start, end: last.whole.end, how: 'transaction'}] : [];
}
