import type {QualifiedName} from '../../sql/objects.ts';
import {withoutDefinition} from './definition.ts';
import {wordsIn} from '../engine/words.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {moveType} from './move-type.ts';
import type {State} from './state.ts';
import {
  columnKey,
  fullName,
  isSame,
  keyOf,
  nameOfKey,
  withValue,
  without,
  type FullName,
  type Table,
  type TableConstraint,
} from './table.ts';

/** Gives a relation another name or schema; whatever names it follows. */
export function moveRelation(state: State, table: Table, to: FullName): void {
  const from = fullName(table);
  const {schema} = to;
  const indexes = new Map([...table.indexes].map(([name, index]) => [name, {...index, schema}] as const));
  state.remove(table);
  state.put({...table, ...to, indexes});
  for (const {ownedBy, ...sequence} of state.sequencesOf(from)) {
    if (!ownedBy) continue;
    state.removeSequence(sequence);
    state.putSequence({...sequence, schema, ownedBy: {...ownedBy, table: to}});
  }
  for (const other of state.mentioning(from)) follow(state, other, from, to);
}

function follow(state: State, table: Table, from: FullName, to: FullName): void {
  if (!namesRelation(table, from)) return;
  const moved = (name: QualifiedName): QualifiedName => (isSame(name, from) ? to : name);
  const constraints = new Map(
    [...table.constraints].map(([name, constraint]) => {
      const {references} = constraint;
      return [
        name,
        references && isSame(references.relation, from)
          ? {...withoutDefinition(constraint), references: {...references, relation: to}}
          : constraint,
      ] as const;
    }),
  );
  const indexes = new Map(
    [...table.indexes].map(
      ([name, index]) =>
        [
          name,
          index.parent === undefined ? index : {...index, parent: movedKey(state, index.parent, from, to)},
        ] as const,
    ),
  );
  const {partitionOf} = table;
  state.put({
    ...table,
    constraints,
    indexes,
    ...(partitionOf ? {partitionOf: moved(partitionOf)} : {}),
    partitions: table.partitions.map(moved),
    children: table.children.map(moved),
    inherits: table.inherits.map(moved),
    reads: table.reads.map(moved),
    readColumns: new Set([...table.readColumns].map(key => movedColumn(key, from, to))),
  });
}

function namesRelation(table: Table, from: FullName): boolean {
  const names = [
    table.partitions,
    table.children,
    table.inherits,
    table.reads,
    table.partitionOf ? [table.partitionOf] : [],
  ];
  return (
    names.some(list => list.some(name => isSame(name, from))) ||
    [...table.constraints.values()].some(({references}) => references && isSame(references.relation, from))
  );
}

/** An index moves to another schema with its table. */
function movedKey(state: State, parent: string, from: FullName, to: FullName): string {
  const {schema, name} = nameOfKey(parent);
  const isOfMoved = schema === from.schema && state.at(to)?.indexes.has(name) === true;
  return isOfMoved ? keyOf({schema: to.schema, name}) : parent;
}

function movedColumn(key: string, from: FullName, to: FullName): string {
  const prefix = `${keyOf(from)}\0`;
  return key.startsWith(prefix) ? `${keyOf(to)}\0${key.slice(prefix.length)}` : key;
}

/** Its constraint has its name. */
export function moveIndex(state: State, index: FullName, to: string): void {
  const of = state.indexes.get(keyOf(index));
  const table = of && state.at(of);
  const found = table?.indexes.get(index.name);
  if (!table || !found) return;
  if (found.constraint !== undefined) return renameConstraint(state, table, found.constraint, to);
  putRenamed(state, table, found.name, to);
}

function putRenamed(state: State, table: Table, from: string, to: string): void {
  const index = table.indexes.get(from);
  if (!index) return;
  const {constraint, ...rest} = index;
  const renamed = {...rest, name: to, ...(constraint === undefined ? {} : {constraint: to})};
  state.put({...table, indexes: withValue(without(table.indexes, from), to, renamed)});
  const [before, after] = [from, to].map(name => keyOf({schema: table.schema, name}));
  for (const partition of table.partitions) {
    const child = state.table(partition);
    const part = [...(child?.indexes.values() ?? [])].find(({parent}) => parent === before);
    if (child && part && after !== undefined)
      state.put({...child, indexes: withValue(child.indexes, part.name, {...part, parent: after})});
  }
}

/** Its index has its name. Those that inherited a CHECK follow. */
export function renameConstraint(state: State, {schema, name: of}: FullName, from: string, to: string): void {
  const table = state.at({schema, name: of});
  const constraint = table?.constraints.get(from);
  if (!table || !constraint) return;
  state.put({
    ...table,
    constraints: withValue(without(table.constraints, from), to, {...constraint, name: to}),
  });
  for (const name of [...table.partitions, ...table.children]) renameInherited(state, name, from, to);
  const now = state.at(table);
  const index = [...table.indexes.values()].find(each => each.constraint === from);
  if (now && index) putRenamed(state, now, index.name, to);
}

