import {quoteWhereNeeded} from '../../sql/quote.ts';
import {enumeratedInShort} from '../../words.ts';
import {defineCheck, type CheckContext} from '../check.ts';
import {origin, overridesOf} from '../settings/change.ts';
import {numberOf, settingOf} from '../settings/value.ts';

export const check = defineCheck({
  id: 'statement-timeout-off',
  area: 'settings',
  title: 'Statements may run for ever',
  page: {
    looks:
      '`statement_timeout` is 0, no role and not this database is given one, and programs are connected to this database as roles that are no superusers.',
    silent:
      'A timeout that a program sets for itself after it connected, or in its address: nobody but its session sees it. With any timeout by ALTER ROLE or ALTER DATABASE nothing is told.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT',
      '`pg_settings`, `pg_db_role_setting`, `pg_stat_activity`',
    ],
  },
  needs: ['settings', 'sessions'],
  look({settings}, context) {
    const name = 'statement_timeout';
    const row = settingOf(settings, name);
    if (row === undefined || numberOf(settings, name) !== 0) return [];
    if (
      [name, 'transaction_timeout'].some(each => overridesOf(settings, each).some(({value}) => value !== '0'))
    )
      return [];
    const roles = rolesOf(context);
    if (roles.length === 0) return [];
    return [
      {
        severity: 'information',
        subject: {kind: 'setting', name},
        what: `No statement of ${enumeratedInShort(roles)} is ever cancelled for taking too long`,
        why: 'A statement without an end keeps its locks and its snapshot, and goes on after the user who asked for it has closed the window. A few of them use up all connections of a program.',
        fix: 'Give the roles of programs a timeout with ALTER ROLE. PostgreSQL’s documentation does not recommend one in postgresql.conf, because it would apply to all sessions, maintenance and dumps included.',
        evidence: [origin(row), 'Sessions may have set one for themselves, which nobody else sees.'],
        actions: [
          {
            kind: 'show-sql',
            title: 'Give these roles a timeout',
            sql: `${roles.map(role => `ALTER ROLE ${quoteWhereNeeded(role)} SET statement_timeout = '60s';`).join('\n')}\n-- It takes effect in new sessions, without a reload.`,
          },
        ],
      },
    ];
  },
});

/** Who works in this database, and is no superuser. */
function rolesOf(context: CheckContext): readonly string[] {
  const server = context.part('server');
  const superusers = new Set(
    (context.part('security')?.roles ?? []).filter(({superuser}) => superuser).map(({name}) => name),
  );
  const users = (context.part('sessions')?.rows ?? []).flatMap(({kind, user, database, own}) =>
    kind === 'client backend' &&
    !own &&
    user !== undefined &&
    database === server?.database &&
    !superusers.has(user)
      ? [user]
      : [],
  );
  return [...new Set(users)].toSorted();
}
