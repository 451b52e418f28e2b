import type {Direction, Migration} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import {createTableText} from './bookkeeping.ts';
import {readSql} from '../shared/file-text.ts';
import {isBlank} from '../../core/golang-migrate/pieces.ts';
import {splitPieces} from './multi-statement.ts';
import type {Settings} from './settings.ts';

/**
 * @param text instead of what is in the file
 * @returns the file as it is sent: one query, or with `x-multi-statement` each piece by itself
 */
export async function readScript(
  migration: Migration,
  direction: Direction,
  settings: Settings,
  text?: string,
): Promise<Outcome<MigrationScript>> {
  const path = migration[direction];
  if (path === undefined) return ok({migration, direction, sql: '', pieces: []});
  const sql = text === undefined ? await readSql(path) : ok(text);
  if (!sql.ok) return sql;
  const split = piecesOf(sql.value, settings);
  if (split.tooLong)
    return fail('invalid-input', `A piece of ${path} is larger than x-multi-statement-max-size.`, {
      advice: 'Raise x-multi-statement-max-size in the connection’s address, or split the file.',
    });
  const pieces = split.pieces
    .filter(({start, end}) => !isBlank(sql.value.slice(start, end)))
    .map(({start, end}) => ({start, end, how: 'query' as const}));
  return ok({migration, direction, path, sql: sql.value, pieces, bookkeeping: bookkeepingOf(settings)});
}

/** Without a schema of its own it lies in the first of the search_path, as for the tool. */
function bookkeepingOf({schema, table}: Settings): NonNullable<MigrationScript['bookkeeping']> {
  const quoted = [schema, table].flatMap(name => (name === undefined ? [] : quoteIdentifier(name))).join('.');
  return {name: table, sql: createTableText({quoted})};
}

function piecesOf(sql: string, settings: Settings): ReturnType<typeof splitPieces> {
  if (settings.multiStatement) return splitPieces(sql, settings.multiStatementMaxSize);
  return {pieces: [{start: 0, end: sql.length}], tooLong: false};
}
