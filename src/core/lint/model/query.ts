import {field, isNode, list, names, text, type QualifiedName} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {rangeName} from './applying.ts';
import {figuredName} from './expression.ts';
import {
  nothingKnown,
  resolve,
  resultNamed,
  type Result,
  type ResultColumn,
  type Scope,
  type Source,
} from './query-scope.ts';
import {typeOf} from './query-types.ts';

/** A relation as a query sees it. */
export interface Readable {
  readonly schema: string;
  readonly name: string;
  readonly columns: ReadonlyMap<string, {readonly name: string; readonly type: string}>;
  readonly complete: boolean;
}

/** What a query is read with, and whom it tells what it finds. */
export interface QueryReader {
  relation(name: QualifiedName): Readable | undefined;
  typeText(typeName: SyntaxNode): string;
  /** @param location of the name in the tree */
  readsRelation?(name: QualifiedName, location: unknown): void;
  readsColumn?(
    of: {readonly relation: QualifiedName; readonly column: string},
    location: unknown,
    parts: readonly string[],
  ): void;
}

/** @returns the columns that a SELECT gives, and tells the reader of all that it reads */
export function readSelect(reader: QueryReader, node: SyntaxNode, outer?: Scope): Result {
  const scope = scopeOf(reader, node, outer);
  const [larg, rarg] = [field(node, 'larg'), field(node, 'rarg')];
  if ('larg' in node) {
    const first = readSelect(reader, larg, scope);
    const second = readSelect(reader, rarg, scope);
    return {
      isKnown: first.isKnown,
      columns: first.columns.map((column, index) => ({
        name: column.name,
        type: sharedType(column, second.columns[index]),
      })),
    };
  }
  const targets = list(node['targetList']).map(each => field(each, 'ResTarget'));
  readExpressions(reader, node, scope);
  if (targets.length === 0 && 'valuesLists' in node) return valuesOf(reader, node, scope);
  return targetsOf(reader, targets, scope);
}

function sharedType(one: ResultColumn, other: ResultColumn | undefined): string {
  return one.type === other?.type ? one.type : '';
}

function valuesOf(reader: QueryReader, node: SyntaxNode, scope: Scope): Result {
  const row = list(field(list(node['valuesLists'])[0], 'List')['items']);
  return {
    isKnown: true,
    columns: row.map((each, index) => ({name: `column${index + 1}`, type: inferred(reader, each, scope)})),
  };
}

/** The clauses of a statement that name columns: everything but what makes up its scope. */
function readExpressions(reader: QueryReader, node: SyntaxNode, scope: Scope): void {
  for (const [key, value] of Object.entries(node))
    if (key !== 'fromClause' && key !== 'withClause') readExpression(reader, value, scope);
}

/** Tells of the columns in an expression, and of what its queries read. */
export function readExpression(reader: QueryReader, value: unknown, scope: Scope): void {
  if (Array.isArray(value)) for (const each of value) readExpression(reader, each, scope);
  if (!isNode(value)) return;
  for (const [kind, inner] of Object.entries(value)) {
    if (kind === 'ColumnRef' && isNode(inner)) readColumn(reader, inner, scope);
    else if (kind === 'SelectStmt' && isNode(inner)) readSelect(reader, inner, scope);
    else readExpression(reader, inner, scope);
  }
}

function readColumn(reader: QueryReader, node: SyntaxNode, scope: Scope): void {
  const parts = names(node['fields']);
  const isStar = list(node['fields']).some(each => 'A_Star' in each);
  if (isStar) {
    for (const {of} of starOf(scope, parts).columns) if (of) reader.readsColumn?.(of, undefined, parts);
    return;
  }
  const of = resolve(scope, parts)?.of;
  if (of) reader.readsColumn?.(of, node['location'], parts);
}

/** @returns what the names of columns mean in a statement with FROM and WITH */
export function scopeOf(
  reader: QueryReader,
  node: SyntaxNode,
  outer?: Scope,
  more: readonly Source[] = [],
): Scope {
  const results = new Map<string, Result>();
  const base: Scope = {sources: [], star: [], results, ...(outer ? {outer} : {})};
  for (const each of list(field(node, 'withClause')['ctes']))
    readCommonTable(reader, field(each, 'CommonTableExpr'), base, results);
  const parts = list(node['fromClause'] ?? node['usingClause']);
  const sources: Source[] = [...more];
  const star: ResultColumn[] = more.flatMap(({columns}) => columns);
  for (const part of parts) {
    const scope: Scope = {...base, sources, star: []};
    const found = fromItem(reader, part, scope);
    sources.push(...found.sources);
    star.push(...found.star);
  }
  const scope = {...base, sources, star};
  for (const part of parts) readJoins(reader, part, scope);
  return scope;
}

/** A recursive one sees itself. */
function readCommonTable(
  reader: QueryReader,
  node: SyntaxNode,
  scope: Scope,
  results: Map<string, Result>,
): void {
  const name = text(node['ctename']) ?? '';
  const aliases = names(node['aliascolnames']);
  const query = field(node, 'ctequery');
  const select = field(query, 'SelectStmt');
  const first = 'larg' in select ? field(select, 'larg') : undefined;
  const quiet = {relation: reader.relation.bind(reader), typeText: reader.typeText.bind(reader)};
  if (first) results.set(name, renamedColumns(readSelect(quiet, first, scope), aliases));
  const result = 'SelectStmt' in query ? readSelect(reader, select, scope) : nothingKnown;
  results.set(name, renamedColumns(result, aliases));
}

