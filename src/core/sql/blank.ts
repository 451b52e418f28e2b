const blank = /[ \t\n\r\f\v]+|--[^\r\n]*/y;

/**
 * Steps over what PostgreSQL's scanner steps over: its six blanks, comments to the end of the line, and comments in
 * slashes, which nest.
 * @param offset UTF-16 offset in `sql`, outside of any token
 * @returns the offset of the first character of the next token; the text's length where there is none
 * Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS
 */
export function afterBlank(sql: string, offset: number): number {
  for (let at = offset; ;) {
    const next = sql.startsWith('/*', at) ? afterComment(sql, at) : afterLine(sql, at);
    if (next === at) return at;
    at = next;
  }
}

function afterLine(sql: string, offset: number): number {
  blank.lastIndex = offset;
  return offset + (blank.exec(sql)?.[0].length ?? 0);
}

function afterComment(sql: string, offset: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = offset;
  let depth = 0;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return sql.length;
}
