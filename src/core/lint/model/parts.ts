import {text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {Span} from '../../sql/positions.ts';
import {wordsFrom, type Applying} from './applying.ts';
import {freeName} from './made-up-names.ts';
import type {Made} from './schema.ts';
import {withValue, without, type FullName, type Table, type TableConstraint} from './table.ts';

/** A constraint of a table or, with the column's name, of a column. */
export interface ConstraintClause {
  readonly node: SyntaxNode;
  readonly column?: string;
}

/** @returns the place of a constraint: its name, or else its first word */
export function constraintPlace({statement}: Applying, node: SyntaxNode): Span {
  const start = statement.at(node['location']);
  const [first, second] = wordsFrom(statement, start);
  const isNamed = text(node['conname']) !== undefined && first?.text === 'CONSTRAINT' && second;
  const word = isNamed ? second : first;
  return word ? {start: word.start, end: word.end} : {start, end: start};
}

export function putConstraint(applying: Applying, of: FullName, constraint: TableConstraint): void {
  const table = applying.state.at(of);
  if (!table || table.constraints.has(constraint.name)) return;
  applying.state.put({...table, constraints: withValue(table.constraints, constraint.name, constraint)});
}

/** @returns a name that no constraint of the schema has yet */
export function freeConstraintName(
  {state}: Applying,
  of: FullName,
  columns: string | undefined,
  label: string,
): string {
  return freeName(of.name, columns, label, name => state.hasConstraint({schema: of.schema, name}));
}

/** Gives a constraint to what inherits from a table. */
export function inheritConstraint(applying: Applying, table: Table, constraint: TableConstraint): void {
  for (const name of [...table.partitions, ...table.children]) {
    const child = applying.state.table(name);
    if (!child) continue;
    const {local: _local, ...inherited} = constraint;
    const own = child.constraints.get(constraint.name);
    const merged = {...inherited, parent: constraint.name, ...(own ? {local: true, made: own.made} : {})};
    applying.state.put({
      ...child,
      constraints: withValue(child.constraints, constraint.name, withoutUndefined(merged)),
    });
    inheritConstraint(applying, child, constraint);
  }
}

function withoutUndefined({
  made,
  ...rest
}: Omit<TableConstraint, 'made'> & {readonly made?: Made | undefined}): TableConstraint {
  return made ? {...rest, made} : rest;
}

export function notNullOf(table: Table, column: string): TableConstraint | undefined {
  return [...table.constraints.values()].find(
    ({kind, columns}) => kind === 'not null' && columns[0] === column,
  );
}

/** Makes a column NOT NULL, where that is a constraint with one of a name that is made up. */
export function requireNotNull(
  applying: Applying,
  of: FullName,
  column: string,
  made: Made | undefined,
): void {
  setNotNull(applying, of, column, true);
  const table = applying.state.at(of);
  if (!table || !applying.state.namesNotNull || notNullOf(table, column)) return;
  const name = freeConstraintName(applying, of, column, 'not_null');
  const constraint: TableConstraint = {
    name,
    kind: 'not null',
    columns: [column],
    valid: true,
    local: true,
    ...(made ? {made} : {}),
  };
  putConstraint(applying, of, constraint);
  inheritConstraint(applying, table, constraint);
}

export function setNotNull(
  applying: Applying,
  of: FullName,
  name: string,
  notNull: boolean,
  recurse = true,
): void {
  const table = applying.state.at(of);
  const column = table?.columns.get(name);
  if (!table) return;
  if (column && column.notNull !== notNull)
    applying.state.put({...table, columns: withValue(table.columns, name, {...column, notNull})});
  if (recurse)
    for (const child of [...table.partitions, ...table.children]) {
      const found = applying.state.table(child);
      if (found) setNotNull(applying, found, name, notNull);
    }
}

export function primaryKeyColumns(table: Table | undefined): readonly string[] {
  return [...(table?.constraints.values() ?? [])].find(({kind}) => kind === 'primary key')?.columns ?? [];
}

/** It stays, as the table's own. */
export function detachConstraint(applying: Applying, table: Table, constraint: TableConstraint): void {
  const constraints = withValue(table.constraints, constraint.name, withoutParent(constraint));
  applying.state.put({...table, constraints});
}

export function removeConstraint({state}: Applying, of: FullName, name: string): void {
  const table = state.at(of);
  if (table) state.put({...table, constraints: without(table.constraints, name)});
}

/** @returns the constraint as the table's own */
export function withoutParent({parent: _parent, ...rest}: TableConstraint): TableConstraint {
  return {...rest, local: true};
}
