import type {QualifiedName} from '../../sql/objects.ts';
import type {Applying} from './applying.ts';
import {detachConstraint, removeConstraint, setNotNull} from './parts.ts';
import {keyOf, without, type FullName, type Table} from './table.ts';

/** Drops a constraint with its index, the foreign keys that rest on it, and what inherited it. */
export function dropConstraint(applying: Applying, of: FullName, name: string, recurse = true): void {
  const table = applying.state.at(of);
  const constraint = table?.constraints.get(name);
  if (!table || !constraint) return;
  const index = [...table.indexes.values()].find(each => each.constraint === name);
  if (index) return removeIndex(applying, of, index.name);
  removeConstraint(applying, of, name);
  if (constraint.kind === 'not null') setNotNull(applying, of, constraint.columns[0] ?? '', false, false);
  for (const child of [...table.partitions, ...table.children]) {
    const found = applying.state.table(child);
    const inherited = [...(found?.constraints.values() ?? [])].find(each => each.parent === name);
    if (!found || !inherited) continue;
    if (recurse && inherited.local !== true) dropConstraint(applying, found, inherited.name);
    else detachConstraint(applying, found, inherited);
  }
}

/** Foreign keys that rest on a unique constraint or index of these columns go with it. */
export function dropForeignKeysTo(applying: Applying, of: FullName, columns?: readonly string[]): void {
  for (const table of applying.state.mentioning(of))
    for (const {name, references} of table.constraints.values())
      if (references && isTo(references, of, columns)) dropConstraint(applying, table, name);
}

function isTo(
  {relation, columns}: {readonly relation: QualifiedName; readonly columns: readonly string[]},
  of: FullName,
  keys: readonly string[] | undefined,
): boolean {
  if (relation.name !== of.name || relation.schema !== of.schema) return false;
  return (
    keys === undefined || (columns.length === keys.length && columns.every(column => keys.includes(column)))
  );
}

/** Removes an index with its constraint, its parts in partitions, and foreign keys that rest on it. */
export function removeIndex(applying: Applying, of: FullName, name: string): void {
  const {state} = applying;
  const table = state.at(of);
  const index = table?.indexes.get(name);
  if (!table || !index) return;
  const key = keyOf({schema: table.schema, name});
  state.put({...table, indexes: without(table.indexes, name)});
  if (index.constraint !== undefined) removeConstraint(applying, of, index.constraint);
  if (index.unique && index.where === undefined && !hasOther(state.at(of), index.keys))
    dropForeignKeysTo(applying, of, index.keys);
  for (const partition of table.partitions) {
    const found = state.table(partition);
    const part = [...(found?.indexes.values() ?? [])].find(each => each.parent === key);
    if (found && part) removeIndex(applying, found, part.name);
  }
}

function hasOther(table: Table | undefined, keys: readonly string[]): boolean {
  return [...(table?.indexes.values() ?? [])].some(
    ({unique, where, keys: others}) =>
      unique && where === undefined && others.toSorted().join('\0') === keys.toSorted().join('\0'),
  );
}
