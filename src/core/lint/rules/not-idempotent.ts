import {text} from '../../sql/objects.ts';
import type {Edit} from '../finding.ts';
import type {FileDraft, FileRule, RuleProof, Situation} from '../rule.ts';
import {commandAt} from './support/statement-places.ts';

export const rule: FileRule = {
  id: 'not-idempotent',
  severity: 'hint',
  title: 'Fails when a half-applied migration is run again',
  about: `Outside of a transaction each statement is kept by itself. When a later one fails, the migration is half applied, and
running it again fails at the first statement that was done already. \`IF NOT EXISTS\` and \`IF EXISTS\` let it go on.

Only where statements run without a transaction, and only for those that have such a form. \`CONCURRENTLY\` is left alone:
with \`IF NOT EXISTS\` the invalid index of a build that failed would be taken for the index.`,
  checkFile: (file, situations) => {
    if (file.tool.id === 'sql') return [];
    return situations.slice(0, -1).flatMap(ofStatement);
  },
};

function ofStatement({statement, index, inTransaction}: Situation): readonly FileDraft[] {
  const insertion = inTransaction ? undefined : missingWords(statement);
  if (!insertion) return [];
  return [
    {
      statement: index,
      at: commandAt(statement),
      what: `Fails when the migration is run again after a later statement has failed`,
      why: `${statement.command} is kept, because no transaction is around it, and cannot be done twice.`,
      fix: `Add ${insertion.text.trim()}.`,
      remedies: [{kind: 'edit', title: `Add ${insertion.text.trim()}`, edits: [insertion]}],
    },
  ];
}

/** @returns where the form that may be repeated has its words, undefined where there is none or it is that already */
function missingWords(statement: Situation['statement']): Edit | undefined {
  const {kind, node, words} = statement;
  if (kind === 'DropStmt') {
    const last = words.findIndex(({text: word}) => nouns.has(word));
    const isThere = node['missing_ok'] === true || node['concurrent'] === true || last < 0;
    return isThere ? undefined : behind(words[last]?.end, ' IF EXISTS');
  }
  const isThere = node['if_not_exists'] === true || node['concurrent'] === true;
  const noun = creations[kind];
  if (isThere || noun === undefined || (kind === 'IndexStmt' && text(node['idxname']) === undefined))
    return undefined;
  return behind(statement.find(noun)?.end, ' IF NOT EXISTS');
}

function behind(offset: number | undefined, words: string): Edit | undefined {
  return offset === undefined ? undefined : {start: offset, end: offset, text: words};
}

const nouns = new Set([
  'TABLE',
  'INDEX',
  'VIEW',
  'SEQUENCE',
  'TYPE',
  'SCHEMA',
  'FUNCTION',
  'PROCEDURE',
  'EXTENSION',
]);

const creations: Readonly<Record<string, string>> = {
  CreateStmt: 'TABLE',
  IndexStmt: 'INDEX',
  CreateSeqStmt: 'SEQUENCE',
  CreateSchemaStmt: 'SCHEMA',
  CreateExtensionStmt: 'EXTENSION',
};

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'two statements without a transaction',
      transaction: 'none',
      sql: '«CREATE TABLE» a (id int);\nCREATE INDEX CONCURRENTLY i ON a (id);',
      fixed: 'CREATE TABLE IF NOT EXISTS a (id int);\nCREATE INDEX CONCURRENTLY i ON a (id);',
    },
    {
      name: 'a drop',
      transaction: 'none',
      history: 'CREATE TABLE a (id int)',
      sql: '«DROP TABLE» a;\nCREATE TABLE b (id int);',
      fixed: 'DROP TABLE IF EXISTS a;\nCREATE TABLE b (id int);',
    },
  ],
  silent: [
    {name: 'in a transaction', sql: 'CREATE TABLE a (id int);\nCREATE TABLE b (id int);'},
    {name: 'the last one', transaction: 'none', sql: 'CREATE TABLE a (id int);'},
    {
      name: 'it can be repeated',
      transaction: 'none',
      sql: 'CREATE TABLE IF NOT EXISTS a (id int);\nDROP TABLE IF EXISTS b;\nSELECT 1;',
    },
    {
      name: 'IF NOT EXISTS would keep an invalid index',
      transaction: 'none',
      sql: 'CREATE INDEX CONCURRENTLY i ON a (id);\nCREATE INDEX CONCURRENTLY j ON a (b);',
    },
  ],
  claims: [],
});
