import {reservedWords} from './reserved-words.ts';

/**
 * The one place where a name becomes part of an SQL text.
 * @returns the name in double quotes, with quotes inside doubled, so that any name PostgreSQL can hold is kept exactly
 * Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
 */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** @returns the name as people write it: as it is where that means the same, otherwise in double quotes. */
export function quoteWhereNeeded(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !reservedWords.has(name) ? name : quoteIdentifier(name);
}
