import {columnParts, commonOf, relationParts, type DefinitionOptions} from './definition/owned.ts';
import {makeStatements} from './definition/make.ts';
import {createTable, laterConstraints, tableSettings} from './definition/tables.ts';
import {attachIndexes, keysOfParent} from './definition/partition-keys.ts';
import {partsOf} from './definition/parts.ts';
import {clusterStatements, materializedColumnSettings, viewColumnDefaults} from './definition/views.ts';
import type {ObjectOf, SchemaObject, SchemaSnapshot} from './objects.ts';
import {parentChecks} from './reconcile/relations/inline.ts';

/**
 * @returns the SQL that makes the object where all that it needs is there, and nothing of it: a table with its columns,
 *   constraints and indexes; owner, privileges and comments at the end. Triggers, rules and policies are objects of
 *   their own. Equal objects give equal texts, whatever server they were read from. Empty for an unknown key.
 */
export function definitionOf(snapshot: SchemaSnapshot, key: string, options: DefinitionOptions = {}): string {
  const object = snapshot.objects.get(key);
  return object ? `${definitionStatements(snapshot, object, options).join(';\n\n')};\n` : '';
}

/** @returns the statements of `definitionOf` one by one, without semicolons. */
export function definitionStatements(
  snapshot: SchemaSnapshot,
  object: SchemaObject,
  options: DefinitionOptions = {},
): readonly string[] {
  const made = object.kind === 'table' ? makeTable(snapshot, object) : makeStatements(object, snapshot);
  return [...made, ...commonOf(object, snapshot, options), ...parts(snapshot, object, options)];
}

function makeTable(snapshot: SchemaSnapshot, table: ObjectOf<'table'>): readonly string[] {
  const constraints = partsOf(snapshot, table.key, 'constraint');
  return [
    createTable(table, snapshot, [
      ...constraints,
      ...keysOfParent(table, snapshot),
      ...parentChecks(table, snapshot),
    ]),
    ...laterConstraints(constraints),
  ];
}

function parts(
  snapshot: SchemaSnapshot,
  object: SchemaObject,
  options: DefinitionOptions,
): readonly string[] {
  switch (object.kind) {
    case 'table':
      return [
        ...relationParts(object, snapshot, options),
        ...tableSettings(object, snapshot),
        ...attachIndexes(object, snapshot),
        ...columnParts(object, snapshot, options),
      ];
    case 'view':
      return [...viewColumnDefaults(object, snapshot), ...columnParts(object, snapshot, options)];
    case 'materialized view':
      return [
        ...materializedColumnSettings(object, snapshot),
        ...columnParts(object, snapshot, options),
        ...relationParts(object, snapshot, options),
        ...clusterStatements(object),
      ];
    default:
      return [];
  }
}
