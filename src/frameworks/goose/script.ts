import {ok, type Outcome} from '../../core/outcome.ts';
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
  const name = settings.table.split('.').at(-1) ?? settings.table;
  const bookkeeping = {name, sql: createTableText(settings.table)};
  const filled = filledIn(file.value);
  return ok({
    migration,
    direction,
    path,
    sql: filled.sql,
    pieces: piecesOf(filled),
    ...(filled === file.value ? {} : {filled: true as const}),
    bookkeeping,
  });
}

/** With the values of variables in the lines that have some, which leaves lines where they are. */
function filledIn(file: MigrationFile): MigrationFile {
  const lines = file.statements.flatMap(statement => statement.lines).filter(({replaced}) => replaced);
  if (lines.length === 0) return file;
  const move = (offset: number): number =>
    lines.reduce(
      (moved, {start, text, sent}) =>
        start + text.length <= offset ? moved + sent.length - text.length : moved,
      offset,
    );
  const parts = lines.map(({start, sent}, index) => {
    const before = lines[index - 1];
    return file.sql.slice(before === undefined ? 0 : before.start + before.text.length, start) + sent;
  });
  const last = lines.at(-1);
  const rest = last === undefined ? file.sql : file.sql.slice(last.start + last.text.length);
  return {
    ...file,
    sql: parts.join('') + rest,
    statements: file.statements.map(statement => ({
      ...statement,
      whole: {start: move(statement.whole.start), end: move(statement.whole.end)},
    })),
  };
}

/** What stands between two statements of one direction are comments. */
function piecesOf({statements, transaction}: MigrationFile): readonly Piece[] {
  if (!transaction) return statements.map(({whole: {start, end}}) => ({start, end, how: 'query'}));
  const [first, last] = [statements[0], statements.at(-1)];
  return first && last ? [{start: first.whole.start, end: last.whole.end, how: 'transaction'}] : [];
}
