import {field, text, type QualifiedName} from '../../sql/objects.ts';
import {listedName, rangeName, type Applying} from './applying.ts';
import {markChanged} from './changed.ts';
import {moveIndex, moveRelation, moveSchema, renameColumn, renameConstraint} from './move.ts';
import {argumentsOf} from './routines.ts';
import {tablesUsing, usingAnother} from './sequences.ts';
import type {State} from './state.ts';
import {keyOf, withValue, type FullName, type Table} from './table.ts';
import {moveType} from './move-type.ts';

/** ALTER … RENAME TO, RENAME COLUMN, RENAME CONSTRAINT and SET SCHEMA */
export function rename(applying: Applying): void {
  const {node, kind} = applying.statement;
  const type = text(node[kind === 'RenameStmt' ? 'renameType' : 'objectType']) ?? '';
  const to = {name: text(node['newname']), schema: text(node['newschema'])};
  const name = rangeName(node['relation']) ?? objectName(node['object']);
  const part = text(node['subname']) ?? '';
  const table = 'relation' in node && name ? applying.state.table(name) : undefined;
  if (name) renamers[type]?.(applying, name, to, part);
  else if (type === 'OBJECT_SCHEMA' && to.name !== undefined) moveSchema(applying.state, part, to.name);
  const last = applying.statement.words.at(-1);
  if (!table || !last) return;
  const at = {start: last.start, end: last.end};
  if (part === '') markChanged(applying, target(table, to), undefined, at);
  else markChanged(applying, table, to.name, at);
}

/** What is new of a name. */
interface NewName {
  readonly name: string | undefined;
  readonly schema: string | undefined;
}

type Renamer = (applying: Applying, name: QualifiedName, to: NewName, part: string) => void;

const renamers: Readonly<Record<string, Renamer>> = {
  OBJECT_TABLE: renameRelation,
  OBJECT_FOREIGN_TABLE: renameRelation,
  OBJECT_VIEW: renameRelation,
  OBJECT_MATVIEW: renameRelation,
  OBJECT_INDEX: renameRelation,
  OBJECT_SEQUENCE: renameRelation,
  OBJECT_COLUMN: ({state}, name, to, column) => {
    const table = state.table(name);
    if (table && to.name !== undefined) renameColumn(state, table, column, to.name);
  },
  OBJECT_ATTRIBUTE: ({state}, name, to, attribute) => {
    const type = state.type(name);
    if (type?.attributes && to.name !== undefined)
      state.types.set(keyOf(type), {
        ...type,
        attributes: type.attributes.map(each =>
          each.name === attribute ? {...each, name: to.name ?? ''} : each,
        ),
      });
  },
  OBJECT_TABCONSTRAINT: ({state}, name, to, constraint) => {
    const table = state.table(name);
    if (table && to.name !== undefined) renameConstraint(state, table, constraint, to.name);
  },
  OBJECT_TRIGGER: ({state}, name, to, trigger) => {
    const table = state.table(name);
    if (table && to.name !== undefined) renameTrigger(state, table, trigger, to.name);
  },
  OBJECT_POLICY: ({state}, name, to, policy) => {
    const table = state.table(name);
    if (table && to.name !== undefined)
      state.put({
        ...table,
        policies: renamed(table.policies, policy, to.name),
        policyUses: withValue(table.policyUses, to.name, table.policyUses.get(policy) ?? []),
      });
  },
  OBJECT_TYPE: renameType,
  OBJECT_DOMAIN: renameType,
  OBJECT_FUNCTION: renameRoutine,
  OBJECT_PROCEDURE: renameRoutine,
  OBJECT_ROUTINE: renameRoutine,
};

/** Those of partitions follow since 15. */
function renameTrigger(state: State, table: Table, from: string, to: string): void {
  const uses = [...table.triggerUses].map(([name, use]) => [name === from ? to : name, use] as const);
  state.put({...table, triggers: renamed(table.triggers, from, to), triggerUses: new Map(uses)});
  if (state.major < 15) return;
  for (const name of table.partitions) {
    const child = state.table(name);
    if (child?.triggerUses.get(from)?.inherited === true) renameTrigger(state, child, from, to);
  }
}

function objectName(object: unknown): QualifiedName | undefined {
  return (
    listedName(field(object, 'List')['items']) ??
    listedName(field(object, 'TypeName')['names']) ??
    listedName(field(object, 'ObjectWithArgs')['objname'])
  );
}

function renamed(names: readonly string[], from: string, to: string): readonly string[] {
  return names.map(name => (name === from ? to : name));
}

function target({schema, name}: FullName, to: NewName): FullName {
  return {schema: to.schema ?? schema, name: to.name ?? name};
}

/** ALTER TABLE renames views, indexes and sequences as well, and so on. */
function renameRelation({state}: Applying, name: QualifiedName, to: NewName): void {
  const has = (key: string): boolean =>
    state.relations.has(key) || state.indexes.has(key) || state.sequences.has(key);
  const full = state.locate(name, has);
  if (!full) return;
  const table = state.at(full);
  if (table) moveRelation(state, table, target(full, to));
  else if (state.indexes.has(keyOf(full))) moveIndex(state, full, target(full, to).name);
  else moveSequence(state, full, target(full, to));
}

function moveSequence(state: State, from: FullName, to: FullName): void {
  const sequence = state.sequences.get(keyOf(from));
  if (!sequence) return;
  state.removeSequence(from);
  state.putSequence({...sequence, ...to});
  for (const table of tablesUsing(state, from.name)) {
    const columns = [...table.columns].map(
      ([name, column]) => [name, usingAnother(column, from.name, to.name)] as const,
    );
    state.put({...table, columns: new Map(columns)});
  }
}

function renameType({state}: Applying, name: QualifiedName, to: NewName): void {
  const type = state.type(name);
  if (type) moveType(state, type, target(type, to));
}

function renameRoutine(applying: Applying, name: QualifiedName, to: NewName): void {
  const {state, statement} = applying;
  const full = state.locate(name, key => state.routines.has(key));
  if (!full) return;
  const takes = argumentsOf(state, field(statement.node['object'], 'ObjectWithArgs'));
  const all = state.routines.get(keyOf(full)) ?? [];
  const isMeant = (each: {readonly takes: string}): boolean => takes === undefined || each.takes === takes;
  const left = all.filter(each => !isMeant(each));
  const moved = target(full, to);
  if (left.length > 0) state.routines.set(keyOf(full), left);
  else state.routines.delete(keyOf(full));
  const there = state.routines.get(keyOf(moved)) ?? [];
  state.routines.set(keyOf(moved), [...there, ...all.filter(isMeant).map(each => ({...each, ...moved}))]);
}
