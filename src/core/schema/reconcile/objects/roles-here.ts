import {identityOf} from '../../key.ts';
import type {Privileges} from '../../attributes.ts';
import type {SchemaSnapshot} from '../../objects.ts';
import type {WriteContext} from '../writer.ts';

interface Owned {
  readonly owner?: string;
  readonly privileges?: Privileges;
}

/** What a replay says of roles, as it can be in the database that the statements run on. */
interface RolesHere {
  /** What the reader of `to` is there, the reader of `from` is here. */
  readonly named: (role: string) => string;
  /** Whether the role is here, so that it can be named. */
  readonly isHere: (role: string) => boolean;
  /** Whether `to` knows the role, so that it can say what the role has. */
  readonly isThere: (role: string) => boolean;
}

export function rolesHere({from, to}: Pick<WriteContext, 'from' | 'to'>): RolesHere {
  return {
    named: role => (role === to.user ? from.user : role),
    isHere: role => knows(from, role),
    isThere: role => knows(to, role),
  };
}

/**
 * @param initial - what PostgreSQL grants to that owner and to everybody
 * @returns `after` with the roles of this database: an owner that is not here is left to whoever runs the migration,
 *   roles that are not here have nothing, and roles that only this database knows keep what they have
 */
export function ownedHere(
  before: Owned | undefined,
  after: Owned,
  {named, isHere, isThere}: RolesHere,
  initial: Privileges,
): Owned {
  const wanted = after.owner === undefined ? undefined : named(after.owner);
  const owner = before ? before.owner : wanted !== undefined && isHere(wanted) ? wanted : undefined;
  const kept = Object.entries(before?.privileges ?? {}).filter(
    ([role]) => role !== owner && !isThere(role) && named(role) === role,
  );
  const given = Object.entries(after.privileges ?? initial)
    .map(([role, words]): [string, readonly string[]] => [
      role === after.owner && owner !== undefined ? owner : named(role),
      words,
    ])
    .filter(([role]) => role === owner || isHere(role));
  const isDefault = after.privileges === undefined && kept.length === 0;
  return {
    ...(owner === undefined ? {} : {owner}),
    ...(isDefault ? {} : {privileges: Object.fromEntries([...kept, ...given])}),
  };
}

function knows({objects, user}: SchemaSnapshot, role: string): boolean {
  return role === 'PUBLIC' || role === user || objects.has(identityOf('role', {name: role}).key);
}
