import type {Direction, Migration} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import {readSql} from '../shared/file-text.ts';
import {createTableText} from './bookkeeping.ts';
import {isProgram} from './plan.ts';
import type {BuildScripts} from './programs/build-scripts.ts';
import {partFor} from './run.ts';
import type {Settings} from './settings.ts';

/**
 * @param text instead of what is in the file
 * @returns what the tool sends in its transaction: the part of a file of SQL as one query, or what a program builds
 */
export async function readScript(
  build: BuildScripts,
  migration: Migration,
  direction: Direction,
  settings: Settings,
  text?: string,
): Promise<Outcome<MigrationScript>> {
  const path = migration[direction];
  if (path === undefined) return ok({migration, direction, sql: '', pieces: []});
  const bookkeeping = {name: settings.table, sql: createTableText(settings)};
  if (isProgram(path)) {
    const built = await build(migration, direction, settings, text);
    return built.ok ? ok({...built.value, bookkeeping}) : built;
  }
  const sql = text === undefined ? await readSql(path) : ok(text);
  if (!sql.ok) return sql;
  const part = partFor(sql.value, direction);
  const pieces = part === undefined ? [] : [{...part, how: 'transaction' as const}];
  return ok({migration, direction, path, sql: sql.value, pieces, bookkeeping});
}
