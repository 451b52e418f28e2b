import {afterBlank} from '../sql/blank.ts';
import type {Span} from '../sql/positions.ts';

/** A part of a file for psql: a statement with what stands before it, a line for psql itself, or rows of a COPY. */
export interface DumpPart extends Span {
  readonly kind: 'statement' | 'meta' | 'rows';
}

/**
 * What a statement is made of, as far as its end is concerned. A text that is not closed is a character.
 * Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */
const token =
  /[eE]'(?:[^'\\]|''|\\[^])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[^]*?\$\1\$|[\w\u0080-\uffff][\w$\u0080-\uffff]*|[^]/y;

const copiesRows = /^COPY\s[^]*\sFROM\s+stdin\b/i;

/** @returns the parts of the file, without a gap; blanks and comments are statements that do nothing */
export function dumpParts(sql: string): readonly DumpPart[] {
  const parts: DumpPart[] = [];
  for (let at = 0; at < sql.length;) {
    const begin = afterBlank(sql, at);
    if (begin > at) parts.push({kind: 'statement', start: at, end: begin});
    if (begin === sql.length) break;
    const part = sql[begin] === '\\' ? metaFrom(sql, begin) : statementFrom(sql, begin);
    parts.push(part);
    at = part.end;
  }
  return parts;
}

function metaFrom(sql: string, start: number): DumpPart {
  return {kind: 'meta', start, end: endOfLine(sql, start)};
}

function statementFrom(sql: string, start: number): DumpPart {
  const end = endOfStatement(sql, start);
  if (!copiesRows.test(sql.slice(start, Math.min(end, start + 100_000))))
    return {kind: 'statement', start, end};
  const last = /^\\\.\r?$/m;
  const found = last.exec(sql.slice(end));
  return {kind: 'rows', start, end: found ? endOfLine(sql, end + found.index) : sql.length};
}

/** Behind its semicolon, or where psql would take over: at a backslash outside of quotes. */
function endOfStatement(sql: string, start: number): number {
  for (let at = start; at < sql.length;) {
    at = afterBlank(sql, at);
    if (sql[at] === '\\') return at;
    token.lastIndex = at;
    const [text = ''] = token.exec(sql) ?? [];
    at += Math.max(1, text.length);
    if (text === ';') return at;
  }
  return sql.length;
}

function endOfLine(sql: string, start: number): number {
  const end = sql.indexOf('\n', start);
  return end === -1 ? sql.length : end;
}
