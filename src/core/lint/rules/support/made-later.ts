import {field, relationOf, text, type QualifiedName} from '../../../sql/objects.ts';
import type {PlacedStatement} from '../../file.ts';
import type {Situation} from '../../rule.ts';
import {isSameName} from './relation-names.ts';

/** @returns whether a later statement of the same transaction makes a relation of that name */
export function madeLater(situation: Situation, name: QualifiedName): boolean {
  const {before} = situation;
  return inSameTransaction(situation).some(({statement: {kind, node}}) =>
    made(kind, node).some(each => each && isSameName(before, each, name)),
  );
}

/** @returns whether a later statement of the file makes a relation of that name */
export function isMadeAgain({before, file, index}: Situation, name: QualifiedName): boolean {
  return file.statements
    .slice(index + 1)
    .some(({statement: {kind, node}}) =>
      made(kind, node).some(each => each && isSameName(before, each, name)),
    );
}

/** @returns the statements behind this one that share its transaction */
export function inSameTransaction({file, index}: Situation): readonly PlacedStatement[] {
  const block = file.statements[index]?.block;
  return block === undefined ? [] : file.statements.slice(index + 1).filter(each => each.block === block);
}

function made(
  kind: string,
  node: PlacedStatement['statement']['node'],
): readonly (QualifiedName | undefined)[] {
  switch (kind) {
    case 'CreateStmt':
      return [relationOf(node['relation'])];
    case 'ViewStmt':
      return [relationOf(node['view'])];
    case 'CreateTableAsStmt':
      return [relationOf(field(node['into'], 'rel'))];
    case 'RenameStmt':
      return [renamedTo(node)];
    default:
      return [];
  }
}

function renamedTo(node: PlacedStatement['statement']['node']): QualifiedName | undefined {
  const from = relationOf(node['relation']);
  const to = text(node['newname']);
  const isRelation = ['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW'].includes(
    text(node['renameType']) ?? '',
  );
  return from && to !== undefined && isRelation ? {...from, name: to} : undefined;
}

/** Whether a statement that is put behind this one shares its transaction: one that is sent alone has none as yet. */
export function isJoinedByNext({file, index, inTransaction}: Situation): boolean {
  return inTransaction || file.statements[index]?.passage.sent === 'query';
}
