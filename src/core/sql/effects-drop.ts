import {absent, type Effect} from './effect.ts';
import {field, list, names, qualified, type DatabaseObject} from './objects.ts';
import type {SyntaxNode} from './parser.ts';

const kinds = {
  OBJECT_TABLE: 'table',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_INDEX: 'index',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'type',
  OBJECT_FUNCTION: 'function',
  OBJECT_PROCEDURE: 'function',
  OBJECT_SCHEMA: 'schema',
  OBJECT_EXTENSION: 'extension',
} as const;

const ownedKinds = {OBJECT_TRIGGER: 'trigger', OBJECT_POLICY: 'policy'} as const;

/** @returns what a DROP removes, one effect for each object it names. */
export function drops(node: SyntaxNode): readonly Effect[] {
  const tolerant = node['missing_ok'] === true;
  return list(node['objects']).flatMap(object =>
    absent(dropped(node['removeType'], partsOf(object)), tolerant),
  );
}

function dropped(type: unknown, parts: readonly string[]): DatabaseObject | undefined {
  const kind = Object.entries(kinds).find(([key]) => key === type)?.[1];
  const name = qualified(parts);
  if (kind !== undefined) return name && {kind, name};
  const owned = Object.entries(ownedKinds).find(([key]) => key === type)?.[1];
  const table = qualified(parts.slice(0, -1));
  return owned && table && name && {kind: owned, table, name: name.name};
}

/** A name is a list, a type's name, a function's signature or one string, by the kind of the object. */
function partsOf(object: SyntaxNode): readonly string[] {
  return [
    names(field(object, 'List')['items']),
    names(field(object, 'TypeName')['names']),
    names(field(object, 'ObjectWithArgs')['objname']),
    names([object]),
  ].flat();
}
