import type {Applying} from './applying.ts';
import {removeSequence} from './sequences.ts';
import {dropForeignKeysTo} from './drop-parts.ts';
import {columnKey, fullName, isSame, keyOf, type FullName, type Table} from './table.ts';

/** Removes a relation with its partitions, its heirs, its sequences, foreign keys to it and views that read it. */
export function dropTable(applying: Applying, table: Table): void {
  const {state} = applying;
  state.remove(table);
  for (const name of [...table.partitions, ...table.children]) {
    const child = state.table(name);
    if (child) dropTable(applying, child);
  }
  for (const sequence of state.sequencesOf(fullName(table))) removeSequence(state, sequence);
  forgetChild(applying, table);
  dropForeignKeysTo(applying, fullName(table));
  dropReaders(applying, fullName(table), ({reads}) => reads.some(name => isSame(name, fullName(table))));
}

function forgetChild({state}: Applying, table: Table): void {
  for (const name of [...table.inherits, ...(table.partitionOf ? [table.partitionOf] : [])]) {
    const parent = state.table(name);
    if (!parent) continue;
    const others = (names: Table['partitions']): Table['partitions'] =>
      names.filter(each => !isSame(each, fullName(table)));
    state.put({...parent, partitions: others(parent.partitions), children: others(parent.children)});
  }
}

/** Views go with what they read. */
function dropReaders(applying: Applying, of: FullName, reads: (view: Table) => boolean): void {
  for (const view of applying.state.mentioning(of))
    if (view.reads.length > 0 && applying.state.relations.has(keyOf(view)) && reads(view))
      dropTable(applying, view);
}

export function dropReadersOfColumn(applying: Applying, of: FullName, column: string): void {
  const key = columnKey(of, column);
  dropReaders(applying, of, ({readColumns}) => readColumns.has(key));
}
