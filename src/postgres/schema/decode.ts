import {identityOf} from '../../core/schema/key.ts';
import type {SchemaKind, SchemaObject} from '../../core/schema/objects.ts';
import type {Row} from '../../core/session.ts';
import type {Checks} from './checks/check.ts';
import {isRecord} from './checks/check.ts';
import {otherChecks} from './checks/others.ts';
import {relationChecks} from './checks/relations.ts';
import type {Details} from './details.ts';
import {likeKeys} from './names.ts';
import {optionalText, text} from './values.ts';
import type {AttributesOf} from '../../core/schema/attributes.ts';

const checks: {readonly [K in SchemaKind]: Checks<AttributesOf[K]>} = {...relationChecks, ...otherChecks};

const checkList = new Map(Object.entries(checks).map(([kind, ofKind]) => [kind, Object.entries(ofKind)]));
const attributeNames = new Map(
  Object.entries(checks).map(([kind, ofKind]) => [kind, new Set<string>(Object.keys(ofKind))]),
);

/** Attributes that are qualified names, and not part of a text that the server deparsed. */
const names = new Set(['inherits', 'partitionOf', 'ownedBy', 'function']);

/**
 * @param row its columns are `oid`, what the name is made of (`namespace`, `ofKind`, `of`, `name`, `signature`), and
 *   attributes by their names; those that are null are absent
 */
export function toObject(kind: SchemaKind, row: Row, details: Details | undefined): SchemaObject {
  const has = attributeNames.get(kind);
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row))
    if (value !== null && has?.has(name)) attributes[name] = names.has(name) ? named(value) : value;
  for (const [name, value] of Object.entries(details ?? {})) if (has?.has(name)) attributes[name] = value;
  return checked({...identityOfRow(kind, row), attributes});
}

/** Trusts nothing: what is not as the model says is a bug in the SQL, and is thrown. */
export function checked(object: unknown): SchemaObject {
  if (!isSchemaObject(object)) throw new TypeError(`not an object of the schema: ${JSON.stringify(object)}`);
  return object;
}

function isSchemaObject(value: unknown): value is SchemaObject {
  if (!isRecord(value) || typeof value['kind'] !== 'string' || typeof value['key'] !== 'string') return false;
  const {attributes} = value;
  return (
    isRecord(attributes) &&
    (checkList.get(value['kind'])?.every(([name, check]) => check(attributes[name])) ?? false)
  );
}

function identityOfRow(kind: SchemaKind, row: Row): object {
  const schema = optionalText(row['namespace']);
  const signature = optionalText(row['signature']);
  const inSchema = schema === undefined ? {} : {schema};
  const ofKind = parentKinds.find(candidate => candidate === row['ofKind']);
  return identityOf(kind, {
    ...inSchema,
    name: text(row['name']),
    ...(signature === undefined ? {} : {signature}),
    ...(ofKind ? {of: {kind: ofKind, ...inSchema, name: text(row['of'])}} : {}),
  });
}

const parentKinds = ['table', 'view', 'materialized view', 'server'] as const satisfies readonly SchemaKind[];

function named(value: unknown): unknown {
  return Array.isArray(value) ? value.map(item => likeKeys(text(item))) : likeKeys(text(value));
}
