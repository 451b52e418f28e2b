import {isNode, nodesOf} from '../../explain/syntax-tree.ts';
import {names, text} from '../objects.ts';
import type {Statement, SyntaxNode} from '../parser.ts';
import {offsetsOfBytes, type Span} from '../positions.ts';
import type {NamedToken} from './words.ts';

/** By SQLSTATE: the kinds of constraint that can have raised it. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  '23514': ['CONSTR_CHECK'],
  '23503': ['CONSTR_FOREIGN'],
  '23505': ['CONSTR_UNIQUE', 'CONSTR_PRIMARY'],
  '23P01': ['CONSTR_EXCLUSION'],
  '42P16': ['CONSTR_PRIMARY'],
  '42830': ['CONSTR_FOREIGN'],
  '42804': ['CONSTR_FOREIGN'],
  '23502': ['CONSTR_NOTNULL', 'CONSTR_PRIMARY'],
};

/**
 * Finds the constraint that a statement adds without a name, for which the server makes one up.
 * @param name the server's name of it, in which the columns are
 * @returns the words that begin it: `CHECK`, `FOREIGN KEY`, `PRIMARY KEY`, `NOT NULL`, `REFERENCES`
 */
export function unnamedConstraint(
  sql: string,
  {kind, node}: Statement,
  tokens: readonly NamedToken[],
  {sqlState, constraint}: {readonly sqlState: string; readonly constraint?: string},
): Span | undefined {
  const wanted = kinds[sqlState] ?? [];
  const added = nodesOf({[kind]: node})
    .filter(each => each.kind === 'Constraint' && wanted.includes(String(each.node['contype'])))
    .map(each => each.node)
    .filter(({conname}) => conname === undefined);
  const [first] = added;
  const meant = added.find(
    each => constraint !== undefined && columnsOf(each).every(column => constraint.includes(column)),
  );
  const location = (meant ?? first)?.['location'];
  if (typeof location !== 'number') return undefined;
  const [offset = -1] = offsetsOfBytes(sql, [location]);
  const index = tokens.findIndex(({start}) => start === offset);
  const token = tokens[index];
  const next = tokens[index + 1];
  if (!token) return undefined;
  return {start: token.start, end: next && ['key', 'null'].includes(next.name) ? next.end : token.end};
}

function columnsOf(constraint: SyntaxNode): readonly string[] {
  return [
    ...names(constraint['keys']),
    ...names(constraint['fk_attrs']),
    ...namedColumns(constraint['raw_expr']),
  ];
}

function namedColumns(expression: unknown): readonly string[] {
  return nodesOf(expression)
    .filter(({kind}) => kind === 'ColumnRef')
    .flatMap(({node}) => names(node['fields']).slice(-1));
}

/** @returns the columns or expressions of CREATE INDEX, from the first to the last, where it names no index */
export function indexedColumns({kind, node}: Statement, tokens: readonly NamedToken[]): Span | undefined {
  if (kind !== 'IndexStmt' || text(node['idxname']) !== undefined) return undefined;
  const open = tokens.findIndex(({name}) => name === '(');
  if (open < 0) return undefined;
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const name = tokens[at]?.name;
    if (name === '(') depth += 1;
    if (name === ')') depth -= 1;
    const [first, last] = [tokens[open + 1], tokens[at - 1]];
    if (depth === 0 && first && last) return {start: first.start, end: last.end};
  }
  return undefined;
}

/** @returns where the relations of a statement are written, by offset */
export function relationsIn(sql: string, {kind, node}: Statement): ReadonlySet<number> {
  const bytes = nodesOf({[kind]: node})
    .filter(each => each.kind === 'RangeVar' && isNode(each.node))
    .flatMap(each => (typeof each.node['location'] === 'number' ? [each.node['location']] : []))
    .toSorted((a, b) => a - b);
  return new Set(offsetsOfBytes(sql, bytes));
}
