import {field, list, text, type QualifiedName} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {changedTable, listedName, madeAt, newName, rangeName, type Applying} from './applying.ts';
import {columnPlan, type ColumnPlan} from './columns.ts';
import {addConstraint, indexKinds} from './constraints.ts';
import {columnsIn} from './expression.ts';
import {inheritFrom} from './inherit.ts';
import {likeColumns, likeParts} from './like.ts';
import {setNotNull, type ConstraintClause} from './parts.ts';
import {becomePartition} from './partitions.ts';
import {temporarySchema} from './state.ts';
import {emptyTable, fullName, type FullName, type Table, type TableColumn} from './table.ts';

/** CREATE TABLE and CREATE FOREIGN TABLE, without what comes from a query */
export function createTable(applying: Applying, node: SyntaxNode, isForeign = false): void {
  const {state} = applying;
  const name = rangeName(node['relation']);
  if (!name) return;
  const full = newName(applying, name);
  if (node['if_not_exists'] === true && state.isTaken(full)) return;
  const plans = list(node['tableElts']).flatMap(element => planOf(applying, full, element));
  const parents = list(node['inhRelations']).flatMap(parent => rangeName(field(parent, 'RangeVar')) ?? []);
  const isPartition = 'partbound' in node;
  state.put({
    ...emptyTable,
    ...full,
    ...natureOf(applying, node, full, isForeign),
    columns: columnsOf(applying, node, plans, parents, isPartition),
    complete:
      parents.every(parent => state.table(parent)?.complete === true) &&
      plans.every(({isKnown}) => isKnown) &&
      isKnownType(applying, node),
  });
  for (const parent of parents)
    if (isPartition)
      becomePartition(
        applying,
        full,
        changedTable(applying, parent),
        field(node, 'partbound')['is_default'] === true,
      );
    else inheritFrom(applying, full, changedTable(applying, parent));
  addParts(applying, full, plans);
}

function natureOf(
  applying: Applying,
  node: SyntaxNode,
  full: FullName,
  isForeign: boolean,
): Pick<Table, 'kind' | 'temporary' | 'unlogged' | 'made' | 'ofType' | 'partitionBy'> {
  const relation = field(node, 'relation');
  const of = listedName(field(node, 'ofTypename')['names']);
  const type = of && applying.state.type(of);
  return {
    ...(type ? {ofType: fullName(type)} : {}),
    kind: isForeign ? 'foreign table' : 'partspec' in node ? 'partitioned table' : 'table',
    temporary: full.schema === temporarySchema,
    unlogged: relation['relpersistence'] === 'u',
    ...partitionedBy(node),
    ...madeAt(applying, applying.statement.nameAt(relation['location'])),
  };
}

const strategies = {
  PARTITION_STRATEGY_RANGE: 'range',
  PARTITION_STRATEGY_LIST: 'list',
  PARTITION_STRATEGY_HASH: 'hash',
} as const;

function partitionedBy(node: SyntaxNode): Pick<Table, 'partitionBy'> {
  const spec = field(node, 'partspec');
  const strategy = Object.entries(strategies).find(([name]) => name === spec['strategy'])?.[1];
  if (!strategy) return {};
  const keys = list(spec['partParams'])
    .map(each => field(each, 'PartitionElem'))
    .map(({name, expr}) => text(name) ?? `(${columnsIn(expr).join(', ')})`);
  return {partitionBy: {strategy, keys}};
}

/** What one element of the list adds. */
interface Element {
  readonly columns: readonly ColumnPlan[];
  readonly constraints: readonly ConstraintClause[];
  readonly like?: SyntaxNode;
  /** Whether its columns are known. */
  readonly isKnown: boolean;
}

function planOf(applying: Applying, full: FullName, element: SyntaxNode): readonly Element[] {
  if ('ColumnDef' in element) {
    const plan = columnPlan(applying, full, field(element, 'ColumnDef'));
    return plan ? [{columns: [plan], constraints: plan.constraints, isKnown: true}] : [];
  }
  if ('TableLikeClause' in element) {
    const like = field(element, 'TableLikeClause');
    const {columns, isKnown} = likeColumns(applying, full, like);
    return [{columns: columns.map(column => ({column, constraints: []})), constraints: [], like, isKnown}];
  }
  return [{columns: [], constraints: [{node: field(element, 'Constraint')}], isKnown: true}];
}

function isKnownType({state}: Applying, node: SyntaxNode): boolean {
  const of = listedName(field(node, 'ofTypename')['names']);
  return of === undefined || state.type(of)?.attributes !== undefined;
}

