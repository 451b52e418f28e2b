import type {Settings} from '../../core/flyway/settings.ts';
import type {Direction, Migration} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import {createTableText} from './bookkeeping.ts';
import {noRollBack} from './plan.ts';
import {loadFile} from './resolve.ts';
import {courseOf} from './transaction.ts';

/**
 * With placeholders filled in, so that it is what is sent.
 * @param text instead of what is in the file
 */
export async function readScript(
  parser: Parser,
  migration: Migration,
  direction: Direction,
  settings: Settings,
  text?: string,
): Promise<Outcome<MigrationScript>> {
  if (direction === 'down') return fail('unsupported', noRollBack);
  const path = migration.up;
  if (path === undefined) return ok({migration, direction, sql: '', pieces: []});
  const around = {schema: settings.schema ?? 'public', user: '', database: ''};
  const loaded = await loadFile({migration, path}, settings, around, text);
  if (!loaded.ok) return loaded;
  const course = await courseOf(parser, path, loaded.value, settings);
  if (!course.ok) return course;
  const sql = loaded.value.text;
  const whole = [{start: 0, end: sql.length, how: 'transaction' as const}];
  const pieces =
    course.value.kind === 'transaction'
      ? whole
      : course.value.statements.map(({start, end}) => ({start, end, how: 'bare' as const}));
  const name = settings.table;
  const quoted = [settings.schema, name]
    .flatMap(part => (part === undefined ? [] : quoteIdentifier(part)))
    .join('.');
  return ok({
    migration,
    direction,
    path,
    sql,
    pieces,
    bookkeeping: {name, sql: createTableText({quoted, name})},
  });
}
