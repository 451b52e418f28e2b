import {defineCheck} from '../check.ts';
import type {Action, Found} from '../finding.ts';
import type {RowSecurity} from '../parts/security.ts';
import {shortName, sqlName} from '../words.ts';

export const check = defineCheck({
  id: 'row-security-without-policy',
  area: 'security',
  title: 'Row security that is half there',
  page: {
    looks:
      'A table has policies and row security is not enabled: the policies do nothing. Or row security is enabled without a policy: nobody but the owner sees a row.',
    silent: 'Tables with both, whatever the policies say.',
    sources: ['https://www.postgresql.org/docs/current/ddl-rowsecurity.html', '`pg_class`, `pg_policy`'],
  },
  needs: ['security'],
  look({security}) {
    return security.rowSecurity.flatMap(table => {
      if (table.policies > 0 && !table.enabled) return [withoutEffect(table)];
      return table.enabled && table.policies === 0 ? [withoutPolicy(table)] : [];
    });
  },
});

function withoutEffect(table: RowSecurity): Found {
  return {
    severity: 'error',
    subject: {kind: 'table', schema: table.schema, name: table.name},
    what: `The policies on ${shortName(table)} do nothing, because row security is not enabled`,
    why: `${table.policies === 1 ? '1 policy' : `${table.policies} policies`} ${table.policies === 1 ? 'is' : 'are'} defined, and every role with a grant on the table sees and changes all rows.`,
    fix: 'Enable row security, after a look at whether programs that rely on seeing all rows still work.',
    evidence: ['pg_class.relrowsecurity is false.'],
    actions: [toggle(table, 'ENABLE', 'DISABLE')],
  };
}

function withoutPolicy(table: RowSecurity): Found {
  return {
    severity: 'information',
    subject: {kind: 'table', schema: table.schema, name: table.name},
    what: `${shortName(table)} has row security and no policy: only ${table.forced ? 'superusers see' : 'its owner sees'} its rows`,
    why: 'Without a policy nothing is allowed: other roles read an empty table, without an error, and their INSERT fails. Some want that; often a policy was forgotten or dropped.',
    fix: 'Create the policies that are meant, or revoke the grants on the table, which says the same in a way that fails visibly.',
    evidence: ['pg_policy has no row for it.'],
    actions: [],
  };
}

function toggle(table: RowSecurity, up: string, down: string): Action {
  const name = sqlName(table);
  return {
    kind: 'migration',
    title: `Enable row security on ${shortName(table)}`,
    migrations: [
      {
        title: `enable row security on ${table.name}`,
        up: `ALTER TABLE ${name} ${up} ROW LEVEL SECURITY;`,
        down: `ALTER TABLE ${name} ${down} ROW LEVEL SECURITY;`,
      },
    ],
  };
}
