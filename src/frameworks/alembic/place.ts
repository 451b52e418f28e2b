import {realpath} from 'node:fs/promises';
import type {Passage} from '../../core/lint/file.ts';
import {alembicTool} from '../../core/lint/tools/alembic.ts';
import type {FileRange, Step} from '../../core/migrations/plan.ts';
import type {Failure} from '../../core/outcome.ts';
import {locateFailure} from '../../core/sql/locate.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {placeOf} from '../../core/sql/positions.ts';
import {textOf} from '../shared/file-text.ts';
import {statementsOf} from '../shared/statements.ts';
import type {Failed} from './messages.ts';

/**
 * Where in a migration's file a failure is: at the token that the server names where the statement stands in the file
 * as a string, else at the line that was running.
 */
export async function placeOfFailure(
  parser: Parser,
  {path, direction}: Step,
  failed: Failed,
  failure: Failure,
): Promise<FileRange | undefined> {
  const {line} = failed;
  if (path === undefined || line === null || failed.path !== (await realpath(path).catch(() => path)))
    return undefined;
  const text = await textOf(path);
  if (text === undefined) return undefined;
  const passages = alembicTool.passages({path, text}).filter(each => each.direction === direction);
  const passage = failure.server && passageOf(text, passages, {line, statement: failed.statement ?? ''});
  const span = passage && locateFailure(passage.sql, failure, await statementsOf(parser, passage.sql));
  if (!passage || !span) return lineOf(path, text, line);
  const [start, last] = [span.start, span.end - 1].map(offset => passage.toDocument(offset));
  return {path, start: placeOf(text, start ?? 0), end: placeOf(text, (last ?? 0) + 1)};
}

/** The string that was sent, of several the one that is nearest to the line. */
function passageOf(
  text: string,
  passages: readonly Passage[],
  {line, statement}: {readonly line: number; readonly statement: string},
): Passage | undefined {
  const distance = ({span}: Passage): number => Math.abs(placeOf(text, span.start).line + 1 - line);
  const sent = plain(statement);
  return passages
    .filter(({sql, placeholders}) => placeholders === undefined && plain(sql) === sent)
    .toSorted((one, other) => distance(one) - distance(other))[0];
}

/** As SQLAlchemy and the driver change it on the way. */
function plain(sql: string): string {
  return sql.replaceAll('%%', '%').trim();
}

function lineOf(path: string, text: string, number: number): FileRange {
  const line = text.split(/\r\n|[\n\r]/)[number - 1] ?? '';
  const start = line.length - line.trimStart().length;
  return {
    path,
    start: {line: number - 1, column: start},
    end: {line: number - 1, column: Math.max(start, line.trimEnd().length)},
  };
}
