import type {Direction, Migration} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import {readSql} from '../shared/file-text.ts';
import {createTableText, tableName} from './bookkeeping.ts';
import {noRollBack} from './plan.ts';

/**
 * @param text instead of what is in the file
 * @returns the script, which is sent as one query
 */
export async function readScript(
  migration: Migration,
  direction: Direction,
  text?: string,
): Promise<Outcome<MigrationScript>> {
  if (direction === 'down') return fail('unsupported', noRollBack);
  const path = migration.up;
  if (path === undefined) return ok({migration, direction, sql: '', pieces: []});
  const sql = text === undefined ? await readSql(path) : ok(text);
  if (!sql.ok) return sql;
  return ok({
    migration,
    direction,
    path,
    sql: sql.value,
    pieces: [{start: 0, end: sql.value.length, how: 'query'}],
    bookkeeping: {name: tableName, sql: createTableText},
  });
}
