import {field, list, names, text, type QualifiedName} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {listedName, type Applying} from './applying.ts';
import {dropColumn} from './drop-column.ts';
import {removeIndex} from './drop-parts.ts';
import {dropTable} from './drop-table.ts';
import {dropRoutine} from './routines.ts';
import {removeSequence} from './sequences.ts';
import {isSame, keyOf} from './table.ts';
import {namedType} from './types.ts';

/**
 * DROP. What depends on it goes too, without CASCADE as well: had there been something, the statement would have failed,
 * and with it the migration.
 */
export function drop(applying: Applying): void {
  const {node} = applying.statement;
  const type = text(node['removeType']) ?? '';
  for (const object of list(node['objects'])) droppers[type]?.(applying, object);
}

const droppers: Readonly<Record<string, (applying: Applying, object: SyntaxNode) => void>> = {
  OBJECT_TABLE: dropRelation,
  OBJECT_FOREIGN_TABLE: dropRelation,
  OBJECT_VIEW: dropRelation,
  OBJECT_MATVIEW: dropRelation,
  OBJECT_INDEX: (applying, object) => {
    const index = applying.state.locate(namePart(object), key => applying.state.indexes.has(key));
    const table = index && applying.state.indexes.get(keyOf(index));
    if (index && table) removeIndex(applying, table, index.name);
  },
  OBJECT_SEQUENCE: (applying, object) => dropSequence(applying, namePart(object)),
  OBJECT_TYPE: (applying, object) => dropType(applying, namePart(object)),
  OBJECT_DOMAIN: (applying, object) => dropType(applying, namePart(object)),
  OBJECT_FUNCTION: dropRoutine,
  OBJECT_PROCEDURE: dropRoutine,
  OBJECT_ROUTINE: dropRoutine,
  OBJECT_AGGREGATE: dropRoutine,
  OBJECT_SCHEMA: (applying, object) => dropSchema(applying, names([object])[0] ?? ''),
  OBJECT_TRIGGER: (applying, object) => dropPart(applying, object, 'triggers'),
  OBJECT_POLICY: (applying, object) => dropPart(applying, object, 'policies'),
};

/** A name is a list, or a type's name. */
function namePart(object: SyntaxNode): QualifiedName {
  const found = listedName(field(object, 'List')['items']) ?? listedName(field(object, 'TypeName')['names']);
  return found ?? {name: ''};
}

function dropRelation(applying: Applying, object: SyntaxNode): void {
  const table = applying.state.table(namePart(object));
  if (table) dropTable(applying, table);
}

function dropPart(applying: Applying, object: SyntaxNode, part: 'triggers' | 'policies'): void {
  const parts = list(field(object, 'List')['items']);
  const name = names(parts).at(-1);
  const of = listedName(parts.slice(0, -1));
  const table = of && applying.state.table(of);
  if (!table || name === undefined) return;
  const triggerUses = new Map(
    [...table.triggerUses].filter(([trigger]) => part !== 'triggers' || trigger !== name),
  );
  applying.state.put({...table, [part]: table[part].filter(each => each !== name), triggerUses});
  if (part !== 'triggers') return;
  for (const partition of table.partitions) {
    const child = applying.state.table(partition);
    if (child?.triggerUses.get(name)?.inherited === true)
      dropPart(applying, {List: {items: [...nodesOf([child.schema, child.name, name])]}}, part);
  }
}

function nodesOf(parts: readonly string[]): readonly SyntaxNode[] {
  return parts.map(part => ({String: {sval: part}}));
}

function dropSequence({state}: Applying, name: QualifiedName): void {
  const full = state.locate(name, key => state.sequences.has(key));
  if (full) removeSequence(state, full);
}

/** Columns of the type go with it. */
function dropType(applying: Applying, name: QualifiedName): void {
  const {state} = applying;
  const full = state.locate(name, key => state.types.has(key));
  if (!full) return;
  state.types.delete(keyOf(full));
  const written = namedType(full);
  for (const table of state.relations.values()) {
    if (table.ofType && isSame(table.ofType, full)) dropTable(applying, table);
    for (const {name: column, type} of table.columns.values())
      if (type === written || type === `${written}[]` || type.startsWith(`${written}(`))
        dropColumn(applying, table, column);
  }
}

function dropSchema(applying: Applying, schema: string): void {
  const {state} = applying;
  for (const table of state.relations.values()) {
    const found = state.at(table);
    if (found && table.schema === schema) dropTable(applying, found);
  }
  for (const type of state.types.values()) if (type.schema === schema) dropType(applying, type);
  for (const sequence of state.sequences.values())
    if (sequence.schema === schema) state.removeSequence(sequence);
  for (const [key, [routine]] of state.routines.entries())
    if (routine?.schema === schema) state.routines.delete(key);
  state.schemas.delete(schema);
  state.dropped.set(schema, true);
}
