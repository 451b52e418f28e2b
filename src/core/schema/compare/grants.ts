import type {Privileges} from '../attributes.ts';
import type {SchemaObject} from '../objects.ts';

/** What an object gives at first: everything to its owner, and to everybody what is said here. */
interface Initial {
  readonly owner: readonly string[];
  readonly everybody?: readonly string[];
}

const ofRelation: Initial = {
  owner: ['DELETE', 'INSERT', 'MAINTAIN', 'REFERENCES', 'SELECT', 'TRIGGER', 'TRUNCATE', 'UPDATE'],
};
const ofSequence: Initial = {owner: ['SELECT', 'UPDATE', 'USAGE']};
const ofSchema: Initial = {owner: ['CREATE', 'USAGE']};
const ofFunction: Initial = {owner: ['EXECUTE'], everybody: ['EXECUTE']};
const ofType: Initial = {owner: ['USAGE'], everybody: ['USAGE']};
const ofServer: Initial = {owner: ['USAGE']};
const nothing: Initial = {owner: []};

/** Whose object it is, in the names that are compared, and on which server. */
export interface GrantsOf {
  readonly owner: string | undefined;
  readonly versionNumber: number;
}

/** @returns what somebody has who is not in `changedGrants` */
export function initialGrants(object: SchemaObject, grantee: string, of: GrantsOf): readonly string[] {
  const isOwner = grantee === of.owner || (object.key === 'schema public' && publicOwners.includes(grantee));
  if (isOwner) return ownersOf(object, of);
  if (grantee !== 'PUBLIC') return [];
  return object.key === 'schema public' ? ['USAGE'] : (initialOf(object).everybody ?? []);
}

const publicOwners = ['pg_database_owner', 'postgres'];

function ownersOf(object: SchemaObject, {versionNumber}: GrantsOf): readonly string[] {
  return initialOf(object).owner.filter(word => word !== 'MAINTAIN' || versionNumber >= 170_000);
}

/**
 * @param grants all that is granted on the object, by grantee; absent for what PostgreSQL gives at first
 * @returns what is granted beyond or below that: an empty list where somebody has lost all
 * Source: https://www.postgresql.org/docs/18/ddl-priv.html#PRIVILEGES-SUMMARY-TABLE
 */
export function changedGrants(
  object: SchemaObject,
  grants: Privileges | undefined,
  of: GrantsOf,
): Privileges | undefined {
  if (grants === undefined) return undefined;
  const {owner, versionNumber} = of;
  const own = ownersOf(object, of);
  const changed = new Map(Object.entries(grants).map(([name, words]) => [name, [...words].toSorted()]));
  const isPublicSchema = object.key === 'schema public';
  const owners = owner === undefined ? [] : [owner];
  for (const name of isPublicSchema ? publicOwners : owners) settle(changed, name, own, !isPublicSchema);
  // Before 15 everybody may create in `public`; who takes that away has what 15 gives.
  settle(changed, 'PUBLIC', initialGrants(object, 'PUBLIC', of), true);
  if (isPublicSchema && versionNumber < 150_000) settle(changed, 'PUBLIC', ['CREATE', 'USAGE'], false);
  return changed.size === 0 ? undefined : Object.fromEntries(changed);
}

function settle(
  grants: Map<string, readonly string[]>,
  name: string,
  initial: readonly string[],
  isExpected: boolean,
): void {
  const words = grants.get(name);
  if (words === undefined) {
    if (isExpected && initial.length > 0) grants.set(name, []);
  } else if (words.join() === initial.join()) grants.delete(name);
}

function initialOf(object: SchemaObject): Initial {
  switch (object.kind) {
    case 'table':
    case 'view':
    case 'materialized view':
      return ofRelation;
    case 'sequence':
      return ofSequence;
    case 'schema':
      return ofSchema;
    case 'function':
      return ofFunction;
    case 'type':
    case 'domain':
    case 'language':
      return ofType;
    case 'foreign data wrapper':
    case 'server':
      return ofServer;
    case 'database':
      return {owner: ['CONNECT', 'CREATE', 'TEMPORARY'], everybody: ['CONNECT', 'TEMPORARY']};
    case 'default privileges':
      return object.attributes.inSchema === undefined ? initialByDefault[object.attributes.on] : nothing;
    default:
      return nothing;
  }
}

const initialByDefault = {
  tables: ofRelation,
  sequences: ofSequence,
  functions: ofFunction,
  types: ofType,
  schemas: ofSchema,
  'large objects': {owner: ['SELECT', 'UPDATE']},
};
