import type {ObjectOf, SchemaKind, SchemaSnapshot} from '../objects.ts';
import {writeCommonOf} from '../reconcile/objects/common.ts';
import {makeStatements} from './make.ts';
import {partsOf} from './parts.ts';

/** @returns owner, privileges, comment, labels and extensions of an object that was just made. */
export function commonOf(object: ObjectOf<SchemaKind>, {versionNumber}: SchemaSnapshot): readonly string[] {
  return writeCommonOf(object, {}, {versionNumber}).map(({sql}) => sql);
}

/** @returns the indexes of a table or materialized view, and the comments on its constraints. */
export function relationParts(relation: ObjectOf<SchemaKind>, snapshot: SchemaSnapshot): readonly string[] {
  return [
    ...partsOf(snapshot, relation.key, 'index').flatMap(index => [
      ...makeStatements(index, snapshot),
      ...commonOf(index, snapshot),
    ]),
    ...partsOf(snapshot, relation.key, 'constraint').flatMap(constraint => commonOf(constraint, snapshot)),
  ];
}

/** @returns comments, privileges and labels of the columns of a relation. */
export function columnParts(relation: ObjectOf<SchemaKind>, snapshot: SchemaSnapshot): readonly string[] {
  return partsOf(snapshot, relation.key, 'column').flatMap(column => commonOf(column, snapshot));
}
