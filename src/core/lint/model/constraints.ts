import {names, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {inParentheses, madeAt, rangeName, wordsFrom, type Applying} from './applying.ts';
import {definitionIn} from './definition.ts';
import {columnsIn} from './expression.ts';
import {addIndex, indexFromConstraint} from './indexes.ts';
import {
  constraintPlace,
  freeConstraintName,
  inheritConstraint,
  notNullOf,
  primaryKeyColumns,
  putConstraint,
  removeConstraint,
  requireNotNull,
  setNotNull,
  type ConstraintClause,
} from './parts.ts';
import {fullName, withValue, without, type FullName, type Table, type TableConstraint} from './table.ts';

export const indexKinds: Readonly<Record<string, 'primary key' | 'unique' | 'exclusion'>> = {
  CONSTR_PRIMARY: 'primary key',
  CONSTR_UNIQUE: 'unique',
  CONSTR_EXCLUSION: 'exclusion',
};

/** Adds a constraint to a table and to what inherits it. */
export function addConstraint(
  applying: Applying,
  of: FullName,
  clause: ConstraintClause,
  recurse = true,
): void {
  const {node} = clause;
  const type = text(node['contype']) ?? '';
  if (type === 'CONSTR_CHECK') addCheck(applying, of, clause, recurse);
  else if (type === 'CONSTR_FOREIGN') addForeignKey(applying, of, clause);
  else if (type === 'CONSTR_NOTNULL') addNotNull(applying, of, clause, recurse);
  else if (indexKinds[type]) addIndexConstraint(applying, of, clause);
}

function addCheck(applying: Applying, of: FullName, clause: ConstraintClause, recurse: boolean): void {
  const {node} = clause;
  const table = applying.state.at(of);
  if (!table) return;
  const columns = columnsIn(node['raw_expr']);
  const only = columns.length === 1 ? columns[0] : undefined;
  const words = wordsFrom(applying.statement, applying.statement.at(node['location']));
  const check = words.findIndex(word => word.text === 'CHECK');
  const expression = inParentheses(applying.statement, words.slice(check + 1));
  const constraint: TableConstraint = {
    name: text(node['conname']) ?? freeConstraintName(applying, of, only, 'check'),
    kind: 'check',
    columns,
    valid: node['skip_validation'] !== true,
    local: true,
    ...(expression === undefined ? {} : {expression}),
    ...(node['is_no_inherit'] === true ? {noInherit: true} : {}),
    ...definitionIn(applying, clause),
    ...madeAt(applying, constraintPlace(applying, node)),
  };
  putConstraint(applying, of, constraint);
  if (recurse && !constraint.noInherit) inheritConstraint(applying, table, constraint);
}

function addNotNull(
  applying: Applying,
  of: FullName,
  {node, column}: ConstraintClause,
  recurse: boolean,
): void {
  const name = column ?? names(node['keys'])[0];
  if (name === undefined) return;
  setNotNull(applying, of, name, true, recurse);
  const given = text(node['conname']);
  // Older servers have no such constraints: there a name of one is of no consequence.
  if (!applying.state.namesNotNull && (given === undefined || column !== undefined)) return;
  const constraint: TableConstraint = {
    name: given ?? freeConstraintName(applying, of, name, 'not_null'),
    kind: 'not null',
    columns: [name],
    valid: node['skip_validation'] !== true,
    local: true,
    ...(node['is_no_inherit'] === true ? {noInherit: true} : {}),
    ...madeAt(applying, constraintPlace(applying, node)),
  };
  const table = applying.state.at(of);
  const before = table && notNullOf(table, name);
  if (!table || before?.local === true) return;
  if (before) removeConstraint(applying, of, before.name);
  const parent = before?.parent;
  putConstraint(applying, of, {...constraint, ...(parent === undefined ? {} : {parent})});
  if (recurse && !constraint.noInherit) inheritConstraint(applying, table, constraint);
}

function addForeignKey(applying: Applying, of: FullName, clause: ConstraintClause): void {
  const {node, column} = clause;
  const target = rangeName(node['pktable']);
  const table = applying.state.at(of);
  if (!target || !table) return;
  const columns = column === undefined ? names(node['fk_attrs']) : [column];
  const referenced = applying.state.table(target);
  const relation = referenced
    ? fullName(referenced)
    : {schema: target.schema ?? applying.state.home, name: target.name};
  const given = names(node['pk_attrs']);
  const constraint: TableConstraint = {
    name: text(node['conname']) ?? freeConstraintName(applying, of, columns.join('_'), 'fkey'),
    kind: 'foreign key',
    columns,
    valid: node['skip_validation'] !== true,
    local: true,
    references: {relation, columns: given.length > 0 ? given : primaryKeyColumns(referenced)},
    ...definitionIn(applying, clause),
    ...madeAt(applying, constraintPlace(applying, node)),
  };
  putConstraint(applying, of, constraint);
  inheritForeignKey(applying, table, constraint);
}

/** A partition gets the name too, unless its schema has a constraint of that name. */
export function inheritForeignKey(
  applying: Applying,
  {partitions}: Table,
  constraint: TableConstraint,
): void {
  for (const name of partitions) {
    const partition = applying.state.table(name);
    if (!partition) continue;
    const {local: _local, ...rest} = constraint;
    const inherited = {
      ...rest,
      name: partitionName(applying, partition, constraint),
      parent: constraint.name,
    };
    putConstraint(applying, partition, inherited);
    inheritForeignKey(applying, partition, inherited);
  }
}

function partitionName(applying: Applying, partition: Table, {name, columns}: TableConstraint): string {
  return partition.constraints.has(name)
    ? freeConstraintName(applying, partition, columns.join('_'), 'fkey')
    : name;
}

function addIndexConstraint(applying: Applying, of: FullName, clause: ConstraintClause): void {
  const kind = indexKinds[text(clause.node['contype']) ?? ''];
  const existing = text(clause.node['indexname']);
  if (kind === undefined) return;
  if (existing !== undefined) useIndex(applying, of, clause.node, existing, kind);
  else addIndex(applying, of, indexFromConstraint(applying, clause, kind));
}

/** The index takes the name of the constraint. */
function useIndex(
  applying: Applying,
  of: FullName,
  node: SyntaxNode,
  existing: string,
  kind: 'primary key' | 'unique' | 'exclusion',
): void {
  const {state} = applying;
  const name = text(node['conname']) ?? existing;
  const table = state.at(of);
  const index = table?.indexes.get(existing);
  const columns = index?.keys ?? [];
  if (!table) return;
  const indexes = index
    ? withValue(without(table.indexes, existing), name, {...index, name, constraint: name})
    : table.indexes;
  state.put({...table, indexes});
  putConstraint(applying, of, {
    name,
    kind,
    columns,
    valid: true,
    local: true,
    ...madeAt(applying, constraintPlace(applying, node)),
  });
  const {made} = madeAt(applying, constraintPlace(applying, node));
  if (kind === 'primary key') for (const column of columns) requireNotNull(applying, of, column, made);
}
