import type {Failure, ServerError} from '../outcome.ts';
import {placeInCode} from './locate/code.ts';
import {indexedColumns, relationsIn, unnamedConstraint} from './locate/constraint.ts';
import {firstSaid, subjectsOf} from './locate/subjects.ts';
import {occurrencesOf, tokensOf} from './locate/words.ts';
import {field, text} from './objects.ts';
import type {Statement} from './parser.ts';
import {offsetOfPosition, type Span} from './positions.ts';
import {tokenAt} from './tokens.ts';

/**
 * Where in a script an error belongs.
 * @param sql the text that was sent as one script
 * @param statements its statements, where they are known
 * @returns the token that the server's position names, or the name behind it where the position is only near. Without
 * a position: in the statement that failed, if that is certain, what the server complains of, or else the whole statement
 */
export function locateFailure(
  sql: string,
  failure: Failure,
  statements: readonly Statement[] = [],
): Span | undefined {
  const {server} = failure;
  if (server?.position !== undefined) return atPosition(sql, server, statements);
  const failed = failedStatement(sql, statements, failure);
  if (!failed) return undefined;
  const named = server && inStatement(sql, failed, server);
  return named ? {start: named.start, end: named.end} : {start: failed.start, end: failed.end};
}

/** What is not there (column, object, relation, function): the server's position can be that of what is around it. */
const notThere = new Set(['42703', '42704', '42P01', '42883']);

function atPosition(sql: string, server: ServerError, statements: readonly Statement[]): Span {
  const offset = offsetOfPosition(sql, server.position ?? 1);
  const token = tokenAt(sql, offset);
  const statement = statements.find(({start, end}) => start <= offset && offset <= end);
  const [name] = namesIn(server.message);
  if (!notThere.has(server.sqlState) || !statement || name === undefined) return token;
  const [found] = occurrencesOf(tokensOf(sql, {start: offset, end: statement.end}), name);
  return found ? {start: found.start, end: found.end} : token;
}

function inStatement(sql: string, statement: Statement, server: ServerError): Span | undefined {
  const tokens = tokensOf(sql, statement);
  const quoted = [...namesIn(server.message), ...namesIn(server.detail ?? '')];
  const code = placeInCode(sql, statement, server, quoted);
  if (code) return code;
  const find = (name: string | undefined): Span | undefined =>
    name === undefined ? undefined : chosen(occurrencesOf(tokens, name), server, relationsIn(sql, statement));
  const {message, detail = '', constraint, column, dataType, table} = server;
  // A violated constraint is what the statement adds; if it adds none, it is the rows that are wrong.
  if (server.sqlState.startsWith('23') || unnamedStates.has(server.sqlState))
    return (
      find(constraint) ??
      added(statement, find) ??
      unnamedConstraint(sql, statement, tokens, server) ??
      indexedColumns(statement, tokens) ??
      find(column) ??
      find(table)
    );
  const subjects = subjectsOf(statement);
  const said = firstSaid(message, subjects) ?? firstSaid(detail, subjects);
  const first = quoted.find(name => find(name) !== undefined);
  return (
    find(server.sqlState === '2BP01' ? (said ?? first) : (first ?? said)) ?? find(dataType) ?? find(column)
  );
}

/** More than one primary key. */
const unnamedStates = new Set(['42P16']);

/** The server says of a domain's constraint which column is wrong, and not which constraint. */
function added(
  {kind, node}: Statement,
  find: (name: string | undefined) => Span | undefined,
): Span | undefined {
  return kind === 'AlterDomainStmt'
    ? find(text(field(field(node, 'def'), 'Constraint')['conname']))
    : undefined;
}

/** A relation is where the syntax tree has one, and a column is not; a name given twice is wrong the second time. */
function chosen(
  found: readonly Span[],
  {sqlState}: ServerError,
  relations: ReadonlySet<number>,
): Span | undefined {
  if (relationStates.has(sqlState)) return found.find(({start}) => relations.has(start)) ?? found[0];
  if (!columnStates.has(sqlState)) return found[0];
  const columns = found.filter(({start}) => !relations.has(start));
  return (sqlState === '42701' ? columns.at(-1) : columns[0]) ?? found[0];
}

const relationStates = new Set(['42P01']);
const columnStates = new Set(['42703', '42701', '23502']);

function failedStatement(
  sql: string,
  statements: readonly Statement[],
  {server, completedStatements}: Failure,
): Statement | undefined {
  if (statements.length === 1) return statements[0];
  if (completedStatements !== undefined) return statements[completedStatements];
  return onlyOneThatNames(sql, statements, [server?.constraint, server?.table]);
}

/** Names stand in quotes in every language that the server speaks; what they are is not looked at. */
function namesIn(message: string): readonly string[] {
  return [...message.matchAll(/["«„“]\s*(.+?)\s*["»“”]/g)].flatMap(([, name]) => name ?? []);
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
  return wordIn(text, name) >= 0;
}

function wordIn(text: string, name: string): number {
  const word = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return text.search(new RegExp(`(?<![\\w$])${word}(?![\\w$])`, 'i'));
}
