import {tokenAt} from '../sql/tokens.ts';
import type {Span} from '../sql/positions.ts';
import {field, list} from '../sql/objects.ts';
import {withoutEscapes} from './engine/strings.ts';
import {parsing, type Breathe} from './engine/breather.ts';
import type {Parsed, ParseCache, StatementAt} from './parse-cache.ts';
import {pieceFrom, type Piece} from './split.ts';
import type {LintStatement} from './statement.ts';

export interface SyntaxError {
  readonly at: Span;
  /** The statement that it is of, or what is taken for one. */
  readonly statement: Span;
  /** The parser's own. */
  readonly message: string;
}

export interface ParsedPassage {
  /** In order, with their offsets in the passage. */
  readonly statements: readonly StatementAt[];
  readonly errors: readonly SyntaxError[];
}

/**
 * Parses a text statement by statement, so that one that PostgreSQL refuses hides none of the others.
 * @param breathe called after each statement; a text that is of no use any more is read no further
 */
export async function parsePassage(
  cache: ParseCache,
  sql: string,
  {breathe}: {readonly breathe?: Breathe} = {},
): Promise<ParsedPassage> {
  const statements: StatementAt[] = [];
  const errors: SyntaxError[] = [];
  let escapes = false;
  let isOpen = false;
  for (let piece = pieceFrom(sql, 0); piece;) {
    const text = textOf(sql, piece, escapes);
    const known = cache.known(text);
    const parsed = known ?? (await cache.parse(text));
    const shorter = parsed.error && shortened(piece, parsed.error.offset);
    if (shorter) {
      piece = shorter;
      continue;
    }
    for (const {statement, start} of parsed.statements) {
      statements.push({statement, start: piece.start + start});
      escapes = escapesAfter(statement, escapes);
    }
    if (parsed.error) errors.push(errorOf(sql, piece, parsed.error));
    if (breathe && !(await breathe(known === undefined ? parsing : 1))) break;
    isOpen = piece.isOpen;
    piece = pieceFrom(sql, piece.stop, {escapes});
  }
  // Behind a quote too many, strings and statements have changed places.
  return {statements, errors: isOpen ? errors.slice(0, 1) : errors};
}

/** With its semicolon, which the parser's message names. */
function textOf(sql: string, {start, end, hasSemicolon}: Piece, escapes: boolean): string {
  const text = sql.slice(start, end) + (hasSemicolon ? ';' : '');
  return escapes ? withoutEscapes(text) : text;
}

/** Where a parenthesis is missing, the statement ends at a semicolon all the same. */
function shortened(piece: Piece, offset: number): Piece | undefined {
  const semicolon = piece.inner.find(at => at >= piece.start + offset);
  if (semicolon === undefined) return undefined;
  return {
    start: piece.start,
    end: semicolon,
    stop: semicolon + 1,
    hasSemicolon: true,
    isOpen: false,
    inner: [],
  };
}

function errorOf(sql: string, piece: Piece, {offset, message}: NonNullable<Parsed['error']>): SyntaxError {
  const isSemicolon = piece.hasSemicolon && piece.start + offset >= piece.end;
  const at = isSemicolon
    ? {start: piece.stop - 1, end: piece.stop}
    : tokenOrMark(sql, Math.min(piece.start + offset, piece.end));
  return {at: inOneLine(sql, at), statement: {start: piece.start, end: piece.end}, message};
}

/** Of what has no end only the mark that opens it is a token. */
function tokenOrMark(sql: string, offset: number): Span {
  const mark = /^(?:\/\*|\$[^$\s]*\$)/.exec(sql.slice(offset, offset + longestMark))?.[0] ?? '';
  const token = tokenAt(sql, offset);
  return {start: token.start, end: Math.max(token.end, offset + mark.length)};
}

/** A name has no more bytes. */
const longestMark = 66;

/** A string without an end is a token up to the end of the text. */
function inOneLine(sql: string, {start, end}: Span): Span {
  const length = sql.slice(start, end).search(/[\r\n]/);
  return {start, end: length > 0 ? start + length : end};
}

function escapesAfter({kind, node}: LintStatement, escapes: boolean): boolean {
  if (kind !== 'VariableSetStmt' || node['name'] !== 'standard_conforming_strings') return escapes;
  const value = field(field(list(node['args'])[0], 'A_Const'), 'sval')['sval'];
  return value === 'off' || value === 'false';
}
