import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {AttributesOf, Options, Privileges} from '../attributes.ts';
import type {ObjectOf} from '../objects.ts';
import {defaultPrivileges, privilegeChanges} from '../reconcile/objects/privileges.ts';
import {inCurrentDatabase} from './current-database.ts';
import {grantee} from './names.ts';
import {settingName, settingValue, sorted} from './options.ts';

/** Nobody's password is read, and so none is written. */
export function roleStatements(role: ObjectOf<'role'>): readonly string[] {
  const {capabilities = [], memberOf = [], settings} = role.attributes;
  const name = quoteWhereNeeded(role.name);
  const words = capabilities.map(word => ` ${word.toUpperCase()}`).join('');
  return [
    `CREATE ROLE ${name}${words}`,
    ...memberOf.map(membership => grantMembership(role.name, membership)),
    ...roleSettings(role, {}, settings),
  ];
}

/** @param membership - the quoted name of a role, with ` with admin option` where it is. */
export function grantMembership(role: string, membership: string): string {
  const {of, admin} = parseMembership(membership);
  return `GRANT ${of} TO ${quoteWhereNeeded(role)}${admin ? ' WITH ADMIN OPTION' : ''}`;
}

export function parseMembership(membership: string): {readonly of: string; readonly admin: boolean} {
  const admin = / with admin option$/i.test(membership);
  return {of: membership.replace(/ with admin option$/i, ''), admin};
}

export function roleSettings(role: ObjectOf<'role'>, was?: Options, is?: Options): readonly string[] {
  return settingStatements(`ROLE ${quoteWhereNeeded(role.name)} IN DATABASE %I`, was, is);
}

export function databaseSettings(was?: Options, is?: Options): readonly string[] {
  return settingStatements('DATABASE %I', was, is);
}

function settingStatements(whose: string, was: Options = {}, is: Options = {}): readonly string[] {
  return [
    ...sorted(was).flatMap(([name]) => (name in is ? [] : [`ALTER ${whose} RESET ${settingName(name)}`])),
    ...sorted(is).flatMap(([name, value]) =>
      was[name] === value ? [] : [`ALTER ${whose} SET ${settingName(name)} TO ${settingValue(name, value)}`],
    ),
  ].map(inCurrentDatabase);
}

/** @param was - absent for what PostgreSQL grants by itself. */
export function defaultPrivilegeStatements(
  {role, inSchema, on}: AttributesOf['default privileges'],
  sides: {readonly was?: Privileges; readonly is?: Privileges; readonly versionNumber: number},
): readonly string[] {
  const where = inSchema === undefined ? '' : ` IN SCHEMA ${quoteWhereNeeded(inSchema)}`;
  const alter = `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteWhereNeeded(role)}${where}`;
  // Those of a schema are added to the others, so nothing is there to begin with.
  const initial = inSchema === undefined ? defaultPrivileges(singular[on], role, sides.versionNumber) : {};
  return privilegeChanges(sides.was ?? initial, sides.is ?? initial).map(({verb, option, words, to}) => {
    const what = `${words.join(', ')} ON ${on.toUpperCase()}`;
    return verb === 'GRANT'
      ? `${alter} GRANT ${what} TO ${grantee(to)}${option ? ' WITH GRANT OPTION' : ''}`
      : `${alter} REVOKE ${option ? 'GRANT OPTION FOR ' : ''}${what} FROM ${grantee(to)}`;
  });
}

const singular: Readonly<Record<AttributesOf['default privileges']['on'], string>> = {
  tables: 'TABLE',
  sequences: 'SEQUENCE',
  functions: 'FUNCTION',
  types: 'TYPE',
  schemas: 'SCHEMA',
  'large objects': 'LARGE OBJECT',
};
