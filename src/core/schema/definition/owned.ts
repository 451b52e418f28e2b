import type {SchemaObject, SchemaSnapshot} from '../objects.ts';
import {commonOf, makeStatements} from './make.ts';
import {partsOf} from './parts.ts';

/** @returns the indexes of a table or materialized view, and the comments on its constraints. */
export function relationParts(relation: SchemaObject, snapshot: SchemaSnapshot): readonly string[] {
  return [
    ...partsOf(snapshot, relation.key, 'index').flatMap(index => makeStatements(index, snapshot)),
    ...partsOf(snapshot, relation.key, 'constraint').flatMap(constraint =>
      commonOf(constraint, snapshot.versionNumber),
    ),
  ];
}

/** @returns comments, privileges and labels of the columns of a relation. */
export function columnParts(relation: SchemaObject, snapshot: SchemaSnapshot): readonly string[] {
  return partsOf(snapshot, relation.key, 'column').flatMap(column =>
    commonOf(column, snapshot.versionNumber),
  );
}
