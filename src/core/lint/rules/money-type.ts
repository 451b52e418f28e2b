import type {Draft, RuleProof, StatementRule} from '../rule.ts';
import {declaredColumns, type DeclaredColumn} from './support/declared-columns.ts';

export const rule: StatementRule = {
  id: 'money-type',
  severity: 'information',
  title: 'money depends on a setting of the server',
  about: `\`money\` has no currency of its own: how many digits follow the point, and which sign is printed, is taken from
\`lc_monetary\` when a value is read or written. A dump that is restored under another setting holds other amounts. A
division loses what does not fit.

\`numeric\` holds amounts exactly; the currency belongs in a column of its own.`,
  direction: 'up',
  kinds: ['CreateStmt', 'AlterTableStmt'],
  check: ({statement}) =>
    declaredColumns(statement)
      .filter(({type}) => type === 'money')
      .map(draft),
};

function draft({name, at}: DeclaredColumn): Draft {
  return {
    at,
    what: `What ${name} means depends on the server’s lc_monetary`,
    why: 'money stores a number without its currency; digits and sign come from a setting, so the same value reads differently elsewhere.',
    fix: 'Use numeric, with the currency in a column of its own.',
    remedies: [{kind: 'edit', title: 'Use numeric', edits: [{...at, text: 'numeric'}]}],
  };
}

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a new table',
      sql: 'CREATE TABLE orders (total «money» NOT NULL);',
      fixed: 'CREATE TABLE orders (total numeric NOT NULL);',
    },
    {name: 'a new column', sql: 'ALTER TABLE orders ADD fee «money»;'},
  ],
  silent: [
    {name: 'numeric', sql: 'CREATE TABLE orders (money numeric(12, 2));'},
    {name: 'a rollback', direction: 'down', sql: 'CREATE TABLE orders (total money);'},
  ],
  claims: [],
});
