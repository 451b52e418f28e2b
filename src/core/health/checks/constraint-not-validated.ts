import {written} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {LeftUnvalidated} from '../parts/design.ts';
import {digits, shortName} from '../words.ts';

const words = {
  check: 'check constraint',
  'foreign-key': 'foreign key',
  'not-null': 'NOT NULL constraint',
} as const;

export const check = defineCheck({
  id: 'constraint-not-validated',
  area: 'design',
  title: 'Constraints that were never validated',
  needs: ['design'],
  page: {
    looks:
      'Check constraints, foreign keys and, from PostgreSQL 18, NOT NULL constraints that were added `NOT VALID` and not validated since.',
    silent:
      'A constraint that is `NOT ENFORCED` (PostgreSQL 18) was meant so. Partitions and children have those of their parents.',
    sources: [
      'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-VALIDATE-CONSTRAINT',
      'pg_constraint.convalidated',
    ],
  },
  look: ({design}) => design.unvalidated.map(found),
});

function found(constraint: LeftUnvalidated): Found {
  const {schema, table, name, kind, rows, definition} = constraint;
  const on = shortName({schema, name: table});
  const title = `Validate ${name}`;
  return {
    severity: 'information',
    subject: {kind: 'constraint', schema, table, name},
    what: `The ${words[kind]} ${name} of ${on} was never validated`,
    why: 'New rows are checked, those from before it were not and may break it. The planner draws no conclusion from it.',
    fix: 'Validate it: that reads the table once while others read and write, and fails at the first row that breaks it, which then has to be mended.',
    evidence: [
      `It is defined as ${definition}.`,
      ...(rows === undefined ? [] : [`About ${digits(rows)} rows have to be read.`]),
    ],
    actions: [
      {
        kind: 'migration',
        title,
        migrations: [
          {
            title,
            up: `ALTER TABLE ${written({schema, name: table})} VALIDATE CONSTRAINT ${quoteWhereNeeded(name)};`,
            down: '-- A constraint that was validated holds for all rows, so there is nothing to undo.\nSELECT 1;',
          },
        ],
      },
    ],
  };
}
