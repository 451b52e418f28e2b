import {quoteWhereNeeded} from '../../sql/quote.ts';
import {identityOf} from '../key.ts';
import type {AttributeValue, Privileges} from '../attributes.ts';
import type {Gap, SchemaKind, SchemaObject, SchemaSnapshot} from '../objects.ts';
import {isList, isRecord} from './equal.ts';
import {changedGrants, initialGrants, type GrantsOf} from './grants.ts';
import type {CompareOptions} from './options.ts';
import type {AttributeRule, Change} from './rule.ts';

/** What the options say of roles, applied to values before they are compared. */
export interface Roles {
  /** The key under which `live` has an object that bears a role's name. */
  keyInLive(object: SchemaObject): string;
  /** Whether the object takes part. */
  isCompared(object: SchemaObject): boolean;
  /** The value as it is compared, of an object of `expected` or of `live`. */
  value(
    side: 'expected' | 'live',
    rule: AttributeRule,
    object: SchemaObject,
    value: AttributeValue | undefined,
  ): AttributeValue | undefined;
  /** Whether the owners of two objects are compared. */
  comparesOwners(expected: SchemaObject, live: SchemaObject): boolean;
  /** What the options left out. */
  gaps(): readonly Gap[];
  /** A change of grants with all that each of the grantees in it has on either side. */
  inFull(change: Change): Change;
}

/** How names of roles of one side are read. */
interface Reading {
  readonly versionNumber: number;
  rename(name: string): string;
  takesPart(name: string): boolean;
}

export function rolesOf(expected: SchemaSnapshot, live: SchemaSnapshot, options: CompareOptions): Roles {
  const {roles = 'compare', sameRole} = options;
  const isKnown = (name: string): boolean =>
    name === 'PUBLIC' ||
    name === sameRole?.live ||
    (expected.objects.has(roleKey(name)) && live.objects.has(roleKey(name)));
  const unknown = new Set<string>();
  const leftOut = new Set<string>();
  const takesPart = (name: string): boolean => {
    if (roles === 'compare' || isKnown(name)) return true;
    unknown.add(name);
    return false;
  };
  const rename = (name: string): string => (name === sameRole?.expected ? sameRole.live : name);
  const readings = {
    expected: {versionNumber: expected.versionNumber, rename, takesPart},
    live: {versionNumber: live.versionNumber, rename: (name: string) => name, takesPart},
  };
  return {
    keyInLive: object => (sameRole ? renamedKey(object, sameRole.expected, sameRole.live) : object.key),
    isCompared: ({kind}) => {
      if (roles === 'compare' || !kindsOfRoles.has(kind)) return true;
      if (kind !== 'role') leftOut.add(kind === 'user mapping' ? 'User mappings' : 'Default privileges');
      return false;
    },
    value: (side, rule, object, value) => read(readings[side], rule, object, value),
    comparesOwners: (one, other) => {
      const [owner, is] = [ownerOf(one), ownerOf(other)];
      const isSilent = owner === sameRole?.expected;
      if (roles === 'compare') return !(isSilent && madeBySuperusers.has(one.kind));
      if (sameRole && !isSilent && owner !== undefined && is !== undefined && isKnown(owner) && isKnown(is))
        return true;
      if (owner !== undefined && rename(owner) !== is) leftOut.add('Owners');
      return false;
    },
    gaps: () => [
      ...[...leftOut].map(what => ({words: `${what} are not compared, because roles may differ.`})),
      ...(unknown.size === 0
        ? []
        : [
            {
              words: `Privileges of roles that one side does not have are not compared: ${[...unknown].join(', ')}.`,
            },
          ]),
    ],
    inFull: ({object, expected: one, live: other}) => {
      const grantees = [
        ...new Set([one, other].flatMap(value => Object.keys(isRecord(value) ? value : {}))),
      ].toSorted();
      const full = (reading: Reading, value: AttributeValue | undefined): Privileges => {
        const known = new Map<string, string | readonly string[]>(
          isRecord(value) ? Object.entries(value) : [],
        );
        return Object.fromEntries(
          grantees.map(name => [
            name,
            [known.get(name) ?? initialGrants(object, name, grantsOf(reading, object))].flat(),
          ]),
        );
      };
      // The owner of `object` is that of `expected`; where the other one differs, that is told by itself.
      return {object, expected: full(readings.expected, one), live: full(readings.expected, other)};
    },
  };
}

/** Their owner is whoever had the right to make them. */
const madeBySuperusers = new Set<SchemaKind>([
  'extension',
  'language',
  'event trigger',
  'foreign data wrapper',
  'subscription',
  'publication',
]);

const kindsOfRoles = new Set<SchemaKind>(['role', 'default privileges', 'user mapping']);

function read(
  reading: Reading,
  {roles}: AttributeRule,
  object: SchemaObject,
  value: AttributeValue | undefined,
): AttributeValue | undefined {
  switch (roles) {
    case undefined:
      return value;
    case 'name':
      return typeof value === 'string' ? reading.rename(value) : value;
    case 'names':
      return isList(value)
        ? value.map(name => reading.rename(name)).filter(name => reading.takesPart(name))
        : value;
    case 'grantees':
      return grants(reading, object, value);
    default:
      return roles satisfies never;
  }
}

function grants(
  reading: Reading,
  object: SchemaObject,
  value: AttributeValue | undefined,
): Privileges | undefined {
  if (!isRecord(value)) return undefined;
  const merged = new Map<string, ReadonlySet<string>>();
  for (const [name, words] of Object.entries(value)) {
    const grantee = reading.rename(name);
    merged.set(grantee, new Set([...(merged.get(grantee) ?? []), ...[words].flat()]));
  }
  const all = Object.fromEntries([...merged].map(([name, words]) => [name, [...words].toSorted()]));
  const changed = changedGrants(object, all, grantsOf(reading, object));
  const left = Object.entries(changed ?? {}).filter(([name]) => reading.takesPart(name));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

function grantsOf(reading: Reading, object: SchemaObject): GrantsOf {
  const owner = ownerOf(object);
  return {
    owner: owner === undefined ? undefined : reading.rename(owner),
    versionNumber: reading.versionNumber,
  };
}

function ownerOf(object: SchemaObject): string | undefined {
  if (object.kind === 'default privileges') return object.attributes.role;
  return 'owner' in object.attributes ? object.attributes.owner : undefined;
}

function roleKey(name: string): string {
  return identityOf('role', {name}).key;
}

function renamedKey(object: SchemaObject, from: string, to: string): string {
  if (object.kind === 'default privileges' && object.attributes.role === from)
    return object.key.replace(`for role ${quoteWhereNeeded(from)}`, () => `for role ${quoteWhereNeeded(to)}`);
  return object.key;
}
