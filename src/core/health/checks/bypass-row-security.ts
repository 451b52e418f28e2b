import {quoteWhereNeeded} from '../../sql/quote.ts';
import {counted} from '../../words.ts';
import {defineCheck} from '../check.ts';

export const check = defineCheck({
  id: 'bypass-row-security',
  area: 'security',
  title: 'Roles that row security does not hold',
  page: {
    looks:
      'Roles that log in, are no superusers and have BYPASSRLS, where tables of this database have row security.',
    silent: 'Databases without row security, and superusers, which have a check of their own.',
    sources: ['https://www.postgresql.org/docs/current/ddl-rowsecurity.html', '`pg_roles`, `pg_class`'],
  },
  needs: ['security'],
  look({security: {roles, rowSecurity}}) {
    const guarded = rowSecurity.filter(({enabled}) => enabled).length;
    if (guarded === 0) return [];
    return roles
      .filter(({login, superuser, bypassesRowSecurity}) => login && !superuser && bypassesRowSecurity)
      .map(({name}) => ({
        severity: 'warning',
        subject: {kind: 'role', name},
        what: `Row security does not hold ${quoteWhereNeeded(name)}`,
        why: `The role has BYPASSRLS: it sees and changes all rows of ${counted(guarded, 'table')} with row security, whatever the policies say.`,
        fix: 'Take BYPASSRLS from the role unless it makes dumps. For a few tables a policy that lets the role through says the same, and can be reviewed.',
        evidence: [],
        actions: [
          {
            kind: 'show-sql',
            title: 'Take BYPASSRLS from the role',
            sql: `ALTER ROLE ${quoteWhereNeeded(name)} NOBYPASSRLS;`,
          },
        ],
      }));
  },
});
