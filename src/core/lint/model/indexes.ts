import {field, list, names, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {
  changedTable,
  clauseText,
  inParentheses,
  madeAt,
  rangeName,
  wordsFrom,
  type Applying,
} from './applying.ts';
import {definitionIn} from './definition.ts';
import {columnsIn, figuredName} from './expression.ts';
import type {State} from './state.ts';
import {constraintPlace, requireNotNull, type ConstraintClause} from './parts.ts';
import {freeName} from './made-up-names.ts';
import type {Made} from './schema.ts';
import {keyOf, nameOfKey, withValue, type FullName, type Table, type TableIndex} from './table.ts';

/** An index that is to be made, on a table and its partitions. */
export interface IndexPlan {
  readonly name?: string;
  readonly keys: readonly string[];
  readonly include: readonly string[];
  /** What a made-up name is made of. */
  readonly words: readonly string[];
  readonly uses: readonly string[];
  readonly unique: boolean;
  readonly method: string;
  readonly where?: string;
  readonly definition?: string;
  readonly made?: Made;
  readonly constraint?: 'primary key' | 'unique' | 'exclusion';
  readonly onlyTable?: boolean;
}

/** CREATE INDEX */
export function createIndex(applying: Applying): void {
  const {statement, state} = applying;
  const {node} = statement;
  const name = rangeName(node['relation']);
  if (!name) return;
  const table = changedTable(applying, name);
  const given = text(node['idxname']);
  if (
    given !== undefined &&
    node['if_not_exists'] === true &&
    state.isTaken({schema: table.schema, name: given})
  )
    return;
  addIndex(applying, table, planOf(applying, node, given));
}

function planOf(applying: Applying, node: SyntaxNode, given: string | undefined): IndexPlan {
  const {statement} = applying;
  const params = list(node['indexParams']).map(each => field(each, 'IndexElem'));
  const include = list(node['indexIncludingParams']).map(
    each => text(field(each, 'IndexElem')['name']) ?? '',
  );
  const tableEnd = statement.nameAt(field(node, 'relation')['location']).end;
  const where = node['whereClause']
    ? statement.find('WHERE', {start: tableEnd, end: statement.whole.end})
    : undefined;
  return {
    ...(given === undefined ? {} : {name: given}),
    keys: keysOf(applying, params, tableEnd),
    include,
    words: wordsOf(params, include),
    uses: columnsIn([params.map(each => each['expr']), node['whereClause']]),
    unique: node['unique'] === true,
    method: text(node['accessMethod']) ?? 'btree',
    onlyTable: field(node, 'relation')['inh'] !== true,
    ...(where ? {where: statement.sql.slice(where.end).trim()} : {}),
    definition: statement.sql.slice(tableEnd).trim(),
    ...madeAt(applying, indexPlace(applying, given, tableEnd)),
  };
}

/** The name stands before ON; without one it is the table that says where. */
function indexPlace(
  {statement}: Applying,
  given: string | undefined,
  tableEnd: number,
): {start: number; end: number} {
  const on = statement.find('ON', {start: 0, end: tableEnd});
  const word = given === undefined ? undefined : statement.words.findLast(({end}) => on && end <= on.start);
  const at = word ?? statement.find('INDEX') ?? statement.whole;
  return {start: at.start, end: at.end};
}

/** @returns columns as they are, expressions in parentheses as they are written */
function keysOf({statement}: Applying, params: readonly SyntaxNode[], tableEnd: number): readonly string[] {
  if (params.every(each => text(each['name']) !== undefined))
    return params.flatMap(each => text(each['name']) ?? []);
  const behind = wordsFrom(statement, tableEnd);
  const open = behind.findIndex(word => word.text === '(');
  let from = behind[open]?.end ?? tableEnd;
  return params.map(each => {
    const start = wordsFrom(statement, from)[0]?.start ?? from;
    const whole = clauseText(statement, start);
    const end = start + whole.length;
    from = wordsFrom(statement, end).find(word => word.text === ',')?.end ?? end;
    return text(each['name']) ?? expressionKey(whole, each);
  });
}

/** Without what stands behind an expression: its operator class and its order. */
function expressionKey(written: string, element: SyntaxNode): string {
  const ordered = written.replace(/\s+nulls\s+(?:first|last)$/i, '').replace(/\s+(?:asc|desc)$/i, '');
  const classes = names(element['opclass']).length + names(element['collation']).length > 0;
  const expression = classes ? ordered.slice(0, ordered.lastIndexOf(')') + 1) : ordered;
  return expression.startsWith('(') && expression.endsWith(')') ? expression : `(${expression})`;
}

/** Source: `ChooseIndexColumnNames` in src/backend/commands/indexcmds.c of PostgreSQL */
function wordsOf(params: readonly SyntaxNode[], include: readonly string[]): readonly string[] {
  const words: string[] = [];
  const wanted = [
    ...params.map(each => text(each['name']) ?? figuredName(each['expr']) ?? 'expr'),
    ...include,
  ];
  for (const word of wanted) {
    let free = word;
    for (let pass = 1; words.includes(free); pass += 1) free = `${word}${pass}`;
    words.push(free);
  }
  return words;
}

/** PRIMARY KEY, UNIQUE and EXCLUDE make an index. */
export function indexFromConstraint(
  applying: Applying,
  clause: ConstraintClause,
  kind: 'primary key' | 'unique' | 'exclusion',
): IndexPlan {
  const {node, column} = clause;
  const {statement} = applying;
  const excluded = list(node['exclusions']).map(each =>
    field(list(field(each, 'List')['items'])[0], 'IndexElem'),
  );
  const keys = column === undefined ? names(node['keys']) : [column];
  const include = names(node['including']);
  const given = text(node['conname']);
  const words = wordsFrom(statement, statement.at(node['location']));
  const where = words.findIndex(word => word.text === 'WHERE');
  const whereText = node['where_clause'] ? inParentheses(statement, words.slice(where)) : undefined;
  return {
    ...(given === undefined ? {} : {name: given}),
    keys:
      kind === 'exclusion'
        ? excluded.map(each => text(each['name']) ?? `(${figuredName(each['expr']) ?? 'expr'})`)
        : keys,
    include,
    words: kind === 'exclusion' ? wordsOf(excluded, include) : [...keys, ...include],
    uses: columnsIn([excluded.map(each => each['expr']), node['where_clause']]),
    unique: kind !== 'exclusion',
    method: text(node['access_method']) ?? (node['without_overlaps'] === true ? 'gist' : 'btree'),
    constraint: kind,
    ...(whereText === undefined ? {} : {where: whereText}),
    ...definitionIn(applying, clause),
    ...madeAt(applying, constraintPlace(applying, node)),
  };
}

const labels = {'primary key': 'pkey', unique: 'key', exclusion: 'excl'} as const;

/** @returns a name that no relation and, for a constraint's index, no constraint of the schema has yet */
function indexName({state}: Applying, of: FullName, {words, constraint}: IndexPlan): string {
  const label = constraint ? labels[constraint] : 'idx';
  const columns = constraint === 'primary key' ? undefined : joined(words);
  return freeName(of.name, columns, label, name => {
    const full = {schema: of.schema, name};
    return state.isTaken(full) || (constraint !== undefined && state.hasConstraint(full));
  });
}

/** Source: `ChooseIndexNameAddition` in src/backend/commands/indexcmds.c of PostgreSQL */
function joined(words: readonly string[]): string {
  let name = '';
  for (const word of words) {
    name = name === '' ? word : `${name}_${word}`;
    if (name.length >= 64) break;
  }
  return name;
}

/** Adds an index and its constraint to a table, and to the partitions that have none like it. */
export function addIndex(applying: Applying, of: FullName, plan: IndexPlan, parent?: string): void {
  const {state} = applying;
  const table = state.at(of);
  if (!table) return;
  const {constraint, onlyTable, name: given, made, definition, ...rest} = plan;
  const name = given ?? indexName(applying, of, plan);
  const index: TableIndex = {
    ...rest,
    schema: table.schema,
    name,
    ...(constraint ? {constraint: name} : definition === undefined ? {} : {definition}),
    ...(made ? {made} : {}),
    ...(parent === undefined ? {} : {parent}),
  };
  state.put({
    ...table,
    indexes: withValue(table.indexes, name, index),
    ...(constraint ? {constraints: constraintFor(table, plan, name, constraint, parent)} : {}),
  });
  if (constraint === 'primary key')
    for (const column of plan.keys) requireNotNull(applying, of, column, made);
  if (onlyTable !== true)
    for (const partition of table.partitions)
      addToPartition(applying, partition, plan, keyOf({schema: table.schema, name}));
}

function constraintFor(
  table: Table,
  {keys, made, definition}: IndexPlan,
  name: string,
  kind: 'primary key' | 'unique' | 'exclusion',
  parent: string | undefined,
): Table['constraints'] {
  return withValue(table.constraints, name, {
    name,
    kind,
    columns: keys,
    valid: true,
    ...(parent === undefined ? {local: true} : {parent: nameOfKey(parent).name}),
    ...(definition === undefined ? {} : {definition}),
    ...(made ? {made} : {}),
  });
}

/** An index that is like it, and no part of another, becomes its part. */
export function addToPartition(
  applying: Applying,
  name: {readonly schema?: string; readonly name: string},
  {name: _name, ...plan}: IndexPlan,
  parent: string,
): void {
  const partition = applying.state.table(name);
  if (!partition) return;
  const same = [...partition.indexes.values()].find(index => isLike(partition, index, plan));
  if (same) attachIndex(applying.state, partition, same, parent);
  else addIndex(applying, partition, plan, parent);
}

function isLike(table: Table, index: TableIndex, plan: IndexPlan): boolean {
  const constraint =
    index.constraint === undefined ? undefined : table.constraints.get(index.constraint)?.kind;
  return (
    index.parent === undefined &&
    index.unique === plan.unique &&
    index.method === plan.method &&
    index.keys.join('\0') === plan.keys.join('\0') &&
    index.include.join('\0') === plan.include.join('\0') &&
    index.where === plan.where &&
    (plan.constraint === undefined || constraint === plan.constraint)
  );
}

export function attachIndex(state: State, table: Table, index: TableIndex, parent: string): void {
  const indexes = withValue(table.indexes, index.name, {...index, parent});
  const constraint = index.constraint === undefined ? undefined : table.constraints.get(index.constraint);
  const of = nameOfKey(parent).name;
  const constraints = constraint
    ? withValue(table.constraints, constraint.name, {...constraint, parent: of})
    : table.constraints;
  state.put({...table, indexes, constraints});
}

/** @returns the plan of an index that is there, for another table */
export function planFrom(
  table: Table,
  {schema: _schema, name: _name, constraint, parent: _parent, ...index}: TableIndex,
): IndexPlan {
  const kind = constraint === undefined ? undefined : table.constraints.get(constraint)?.kind;
  const isIndexKind = kind === 'primary key' || kind === 'unique' || kind === 'exclusion';
  return {
    ...index,
    ...(isIndexKind ? {constraint: kind} : {}),
  };
}
