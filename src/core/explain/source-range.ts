import type {Statement, SyntaxNode} from '../sql/parser.ts';
import {offsetsOfBytes, type Span} from '../sql/positions.ts';
import {closingOf, extentOf, isNode, nextToken, nodesOf, stringOf, type Syntax} from './syntax-tree.ts';

/** What a plan says of one of its nodes that tells where in the statement it comes from. */
export interface NodeSource {
  readonly type: string;
  readonly relation: string | null;
  readonly alias: string | null;
  readonly cteName: string | null;
  readonly functionName: string | null;
  readonly subplanName: string | null;
  /** The alias of every scan at and below the node. */
  readonly aliasesBelow: readonly string[];
  /** The same for each child of a join. */
  readonly sides?: readonly (readonly string[])[];
}

/**
 * Finds the part of a statement that a node of its plan comes from: the table of a scan, the condition of a join, the
 * ORDER BY of a sort. The planner reorders and rewrites, so this is where the work was asked for.
 * @param sql what `statement` was parsed from
 * @returns UTF-16 offsets in `sql`; nothing where the text does not have it, as for what is inside a view
 */
export function sourceRange(statement: Statement, sql: string, node: NodeSource): Span | undefined {
  const tree = {[statement.kind]: statement.node};
  const source: Source = {sql, nodes: nodesOf(tree), tables: tablesOf(tree)};
  const own = node.alias ?? node.cteName ?? node.relation;
  return (
    clauseRange(source, node) ??
    (own === null ? undefined : tableRange(source, own)) ??
    joinRange(source, node) ??
    cteRange(source, node) ??
    onlyTableRange(source, node)
  );
}

interface Source {
  readonly sql: string;
  readonly nodes: readonly Syntax[];
  readonly tables: readonly Table[];
}

/** Something in a FROM clause, or the table that DML changes. */
interface Table {
  readonly name: string;
  readonly syntax: Syntax;
}

function tablesOf(tree: unknown): readonly Table[] {
  return nodesOf(tree).flatMap(syntax => {
    const name = tableName(syntax);
    return name === undefined ? [] : [{name, syntax}];
  });
}

const ranges = ['RangeVar', 'RangeSubselect', 'RangeFunction', 'RangeTableFunc', 'JsonTable'];

function tableName({kind, node}: Syntax): string | undefined {
  if (!ranges.includes(kind)) return undefined;
  const {alias} = node;
  const named = isNode(alias) ? stringOf(alias['aliasname']) : undefined;
  return named ?? stringOf(node['relname']) ?? functionName(node);
}

function functionName(node: SyntaxNode): string | undefined {
  const call = nodesOf(node).find(({kind}) => kind === 'FuncCall');
  const names = call?.node['funcname'];
  return Array.isArray(names) ? stringOf(names.at(-1)) : undefined;
}

/** EXPLAIN tells tables of one name apart by `_1`, `_2`, …. */
function namesake(tables: readonly Table[], alias: string): Table | undefined {
  const exact = tables.find(({name}) => name === alias);
  if (exact) return exact;
  const [, base, number] = /^(.*)_(\d+)$/.exec(alias) ?? [];
  return tables.filter(({name}) => name === base)[Number(number)];
}

function tableRange({sql, tables}: Source, alias: string): Span | undefined {
  const table = namesake(tables, alias);
  if (table === undefined) return undefined;
  const extent = extentOf(sql, table.syntax.node);
  if (table.syntax.kind !== 'RangeVar' || extent === undefined) return extent;
  return {start: extent.start, end: endOfRange(sql, extent.end, table)};
}

/** The alias follows without a place of its own. */
function endOfRange(sql: string, end: number, {name, syntax}: Table): number {
  if (!isNode(syntax.node['alias'])) return end;
  const next = nextToken(sql, end);
  const isAs = sql.slice(next.start, next.end).toLowerCase() === 'as';
  const alias = isAs ? nextToken(sql, next.end) : next;
  const written = sql.slice(alias.start, alias.end).replaceAll('"', '');
  return written.toLowerCase() === name.toLowerCase() ? alias.end : end;
}

type Clause = (select: SyntaxNode) => unknown;

const aggregates: Clause = select =>
  filled(select['groupClause']) ??
  nodesOf([select['targetList'], select['havingClause']]).find(
    ({kind, node}) => kind === 'FuncCall' && node['over'] === undefined,
  )?.node;

const windows: Clause = select =>
  nodesOf(select['targetList']).find(({kind, node}) => kind === 'FuncCall' && node['over'] !== undefined)
    ?.node ?? filled(select['windowClause']);

const sorting: Clause = select =>
  filled(select['sortClause']) ?? distinct(select) ?? filled(select['groupClause']);

/** DISTINCT without ON has nothing of its own in the tree. */
const distinct: Clause = ({distinctClause, targetList}) => {
  if (filled(distinctClause) === undefined) return undefined;
  return nodesOf(distinctClause).length > 0 ? distinctClause : targetList;
};

const united: Clause = select => (select['op'] === 'SETOP_NONE' ? undefined : select);

