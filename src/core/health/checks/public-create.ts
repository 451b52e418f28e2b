import {quoteWhereNeeded} from '../../sql/quote.ts';
import {defineCheck} from '../check.ts';

export const check = defineCheck({
  id: 'public-create',
  area: 'security',
  title: 'Schemas that everybody may create in',
  page: {
    looks:
      'PUBLIC has CREATE on a schema. That is so for `public` in databases that were made before PostgreSQL 15, or restored from such a one.',
    silent: 'Schemas of the system and of extensions’ own making are looked at like others.',
    sources: [
      'https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATTERNS',
      'https://www.postgresql.org/docs/release/15.0/',
      '`pg_namespace.nspacl`',
    ],
  },
  needs: ['security'],
  look({security}) {
    return security.publicCreates.map(schema => {
      const name = quoteWhereNeeded(schema);
      return {
        severity: 'warning',
        what: `Every role may create objects in the schema ${name}`,
        why: 'Whoever may connect can put a function or an operator there that is called instead of the one that was meant, and it runs with the rights of who calls it: CVE-2018-1058.',
        fix: 'Revoke CREATE from PUBLIC, and grant it to the role that runs the migrations.',
        evidence: ['From PostgreSQL 15 on, new databases do not grant it any more.'],
        actions: [
          {
            kind: 'migration',
            title: `Revoke CREATE on ${name} from PUBLIC`,
            migrations: [
              {
                title: `revoke create on ${schema} from public`,
                up: `REVOKE CREATE ON SCHEMA ${name} FROM PUBLIC;`,
                down: `GRANT CREATE ON SCHEMA ${name} TO PUBLIC;`,
              },
            ],
          },
        ],
      };
    });
  },
});
