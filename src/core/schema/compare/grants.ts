import type {Privileges, SchemaObject} from '../objects.ts';

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

/**
 * @param grants all that is granted on the object, by grantee; absent for what PostgreSQL gives at first
 * @returns what is granted beyond or below that: an empty list where somebody has lost all
 * Source: https://www.postgresql.org/docs/18/ddl-priv.html#PRIVILEGES-SUMMARY-TABLE
 */
export function changedGrants(
  object: SchemaObject,
  grants: Privileges | undefined,
  {owner, versionNumber}: {readonly owner: string | undefined; readonly versionNumber: number},
): Privileges | undefined {
  if (grants === undefined) return undefined;
  const initial = initialOf(object);
  const own = initial.owner.filter(word => word !== 'MAINTAIN' || versionNumber >= 170_000);
  const changed = new Map(Object.entries(grants).map(([name, words]) => [name, [...words].toSorted()]));
  const isPublicSchema = object.key === 'schema public';
  for (const name of isPublicSchema ? ['pg_database_owner', 'postgres'] : owner === undefined ? [] : [owner])
    settle(changed, name, own, !isPublicSchema);
  // Before 15 everybody may create in `public`; who takes that away has what 15 gives.
  settle(changed, 'PUBLIC', isPublicSchema ? ['USAGE'] : (initial.everybody ?? []), true);
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
