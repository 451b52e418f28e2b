import {field, list, names} from '../../sql/objects.ts';
import {madeAt, newName, rangeName, type Applying} from './applying.ts';
import {inNextval, sequenceIn} from './mentioned.ts';
import type {Sequence, State} from './state.ts';
import {fullName, keyOf, type FullName, type Table, type TableColumn} from './table.ts';

/** CREATE SEQUENCE */
export function createSequence(applying: Applying): void {
  const {state, statement} = applying;
  const {node} = statement;
  const name = rangeName(node['sequence']);
  if (!name) return;
  const full = newName(applying, name);
  if (node['if_not_exists'] === true && state.isTaken(full)) return;
  const made = madeAt(applying, statement.nameAt(field(node, 'sequence')['location']));
  state.putSequence({...full, ...made, ...ownerOf(applying)});
}

/** ALTER SEQUENCE … OWNED BY */
export function alterSequence(applying: Applying): void {
  const {state, statement} = applying;
  const name = rangeName(statement.node['sequence']);
  const full = name && state.locate(name, key => state.sequences.has(key));
  const sequence = full && state.sequences.get(keyOf(full));
  if (!sequence || ownedBy(applying).length === 0) return;
  const {ownedBy: _ownedBy, ...rest} = sequence;
  state.putSequence({...rest, ...ownerOf(applying)});
}

function ownedBy({statement: {node}}: Applying): readonly string[] {
  const option = list(node['options'])
    .map(each => field(each, 'DefElem'))
    .find(({defname}) => defname === 'owned_by');
  return names(field(field(option, 'arg'), 'List')['items']);
}

function ownerOf(applying: Applying): Pick<Sequence, 'ownedBy'> {
  const parts = ownedBy(applying);
  const [schema, name, column] = [parts.at(-3), parts.at(-2), parts.at(-1)];
  if (name === undefined || column === undefined) return {};
  const table = applying.state.table(schema === undefined ? {name} : {schema, name});
  return table ? {ownedBy: {table: fullName(table), column}} : {};
}

/** Defaults that use it go with it. */
export function removeSequence(state: State, {schema, name}: FullName): void {
  state.removeSequence({schema, name});
  for (const table of tablesUsing(state, name)) {
    const columns = new Map(table.columns);
    for (const {default: value, ...column} of table.columns.values())
      if (sequenceIn(value) === name) columns.set(column.name, column);
    state.put({...table, columns});
  }
}

/** @returns the tables with columns whose default uses a sequence of that name */
export function tablesUsing(state: State, sequence: string): readonly Table[] {
  return state
    .mentioning({name: sequence})
    .filter(({columns}) => [...columns.values()].some(column => sequenceIn(column.default) === sequence));
}

/** @returns the column with another name of the sequence that its default uses */
export function usingAnother(column: TableColumn, from: string, to: string): TableColumn {
  const value = column.default;
  if (value === undefined || sequenceIn(value) !== from) return column;
  return {...column, default: value.replace(inNextval, (_all, before: string) => `${before}${to}`)};
}
