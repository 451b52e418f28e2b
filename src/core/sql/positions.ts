import {firstOffset} from './byte-order-mark.ts';

/** A place in a text as an editor counts: both 0-based, the column in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A piece of a text: UTF-16 offsets, `end` is the first one behind it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * @param position PostgreSQL's error position: 1-based, in characters (code points) from the start of the query
 * @returns the UTF-16 offset in `sql`; a position behind the text gives its length
 * Source: https://www.postgresql.org/docs/current/protocol-error-fields.html (field `P`)
 */
export function offsetOfPosition(sql: string, position: number): number {
  let offset = 0;
  for (let character = 1; character < position && offset < sql.length; character += 1)
    offset += widthAt(sql, offset);
  return offset;
}

/** @returns the position as PostgreSQL counts it, of a UTF-16 offset in `sql`: the inverse of `offsetOfPosition` */
export function positionOfOffset(sql: string, offset: number): number {
  let position = 1;
  for (let at = 0; at < offset && at < sql.length; at += widthAt(sql, at)) position += 1;
  return position;
}

/**
 * Converts the parser's byte offsets in one pass over the text.
 * @param bytes UTF-8 byte offsets in ascending order
 * @returns the UTF-16 offset of each
 */
export function offsetsOfBytes(sql: string, bytes: readonly number[]): readonly number[] {
  let offset = 0;
  let passed = 0;
  return bytes.map(byte => {
    while (passed < byte && offset < sql.length) {
      const width = widthAt(sql, offset);
      passed += bytesAt(sql, offset);
      offset += width;
    }
    return offset;
  });
}

/**
 * Lines end at CRLF, LF or a lone CR, as in VS Code. A byte order mark takes no column, because editors hide it.
 * @returns where a UTF-16 offset is
 */
export function placeOf(text: string, offset: number): Place {
  let line = 0;
  let start = firstOffset(text);
  for (let at = 0; at < offset && at < text.length; at += 1) {
    if (!endsLine(text, at)) continue;
    line += 1;
    start = at + 1;
  }
  return {line, column: Math.max(0, Math.min(offset, text.length) - start)};
}

function endsLine(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === 0x0a || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a);
}

function widthAt(text: string, offset: number): 1 | 2 {
  return (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
}

function bytesAt(text: string, offset: number): number {
  const code = text.codePointAt(offset) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
