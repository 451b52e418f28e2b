import {quoteWhereNeeded} from '../../sql/quote.ts';
import {counted} from '../../words.ts';
import {defineCheck, type CheckContext} from '../check.ts';
import {shortName, sqlName} from '../words.ts';

export const check = defineCheck({
  id: 'row-security-owner-bypass',
  area: 'security',
  title: 'Row security that the program’s own role passes by',
  page: {
    looks:
      'A table has row security and policies without FORCE, and its owner logs in and is neither superuser nor BYPASSRLS. A warning while the owner is connected to this database.',
    silent: 'Owners that may not log in, and superusers, which row security never holds.',
    sources: [
      'https://www.postgresql.org/docs/current/ddl-rowsecurity.html',
      '`pg_class.relforcerowsecurity`, `pg_roles`',
    ],
  },
  needs: ['security'],
  look({security: {roles, rowSecurity}}, context) {
    return rowSecurity.flatMap(table => {
      const owner = roles.find(({name}) => name === table.owner);
      if (!table.enabled || table.forced || table.policies === 0) return [];
      if (owner === undefined || !owner.login || owner.superuser || owner.bypassesRowSecurity) return [];
      const sessions = sessionsOf(owner.name, context);
      const name = sqlName(table);
      return [
        {
          severity: sessions > 0 ? 'warning' : 'information',
          subject: {kind: 'table', schema: table.schema, name: table.name},
          what: `Row security on ${shortName(table)} does not hold its owner ${quoteWhereNeeded(owner.name)}, who logs in`,
          why: 'Policies do not apply to the owner of a table unless they are forced. A program that connects as the owner sees the rows of all tenants.',
          fix: 'Let programs connect as a role that owns nothing, which is best, or force row security for the owner. Migrations of the owner are then held by the policies as well.',
          evidence: [
            sessions > 0
              ? `${quoteWhereNeeded(owner.name)} has ${counted(sessions, 'session')} in this database now.`
              : `No session of ${quoteWhereNeeded(owner.name)} was seen now.`,
          ],
          actions: [
            {
              kind: 'migration',
              title: `Force row security on ${shortName(table)}`,
              migrations: [
                {
                  title: `force row security on ${table.name}`,
                  up: `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY;`,
                  down: `ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY;`,
                },
              ],
            },
          ],
        },
      ];
    });
  },
});

function sessionsOf(role: string, context: CheckContext): number {
  const database = context.part('server')?.database;
  const rows = context.part('sessions')?.rows ?? [];
  return rows.filter(row => row.user === role && row.database === database && !row.own).length;
}
