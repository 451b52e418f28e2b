import {counted} from '../../words.ts';
import type {Draft, RuleProof, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';
import {declaredColumns, type DeclaredColumn} from './support/declared-columns.ts';

export const rule: StatementRule = {
  id: 'char-type',
  severity: 'information',
  title: 'char(n) fills values with blanks',
  about: `\`char(n)\` stores every value with blanks up to its length, and ignores them when two are compared. \`LIKE\` and regular
expressions see them, casts to \`text\` take them away, and a value that is too short is no error. \`char\` without a length is
\`char(1)\`.

It takes more room than \`text\` and is no faster. For codes of a fixed length, \`text\` with a CHECK says what is meant.`,
  direction: 'up',
  kinds: ['CreateStmt', 'AlterTableStmt'],
  check: ({statement}) =>
    declaredColumns(statement)
      .filter(column => column.type === 'bpchar' && !isBlankPaddedByName(statement, column))
      .map(draft),
};

/** `bpchar` without a length holds any text. */
function isBlankPaddedByName({sql}: LintStatement, {at, modifiers}: DeclaredColumn): boolean {
  return modifiers.length === 0 && /bpchar$/i.test(sql.slice(at.start, at.end));
}

function draft({name, at, modifiers: [length = 1]}: DeclaredColumn): Draft {
  return {
    at,
    what: `Values of ${name} are filled with blanks to ${counted(length, 'character')}`,
    why: 'char(n) stores the blanks and ignores them in comparisons, but not in LIKE; a value that is too short is no error.',
    fix: 'Use text, with a CHECK where the length matters.',
    // Codes of one length are never filled.
    ...(length > 3 ? {} : {severity: 'hint'}),
    remedies: [{kind: 'edit', title: 'Use text', edits: [{...at, text: 'text'}]}],
  };
}

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a code',
      sql: 'CREATE TABLE countries (code «char(2)» PRIMARY KEY, name text);',
      fixed: 'CREATE TABLE countries (code text PRIMARY KEY, name text);',
    },
    {name: 'by its long name', sql: 'ALTER TABLE countries ADD COLUMN iso «character(3)» NOT NULL;'},
    {name: 'without a length', sql: 'ALTER TABLE countries ALTER COLUMN name TYPE «char»;'},
  ],
  silent: [
    {name: 'varchar', sql: 'CREATE TABLE countries (code varchar PRIMARY KEY);'},
    {name: 'the one-byte type of the catalogs', sql: 'CREATE TABLE kinds (kind "char" PRIMARY KEY);'},
    {name: 'bpchar', sql: 'CREATE TABLE kinds (kind bpchar PRIMARY KEY);'},
    {name: 'a rollback', direction: 'down', sql: 'CREATE TABLE countries (code char(2));'},
  ],
  claims: [],
});
