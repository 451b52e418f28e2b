import type {ServerError} from '../../outcome.ts';
import {list, field} from '../objects.ts';
import type {Statement} from '../parser.ts';
import {offsetOfPosition, type Span} from '../positions.ts';
import {tokenAt} from '../tokens.ts';
import {occurrencesOf, tokensOf, type NamedToken} from './words.ts';

/**
 * Finds the place of an error inside the code of a DO block. The server tells the line in the code, which begins at 1
 * behind the opening quote, and the text of the query or expression, which stands in the code as it is unless it was put
 * together by EXECUTE.
 * @param names what the server complains of
 * @returns the token, or else the statement of the code
 */
export function placeInCode(
  sql: string,
  statement: Statement,
  error: ServerError,
  names: readonly string[],
): Span | undefined {
  const body = bodyOf(sql, statement);
  const line = lineIn(error.where);
  if (!body || line === undefined) return undefined;
  const from = startOfLine(sql, body, line);
  const {internalQuery: query} = error;
  const at = query === undefined ? -1 : sql.indexOf(query, from);
  if (query !== undefined && at >= 0 && at < body.end) {
    if (error.internalPosition !== undefined)
      return tokenAt(sql, at + offsetOfPosition(query, error.internalPosition));
    const named = firstNamed(tokensOf(sql, {start: at, end: at + query.length}), names);
    return named ?? {start: at, end: at + query.length};
  }
  const whole = statementFrom(sql, {start: from, end: body.end});
  return (
    firstNamed(
      tokensOf(sql, whole).filter(({kind}) => kind !== 'string'),
      names,
    ) ?? whole
  );
}

/** The code between its quotes. Inside of '…' a quote is doubled, which shifts nothing that a line needs. */
function bodyOf(sql: string, {kind, node, start, end}: Statement): Span | undefined {
  if (kind !== 'DoStmt' || list(node['args']).every(each => field(each, 'DefElem')['defname'] !== 'as'))
    return undefined;
  const code = tokensOf(sql, {start, end}).findLast(
    token => token.kind === 'string' || sql.startsWith('$', token.start),
  );
  if (!code) return undefined;
  const quote = /^(?:\$[^$]*\$|[eEnN]?')/.exec(sql.slice(code.start, code.end))?.[0].length ?? 0;
  return {start: code.start + quote, end: code.end - (sql[code.end - 1] === '$' ? quote : 1)};
}

/** The name of a DO block is never translated; the line is the number behind it. */
function lineIn(where = ''): number | undefined {
  const line = Number(/inline_code_block\D*(\d+)/.exec(where)?.[1]);
  return Number.isInteger(line) ? line : undefined;
}

function startOfLine(sql: string, {start, end}: Span, line: number): number {
  let at = start;
  for (let passed = 1; passed < line; passed += 1) {
    const next = sql.indexOf('\n', at);
    if (next < 0 || next >= end) return at;
    at = next + 1;
  }
  return at;
}

/** From the first token on, behind the BEGIN of a block, to the semicolon. */
function statementFrom(sql: string, span: Span): Span {
  const tokens = tokensOf(sql, span);
  const first = tokens.findIndex(({name}) => !['begin', 'then', 'else', 'loop', ';'].includes(name));
  const last = tokens.findIndex(({name}, index) => index >= first && name === ';');
  const [begin, end] = [tokens[first], tokens[last] ?? tokens.at(-1)];
  return begin && end ? {start: begin.start, end: end.end} : span;
}

function firstNamed(tokens: readonly NamedToken[], names: readonly string[]): Span | undefined {
  return names.flatMap(name => occurrencesOf(tokens, name).slice(0, 1))[0];
}
