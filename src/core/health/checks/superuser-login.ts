import {quoteWhereNeeded} from '../../sql/quote.ts';
import {counted, enumeratedInShort} from '../../words.ts';
import {defineCheck, type CheckContext} from '../check.ts';
import type {RoleRow} from '../parts/security.ts';

/** Those that providers keep for themselves; their customers cannot change them. */
const ofProviders: ReadonlySet<string> = new Set([
  'rdsadmin',
  'cloudsqladmin',
  'cloudsqlagent',
  'alloydbadmin',
  'azuresu',
  'azure_superuser',
  'supabase_admin',
  'cloud_admin',
]);

export const check = defineCheck({
  id: 'superuser-login',
  area: 'security',
  title: 'Superusers beside the first',
  page: {
    looks: 'Roles that may log in and are superusers, beside the one that initdb made.',
    silent:
      'The first superuser, which cannot be anything else, superusers that may not log in, and those that providers of managed servers keep for themselves.',
    sources: ['https://www.postgresql.org/docs/current/role-attributes.html', '`pg_roles`'],
  },
  needs: ['security'],
  look({security}, context) {
    return security.roles
      .filter(role => role.login && role.superuser && role.bootstrap !== true && !ofProviders.has(role.name))
      .map(role => ({
        severity: 'warning',
        subject: {kind: 'role', name: role.name},
        what: `${quoteWhereNeeded(role.name)} logs in as a superuser`,
        why: 'A superuser passes every check of privileges and of row security, reads and writes files of the server, and runs programs there. Whoever finds this role’s password, or a hole in a program that uses it, has the machine.',
        fix: 'Give the role the privileges that it needs, by membership in predefined roles such as pg_monitor where that is enough, and take SUPERUSER from it. People can SET ROLE to a superuser that does not log in.',
        evidence: [
          ...sessionsOf(role, context),
          'The superuser that initdb made is not told: it cannot be anything else.',
        ],
        actions: [
          {
            kind: 'show-sql',
            title: 'Take SUPERUSER from the role',
            sql: `ALTER ROLE ${quoteWhereNeeded(role.name)} NOSUPERUSER;`,
          },
        ],
      }));
  },
});

function sessionsOf({name}: RoleRow, context: CheckContext): readonly string[] {
  const own = (context.part('sessions')?.rows ?? []).filter(
    ({user, kind}) => user === name && kind === 'client backend',
  );
  if (own.length === 0) return [];
  const applications = [
    ...new Set(own.map(({application}) => (application === '' ? 'unnamed' : application))),
  ];
  return [`It has ${counted(own.length, 'session')} now: ${enumeratedInShort(applications)}.`];
}
