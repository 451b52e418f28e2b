import {afterBlank} from '../sql/blank.ts';
import type {Span} from '../sql/positions.ts';
import {
  afterComment,
  afterDollars,
  afterEscaping,
  afterLine,
  afterQuoted,
  type Ending,
} from './engine/strings.ts';

/** What stands between two semicolons, from its first to its last token. */
export interface Piece extends Span {
  /** Behind its semicolon; the text's end where it has none. */
  readonly stop: number;
  readonly hasSemicolon: boolean;
  /** The text ends inside one of its strings, names in quotes or comments. */
  readonly isOpen: boolean;
  /** Semicolons that do not end it: in parentheses, or between BEGIN ATOMIC and END. */
  readonly inner: readonly number[];
}

export interface Lexing {
  /** Backslashes escape in plain strings as well: `standard_conforming_strings` is off. */
  readonly escapes?: boolean;
}

/** What can begin or end something, and words, because of what may stand directly before a quote or a dollar. */
const marks =
  /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*|\$\d+|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|--|\/\*|['";()]/g;

/**
 * Cuts one statement off by PostgreSQL's lexical rules.
 * @param from where to begin; comments and empty statements before it are stepped over
 * @returns undefined where there is none any more
 * Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */
export function pieceFrom(sql: string, from: number, {escapes = false}: Lexing = {}): Piece | undefined {
  let start = afterBlank(sql, from);
  while (sql[start] === ';') start = afterBlank(sql, start + 1);
  if (start < sql.length) return cut(sql, start, escapes);
  // A comment without an end is refused by the parser only.
  const comment = from + sql.slice(from).search(/\S/);
  return sql.includes('/*', from) ? cut(sql, comment, escapes) : undefined;
}

/** A statement as far as it is read. */
interface Reading {
  readonly sql: string;
  readonly escapes: boolean;
  /** Behind what was read, and behind the last of it that is no comment. */
  at: number;
  end: number;
  parentheses: number;
  /** BEGIN ATOMIC and CASE that are not at their END. */
  bodies: number;
  /** The first few, and the one before this one. */
  readonly words: string[];
  before: string;
  isOpen: boolean;
  readonly inner: number[];
}

function cut(sql: string, start: number, escapes: boolean): Piece {
  const reading: Reading = {
    sql,
    escapes,
    at: start,
    end: start,
    parentheses: 0,
    bodies: 0,
    words: [],
    before: '',
    isOpen: false,
    inner: [],
  };
  for (;;) {
    marks.lastIndex = reading.at;
    const mark = marks.exec(sql);
    seeUpTo(reading, mark?.index ?? sql.length);
    if (mark === null) return pieceOf(reading, start, false);
    if (mark[0] === ';' && reading.parentheses <= 0 && reading.bodies === 0)
      return pieceOf(reading, start, true);
    read(reading, mark.index, mark[0]);
  }
}

function pieceOf({at, end, isOpen, inner}: Reading, start: number, hasSemicolon: boolean): Piece {
  return {start, end, stop: hasSemicolon ? at + 1 : at, hasSemicolon, isOpen, inner};
}

/** Operators and commas are no marks. */
function seeUpTo(reading: Reading, index: number): void {
  let last = index;
  while (last > reading.at && /\s/.test(reading.sql[last - 1] ?? '')) last -= 1;
  if (last > reading.at) reading.end = last;
  reading.at = index;
}

function read(reading: Reading, index: number, mark: string): void {
  const {sql} = reading;
  const isComment = mark === '--' || mark === '/*';
  const ending = endingOf(sql, index, mark, reading.escapes);
  reading.at = ending?.at ?? index + mark.length;
  reading.isOpen = ending?.isOpen ?? false;
  if (!isComment || reading.isOpen) reading.end = reading.at;
  if (ending) return;
  if (mark === '(') reading.parentheses += 1;
  else if (mark === ')') reading.parentheses -= 1;
  else if (mark === ';') reading.inner.push(index);
  else readWord(reading, mark);
}

/** @returns nothing for a mark that has no end of its own */
function endingOf(sql: string, index: number, mark: string, escapes: boolean): Ending | undefined {
  if (mark === '--') return afterLine(sql, index);
  if (mark === '/*') return afterComment(sql, index);
  if (mark === '"') return afterQuoted(sql, index);
  if (mark === "'") return escapes ? afterEscaping(sql, index) : afterQuoted(sql, index);
  if (/^[eE]$/.test(mark) && sql[index + 1] === "'") return afterEscaping(sql, index + 1);
  return mark.length > 1 && mark.startsWith('$') && mark.endsWith('$')
    ? afterDollars(sql, index, mark)
    : undefined;
}

/** Only the body of a function or procedure has semicolons outside of parentheses, and CASE ends with END as well. */
function readWord(reading: Reading, word: string): void {
  if (reading.words.length < 4) reading.words.push(word.toUpperCase());
  if (reading.parentheses > 0 || !/^(?:begin|atomic|case|end)$/i.test(word)) {
    reading.before = '';
    return;
  }
  const keyword = word.toUpperCase();
  if (keyword === 'ATOMIC' && reading.before === 'BEGIN' && makesRoutine(reading.words)) reading.bodies += 1;
  else if (reading.bodies > 0 && keyword === 'CASE') reading.bodies += 1;
  else if (reading.bodies > 0 && keyword === 'END') reading.bodies -= 1;
  reading.before = keyword;
}

function makesRoutine(words: readonly string[]): boolean {
  return /^CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE)\b/.test(words.join(' '));
}
