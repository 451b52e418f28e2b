import {afterBlank} from '../sql/blank.ts';
import type {SyntaxNode} from '../sql/parser.ts';
import {offsetsOfBytes, type Span} from '../sql/positions.ts';
import {tokenAt} from '../sql/tokens.ts';

/** A node of the syntax tree with PostgreSQL's name of it. */
export interface Syntax {
  readonly kind: string;
  readonly node: SyntaxNode;
}

/** @returns every node of a tree with its kind, the outer ones first */
export function nodesOf(value: unknown): readonly Syntax[] {
  const found: Syntax[] = [];
  collect(value, found);
  return found;
}

function collect(value: unknown, found: Syntax[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (isNode(value)) {
    const kind = bareKind(value);
    if (kind !== undefined) found.push({kind, node: value});
    for (const [name, inner] of Object.entries(value)) {
      if (/^[A-Z]/.test(name) && isNode(inner) && bareKind(inner) === undefined)
        found.push({kind: name, node: inner});
      collect(inner, found);
    }
  }
}

/** Some fields hold a node without its name around it: a range in DML, the two sides of a UNION. */
function bareKind(node: SyntaxNode): string | undefined {
  if ('relname' in node) return 'RangeVar';
  return 'limitOption' in node ? 'SelectStmt' : undefined;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns the text of a `String` node or of a plain string */
export function stringOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isNode(value)) return undefined;
  return stringOf(value['String'] ?? value['sval']);
}

/**
 * @param value a part of the tree of `sql`
 * @returns the text from its first to its last token, parentheses that open in it closed; nothing for what the parser
 * gives no place to
 */
export function extentOf(sql: string, value: unknown): Span | undefined {
  const bytes = locationsIn(value).toSorted((a, b) => a - b);
  const [first, last] = offsetsOfBytes(sql, [bytes[0] ?? -1, bytes.at(-1) ?? -1]);
  if (bytes.length === 0 || first === undefined || last === undefined) return undefined;
  const end = afterCall(sql, endOfName(sql, tokenAt(sql, last).end));
  return {start: first, end: closed(sql, first, end)};
}

function locationsIn(value: unknown): readonly number[] {
  const own = isNode(value) && typeof value['location'] === 'number' ? [value['location']] : [];
  const inside = nodesOf(value).flatMap(({node}) =>
    typeof node['location'] === 'number' ? [node['location']] : [],
  );
  return [...own, ...inside].filter(location => location >= 0);
}

/** The parser places a qualified name at its first part. */
function endOfName(sql: string, end: number): number {
  return sql[end] === '.' ? endOfName(sql, nextToken(sql, end + 1).end) : end;
}

/** The parser places a call at its name. */
function afterCall(sql: string, end: number): number {
  return sql[end] === '(' ? closingOf(sql, end) : end;
}

/** @returns the end behind the parenthesis that closes the one at `open` */
export function closingOf(sql: string, open: number): number {
  return closed(sql, open, open + 1);
}

function closed(sql: string, start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < sql.length;) {
    if (at >= end && depth <= 0) break;
    const token = nextToken(sql, at);
    const text = sql.slice(token.start, token.end);
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    at = Math.max(token.end, at + 1);
    if (at >= end && depth <= 0) return at;
  }
  return end;
}

/** @returns the first token from `offset` on that is no comment */
export function nextToken(sql: string, offset: number): Span {
  return tokenAt(sql, afterBlank(sql, offset));
}
