import type {ObjectOf, SchemaKind, SchemaSnapshot} from '../objects.ts';
import {writeCommonOf} from '../reconcile/objects/common.ts';
import {makeStatements} from './make.ts';
import {partsOf} from './parts.ts';

export interface DefinitionOptions {
  /** False: without owners and what they may do, for schemas whose roles have other names. Default: true. */
  readonly owners?: boolean;
}

/** @returns owner, privileges, comment, labels and extensions of an object that was just made. */
export function commonOf(
  object: ObjectOf<SchemaKind>,
  {versionNumber}: SchemaSnapshot,
  options: DefinitionOptions,
): readonly string[] {
  return writeCommonOf(object, {}, {versionNumber, ...options}).map(({sql}) => sql);
}

/** @returns the indexes of a table or materialized view, and the comments on its constraints. */
export function relationParts(
  relation: ObjectOf<SchemaKind>,
  snapshot: SchemaSnapshot,
  options: DefinitionOptions,
): readonly string[] {
  return [
    ...partsOf(snapshot, relation.key, 'index').flatMap(index => [
      ...makeStatements(index, snapshot),
      ...commonOf(index, snapshot, options),
    ]),
    ...partsOf(snapshot, relation.key, 'constraint').flatMap(constraint =>
      commonOf(constraint, snapshot, options),
    ),
  ];
}

/** @returns comments, privileges and labels of the columns of a relation. */
export function columnParts(
  relation: ObjectOf<SchemaKind>,
  snapshot: SchemaSnapshot,
  options: DefinitionOptions,
): readonly string[] {
  return partsOf(snapshot, relation.key, 'column').flatMap(column => commonOf(column, snapshot, options));
}
