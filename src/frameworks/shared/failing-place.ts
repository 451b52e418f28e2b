import type {FileRange} from '../../core/migrations/plan.ts';
import type {Failure} from '../../core/outcome.ts';
import {locateFailure} from '../../core/sql/locate.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {placeOf, type Span} from '../../core/sql/positions.ts';
import {statementsOf} from './statements.ts';

/** A file's text and where it came from. */
export interface Source {
  readonly path: string;
  readonly sql: string;
}

/**
 * Where in a file a server's failure is.
 * @param piece the part of the file that was sent unchanged as one query
 * @returns the token that the server names, or the first line of the piece; nothing for a failure that no server reported
 */
export async function failingPlace(
  {path, sql}: Source,
  piece: Span,
  failure: Failure,
  parser: Parser,
): Promise<FileRange | undefined> {
  if (failure.server === undefined) return undefined;
  const text = sql.slice(piece.start, piece.end);
  const span = locateFailure(text, failure, await statementsOf(parser, text)) ?? firstLine(text);
  const place = (offset: number): FileRange['start'] => placeOf(sql, piece.start + offset);
  return {path, start: place(span.start), end: place(span.end)};
}

/** The first line that is not blank. */
function firstLine(text: string): Span {
  const start = /\S/.exec(text)?.index ?? 0;
  const length = /[\r\n]|$/.exec(text.slice(start))?.index ?? 0;
  return {start, end: start + length};
}
