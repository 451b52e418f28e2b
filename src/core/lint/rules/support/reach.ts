import {nodesOf} from '../../../explain/syntax-tree.ts';
import {field, list, names, relationOf, text, type QualifiedName} from '../../../sql/objects.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import type {LintFile} from '../../file.ts';
import type {Relation} from '../../model/schema.ts';
import type {Situation} from '../../rule.ts';

/**
 * How much of a table an UPDATE or DELETE changes, as its text tells. `every`: all rows, or all with a partner.
 * `many`: it can be most of them. `some`: nobody can tell from here. `few`: a key, a range of keys, a limit.
 */
export type Reach = 'every' | 'many' | 'some' | 'few';

const order: readonly Reach[] = ['few', 'some', 'many', 'every'];

interface Subject {
  readonly relation: Relation | undefined;
  /** How its columns may be qualified. */
  readonly called: string;
  /** How much of it a join reaches: not more than its partner has. */
  readonly joins: Reach | undefined;
  /** Of the file: what it adds has no values yet. */
  readonly path: string;
  /** Names that stand for what a program or a template puts in. */
  readonly values: ReadonlySet<string>;
}

/** @param node the `UpdateStmt` or `DeleteStmt` */
export function reachOf(
  node: SyntaxNode,
  name: QualifiedName,
  {before, file}: Pick<Situation, 'before' | 'file'>,
): Reach {
  const joined = [...list(node['fromClause']), ...list(node['usingClause'])];
  const partners = joined.map(item => ofPartner(item, node, {before, file}));
  if (partners.includes('few')) return 'few';
  const subject: Subject = {
    relation: before.relation(name),
    called: text(field(field(node, 'relation'), 'alias')['aliasname']) ?? name.name,
    joins: partners.length > 0 ? least(partners) : undefined,
    path: file.path,
    values: valuesIn(file),
  };
  return node['whereClause'] === undefined ? 'every' : ofCondition(node['whereClause'], subject);
}

function valuesIn({passages}: LintFile): ReadonlySet<string> {
  return new Set(
    passages.flatMap(({sql, placeholders = []}) =>
      placeholders.map(({start, end}) => sql.slice(start, end).trim().toLowerCase()),
    ),
  );
}

/** VALUES and a LIMIT are few; a query with a condition and a table of this file have nobody knows how many rows. */
function ofPartner(
  item: SyntaxNode,
  node: SyntaxNode,
  {before, file}: Pick<Situation, 'before' | 'file'>,
): Reach {
  const table = relationOf(item['RangeVar']);
  const common = list(field(node, 'withClause')['ctes'])
    .map(each => field(each, 'CommonTableExpr'))
    .find(({ctename}) => table?.schema === undefined && ctename === table?.name);
  if (table && !common) {
    const relation = before.relation(table);
    return relation?.temporary === true || relation?.made?.path === file.path ? 'some' : 'every';
  }
  const query = common ? field(common, 'ctequery') : field(field(item, 'RangeSubselect'), 'subquery');
  return 'JoinExpr' in item ? 'every' : ofQuery(field(query, 'SelectStmt'));
}

function ofQuery(query: SyntaxNode): Reach {
  if (query['valuesLists'] !== undefined || query['limitCount'] !== undefined) return 'few';
  return query['whereClause'] === undefined && query['fromClause'] !== undefined ? 'every' : 'some';
}

function least(reaches: readonly Reach[]): Reach {
  return order.find(reach => reaches.includes(reach)) ?? 'every';
}

function greatest(reaches: readonly Reach[]): Reach {
  return order.findLast(reach => reaches.includes(reach)) ?? 'every';
}

function ofCondition(condition: unknown, subject: Subject): Reach {
  const and = field(condition, 'BoolExpr');
  switch (and['boolop']) {
    case 'AND_EXPR': {
      const parts = list(and['args']);
      return isClosedRange(parts) ? 'few' : least(parts.map(part => ofCondition(part, subject)));
    }
    case 'OR_EXPR':
      return greatest(list(and['args']).map(part => ofCondition(part, subject)));
    case 'NOT_EXPR':
      return 'many';
    default:
      return ofTest(condition, subject);
  }
}

function ofTest(test: unknown, subject: Subject): Reach {
  const always = field(test, 'A_Const')['boolval'];
  if (always !== undefined) return field({always}, 'always')['boolval'] === true ? 'every' : 'few';
  if (isNodeOf(test, 'CurrentOfExpr')) return 'few';
  if (isNodeOf(test, 'NullTest')) return ofNullTest(field(test, 'NullTest'), subject);
  if (isNodeOf(test, 'SubLink')) return ofSubquery(field(test, 'SubLink'));
  if (isNodeOf(test, 'A_Expr')) return ofComparison(field(test, 'A_Expr'), subject);
  return isNodeOf(test, 'ColumnRef') || isNodeOf(test, 'BooleanTest') ? 'many' : 'some';
}

