import type {AttributeValue} from '../attributes.ts';
import type {SchemaKind, SchemaObject} from '../objects.ts';
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
  if (isViewColumn(expected)) return !ownOfViewColumn.has(attribute);
  const told = toldBy[expected.kind]?.find(([, attributes]) => attributes.includes(attribute));
  if (!told) return false;
  const [one, other] = [valueOf(expected, told[0]), valueOf(live, told[0])];
  return told[2] === 'presence' ? (one === undefined) !== (other === undefined) : one !== other;
}

type Told = readonly [by: string, attributes: readonly string[], when: 'presence' | 'difference'];

/** What goes without saying when another attribute has come, gone or changed. */
const toldBy: Readonly<Partial<Record<SchemaKind, readonly Told[]>>> = {
  table: [['server', ['replicaIdentity', 'options'], 'presence']],
  column: [
    ['generated', ['generatedKind'], 'presence'],
    ['identity', ['identityOptions'], 'presence'],
  ],
  constraint: [
    [
      'type',
      [
        'columns',
        'expression',
        'include',
        'references',
        'referencedColumns',
        'nullsNotDistinct',
        'definition',
      ],
      'difference',
    ],
  ],
  function: [['routine', ['result', 'arguments', 'definition'], 'difference']],
};

function valueOf({attributes}: SchemaObject, name: string): AttributeValue | undefined {
  const values: Readonly<Record<string, AttributeValue | undefined>> = attributes;
  return values[name];
}

export function isOfConstraint(object: SchemaObject): boolean {
  return object.kind === 'index' && object.attributes.constraint !== undefined;
}

export function isViewColumn({kind, parent}: SchemaObject): boolean {
  return kind === 'column' && /^(?:materialized )?view /.test(parent ?? '');
}

/** A replay runs in a database and with roles that no migration made: they are asked only for what it says. */
export function isOnlyHeldTo({sameRole}: CompareOptions, {kind}: SchemaObject): boolean {
  return sameRole !== undefined && (kind === 'role' || kind === 'database');
}

/** The database of a replay has an owner and a comment of its own. */
export function isOfStage({sameRole}: CompareOptions, {kind}: SchemaObject, attribute: string): boolean {
  return sameRole !== undefined && kind === 'database' && (attribute === 'owner' || attribute === 'comment');
}
