import {quoteWhereNeeded} from '../../sql/quote.ts';
import {defineCheck} from '../check.ts';
import {momentWords, msWords} from '../words.ts';

/** Long enough to hand out a new one in time. */
const soon = 14 * 86_400_000;

export const check = defineCheck({
  id: 'password-expired',
  area: 'security',
  title: 'Passwords that expire',
  page: {
    looks: 'VALID UNTIL of a role that logs in was before now, or is within 14 days.',
    silent: 'Roles without an end, and roles that may not log in.',
    sources: ['https://www.postgresql.org/docs/current/sql-createrole.html', '`pg_roles.rolvaliduntil`'],
  },
  needs: ['security'],
  look({security}, {now}) {
    return security.roles.flatMap(({name, login, validUntil}) => {
      if (!login || validUntil === undefined || validUntil > now + soon) return [];
      const expired = validUntil <= now;
      const role = quoteWhereNeeded(name);
      return [
        {
          severity: expired ? 'information' : 'warning',
          subject: {kind: 'role', name},
          what: expired
            ? `The password of ${role} expired ${msWords(now - validUntil)} ago`
            : `The password of ${role} expires in ${msWords(validUntil - now)}`,
          why: expired
            ? 'The role cannot log in with its password. Other ways of authentication, and sessions that are open, are not affected.'
            : 'From then on the role cannot log in with its password, and a program that uses it stops with its next connection.',
          fix: expired
            ? 'Drop the role if nobody needs it, or give it a new password and a new end.'
            : 'Give it a new password and a new end in time.',
          evidence: [`VALID UNTIL ${momentWords(validUntil)}.`],
          actions: [
            {
              kind: 'show-sql',
              title: 'Give the password a new end',
              sql: `ALTER ROLE ${role} VALID UNTIL '${new Date(now + 90 * 86_400_000).toISOString().slice(0, 10)}';`,
            },
          ],
        },
      ];
    });
  },
});
