import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {
  databaseSettings,
  defaultPrivilegeStatements,
  grantMembership,
  parseMembership,
  roleSettings,
} from '../../definition/roles.ts';
import type {ObjectOf} from '../../objects.ts';
import type {Changed, Writer, Written} from '../writer.ts';
import {writerOf} from './writer-of.ts';

export const defaultPrivilegesWriter: Writer<'default privileges'> = {
  create: ({attributes}, {versionNumber}) =>
    texts(defaultPrivilegeStatements(attributes, {is: attributes.privileges, versionNumber})),
  drop: ({attributes}, {versionNumber}) =>
    texts(defaultPrivilegeStatements(attributes, {was: attributes.privileges, versionNumber})),
  change: ({before, after: {attributes}}, {versionNumber}) => {
    const sides = {was: before.attributes.privileges, is: attributes.privileges, versionNumber};
    return texts(defaultPrivilegeStatements(attributes, sides));
  },
};

export const databaseWriter: Writer<'database'> = writerOf({
  drop: () => [],
  change: ({before, after}) => texts(databaseSettings(before.attributes.settings, after.attributes.settings)),
});

const clusterWide = 'A role belongs to all databases of a server, so no migration of one of them';

export const roleWriter: Writer<'role'> = writerOf({
  create: ({name}) => [{leftOut: `${clusterWide} makes it. Create ${name} on the server first.`}],
  drop: () => [{leftOut: `${clusterWide} drops it.`}],
  change: changeRole,
});

function changeRole({before, after, attributes}: Changed<'role'>): readonly Written[] {
  return [
    ...(attributes.has('capabilities') ? capabilities(before, after) : []),
    ...(attributes.has('memberOf') ? memberships(before, after) : []),
    ...texts(roleSettings(after, before.attributes.settings, after.attributes.settings)),
  ];
}

function capabilities(before: ObjectOf<'role'>, after: ObjectOf<'role'>): readonly Written[] {
  const was = before.attributes.capabilities ?? [];
  const is = after.attributes.capabilities ?? [];
  const words = [
    ...was.filter(word => !is.includes(word)).map(word => opposite(word)),
    ...is.filter(word => !was.includes(word)).map(word => word.toUpperCase()),
  ];
  if (words.length === 0) return [];
  return [
    {
      sql: `ALTER ROLE ${quoteWhereNeeded(after.name)} ${words.join(' ')}`,
      note: 'Holds in all databases of the server.',
    },
  ];
}

function opposite(word: string): string {
  return word === 'noinherit' ? 'INHERIT' : `NO${word.toUpperCase()}`;
}

function memberships(before: ObjectOf<'role'>, after: ObjectOf<'role'>): readonly Written[] {
  const was = before.attributes.memberOf ?? [];
  const is = after.attributes.memberOf ?? [];
  const note = 'Holds in all databases of the server.';
  const name = quoteWhereNeeded(after.name);
  const stays = (of: string): boolean => is.some(membership => parseMembership(membership).of === of);
  return [
    ...was
      .filter(membership => !is.includes(membership))
      .flatMap(membership => {
        const {of, admin} = parseMembership(membership);
        if (stays(of) && !admin) return [];
        const option = stays(of) ? 'ADMIN OPTION FOR ' : '';
        return [{sql: `REVOKE ${option}${of} FROM ${name}`, note}];
      }),
    ...is
      .filter(membership => !was.includes(membership) && !was.includes(`${membership} with admin option`))
      .map(membership => ({sql: grantMembership(after.name, membership), note})),
  ];
}

function texts(statements: readonly string[]): readonly Written[] {
  return statements.map(sql => ({sql}));
}
