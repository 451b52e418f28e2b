import {quoteWhereNeeded} from '../../sql/quote.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {SecurityPart} from '../parts/security.ts';

export const check = defineCheck({
  id: 'password-not-scram',
  area: 'security',
  title: 'Passwords that are not stored as SCRAM',
  page: {
    looks:
      'The password of a role that logs in is stored as MD5, or `password_encryption` stores new ones so.',
    silent:
      'How passwords are stored is for superusers to see; others are told of `password_encryption` only.',
    sources: [
      'https://www.postgresql.org/docs/current/auth-password.html',
      'https://www.postgresql.org/docs/18/release-18.html',
      '`pg_authid`, `pg_settings`',
    ],
  },
  needs: ['security'],
  look({security}) {
    return [...stored(security), ...setting(security)];
  },
});

const why =
  'Whoever reads an MD5 hash from a dump or a backup logs in with it, without knowing the password, and guesses it fast. Since PostgreSQL 18 MD5 passwords are deprecated, and a later version will not know them any more.';

function stored({roles}: SecurityPart): readonly Found[] {
  return roles
    .filter(({login, password}) => login && (password === 'md5' || password === 'plain'))
    .map(({name}) => ({
      severity: 'warning',
      subject: {kind: 'role', name},
      what: `The password of ${quoteWhereNeeded(name)} is stored as MD5`,
      why,
      fix: 'Set password_encryption to scram-sha-256 and give the role its password again, with \\password in psql, so that it is in no log. Every driver of the last years knows SCRAM. Rules with md5 in pg_hba.conf let SCRAM passwords in.',
      evidence: ['By pg_authid; the hash itself was not read.'],
      actions: [
        {
          kind: 'show-sql',
          title: 'Store it as SCRAM',
          sql: `SET password_encryption = 'scram-sha-256';\n\\password ${quoteWhereNeeded(name)}`,
        },
      ],
    }));
}

function setting({passwordEncryption}: SecurityPart): readonly Found[] {
  if (passwordEncryption === 'scram-sha-256') return [];
  return [
    {
      severity: 'warning',
      subject: {kind: 'setting', name: 'password_encryption'},
      what: `password_encryption is ${passwordEncryption}: new passwords are stored as MD5`,
      why,
      fix: 'Set it to scram-sha-256, which is the default since PostgreSQL 14. Passwords that are stored stay as they are until they are set again. It takes a reload, and no restart.',
      evidence: [],
      actions: [
        {
          kind: 'show-sql',
          title: 'Store new passwords as SCRAM',
          sql: "ALTER SYSTEM SET password_encryption = 'scram-sha-256';\nSELECT pg_reload_conf();",
        },
      ],
    },
  ];
}
