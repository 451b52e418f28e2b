import type {IndexFacts, TableFacts} from '../facts.ts';
import type {FindingAction, ObjectName} from '../finding.ts';
import {textField} from '../fields.ts';
import type {IndexKey, IndexProposal} from '../index-sql.ts';
import {tableSql} from '../index-sql.ts';
import type {PlanNode} from '../plan.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {PlanContext} from './context.ts';
import {factsOf, type ColumnTest} from './tests.ts';

/** What an index for some conditions would be, and whether there is one already. */
export type IndexAdvice =
  | {readonly kind: 'create'; readonly keys: readonly string[]; readonly proposal: IndexProposal | undefined}
  | {readonly kind: 'invalid'; readonly keys: readonly string[]; readonly index: IndexFacts}
  | {readonly kind: 'exists'; readonly index: IndexFacts}
  | {readonly kind: 'none'};

// An index of more columns is large and slow to write, and the fourth seldom narrows what three have found.
const mostColumns = 3;

// An index that leaves this many rows to look at has done its work; a further column only makes it larger.
const fewRows = 10;

// A flag with so few values narrows nothing beside a column that has many.
const flagValues = 3;
const manyValues = 50;

/**
 * The index for conditions that all have to hold: equality columns first, those with the most values before the others,
 * then one range. A condition on an array or a document takes an inverted index of its own.
 * @param proven columns of which the plan itself shows that they narrow, whatever the statistics say
 * Source: https://www.postgresql.org/docs/current/indexes-multicolumn.html
 */
export function adviseIndex(
  context: PlanContext,
  node: PlanNode,
  tests: readonly ColumnTest[],
  proven: readonly string[] = [],
): IndexAdvice {
  const table = context.tableOf(node);
  const columns = chooseColumns(tests, table, proven);
  if (columns.length > 0) return adviceFor(context, node, columns, 'btree');
  const contained = tests.find(({kind}) => kind === 'contains');
  return contained ? adviceFor(context, node, [contained.column], 'gin') : {kind: 'none'};
}

function adviceFor(
  context: PlanContext,
  node: PlanNode,
  keys: readonly string[],
  method: IndexProposal['method'],
): IndexAdvice {
  const same = (context.tableOf(node)?.indexes ?? []).filter(index => serves(index, keys, method));
  const valid = same.find(index => index.valid);
  if (valid) return {kind: 'exists', index: valid};
  const [invalid] = same;
  if (invalid) return {kind: 'invalid', keys, index: invalid};
  return {kind: 'create', keys, proposal: proposalFor(context, node, keys.map(toKey), method)};
}

function toKey(column: string): IndexKey {
  return {column};
}

/** @returns the index on the table itself, or on the partitioned table that it belongs to; undefined without a schema. */
export function proposalFor(
  context: PlanContext,
  node: PlanNode,
  keys: readonly IndexKey[],
  method: IndexProposal['method'] = 'btree',
): IndexProposal | undefined {
  const table = nameOf(context, node);
  return table && {table, method, keys};
}

/** @returns the table that advice names. */
export function nameOf(context: PlanContext, node: PlanNode): ObjectName | undefined {
  const table = context.mainTableOf(node);
  if (table) return {schema: table.schema, name: table.name};
  const [schema, name] = [textField(node, 'Schema'), textField(node, 'Relation Name')];
  return schema === undefined || name === undefined ? undefined : {schema, name};
}

/** @returns the table's name in words. */
export function wordsOf(context: PlanContext, node: PlanNode): string {
  return nameOf(context, node)?.name ?? textField(node, 'Relation Name') ?? 'the table';
}

/** An index without a predicate whose first columns are these, the equality ones among themselves in any order. */
function serves(index: IndexFacts, keys: readonly string[], method: string): boolean {
  if (index.method !== method || index.predicate !== undefined) return false;
  const first = index.keys.slice(0, keys.length).map(({column}) => column);
  return keys.every(key => first.includes(key));
}

function chooseColumns(
  tests: readonly ColumnTest[],
  table: TableFacts | undefined,
  proven: readonly string[],
): readonly string[] {
  if (tests.length === 0) return [];
  const equal = unique(tests.filter(({kind}) => kind === 'equal').map(({column}) => column));
  const range = tests.find(({kind, column}) => kind === 'range' && !equal.includes(column));
  const sorted = equal.toSorted((a, b) => (valuesOf(table, b) ?? 0) - (valuesOf(table, a) ?? 0));
  const chosen: string[] = [];
  for (const column of sorted) {
    if (chosen.length === mostColumns) break;
    const idle = enough(chosen, table) || isIdleFlag(column, sorted, table);
    if (!idle || proven.includes(column)) chosen.push(column);
  }
  const idle = enough(chosen, table) && !proven.includes(range?.column ?? '');
  const withRange = range !== undefined && chosen.length < mostColumns && !idle;
  return withRange ? [...chosen, range.column] : chosen;
}

function isIdleFlag(column: string, sorted: readonly string[], table: TableFacts | undefined): boolean {
  const [best] = sorted;
  if (best === undefined || best === column) return false;
  const [values, most] = [valuesOf(table, column), valuesOf(table, best)];
  return values !== undefined && most !== undefined && values <= flagValues && most >= manyValues;
}

function enough(columns: readonly string[], table: TableFacts | undefined): boolean {
  if (columns.length === 0 || table?.rows === undefined) return false;
  const values = columns.map(column => valuesOf(table, column) ?? 1);
  return table.rows / values.reduce((product, each) => product * each, 1) <= fewRows;
}

/** Distinct values of a column: `n_distinct` is negative where it is a share of the rows. */
export function valuesOf(table: TableFacts | undefined, column: string): number | undefined {
  const distinct = factsOf(table, column)?.statistics?.distinct;
  if (distinct === undefined || distinct === 0) return undefined;
  return distinct > 0 ? distinct : -distinct * (table?.rows ?? 0);
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

/** @returns the share of rows that equality on these columns leaves, as if they were independent; undefined without statistics. */
export function shareOf(tests: readonly ColumnTest[], table: TableFacts | undefined): number | undefined {
  const values = unique(tests.filter(({kind}) => kind === 'equal').map(({column}) => column)).map(column =>
    valuesOf(table, column),
  );
  if (values.length === 0 || values.includes(undefined)) return undefined;
  return 1 / values.reduce<number>((product, each) => product * Math.max(1, each ?? 1), 1);
}

/** @returns the button for a proposal. */
export function createAction(
  context: PlanContext,
  proposal: IndexProposal | undefined,
): readonly FindingAction[] {
  return proposal ? [{kind: 'create-index', definition: context.indexSql(proposal)}] : [];
}

/** @returns `orders (customer_id, status)` */
export function placeOf(context: PlanContext, node: PlanNode, keys: readonly string[]): string {
  const table = nameOf(context, node);
  const name = table ? tableSql(table) : wordsOf(context, node);
  return `${name} (${keys.map(quoteWhereNeeded).join(', ')})`;
}

/** @returns what the catalog said about indexes. */
export function indexBasis(context: PlanContext, node: PlanNode, keys: readonly string[]): string {
  const table = context.tableOf(node);
  if (!table) return context.facts ? 'The catalog does not know this table.' : 'The catalog was not asked.';
  const {length} = table.indexes;
  if (length === 0) return `${table.name} has no index.`;
  const wanted = keys.join(', ');
  // A partial index, or one of another method, may begin with the same columns.
  return length === 1
    ? `The only index of ${table.name} does not serve ${wanted}.`
    : `None of the ${length} indexes of ${table.name} serves ${wanted}.`;
}
