import type {Draft, RuleProof, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';
import {declaredColumns, type DeclaredColumn} from './support/declared-columns.ts';

export const rule: StatementRule = {
  id: 'json-type',
  severity: 'information',
  title: 'json where jsonb is meant',
  about: `\`json\` keeps the text as it came, and parses it anew whenever somebody looks inside. It has no equality, so \`DISTINCT\`,
\`GROUP BY\` and \`UNION\` over such a column fail with 42883, and no index finds what is in it.

\`jsonb\` is parsed once, can be compared and indexed, and drops blanks, the order of keys and repeated keys. \`json\` is right
only where the text itself has to be kept.`,
  direction: 'up',
  kinds: ['CreateStmt', 'AlterTableStmt'],
  check: ({statement}) =>
    declaredColumns(statement)
      .filter(({type}) => type === 'json')
      .map(column => draft(statement, column)),
};

function draft({sql}: LintStatement, {name, at}: DeclaredColumn): Draft {
  const text = /^[A-Z]/.test(sql.slice(at.start, at.end)) ? 'JSONB' : 'jsonb';
  return {
    at,
    what: `${name} is parsed at every look, and cannot be compared or indexed`,
    why: 'json keeps the text; it has no equality operator, so DISTINCT, GROUP BY and UNION fail, and no index finds what is in it.',
    fix: 'Use jsonb, unless the text itself has to be kept.',
    remedies: [{kind: 'edit', title: 'Use jsonb', preferred: true, edits: [{...at, text}]}],
  };
}

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a new table',
      sql: "CREATE TABLE events (data «json» NOT NULL DEFAULT '{}');",
      fixed: "CREATE TABLE events (data jsonb NOT NULL DEFAULT '{}');",
    },
    {
      name: 'a new column',
      sql: 'ALTER TABLE events ADD data «JSON»;',
      fixed: 'ALTER TABLE events ADD data JSONB;',
    },
  ],
  silent: [
    {name: 'jsonb', sql: 'CREATE TABLE events (data jsonb);'},
    {name: 'text', sql: 'CREATE TABLE events (json text);'},
    {name: 'a rollback', direction: 'down', sql: 'CREATE TABLE events (data json);'},
  ],
  claims: [{setup: 'CREATE TABLE k (a json)', sql: 'SELECT DISTINCT a FROM k', does: {fails: '42883'}}],
});
