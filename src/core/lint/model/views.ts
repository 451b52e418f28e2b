import {field, names, type QualifiedName} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {madeAt, newName, rangeName, type Applying} from './applying.ts';
import {readSelect} from './query.ts';
import {nothingKnown, type Result} from './query-scope.ts';
import {temporarySchema} from './state.ts';
import {columnKey, emptyTable, fullName, isSame, type Table, type TableColumn} from './table.ts';
import {typeText} from './types.ts';

/** CREATE VIEW; OR REPLACE keeps what reads it. */
export function createView(applying: Applying): void {
  const {node} = applying.statement;
  const name = rangeName(node['view']);
  if (!name) return;
  const before = node['replace'] === true ? applying.state.table(name) : undefined;
  const full = before ? fullName(before) : newName(applying, temporary(applying, node, name));
  const query = readQuery(applying, field(node, 'query'));
  applying.state.put({
    ...(before ?? emptyTable),
    ...full,
    ...madeRelation(applying, field(node, 'view')),
    ...(before?.made ? {made: before.made} : {}),
    kind: 'view',
    temporary: full.schema === temporarySchema,
    ...withColumns(query, names(node['aliases'])),
  });
}

/** A view of temporary tables is temporary without saying so. */
function temporary({state}: Applying, node: SyntaxNode, name: QualifiedName): QualifiedName {
  const reads = readQuery({state}, field(node, 'query')).reads;
  const isTemporary = name.schema === undefined && reads.some(({schema}) => schema === temporarySchema);
  return isTemporary ? {schema: temporarySchema, name: name.name} : name;
}

/** CREATE TABLE AS, SELECT INTO and CREATE MATERIALIZED VIEW */
export function createAs(
  applying: Applying,
  into: SyntaxNode,
  query: SyntaxNode,
  kind: 'table' | 'materialized view',
): void {
  const relation = field(into, 'rel');
  const name = rangeName(relation);
  if (!name) return;
  const full = newName(applying, name);
  if (applying.statement.node['if_not_exists'] === true && applying.state.isTaken(full)) return;
  const found = readQuery(applying, query);
  applying.state.put({
    ...emptyTable,
    ...full,
    ...madeRelation(applying, relation),
    kind,
    temporary: full.schema === temporarySchema,
    unlogged: relation['relpersistence'] === 'u',
    ...withColumns(found, names(into['colNames'])),
    ...(kind === 'table' ? {reads: [], readColumns: emptyTable.readColumns} : {}),
  });
}

function madeRelation(applying: Applying, relation: SyntaxNode): Pick<Table, 'made'> {
  return madeAt(applying, applying.statement.nameAt(relation['location']));
}

interface Query {
  readonly result: Result;
  readonly reads: readonly QualifiedName[];
  readonly readColumns: ReadonlySet<string>;
}

function readQuery({state}: Pick<Applying, 'state'>, query: SyntaxNode): Query {
  const reads: QualifiedName[] = [];
  const readColumns = new Set<string>();
  const result =
    'SelectStmt' in query
      ? readSelect(
          {
            relation: name => state.table(name),
            typeText: typeName => typeText(state, typeName),
            readsRelation: name => {
              const full = {schema: name.schema ?? state.home, name: name.name};
              if (!reads.some(each => isSame(each, full))) reads.push(full);
            },
            readsColumn: ({relation: {schema = '', name}, column}) =>
              void readColumns.add(columnKey({schema, name}, column)),
          },
          field(query, 'SelectStmt'),
        )
      : nothingKnown;
  return {result, reads, readColumns};
}

function withColumns(
  {result, reads, readColumns}: Query,
  aliases: readonly string[],
): Pick<Table, 'columns' | 'complete' | 'reads' | 'readColumns'> {
  const columns = new Map<string, TableColumn>();
  for (const [index, {name, type}] of result.columns.entries()) {
    const given = aliases[index] ?? name;
    columns.set(given, {name: given, type, notNull: false, local: true});
  }
  return {columns, complete: result.isKnown, reads, readColumns};
}
