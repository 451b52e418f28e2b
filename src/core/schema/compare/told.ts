import type {SchemaObject} from '../objects.ts';
import type {CompareOptions} from './options.ts';

/** What a constraint tells of its index, and a view's query of its columns. */
const toldByConstraint = new Set(['unique', 'nullsNotDistinct', 'method', 'keys', 'include', 'predicate']);
const ownOfViewColumn = new Set([
  'default',
  'comment',
  'privileges',
  'securityLabels',
  'statistics',
  'storage',
  'options',
]);

/** @returns whether another object of the comparison tells the attribute */
export function isTold(expected: SchemaObject, live: SchemaObject, attribute: string): boolean {
  if (isOfConstraint(expected) || isOfConstraint(live)) return toldByConstraint.has(attribute);
  return isViewColumn(expected) && !ownOfViewColumn.has(attribute);
}

export function isOfConstraint(object: SchemaObject): boolean {
  return object.kind === 'index' && object.attributes.constraint !== undefined;
}

export function isViewColumn({kind, parent}: SchemaObject): boolean {
  return kind === 'column' && /^(?:materialized )?view /.test(parent ?? '');
}

/** A replay runs in a database and with roles that no migration made: it is asked only for what it says. */
export function isOnlyHeldTo({sameRole}: CompareOptions, {kind}: SchemaObject, attribute: string): boolean {
  if (sameRole === undefined) return false;
  return kind === 'role' || (kind === 'database' && attribute !== 'comment');
}
