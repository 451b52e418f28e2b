import {quoteWhereNeeded} from '../sql/quote.ts';
import type {ObjectIdentity, SchemaKind} from './objects.ts';

export interface Names {
  readonly schema?: string;
  readonly name: string;
  /** Of a function: the types of its arguments in parentheses. */
  readonly signature?: string;
  /** Of a part: the names of the object that it is part of, and its kind. */
  readonly of?: {readonly kind: SchemaKind; readonly schema?: string; readonly name: string};
}

/** @returns an identity whose key is unique among all objects of a database */
export function identityOf<K extends SchemaKind>(kind: K, names: Names): ObjectIdentity<K> {
  const {name, signature, of} = names;
  const schema = of ? of.schema : names.schema;
  const own = composed.has(kind) ? name : quoteWhereNeeded(name);
  const path = [schema, of?.name].flatMap(part => (part === undefined ? [] : quoteWhereNeeded(part)));
  return {
    kind,
    key: `${kind} ${[...path, `${own}${signature ?? ''}`].join('.')}`,
    ...(schema === undefined ? {} : {schema}),
    name,
    ...(signature === undefined ? {} : {signature}),
    ...(of ? {parent: identityOf(of.kind, of).key} : {}),
  };
}

/**
 * @returns what `identityOf` gives the parts of one object, for those who have thousands of them: what they share is
 *   made once
 */
export function identitiesIn(
  of: ObjectIdentity,
): <K extends SchemaKind>(kind: K, name: string) => ObjectIdentity<K> {
  const path = nameOf(of);
  const schema = of.schema === undefined ? {} : {schema: of.schema};
  return (kind, name) => ({
    kind,
    key: `${kind} ${path}.${quoteWhereNeeded(name)}`,
    ...schema,
    name,
    parent: of.key,
  });
}

/** @returns the key without the kind: the qualified name, quoted where needed. */
export function nameOf({kind, key}: Pick<ObjectIdentity, 'kind' | 'key'>): string {
  return key.slice(kind.length + 1);
}

/** @returns the object without its attributes */
export function identityIn({kind, key, schema, name, signature, parent}: ObjectIdentity): ObjectIdentity {
  return {
    kind,
    key,
    ...(schema === undefined ? {} : {schema}),
    name,
    ...(signature === undefined ? {} : {signature}),
    ...(parent === undefined ? {} : {parent}),
  };
}

/** Kinds whose names are no plain identifiers: they are kept as they are. */
const composed = new Set<SchemaKind>([
  'cast',
  'operator',
  'operator class',
  'operator family',
  'transform',
  'default privileges',
]);
