/** Commands that send what stands before them, as a semicolon does. */
const sends = /^\\(?:g|gx|gexec|gset|gdesc|crosstabview|watch|bind|bind_named|parse|sendpipeline)\b/;

/**
 * A backslash outside of quotes is psql's: no operator of SQL may have one.
 * @param before tells the token before it; empty at the beginning of a statement
 * @returns what stands for the command, up to the end of its line
 * Source: https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-META-COMMANDS
 */
export function psqlAt(
  sql: string,
  at: number,
  before: () => string,
): {readonly end: number; readonly instead: string} | undefined {
  if (sql[at] !== '\\') return undefined;
  // It puts two statements into one message.
  if (sql[at + 1] === ';') return {end: at + 1, instead: ' '};
  const line = /[^\r\n]*/y;
  line.lastIndex = at;
  const text = line.exec(sql)?.[0] ?? '\\';
  const semicolon = sends.test(text) && before() !== '' ? ';' : ' ';
  return {end: at + text.length, instead: semicolon.padEnd(text.length)};
}

const copiesRows = /^\s*(?:(?:--|\\)[^\n]*\n\s*|\/\*[^]*?\*\/\s*)*COPY\s[^]*\sFROM\s+stdin\b/i;

/**
 * @param end behind the statement's semicolon
 * @returns the end of the rows that follow `COPY … FROM stdin`, with the line that ends them; undefined for any other
 * statement
 */
export function endOfCopiedRows(sql: string, end: number, statement: string): number | undefined {
  if (statement.length > 100_000 || !copiesRows.test(statement)) return undefined;
  const last = /^\\\.[^\S\n]*$/m.exec(sql.slice(end));
  return last ? end + last.index + last[0].length : sql.length;
}
