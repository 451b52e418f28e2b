import {relationOf, text, type QualifiedName} from '../../sql/objects.ts';
import type {SchemaModel} from '../model/schema.ts';
import type {Done, Undo} from './parts.ts';
import {createdRelation, undoStatement} from './undo-statement.ts';

export interface UndoOptions {
  /** `plain`: without CONCURRENTLY, which needs to be outside of a transaction; else as up does it. */
  readonly how?: 'as-up' | 'plain';
}

/**
 * What takes statements back, the last one first. What goes with a table that they make is not named, and what cannot be
 * taken back is a comment.
 * @returns the text of a down file; empty where there is nothing to take back
 */
export function undoText(all: readonly Done[], {how = 'as-up'}: UndoOptions = {}): string {
  const undone = how === 'plain' ? undoAll(all).map(plain) : undoAll(all);
  const lines = undone.map(undo => (undo.kind === 'sql' ? `${undo.sql};` : `-- ${undo.words}`));
  return [...new Set(lines)].join('\n');
}

/** @returns what takes the statements back, in the order in which it has to run */
export function undoAll(all: readonly Done[]): readonly Undo[] {
  return withPlainDrops([...undoOfEach(all)].toReversed().flat());
}

/** @returns whether there is anything to take back */
export function isAnythingToUndo(all: readonly Done[]): boolean {
  for (const undone of undoOfEach(all)) if (undone.length > 0) return true;
  return false;
}

function* undoOfEach(all: readonly Done[]): Generator<readonly Undo[]> {
  const made = new Set<string>();
  for (const done of all) {
    const own = subjectOf(done);
    const isInside = own !== undefined && made.has(own);
    const created = createdRelation(done);
    if (created) made.add(keyOf(created, done.after));
    if (isInside) follow(done, own, made);
    yield isInside && !isOfItself(done) ? [] : undoStatement(done);
  }
}

/** The table that a statement is about. */
function subjectOf({statement: {kind, node}, before}: Done): string | undefined {
  const name = relationOf(node['relation'] ?? node['table']);
  return name && kind !== 'CreateStmt' ? keyOf(name, before) : undefined;
}

function keyOf(name: QualifiedName, model: SchemaModel): string {
  return JSON.stringify([model.schemaOf(name), name.name]);
}

/** A new table that gets another name stays a new one. */
function follow({statement: {kind, node}, before, after}: Done, own: string, made: Set<string>): void {
  const name = relationOf(node['relation']);
  const to = text(node['newname']);
  const schema = text(node['newschema']);
  if (!name) return;
  if (kind === 'RenameStmt' && node['renameType'] === 'OBJECT_TABLE' && to !== undefined) {
    made.delete(own);
    made.add(keyOf({schema: before.schemaOf(name), name: to}, after));
  }
  if (kind === 'AlterObjectSchemaStmt' && schema !== undefined) {
    made.delete(own);
    made.add(keyOf({schema, name: name.name}, after));
  }
}

/** It goes, or gets another name: then the name has to come back before it is dropped by it. */
function isOfItself({statement: {kind, node}}: Done): boolean {
  const type = node['renameType'] ?? node['objectType'];
  return kind === 'DropStmt' || type === 'OBJECT_TABLE';
}

/** CONCURRENTLY has to be by itself. */
function withPlainDrops(all: readonly Undo[]): readonly Undo[] {
  return all.filter(({kind}) => kind === 'sql').length < 2 ? all : all.map(plain);
}

function plain(undo: Undo): Undo {
  if (undo.kind !== 'sql') return undo;
  return {...undo, sql: undo.sql.replace(/^((?:DROP|CREATE(?: UNIQUE)?) INDEX) CONCURRENTLY /, '$1 ')};
}
