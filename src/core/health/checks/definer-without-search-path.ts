import {quoteWhereNeeded} from '../../sql/quote.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {DefinerFunction} from '../parts/security.ts';
import {shortName, sqlName} from '../words.ts';

export const check = defineCheck({
  id: 'definer-without-search-path',
  area: 'security',
  title: 'SECURITY DEFINER without a search_path',
  page: {
    looks:
      'A function is SECURITY DEFINER and has no SET search_path. A warning where PUBLIC may execute it or its owner is a superuser.',
    silent:
      'Functions of extensions, and bodies in the form BEGIN ATOMIC, whose names were looked up when they were created.',
    sources: [
      'https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY',
      '`pg_proc.prosecdef`, `pg_proc.proconfig`',
    ],
  },
  needs: ['security'],
  look({security}) {
    return security.definerFunctions.map(findingOf);
  },
});

function findingOf(routine: DefinerFunction): Found {
  const {schema, name, owner, superuser, publicExecutes} = routine;
  const kind = routine.kind === 'p' ? 'PROCEDURE' : 'FUNCTION';
  const called = `${sqlName(routine)}(${routine.arguments})`;
  const path = ['pg_catalog', ...(schema === 'pg_catalog' ? [] : [quoteWhereNeeded(schema)]), 'pg_temp'].join(
    ', ',
  );
  return {
    severity: publicExecutes || superuser ? 'warning' : 'information',
    subject: {kind: 'function', schema, name},
    what: `${shortName(routine)} runs as ${quoteWhereNeeded(owner)} with the caller’s search_path`,
    why: 'Names in its body are looked up along the search_path of whoever calls it. A caller puts a table or a function of that name into a schema of his own, temporary ones included, and it is used with the rights of the owner.',
    fix: 'Give the function a search_path of trusted schemas with pg_temp as the last. Add other schemas that its body relies on.',
    evidence: [
      publicExecutes ? 'Every role may execute it.' : 'Not every role may execute it.',
      ...(superuser ? ['Its owner is a superuser.'] : []),
    ],
    actions: [
      {
        kind: 'migration',
        title: `Give ${shortName(routine)} a search_path`,
        migrations: [
          {
            title: `set search_path of ${name}`,
            up: `ALTER ${kind} ${called} SET search_path = ${path};`,
            down: `ALTER ${kind} ${called} RESET search_path;`,
          },
        ],
      },
    ],
  };
}
