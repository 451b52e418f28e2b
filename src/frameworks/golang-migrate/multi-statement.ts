import type {Span} from '../../core/sql/positions.ts';

/**
 * Splits as the tool does with `x-multi-statement`: behind every semicolon, also inside quotes, `$$` and comments.
 * @returns every piece with its semicolon, also blank ones; `tooLong` when the piece that follows them exceeds
 * `maxSize` bytes, where the tool stops with an error after having run the pieces before
 */
export function splitPieces(
  sql: string,
  maxSize: number,
): {readonly pieces: readonly Span[]; readonly tooLong: boolean} {
  // Go's scanner starts with a buffer of 4096 bytes, whatever the limit.
  const limit = Math.max(4096, maxSize);
  const pieces: Span[] = [];
  for (let start = 0; start < sql.length;) {
    const semicolon = sql.indexOf(';', start);
    const end = semicolon < 0 ? sql.length : semicolon + 1;
    const size = utf8Length(sql.slice(start, end), limit);
    // A tail without a semicolon must leave room, because the end is seen only when the buffer is not full.
    if (size > limit || (semicolon < 0 && size >= limit)) return {pieces, tooLong: true};
    pieces.push({start, end});
    start = end;
  }
  return {pieces, tooLong: false};
}

/** Go's `strings.TrimSpace` leaves nothing: such a text is not sent. A byte order mark is no blank to Go. */
export function isBlank(sql: string): boolean {
  return /^[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*$/.test(sql);
}

function utf8Length(text: string, limit: number): number {
  // Most pieces are far below the limit, and counting is only needed near it.
  return text.length * 3 < limit ? text.length : Buffer.byteLength(text);
}