function renameInherited(state: State, name: QualifiedName, from: string, to: string): void {
  const child = state.table(name);
  const inherited = [...(child?.constraints.values() ?? [])].find(({parent}) => parent === from);
  if (!child || !inherited) return;
  state.put({
    ...child,
    constraints: withValue(child.constraints, inherited.name, {...inherited, parent: to}),
  });
  if (inherited.kind === 'check' || inherited.kind === 'not null')
    renameConstraint(state, child, inherited.name, to);
}

/** Gives a column another name, in all that names it, and in what inherits it. */
export function renameColumn(state: State, of: FullName, from: string, to: string): void {
  const table = state.at(of);
  if (!table) return;
  const renamed = (names: readonly string[]): readonly string[] =>
    names.map(name => (name === from ? to : name));
  const inText = (text: string): string => renamedIn(text, from, to);
  const columns = [...table.columns].map(
    ([name, column]) =>
      [
        name === from ? to : name,
        {
          ...column,
          name: name === from ? to : name,
          ...(column.uses ? {uses: renamed(column.uses)} : {}),
          ...(column.expression === undefined ? {} : {expression: inText(column.expression)}),
        },
      ] as const,
  );
  const constraints = [...table.constraints].map(
    ([name, constraint]) =>
      [
        name,
        {
          ...withoutDefinition(constraint),
          columns: renamed(constraint.columns),
          ...(constraint.definition === undefined || constraint.references
            ? {}
            : {definition: inText(constraint.definition)}),
          ...(constraint.expression === undefined ? {} : {expression: inText(constraint.expression)}),
        },
      ] as const,
  );
  const indexes = [...table.indexes].map(
    ([name, index]) =>
      [
        name,
        {
          ...index,
          keys: index.keys.map(key => (key.startsWith('(') ? inText(key) : key === from ? to : key)),
          include: renamed(index.include),
          words: renamed(index.words),
          uses: renamed(index.uses),
          ...(index.where === undefined ? {} : {where: inText(index.where)}),
          ...(index.definition === undefined ? {} : {definition: inText(index.definition)}),
        },
      ] as const,
  );
  const uses = [...table.triggerUses].map(
    ([name, use]) => [name, {...use, columns: renamed(use.columns)}] as const,
  );
  state.put({
    ...table,
    columns: new Map(columns),
    constraints: new Map(constraints),
    indexes: new Map(indexes),
    triggerUses: new Map(uses),
    policyUses: new Map([...table.policyUses].map(([name, use]) => [name, renamed(use)] as const)),
  });
  for (const other of state.mentioning(of)) followColumn(state, other, of, from, to);
  for (const name of [...table.partitions, ...table.children]) {
    const child = state.table(name);
    if (child) renameColumn(state, child, from, to);
  }
}

function followColumn(state: State, table: Table, of: FullName, from: string, to: string): void {
  const key = columnKey(of, from);
  const readColumns = table.readColumns.has(key)
    ? new Set([...table.readColumns].map(each => (each === key ? columnKey(of, to) : each)))
    : table.readColumns;
  const isReferring = [...table.constraints.values()].some(
    ({references}) => references && isSame(references.relation, of),
  );
  const constraints = isReferring
    ? new Map(
        [...table.constraints].map(
          ([name, constraint]) => [name, referring(constraint, of, from, to)] as const,
        ),
      )
    : table.constraints;
  if (readColumns !== table.readColumns || isReferring) state.put({...table, readColumns, constraints});
}

function referring(constraint: TableConstraint, of: FullName, from: string, to: string): TableConstraint {
  const {references} = constraint;
  if (!references || !isSame(references.relation, of)) return constraint;
  return {
    ...withoutDefinition(constraint),
    references: {...references, columns: references.columns.map(name => (name === from ? to : name))},
  };
}

/** @returns an expression with another name for a column */
function renamedIn(text: string, from: string, to: string): string {
  let result = '';
  let last = 0;
  for (const {start, end, text: word} of wordsIn(text)) {
    const written = text.slice(start, end);
    const name =
      word === written && written.startsWith('"')
        ? written.slice(1, -1).replaceAll('""', '"')
        : written.toLowerCase();
    if (name !== from || written.startsWith("'")) continue;
    result += text.slice(last, start) + quoteWhereNeeded(to);
    last = end;
  }
  return result + text.slice(last);
}

/** ALTER SCHEMA … RENAME TO */
export function moveSchema(state: State, from: string, to: string): void {
  for (const table of state.relations.values())
    if (table.schema === from) moveRelation(state, state.at(table) ?? table, {schema: to, name: table.name});
  for (const type of state.types.values())
    if (type.schema === from) moveType(state, type, {schema: to, name: type.name});
  for (const [key, routines] of state.routines.entries())
    if (routines[0]?.schema === from) {
      state.routines.delete(key);
      state.routines.set(
        keyOf({schema: to, name: routines[0].name}),
        routines.map(each => ({...each, schema: to})),
      );
    }
  for (const sequence of state.sequences.values())
    if (sequence.schema === from) {
      state.removeSequence(sequence);
      state.putSequence({...sequence, schema: to});
    }
  const known = state.schemas.get(from);
  state.schemas.delete(from);
  state.dropped.set(from, true);
  state.dropped.delete(to);
  state.schemas.set(to, {...known, name: to});
}
