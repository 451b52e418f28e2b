import type {LintFile} from '../file.ts';
import type {FileRule, RuleProof} from '../rule.ts';
import {undoText} from '../undo/undo.ts';
import {doneByUp} from './support/up-done.ts';

export const rule: FileRule = {
  id: 'down-empty',
  severity: 'information',
  title: 'The down migration is empty',
  about: `A rollback runs an empty file with success, and the schema stays as up has made it: the version says one thing, the
tables another. A comment that says why there is nothing to do is enough to silence this.`,
  direction: 'down',
  checkFile: file => {
    if (file.statements.length > 0 || !file.counterpart || !/\.sql$/i.test(file.path)) return [];
    const place = emptyPlace(file);
    const text = place && undoText(doneByUp(file), file.tool.id === 'dbmate' ? {how: 'plain'} : {});
    if (!place || text === undefined || text === '') return [];
    return [
      {
        at: place,
        what: 'The down migration is empty',
        why: 'A rollback succeeds and leaves everything as up has made it.',
        fix: 'Write what takes it back, or say in a comment why nothing can.',
        remedies: [{kind: 'counterpart', title: 'Write the down from the up', preferred: true, sql: text}],
      },
    ];
  },
};

/** @returns where the empty part is; nothing where a comment stands in it */
function emptyPlace({text, passages}: LintFile): {readonly start: number; readonly end: number} | undefined {
  const spans = passages.length > 0 ? passages.map(({span}) => span) : [{start: 0, end: text.length}];
  const isBlank = spans.every(({start, end}) => /^[\s;\uFEFF]*$/.test(text.slice(start, end)));
  const start = spans[0]?.start ?? 0;
  return isBlank ? {start, end: start} : undefined;
}

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'an empty file',
      direction: 'down',
      counterpart: 'CREATE TABLE a (id int);',
      sql: '«»',
      fixed: 'DROP TABLE a;',
    },
    {
      name: 'blanks only',
      direction: 'down',
      history: 'CREATE TABLE a (id int)',
      counterpart: 'ALTER TABLE a ADD COLUMN b int;\nCREATE INDEX a_b_idx ON a (b);',
      sql: '«»\n\n',
      fixed: 'DROP INDEX a_b_idx;\nALTER TABLE a DROP COLUMN b;',
    },
  ],
  silent: [
    {
      name: 'it says why',
      direction: 'down',
      counterpart: 'CREATE TABLE a (id int);',
      sql: '-- The table stays: it has rows that are nowhere else.\n',
    },
    {name: 'nothing to take back', direction: 'down', counterpart: 'SELECT 1;', sql: ''},
    {
      name: 'with a statement',
      direction: 'down',
      counterpart: 'CREATE TABLE a (id int);',
      sql: 'DROP TABLE a;',
    },
  ],
  claims: [],
});
