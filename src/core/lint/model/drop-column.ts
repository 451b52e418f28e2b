import type {Applying} from './applying.ts';
import {removeSequence} from './sequences.ts';
import {dropConstraint, dropForeignKeysTo, removeIndex} from './drop-parts.ts';
import {dropReadersOfColumn} from './drop-table.ts';
import {fullName, without, type FullName, type Table} from './table.ts';

/** Removes a column with the indexes, constraints, triggers, sequences, generated columns and views that use it. */
export function dropColumn(applying: Applying, of: FullName, name: string, recurse = true): void {
  const {state} = applying;
  const table = state.at(of);
  if (!table?.columns.has(name)) return dropUnknown(applying, of, name);
  for (const index of table.indexes.values())
    if ([...index.keys, ...index.include, ...index.uses].includes(name))
      removeIndex(applying, of, index.name);
  dropForeignKeysTo(applying, of, [name]);
  removeColumn(applying, of, name);
  for (const child of [...table.partitions, ...table.children]) leave(applying, child, name, recurse);
  for (const column of table.columns.values())
    if (column.name !== name && column.uses?.includes(name) === true)
      dropColumn(applying, of, column.name, recurse);
  dropReadersOfColumn(applying, of, name);
}

/** Of a table that is not known as a whole. */
function dropUnknown(applying: Applying, of: FullName, name: string): void {
  const table = applying.state.at(of);
  if (table && !table.complete) removeColumn(applying, of, name);
}

function removeColumn(applying: Applying, of: FullName, name: string): void {
  const {state} = applying;
  for (const constraint of state.at(of)?.constraints.values() ?? [])
    if (constraint.columns.includes(name)) dropConstraint(applying, of, constraint.name);
  const table = state.at(of);
  if (!table) return;
  const gone = new Set(
    [...table.triggerUses].flatMap(([trigger, {columns}]) => (columns.includes(name) ? [trigger] : [])),
  );
  const policies = table.policies.filter(policy => table.policyUses.get(policy)?.includes(name) !== true);
  state.put({
    ...table,
    policies,
    columns: without(table.columns, name),
    triggers: table.triggers.filter(trigger => !gone.has(trigger)),
    triggerUses: new Map([...table.triggerUses].filter(([trigger]) => !gone.has(trigger))),
  });
  for (const {ownedBy, ...sequence} of state.sequencesOf(fullName(table)))
    if (ownedBy?.column === name) removeSequence(state, sequence);
}

/** A child loses the column too, unless it is its own. */
function leave(applying: Applying, child: Table['partitions'][number], name: string, recurse: boolean): void {
  const {state} = applying;
  const table = state.table(child);
  const column = table?.columns.get(name);
  if (!table || !column || isInherited(applying, table, name)) return;
  if (recurse && column.local !== true) return dropColumn(applying, table, name);
  const {inherited: _inherited, ...own} = column;
  state.put({...table, columns: new Map(table.columns).set(name, {...own, local: true})});
}

/** Another parent has it still. */
function isInherited({state}: Applying, table: Table, name: string): boolean {
  return table.inherits.some(parent => state.table(parent)?.columns.has(name) === true);
}
