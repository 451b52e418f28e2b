import {field, isNode, list, names, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';

/**
 * PostgreSQL 16 and newer leave the table's name out where a query reads one table only.
 * @returns the query without it
 */
export function ownColumnsOf(select: SyntaxNode): SyntaxNode {
  const from = list(select['fromClause']);
  const name = from.length === 1 ? nameOfItem(from[0]) : undefined;
  if (name === undefined) return select;
  return Object.fromEntries(
    Object.entries(select).map(([key, part]) => [key, key === 'fromClause' ? part : bare(part, name)]),
  );
}

function nameOfItem(item: unknown): string | undefined {
  const [kind, node] = Object.entries(isNode(item) ? item : {})[0] ?? [];
  if (kind === 'JoinExpr' || !isNode(node)) return undefined;
  if (kind === 'RangeTableSample') return nameOfItem(node['relation']);
  return text(field(node, 'alias')['aliasname']) ?? text(node['relname']);
}

/** A query inside keeps its columns: there the name may mean another table. */
function bare(value: unknown, of: string): unknown {
  if (Array.isArray(value)) return value.map(part => bare(part, of));
  if (!isNode(value)) return value;
  if ('SelectStmt' in value || 'limitOption' in value) return value;
  const fields = field(value, 'ColumnRef')['fields'];
  if (Array.isArray(fields)) return {ColumnRef: {fields: bareFields(list(fields), of)}};
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, bare(part, of)]));
}

function bareFields(fields: readonly SyntaxNode[], of: string): readonly SyntaxNode[] {
  return names(fields).length > 1 && names(fields).at(-2) === of ? fields.slice(-1) : fields;
}
