import type {Draft, RuleProof, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';
import {declaredColumns, type DeclaredColumn} from './support/declared-columns.ts';

export const rule: StatementRule = {
  id: 'timestamp-without-zone',
  severity: 'information',
  title: 'A timestamp that does not say which moment it is',
  about: `\`timestamp\` stores what a clock on the wall showed, without saying where. What \`now()\` gives depends on the session's
\`TimeZone\`; two clients with different ones write different values for the same moment, and one hour of every autumn is
there twice.

\`timestamptz\` stores the moment itself, in the same eight bytes, and shows it in the zone of whoever asks. A plain
\`timestamp\` is right for what has no zone, such as opening hours.

To change it later rewrites the table, unless the session's zone is UTC.`,
  direction: 'up',
  kinds: ['CreateStmt', 'AlterTableStmt'],
  check: ({statement}) =>
    declaredColumns(statement)
      .filter(({type}) => type === 'timestamp')
      .map(column => draft(statement, column)),
};

function draft(statement: LintStatement, {name, at, modifiers: [precision], how}: DeclaredColumn): Draft {
  const type = precision === undefined ? 'timestamptz' : `timestamptz(${precision})`;
  const isUpper = /^[A-Z]/.test(statement.sql.slice(at.start, at.end));
  return {
    at,
    what: `${name} does not say which moment it is`,
    why: 'timestamp stores what a clock showed without its time zone: clients with different settings write different values for the same moment.',
    fix: 'Use timestamptz, which stores the moment in the same eight bytes.',
    remedies:
      how === 'change'
        ? []
        : [
            {
              kind: 'edit',
              title: 'Use timestamptz',
              preferred: true,
              edits: [{...at, text: isUpper ? type.toUpperCase() : type}],
            },
          ],
  };
}

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a new table',
      sql: 'CREATE TABLE orders (placed_at «timestamp» NOT NULL DEFAULT now());',
      fixed: 'CREATE TABLE orders (placed_at timestamptz NOT NULL DEFAULT now());',
    },
    {
      name: 'a new column, in full',
      sql: 'ALTER TABLE orders ADD COLUMN paid_at «TIMESTAMP(3) WITHOUT TIME ZONE» NULL;',
      fixed: 'ALTER TABLE orders ADD COLUMN paid_at TIMESTAMPTZ(3) NULL;',
    },
    {name: 'another type for a column', sql: 'ALTER TABLE orders ALTER paid_at TYPE «timestamp»;'},
  ],
  silent: [
    {
      name: 'timestamptz',
      sql: 'CREATE TABLE orders (placed_at timestamptz, paid_at timestamp with time zone);',
    },
    {name: 'date', sql: 'CREATE TABLE orders (day date, opens time);'},
    {name: 'a temporary table', sql: 'CREATE TEMP TABLE t (at timestamp);'},
    {name: 'a rollback', direction: 'down', sql: 'ALTER TABLE orders ALTER paid_at TYPE timestamp;'},
  ],
  claims: [
    {
      setup: 'CREATE TABLE k (at timestamp)',
      sql: "SET LOCAL timezone = 'Europe/Berlin'; ALTER TABLE k ALTER at TYPE timestamptz",
      does: 'AE k; rewrites k; scans k',
    },
    {
      setup: 'CREATE TABLE k (at timestamp)',
      sql: "SET LOCAL timezone = 'UTC'; ALTER TABLE k ALTER at TYPE timestamptz",
      does: 'AE k',
    },
  ],
});
