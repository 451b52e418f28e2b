import {quoteWhereNeeded} from '../../sql/quote.ts';
import {identityOf} from '../key.ts';
import type {AttributeValue, SchemaObject, SchemaSnapshot} from '../objects.ts';
import {isList, isRecord} from './equal.ts';
import type {CompareOptions} from './options.ts';
import type {AttributeRule} from './rule.ts';

type Side = 'expected' | 'live';

/** What the options say of roles, applied to values before they are compared. */
export interface Roles {
  /** The key under which the other side has an object that bears a role's name. */
  keyInLive(object: SchemaObject): string;
  /** Whether the object takes part. */
  isCompared(object: SchemaObject): boolean;
  /** Absent when the attribute does not take part. */
  value(
    side: Side,
    rule: AttributeRule,
    object: SchemaObject,
    value: AttributeValue | undefined,
  ): AttributeValue | undefined;
}

export function rolesOf(expected: SchemaSnapshot, live: SchemaSnapshot, options: CompareOptions): Roles {
  const {roles = 'compare', sameRole} = options;
  const rename = (name: string): string => (name === sameRole?.expected ? sameRole.live : name);
  const isKnown = (name: string): boolean =>
    name === 'PUBLIC' ||
    name === sameRole?.live ||
    (expected.objects.has(roleKey(name)) && live.objects.has(roleKey(name)));
  const takesPart = (name: string): boolean => roles === 'compare' || isKnown(name);
  const ownedBySame = (object: SchemaObject): boolean => {
    const owner = ownerOf(expected, object);
    return owner === undefined || owner === sameRole?.expected;
  };
  const grants = (
    side: Side,
    object: SchemaObject,
    value: Readonly<Record<string, readonly string[] | string>>,
  ) =>
    Object.entries(value)
      .filter(([name]) => !(side === 'expected' && sameRole && name === sameRole.live && ownedBySame(object)))
      .map(([name, privileges]) => [side === 'expected' ? rename(name) : name, [privileges].flat()] as const)
      .filter(([name]) => takesPart(name));
  return {
    keyInLive: object => (sameRole ? renamedKey(object, sameRole.expected, sameRole.live) : object.key),
    isCompared: object => {
      if (roles === 'compare') return true;
      return object.kind !== 'role' && object.kind !== 'default privileges' && object.kind !== 'user mapping';
    },
    value: (side, rule, object, value) => {
      switch (rule.roles) {
        case undefined:
          return value;
        case 'name':
          if (roles === 'ignore') return undefined;
          return side === 'expected' && typeof value === 'string' ? rename(value) : value;
        case 'names':
          if (!isList(value)) return value;
          return value.map(name => (side === 'expected' ? rename(name) : name)).filter(takesPart);
        case 'grantees': {
          const entries = isRecord(value) ? grants(side, object, value) : [];
          return entries.length === 0 ? undefined : Object.fromEntries(entries);
        }
        default:
          return rule.roles satisfies never;
      }
    },
  };
}

function roleKey(name: string): string {
  return identityOf('role', {name}).key;
}

/** Columns belong to whom their table belongs to. */
function ownerOf({objects}: SchemaSnapshot, object: SchemaObject): string | undefined {
  if (object.kind === 'column')
    return object.parent === undefined ? undefined : ownerIn(objects.get(object.parent));
  return object.kind === 'default privileges' ? object.attributes.role : ownerIn(object);
}

function ownerIn(object: SchemaObject | undefined): string | undefined {
  return object && 'owner' in object.attributes ? object.attributes.owner : undefined;
}

function renamedKey(object: SchemaObject, from: string, to: string): string {
  if (object.kind === 'default privileges' && object.attributes.role === from)
    return object.key.replace(`for ${quoteWhereNeeded(from)}`, () => `for ${quoteWhereNeeded(to)}`);
  return object.key;
}