function renamedColumns({columns, isKnown}: Result, aliases: readonly string[]): Result {
  return {
    isKnown,
    columns: columns.map((column, index) => ({...column, name: aliases[index] ?? column.name})),
  };
}

interface FromItem {
  readonly sources: readonly Source[];
  readonly star: readonly ResultColumn[];
}

function fromItem(reader: QueryReader, part: SyntaxNode, scope: Scope): FromItem {
  if ('JoinExpr' in part) return join(reader, field(part, 'JoinExpr'), scope);
  const source =
    'RangeVar' in part
      ? relationSource(reader, field(part, 'RangeVar'), scope)
      : otherSource(reader, part, scope);
  return {sources: [source], star: source.columns};
}

/** @param node a `RangeVar` */
export function relationSource(reader: QueryReader, node: SyntaxNode, scope?: Scope): Source {
  const name = rangeName(node) ?? {name: ''};
  const alias = field(node, 'alias');
  const common = name.schema === undefined ? resultNamed(scope, name.name) : undefined;
  const known = common ? undefined : reader.relation(name);
  if (!common)
    reader.readsRelation?.(known ? {schema: known.schema, name: known.name} : name, node['location']);
  const relation = known && {schema: known.schema, name: known.name};
  const columns =
    common?.columns ??
    [...(known?.columns.values() ?? [])].map(({name: column, type}) => ({
      name: column,
      type,
      ...(relation ? {of: {relation, column}} : {}),
    }));
  const {columns: renamed} = renamedColumns({columns, isKnown: true}, names(alias['colnames']));
  return {
    alias: text(alias['aliasname']) ?? name.name,
    columns: renamed,
    isKnown: common?.isKnown ?? known?.complete ?? false,
  };
}

/** A query in parentheses, or a function, whose columns are not known. */
function otherSource(reader: QueryReader, part: SyntaxNode, scope: Scope): Source {
  const subselect = field(part, 'RangeSubselect');
  const [inner] = Object.values(part);
  const alias = field(inner, 'alias');
  const select = field(field(subselect, 'subquery'), 'SelectStmt');
  const isQuery = 'subquery' in subselect;
  const result = isQuery ? readSelect(reader, select, scope) : nothingKnown;
  if (!isQuery) readExpression(reader, inner, scope);
  const {columns} = renamedColumns(result, names(alias['colnames']));
  return {alias: text(alias['aliasname']), columns, isKnown: result.isKnown};
}

function join(reader: QueryReader, node: SyntaxNode, scope: Scope): FromItem {
  const left = fromItem(reader, field(node, 'larg'), scope);
  const right = fromItem(reader, field(node, 'rarg'), {
    ...scope,
    sources: [...scope.sources, ...left.sources],
  });
  const shared =
    node['isNatural'] === true
      ? left.star.map(({name}) => name).filter(name => right.star.some(each => each.name === name))
      : names(node['usingClause']);
  const isShared = ({name}: ResultColumn): boolean => shared.includes(name);
  const first = node['jointype'] === 'JOIN_RIGHT' ? right : left;
  const merged = shared.flatMap(name => first.star.find(each => each.name === name) ?? []);
  return {
    sources: [...left.sources, ...right.sources],
    star: [
      ...merged,
      ...left.star.filter(each => !isShared(each)),
      ...right.star.filter(each => !isShared(each)),
    ],
  };
}

function readJoins(reader: QueryReader, part: SyntaxNode, scope: Scope): void {
  if (!('JoinExpr' in part)) return;
  const node = field(part, 'JoinExpr');
  readExpression(reader, node['quals'], scope);
  for (const name of names(node['usingClause']))
    for (const {columns} of scope.sources) {
      const of = columns.find(each => each.name === name)?.of;
      if (of) reader.readsColumn?.(of, undefined, [name]);
    }
  readJoins(reader, field(node, 'larg'), scope);
  readJoins(reader, field(node, 'rarg'), scope);
}

/** @returns the columns that `*` or `t.*` stands for */
function starOf(scope: Scope, parts: readonly string[]): Result {
  const qualifier = parts.at(-1);
  const sources = scope.sources.filter(({alias}) => qualifier === undefined || alias === qualifier);
  const isKnown = sources.length > 0 && sources.every(source => source.isKnown);
  return {isKnown, columns: qualifier === undefined ? scope.star : sources.flatMap(({columns}) => columns)};
}

/** @returns the columns of a target list or of RETURNING */
export function targetsOf(reader: QueryReader, targets: readonly SyntaxNode[], scope: Scope): Result {
  const parts = targets.map(target => {
    const value = field(target['val'], 'ColumnRef');
    if (list(value['fields']).some(each => 'A_Star' in each)) return starOf(scope, names(value['fields']));
    const name = text(target['name']) ?? figuredName(target['val']) ?? '?column?';
    const of = 'fields' in value ? resolve(scope, names(value['fields']))?.of : undefined;
    return {
      isKnown: true,
      columns: [{name, type: inferred(reader, target['val'], scope), ...(of ? {of} : {})}],
    };
  });
  return {isKnown: parts.every(({isKnown}) => isKnown), columns: parts.flatMap(({columns}) => columns)};
}

function inferred(reader: QueryReader, expression: unknown, scope: Scope): string {
  const quiet: QueryReader = {
    relation: name => reader.relation(name),
    typeText: name => reader.typeText(name),
  };
  return typeOf(
    {
      column: parts => resolve(scope, parts)?.type ?? '',
      cast: typeName => quiet.typeText(typeName),
      query: select => readSelect(quiet, select, scope).columns[0]?.type ?? '',
    },
    expression,
  );
}
