import type {Span} from '../sql/positions.ts';

/**
 * Splits as golang-migrate does with `x-multi-statement`: behind every semicolon, also inside quotes, `$$` and comments.
 * @returns every piece with its semicolon, also blank ones
 */
export function* piecesOf(sql: string): Generator<Span> {
  for (let start = 0; start < sql.length;) {
    const semicolon = sql.indexOf(';', start);
    const end = semicolon < 0 ? sql.length : semicolon + 1;
    yield {start, end};
    start = end;
  }
}

/** Go's `strings.TrimSpace` leaves nothing: such a text is not sent. A byte order mark is no blank to Go. */
export function isBlank(sql: string): boolean {
  return /^[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*$/.test(sql);
}