function isNodeOf(value: unknown, kind: string): boolean {
  return typeof value === 'object' && value !== null && kind in value;
}

function ofNullTest(test: SyntaxNode, subject: Subject): Reach {
  const column = columnName(test['arg']);
  if (column === undefined) return 'many';
  const known = subject.relation?.columns.get(column);
  const isEmpty = known?.made?.path === subject.path && known.default === undefined;
  if (test['nulltesttype'] === 'IS_NULL') return isEmpty ? 'every' : 'many';
  return known?.notNull === true ? 'every' : 'many';
}

function ofSubquery({subselect, testexpr}: SyntaxNode): Reach {
  const query = field(subselect, 'SelectStmt');
  if (query['limitCount'] !== undefined || query['valuesLists'] !== undefined) return 'few';
  return testexpr === undefined ? 'some' : limitsInside(query) ? 'few' : 'some';
}

function limitsInside(query: SyntaxNode): boolean {
  return nodesOf(query).some(({kind, node}) => kind === 'SelectStmt' && node['limitCount'] !== undefined);
}

function ofComparison({kind, name, lexpr, rexpr}: SyntaxNode, subject: Subject): Reach {
  const operator = names(name).at(-1) ?? '';
  const [left, right] = [lexpr, rexpr].map(side => columnIn(side, subject));
  if (left === undefined && right === undefined)
    return isConstant(lexpr) && isConstant(rexpr) ? 'every' : 'some';
  if (left !== undefined && right !== undefined) return subject.joins ?? 'many';
  const column = left ?? right ?? '';
  const value = left === undefined ? lexpr : rexpr;
  switch (kind) {
    case 'AEXPR_IN':
      return operator === '=' ? equal(column, subject) : 'many';
    case 'AEXPR_BETWEEN':
    case 'AEXPR_BETWEEN_SYM':
      return 'few';
    case 'AEXPR_OP_ANY':
      return limitsInside(field({value}, 'value')) ? 'few' : equal(column, subject);
    case 'AEXPR_OP':
      if (operator === '=') return limitsInside(field({value}, 'value')) ? 'few' : equal(column, subject);
      return ofRange(operator, left !== undefined, column, value, subject);
    default:
      return 'many';
  }
}

function equal(column: string, {relation}: Subject): Reach {
  const keys = [...(relation?.indexes.values() ?? [])].filter(({unique}) => unique);
  const isKey =
    keys.some(key => key.keys.includes(column)) || isPrimary(relation, column) || column === 'ctid';
  return isKey ? 'few' : 'some';
}

function isPrimary(relation: Relation | undefined, column: string): boolean {
  const constraints = [...(relation?.constraints.values() ?? [])];
  const isKey = constraints.some(
    ({kind, columns}) => (kind === 'primary key' || kind === 'unique') && columns.includes(column),
  );
  return relation ? isKey : column === 'id';
}

/** Ids grow from 1, so that a range with a lower end only is all of the table when that is 0 or 1. */
function ofRange(
  operator: string,
  isLeft: boolean,
  column: string,
  value: unknown,
  {relation}: Subject,
): Reach {
  if (!/^[<>]=?$/.test(operator)) return 'many';
  const isLower = operator.startsWith('>') === isLeft;
  if (!isPrimary(relation, column)) return 'many';
  const least = field(field(value, 'A_Const'), 'ival')['ival'] ?? 0;
  if (!isLower) return 'some';
  return isNodeOf(value, 'A_Const') && Number(least) <= 1 ? 'every' : 'many';
}

/** Both ends of one column: `id >= 1000 AND id < 2000`. */
function isClosedRange(parts: readonly unknown[]): boolean {
  const ends = parts.flatMap(part => {
    const {kind, name, lexpr, rexpr} = field(part, 'A_Expr');
    const operator = names(name).at(-1) ?? '';
    const column = columnName(lexpr) ?? columnName(rexpr);
    if (kind !== 'AEXPR_OP' || !/^[<>]=?$/.test(operator) || column === undefined) return [];
    return [{column, isLower: operator.startsWith('>') === (columnName(lexpr) !== undefined)}];
  });
  return ends.some(end => ends.some(other => other.column === end.column && other.isLower !== end.isLower));
}

function columnIn(node: unknown, {values}: Subject): string | undefined {
  const name = columnName(node);
  return name === undefined || values.has(name.toLowerCase()) ? undefined : name;
}

function columnName(node: unknown): string | undefined {
  return names(field(node, 'ColumnRef')['fields']).at(-1);
}

function isConstant(node: unknown): boolean {
  return isNodeOf(node, 'A_Const');
}
