import type {Draft, RuleProof, StatementRule} from '../rule.ts';
import {declaredColumns, type DeclaredColumn} from './support/declared-columns.ts';

export const rule: StatementRule = {
  id: 'varchar-length',
  severity: 'hint',
  title: 'varchar with a length that may have to change',
  about: `\`varchar(n)\` takes as much room as \`text\` and is no faster. What it adds is an error when a value is longer, and a
type that has to be changed when the limit was wrong: a wider one is free, a narrower one rewrites the table.

Where the length matters, \`text\` with a CHECK says why, and can be added and dropped without a rewrite. Where it does not,
\`text\` alone is enough.`,
  direction: 'up',
  kinds: ['CreateStmt', 'AlterTableStmt'],
  check: ({statement}) =>
    declaredColumns(statement)
      .filter(({type, modifiers, how}) => type === 'varchar' && modifiers.length > 0 && how !== 'change')
      .map(draft),
};

function draft({name, at, modifiers: [length = 0]}: DeclaredColumn): Draft {
  return {
    at,
    what: `A limit of ${length} characters in the type of ${name}`,
    why: 'varchar(n) saves neither room nor time compared with text; a longer value is an error, and a narrower limit later rewrites the table.',
    fix: 'Use text, with a CHECK where the length matters.',
    remedies: [{kind: 'edit', title: 'Use text', edits: [{...at, text: 'text'}]}],
  };
}

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a new table',
      sql: 'CREATE TABLE users (email «varchar(255)» NOT NULL, name «character varying (80)»);',
      fixed: 'CREATE TABLE users (email text NOT NULL, name character varying (80));',
    },
    {name: 'a new column', sql: 'ALTER TABLE users ADD COLUMN name «varchar(80)»;'},
  ],
  silent: [
    {name: 'without a length', sql: 'CREATE TABLE users (email varchar NOT NULL);'},
    {name: 'text', sql: 'CREATE TABLE users (email text);'},
    {
      name: 'a wider one for a column that is there',
      sql: 'ALTER TABLE users ALTER COLUMN name TYPE varchar(200);',
    },
    {name: 'a temporary table', sql: 'CREATE TEMP TABLE t (email varchar(255));'},
    {name: 'a rollback', direction: 'down', sql: 'CREATE TABLE users (email varchar(255));'},
  ],
  claims: [
    {sql: 'ALTER TABLE orders ALTER COLUMN code TYPE varchar(20)', does: 'AE orders, AE orders_code_idx'},
    {
      setup: 'CREATE TABLE k (a varchar(20))',
      sql: 'ALTER TABLE k ALTER COLUMN a TYPE varchar(10)',
      does: 'AE k; rewrites k; scans k',
    },
  ],
});
