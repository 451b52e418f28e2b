import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {columnRow, type ColumnRow} from '../catalog/definition/columns.ts';
import {createTable} from '../catalog/definition/create-table.ts';
import {createView} from '../catalog/definition/create-view.ts';
import {relationRow, type RelationRow} from '../catalog/definition/relation-row.ts';
import {gone, readStatements, type Made} from '../catalog/definition/statements.ts';
import {readRow, readRows, type ReadOptions} from '../catalog/read.ts';
import {columnDefinitionsSql} from '../catalog/sql/definition/columns.ts';
import {statisticsSql, tableConstraintsSql, tableIndexesSql} from '../catalog/sql/definition/parts.ts';
import {relationSql} from '../catalog/sql/definition/relation.ts';
import {constraintKindsSql, defaultCollationSql} from './sql/what-if-read.ts';

/** What makes one relation as the planner sees it. */
export interface PlannableTable {
  /** Columns, keys and indexes; without them the statement cannot be planned. */
  readonly needed: readonly string[];
  /** Once all relations are there: foreign keys, by which joins are estimated, and extended statistics. */
  readonly helpful: readonly string[];
}

export interface TableContext {
  /** Relations that will be there. */
  readonly oids: ReadonlySet<number>;
  /** Names of indexes that are valid. */
  readonly indexes: ReadonlySet<string>;
  /** What stands for the database's own collation, where that is not C. */
  readonly collation?: string;
}

const constraintKind = z.object({
  name: z.string(),
  kind: z.enum(['c', 'f', 'n', 'p', 'u', 'x', 't']),
  target: z.coerce.number(),
});
const named = z.object({name: z.string()});

/**
 * Reads the definition of a table, view or materialized view, without what plans do not depend on: defaults,
 * sequences, triggers, rules, policies, comments, storage. A materialized view becomes a table.
 */
export async function readPlannableTable(
  session: Session,
  oid: number,
  context: TableContext,
  options: ReadOptions,
): Promise<Outcome<PlannableTable>> {
  const read = await readRow(session, relationSql, [oid], relationRow, options);
  if (!read.ok) return read;
  if (!read.value) return gone();
  const relation = bare(read.value);
  if (relation.kind === 'v') return ok({needed: createView(relation, [], []), helpful: []});
  const columns = await readColumns(session, oid, context, options);
  if (!columns.ok) return columns;
  const constraints = await readConstraints(
    session,
    oid,
    {context, children: relation.parents.length > 0},
    options,
  );
  if (!constraints.ok) return constraints;
  const indexes = await readStatements(session, tableIndexesSql, oid, options);
  if (!indexes.ok) return indexes;
  const statistics = await readStatements(session, statisticsSql, oid, options);
  if (!statistics.ok) return statistics;
  const {keys, references} = constraints.value;
  const valid = indexes.value.filter(({name}) => context.indexes.has(name)).map(firstStatement);
  return ok({
    needed: createTable({relation, columns: columns.value, sequences: [], constraints: keys, indexes: valid}),
    helpful: [...references, ...statistics.value.flatMap(({statements}) => statements.slice(0, 1))],
  });
}

/** Options such as fillfactor and parallel_workers stay. */
function bare(relation: RelationRow): RelationRow {
  const {ofType: _type, tablespace: _tablespace, method: _method, comment: _comment, ...rest} = relation;
  return {
    ...rest,
    kind: relation.kind === 'm' ? 'r' : relation.kind,
    unlogged: false,
    rowSecurity: false,
    forcedRowSecurity: false,
    replicaIdentity: 'd',
  };
}

async function readColumns(
  session: Session,
  oid: number,
  {collation}: TableContext,
  options: ReadOptions,
): Promise<Outcome<readonly ColumnRow[]>> {
  const columns = await readRows(session, columnDefinitionsSql, [oid], columnRow, options);
  if (!columns.ok) return columns;
  const sorted = await readRows(session, defaultCollationSql, [oid], named, options);
  if (!sorted.ok) return sorted;
  const names = new Set(sorted.value.map(({name}) => name));
  return ok(
    columns.value.map(column =>
      bareColumn(collation !== undefined && names.has(column.name) ? {...column, collation} : column),
    ),
  );
}

/** A generated column keeps its expression: a virtual one stands in plans. */
function bareColumn(column: ColumnRow): ColumnRow {
  const {name, type, collation, generated, expression, notNull, inherited, parentNotNull} = column;
  return {
    name,
    type,
    ...(collation === undefined ? {} : {collation}),
    generated,
    ...(generated === '' || expression === undefined ? {} : {expression}),
    ...(notNull === undefined ? {} : {notNull}),
    inherited,
    parentNotNull,
    ...(generated === '' || column.parentExpression === undefined
      ? {}
      : {parentExpression: column.parentExpression}),
  };
}

interface Constraints {
  readonly keys: readonly Made[];
  readonly references: readonly string[];
}

/** CHECK constraints keep children of classic inheritance out of plans. */
async function readConstraints(
  session: Session,
  oid: number,
  {context, children}: {readonly context: TableContext; readonly children: boolean},
  options: ReadOptions,
): Promise<Outcome<Constraints>> {
  const made = await readStatements(session, tableConstraintsSql, oid, options);
  if (!made.ok) return made;
  const read = await readRows(session, constraintKindsSql, [oid], constraintKind, options);
  if (!read.ok) return read;
  const kinds = new Map(read.value.map(each => [each.name, each]));
  const wanted = children ? 'puxc' : 'pux';
  return ok({
    keys: made.value
      .filter(({name}) => wanted.includes(kinds.get(name)?.kind ?? '-'))
      .map(each => ({...each, statements: each.statements.slice(0, 1)})),
    references: made.value
      .filter(({name}) => kinds.get(name)?.kind === 'f' && context.oids.has(kinds.get(name)?.target ?? 0))
      .flatMap(({statements}) => (statements[0] === undefined ? [] : [unchecked(statements[0])])),
  });
}

/** A check would read the tables, whose indexes must stay unread. */
function unchecked(statement: string): string {
  return statement.endsWith(' NOT VALID;') ? statement : statement.replace(/;$/, ' NOT VALID;');
}

/** The others say where an index lies, and what clusters by it. */
function firstStatement(made: Made): Made {
  return {...made, statements: made.statements.slice(0, 1)};
}
