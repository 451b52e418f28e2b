import type {Failure} from '../outcome.ts';
import type {Statement} from './parser.ts';
import {offsetOfPosition, type Span} from './positions.ts';
import {tokenAt} from './tokens.ts';

/**
 * Where in a script an error belongs.
 * @param sql the text that was sent as one script
 * @param statements its statements, where they are known
 * @returns the token that the server's position names; without one the statement that failed, if that is certain
 */
export function locateFailure(
  sql: string,
  failure: Failure,
  statements: readonly Statement[] = [],
): Span | undefined {
  const {server, completedStatements} = failure;
  if (server?.position !== undefined) return tokenAt(sql, offsetOfPosition(sql, server.position));
  if (statements.length === 1) return spanOf(statements[0]);
  if (completedStatements !== undefined) return spanOf(statements[completedStatements]);
  return spanOf(onlyOneThatNames(sql, statements, [server?.constraint, server?.table]));
}

function spanOf(statement: Statement | undefined): Span | undefined {
  return statement === undefined ? undefined : {start: statement.start, end: statement.end};
}

function onlyOneThatNames(
  sql: string,
  statements: readonly Statement[],
  names: readonly (string | undefined)[],
): Statement | undefined {
  for (const name of names) {
    if (name === undefined) continue;
    const naming = statements.filter(({start, end}) => mentions(sql.slice(start, end), name));
    if (naming.length === 1) return naming[0];
  }
  return undefined;
}

/** @returns whether a text has the name as a word of its own: as it is, in double quotes, or in another case. */
export function mentions(text: string, name: string): boolean {
  const word = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`(?<![\\w$])${word}(?![\\w$])`, 'i').test(text);
}
