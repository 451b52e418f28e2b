import {field, list, names, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {SchemaKind} from '../objects.ts';
import {globalKey, keyIn, partKey, type Naming} from './mention.ts';

const inSchemas: Readonly<Record<string, readonly SchemaKind[]>> = {
  OBJECT_TABLE: ['table'],
  OBJECT_FOREIGN_TABLE: ['table'],
  OBJECT_VIEW: ['view'],
  OBJECT_MATVIEW: ['materialized view'],
  OBJECT_SEQUENCE: ['sequence'],
  OBJECT_INDEX: ['index'],
  OBJECT_TYPE: ['type', 'domain'],
  OBJECT_DOMAIN: ['domain'],
  OBJECT_FUNCTION: ['function'],
  OBJECT_PROCEDURE: ['function'],
  OBJECT_ROUTINE: ['function'],
  OBJECT_AGGREGATE: ['function'],
  OBJECT_COLLATION: ['collation'],
  OBJECT_CONVERSION: ['conversion'],
  OBJECT_STATISTIC_EXT: ['statistics'],
  OBJECT_TSCONFIGURATION: ['text search configuration'],
  OBJECT_TSDICTIONARY: ['text search dictionary'],
  OBJECT_TSPARSER: ['text search parser'],
  OBJECT_TSTEMPLATE: ['text search template'],
};

const globals: Readonly<Record<string, SchemaKind>> = {
  OBJECT_SCHEMA: 'schema',
  OBJECT_EXTENSION: 'extension',
  OBJECT_EVENT_TRIGGER: 'event trigger',
  OBJECT_PUBLICATION: 'publication',
  OBJECT_SUBSCRIPTION: 'subscription',
  OBJECT_FDW: 'foreign data wrapper',
  OBJECT_FOREIGN_SERVER: 'server',
  OBJECT_LANGUAGE: 'language',
  OBJECT_ACCESS_METHOD: 'access method',
  OBJECT_ROLE: 'role',
};

const parts: Readonly<Record<string, SchemaKind>> = {
  OBJECT_COLUMN: 'column',
  OBJECT_TABCONSTRAINT: 'constraint',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_POLICY: 'policy',
  OBJECT_RULE: 'rule',
};

/** @returns the keys that an object of a DROP, COMMENT, GRANT or ALTER can mean; of a function without its arguments */
export function keysNamed(naming: Naming, type: unknown, object: unknown): readonly string[] {
  const kind = text(type) ?? '';
  const name = nameParts(object);
  const part = parts[kind];
  const global = globals[kind];
  const keys = [
    ...(inSchemas[kind] ?? []).map(one => keyIn(naming, one, name)),
    part && partKey(naming, part, name.slice(0, -1), name.at(-1)),
    global && globalKey(global, name.at(-1)),
  ];
  return keys.flatMap(key => key ?? []);
}

/** A name is a list, a type's name, a function's signature, a relation or one string, by the kind of the object. */
function nameParts(object: unknown): readonly string[] {
  const relation = field(object, 'RangeVar');
  const node: SyntaxNode = 'relname' in relation ? relation : {};
  return [
    [text(node['schemaname']), text(node['relname'])].flatMap(part => part ?? []),
    list(field(object, 'List')['items']).flatMap(nameParts),
    names(field(object, 'TypeName')['names']),
    names(field(object, 'ObjectWithArgs')['objname']),
    names(list([object])),
  ].flat();
}
