import {piecesOf} from '../../core/golang-migrate/pieces.ts';
import type {Span} from '../../core/sql/positions.ts';

/**
 * Splits as the tool does with `x-multi-statement` and a limit.
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
  for (const {start, end} of piecesOf(sql)) {
    const size = utf8Length(sql.slice(start, end), limit);
    // A tail without a semicolon must leave room, because the end is seen only when the buffer is not full.
    if (size > limit || (sql[end - 1] !== ';' && size >= limit)) return {pieces, tooLong: true};
    pieces.push({start, end});
  }
  return {pieces, tooLong: false};
}

function utf8Length(text: string, limit: number): number {
  // Most pieces are far below the limit, and counting is only needed near it.
  return text.length * 3 < limit ? text.length : Buffer.byteLength(text);
}
