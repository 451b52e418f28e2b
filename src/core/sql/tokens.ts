import type {Span} from './positions.ts';

/**
 * The token shapes of PostgreSQL's scanner that matter for underlining, tried in this order. Every character above
 * ASCII counts as a letter there, the byte order mark as well.
 * Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */
const shapes: readonly RegExp[] = [
  /\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[^]*?\$\1\$/y,
  /(?:[uU]&)?"(?:[^"]|"")*"?/y,
  /[eE]'(?:[^'\\]|''|\\[^])*'?/y,
  /(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'?/y,
  /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y,
  /\$\d+/y,
  /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y,
  /::|:=|=>|\.\./y,
  /[-+*/<>=~!@#%^&|`?]+/y,
  /[^\s]/y,
];

/**
 * @param offset UTF-16 offset of the token's first character, as a server's error position gives it
 * @returns the token that begins there; at the end of the text the last character that is not blank, so that there is
 * always something to underline; empty only in a blank text
 */
export function tokenAt(sql: string, offset: number): Span {
  for (const shape of shapes) {
    shape.lastIndex = offset;
    const found = shape.exec(sql);
    if (found !== null) return {start: offset, end: offset + withoutComment(found[0])};
  }
  return lastVisible(sql, offset);
}

/** An operator ends where a comment begins, as in `+--`. */
function withoutComment(token: string): number {
  if (!/^[-+*/<>=~!@#%^&|`?]/.test(token)) return token.length;
  const comment = token.slice(1).search(/--|\/\*/);
  return comment < 0 ? token.length : comment + 1;
}

function lastVisible(sql: string, offset: number): Span {
  const before = sql.slice(0, offset).trimEnd().length;
  return {start: Math.max(0, before - 1), end: before};
}
