import type {KnownType, State} from './state.ts';
import {fullName, isSame, keyOf, type FullName, type TableColumn} from './table.ts';
import {namedType} from './types.ts';

/** Gives a type another name; columns of it follow. */
export function moveType(state: State, type: KnownType, to: FullName): void {
  state.types.delete(keyOf(type));
  state.types.set(keyOf(to), {...type, ...to});
  const [before, after] = [namedType(type), namedType(to)];
  for (const table of state.relations.values()) {
    if (table.ofType && isSame(table.ofType, fullName(type))) state.put({...table, ofType: to});
    const using = [...table.columns.values()].filter(column => elementOf(column) === before);
    if (using.length === 0) continue;
    const columns = new Map(table.columns);
    for (const column of using)
      columns.set(column.name, {...column, type: column.type.endsWith('[]') ? `${after}[]` : after});
    state.put({...(state.at(table) ?? table), columns});
  }
}

function elementOf({type}: TableColumn): string {
  return type.replace(/\[\]$/, '');
}