/** Those of the parents first, then its own; one that both have is one. */
function columnsOf(
  applying: Applying,
  node: SyntaxNode,
  elements: readonly Element[],
  parents: readonly QualifiedName[],
  isPartition: boolean,
): ReadonlyMap<string, TableColumn> {
  const columns = new Map<string, TableColumn>();
  for (const parent of parents)
    for (const column of applying.state.table(parent)?.columns.values() ?? [])
      columns.set(
        column.name,
        merged(columns.get(column.name), inheritedColumn(applying, column, isPartition)),
      );
  for (const {name, type} of attributesOf(applying, node))
    columns.set(name, {name, type, notNull: false, local: true});
  for (const {column} of elements.flatMap(element => element.columns)) {
    const parent = columns.get(column.name);
    columns.set(column.name, parent ? own(parent, column) : column);
  }
  return columns;
}

function attributesOf(
  {state}: Applying,
  node: SyntaxNode,
): readonly {readonly name: string; readonly type: string}[] {
  const of = listedName(field(node, 'ofTypename')['names']);
  return (of && state.type(of)?.attributes) ?? [];
}

function merged(one: TableColumn | undefined, other: TableColumn): TableColumn {
  return one ? {...one, notNull: one.notNull || other.notNull} : other;
}

/** Only partitions take over an identity, since 17. */
export function inheritedColumn({state}: Applying, column: TableColumn, isPartition: boolean): TableColumn {
  const {local: _local, changed: _changed, identity, ...rest} = column;
  const keeps = identity !== undefined && isPartition && state.major >= 17;
  return {...rest, inherited: true, ...(keeps ? {identity} : {})};
}

/** What a child says of a parent's column. */
function own(parent: TableColumn, column: TableColumn): TableColumn {
  return {
    ...parent,
    ...column,
    type: parent.type,
    notNull: parent.notNull || column.notNull,
    inherited: parent.inherited === true,
    local: true,
  };
}

const isOf =
  (types: ReadonlySet<string>) =>
  ({node}: ConstraintClause): boolean =>
    types.has(text(node['contype']) ?? '');

/** In the order in which PostgreSQL makes them, on which made-up names depend. */
function addParts(applying: Applying, full: FullName, elements: readonly Element[]): void {
  const clauses = elements.flatMap(({constraints}) => constraints);
  for (const clause of clauses.filter(isOf(new Set(['CONSTR_CHECK', 'CONSTR_NOTNULL']))))
    addConstraint(applying, full, clause);
  for (const clause of withoutRepetitions(
    clauses.filter(({node}) => indexKinds[text(node['contype']) ?? '']),
  ))
    addConstraint(applying, full, clause);
  for (const {like} of elements) if (like) likeParts(applying, full, like);
  for (const clause of clauses.filter(isOf(new Set(['CONSTR_FOREIGN']))))
    addConstraint(applying, full, clause);
  for (const {column} of elements.flatMap(({columns}) => columns))
    if (column.notNull) setNotNull(applying, full, column.name, true);
}

/** The primary key comes first; a UNIQUE that says the same as another is left out. */
function withoutRepetitions(clauses: readonly ConstraintClause[]): readonly ConstraintClause[] {
  const found = new Map<string, ConstraintClause>();
  const isPrimary = isOf(new Set(['CONSTR_PRIMARY']));
  for (const clause of [...clauses.filter(isPrimary), ...clauses.filter(each => !isPrimary(each))]) {
    const key = repetitionKey(clause);
    const prior = found.get(key);
    const name = text(prior?.node['conname']) ?? text(clause.node['conname']);
    found.set(
      key,
      prior ? {...prior, node: {...prior.node, ...(name === undefined ? {} : {conname: name})}} : clause,
    );
  }
  return [...found.values()];
}

function repetitionKey({node, column}: ConstraintClause): string {
  if (node['contype'] === 'CONSTR_EXCLUSION') return JSON.stringify(node);
  const {keys, including, nulls_not_distinct: nulls, deferrable, initdeferred} = node;
  const {CONSTR_ATTR_DEFERRABLE: isDeferrable, CONSTR_ATTR_DEFERRED: isDeferred} = node;
  return JSON.stringify([
    column === undefined ? keys : [{String: {sval: column}}],
    including,
    nulls,
    deferrable ?? isDeferrable,
    initdeferred ?? isDeferred,
  ]);
}
