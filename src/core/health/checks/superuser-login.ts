import {quoteWhereNeeded} from '../../sql/quote.ts';
import {counted, enumeratedInShort} from '../../words.ts';
import {defineCheck, type CheckContext} from '../check.ts';
import type {Found} from '../finding.ts';
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

/** What people and keepers of servers use; a superuser is right for some of what they do. */
const tools =
  /^(psql|pg_|pgadmin|dbeaver|datagrip|intellij|pgcli|vacuumdb|reindexdb|howdah|patroni|repmgr|barman|pgbackrest|postgres_exporter|check_pg)/i;
/** Sessions of one name in one database: a pool, and no person. */
const pool = 3;

export const check = defineCheck({
  id: 'superuser-login',
  area: 'security',
  title: 'Superusers beside the first, and programs that connect as one',
  page: {
    looks:
      'Roles that may log in and are superusers, beside the one that initdb made. A program with three sessions and more in this database as any superuser.',
    silent:
      'The first superuser, which cannot be anything else, as long as only people and tools of operators use it, superusers that may not log in, and those that providers of managed servers keep for themselves.',
    sources: ['https://www.postgresql.org/docs/current/role-attributes.html', '`pg_roles`'],
  },
  needs: ['security'],
  look({security}, context) {
    const others = security.roles
      .filter(role => role.login && role.superuser && role.bootstrap !== true && !ofProviders.has(role.name))
      .map((role): Found => ({
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
    return [...others, ...programs(security.roles, context)];
  },
});

/** A program that came in as a superuser has every right that a hole in it gives away. */
function programs(roles: readonly RoleRow[], context: CheckContext): readonly Found[] {
  const superusers = new Set(roles.filter(({superuser}) => superuser).map(({name}) => name));
  const database = context.part('server')?.database;
  const pools = new Map<string, number>();
  for (const row of context.part('sessions')?.rows ?? []) {
    const {user, application, kind, own} = row;
    if (user === undefined || own || kind !== 'client backend' || row.database !== database) continue;
    if (!superusers.has(user) || ofProviders.has(user) || tools.test(application)) continue;
    const key = `${application === '' ? 'A program without a name' : application}\n${user}`;
    pools.set(key, (pools.get(key) ?? 0) + 1);
  }
  return [...pools].flatMap(([key, count]) => (count < pool ? [] : [programFinding(key, count)]));
}

function programFinding(key: string, count: number): Found {
  const [application = '', user = ''] = key.split('\n');
  return {
    severity: 'warning',
    subject: {kind: 'role', name: user},
    what: `${application} connects as the superuser ${quoteWhereNeeded(user)}`,
    why: 'No grant and no row security holds a superuser. A hole in the program, such as SQL that is put together from what a user typed, is then a hole in the whole server and its machine.',
    fix: 'Make a role that owns nothing, grant it what the program needs, and let the program connect as that role. Let migrations run as another one, which owns the tables.',
    evidence: [`It has ${counted(count, 'session')} in this database now.`],
    actions: [],
  };
}

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
