/**
 * The one place where a name becomes part of an SQL text.
 * @returns the name in double quotes, with quotes inside doubled, so that any name PostgreSQL can hold is kept exactly
 * Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
 */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