/** The clause of a SELECT that a node carries out. */
const clauses: Readonly<Record<string, Clause>> = {
  Sort: sorting,
  'Incremental Sort': sorting,
  Unique: select => distinct(select) ?? united(select),
  Aggregate: aggregates,
  Group: aggregates,
  WindowAgg: windows,
  Limit: select => filled([select['limitCount'], select['limitOffset']].filter(Boolean)),
  SetOp: united,
  'Recursive Union': united,
  'Values Scan': select => filled(select['valuesLists']),
  Result: select => filled(select['targetList']) ?? filled(select['valuesLists']),
  ProjectSet: select => filled(select['targetList']),
};

function clauseRange(source: Source, node: NodeSource): Span | undefined {
  const clause = clauses[node.type];
  if (clause === undefined) return undefined;
  for (const select of selectsAround(source, node.aliasesBelow)) {
    const extent = extentOf(source.sql, clause(select));
    if (extent) return extent;
  }
  return undefined;
}

/** The queries that hold all these tables, the smallest first. */
function selectsAround({nodes, tables}: Source, aliases: readonly string[]): readonly SyntaxNode[] {
  const wanted = known(tables, aliases);
  return nodes
    .filter(({kind}) => kind === 'SelectStmt')
    .map(({node}) => ({node, tables: tablesOf(node).map(({syntax}) => syntax.node)}))
    .filter(select => wanted.every(({syntax}) => select.tables.includes(syntax.node)))
    .toSorted((a, b) => a.tables.length - b.tables.length)
    .map(({node}) => node);
}

function known(tables: readonly Table[], aliases: readonly string[]): readonly Table[] {
  return aliases.flatMap(alias => namesake(tables, alias) ?? []);
}

function joinRange(source: Source, {aliasesBelow, sides}: NodeSource): Span | undefined {
  const below = namesOf(source, aliasesBelow);
  if (below.size < 2) return undefined;
  const parts = (sides ?? []).map(side => namesOf(source, side));
  const fits = (names: ReadonlySet<string>): boolean =>
    names.size > 1 &&
    [...names].every(name => below.has(name)) &&
    parts.every(part => [...part].some(name => names.has(name)));
  // A condition with a subquery mentions what the subquery does.
  const [condition] = conditionsOf(source.nodes)
    .filter(one => fits(namesIn(one)))
    .toSorted((a, b) => nodesOf(a).length - nodesOf(b).length);
  if (condition !== undefined) return extentOf(source.sql, condition);
  const joins = source.nodes.filter(({kind}) => kind === 'JoinExpr');
  const join = joins.findLast(({node}) => fits(new Set(tablesOf(node).map(({name}) => name))));
  return join && extentOf(source.sql, join.node);
}

function namesOf({tables}: Source, aliases: readonly string[]): ReadonlySet<string> {
  return new Set(known(tables, aliases).map(({name}) => name));
}

/** The conditions of all ON and WHERE clauses, taken apart at their ANDs. */
function conditionsOf(nodes: readonly Syntax[]): readonly unknown[] {
  return nodes.flatMap(({node}) => [node['quals'], node['whereClause']].flatMap(conjuncts));
}

function conjuncts(condition: unknown): readonly unknown[] {
  if (!isNode(condition)) return [];
  const and = condition['BoolExpr'];
  if (!isNode(and) || and['boolop'] !== 'AND_EXPR' || !Array.isArray(and['args'])) return [condition];
  return and['args'].flatMap(conjuncts);
}

/** The tables that a condition names its columns by. */
function namesIn(condition: unknown): ReadonlySet<string> {
  const columns = nodesOf(condition).filter(({kind}) => kind === 'ColumnRef');
  return new Set(
    columns.flatMap(({node: {fields}}) =>
      Array.isArray(fields) && fields.length > 1 ? (stringOf(fields.at(-2)) ?? []) : [],
    ),
  );
}

/** A whole WITH query, from its name to its closing parenthesis. */
function cteRange({sql, nodes}: Source, {subplanName}: NodeSource): Span | undefined {
  const name = /^CTE (.*)$/.exec(subplanName ?? '')?.[1];
  const cte = nodes.find(({kind, node}) => kind === 'CommonTableExpr' && node['ctename'] === name);
  const location = cte?.node['location'];
  if (typeof location !== 'number') return undefined;
  const [start = 0] = offsetsOfBytes(sql, [location]);
  const open = sql.slice(start).search(/\bas\b[^(]*\(/i);
  const parenthesis = open < 0 ? -1 : sql.indexOf('(', start + open);
  return parenthesis < 0 ? undefined : {start, end: closingOf(sql, parenthesis)};
}

/** What only passes rows on (`Gather`, `Hash`, `Materialize`) stands where its only table does. */
function onlyTableRange(source: Source, {aliasesBelow}: NodeSource): Span | undefined {
  const [only, ...others] = known(source.tables, aliasesBelow);
  return only && others.length === 0 ? tableRange(source, only.name) : undefined;
}

function filled(list: unknown): readonly unknown[] | undefined {
  return Array.isArray(list) && list.length > 0 ? list : undefined;
}
