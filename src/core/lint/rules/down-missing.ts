import type {FileRule, RuleProof} from '../rule.ts';
import {isAnythingToUndo, undoText} from '../undo/undo.ts';
import {fileAt} from './support/history-place.ts';
import {doneBy} from './support/up-done.ts';

export const rule: FileRule = {
  id: 'down-missing',
  severity: 'information',
  title: 'Nothing takes the migration back',
  about: `Without a down file, or a part of the file for it, a rollback of this migration does nothing: some tools refuse it,
golang-migrate changes the version and leaves the schema as it is. The down that the fix writes takes back what up does as
far as SQL can, the last statement first, and says in comments what it cannot bring back, such as the values of a dropped
column.

Silent for tools that have no way back, and where up leaves nothing behind.`,
  direction: 'up',
  checkFile: (file, situations) => {
    const isKnown = file.tool.undo === 'part' || file.history.id !== undefined;
    const isNone = file.tool.undo === 'none' || file.counterpart !== undefined || !isKnown;
    if (isNone || situations.length === 0 || !/\.sql$/i.test(file.path)) return [];
    const done = doneBy(situations);
    if (!isAnythingToUndo(done)) return [];
    const how = file.tool.id === 'dbmate' ? 'plain' : 'as-up';
    return [
      {
        ...fileAt(file),
        what: 'No down migration takes this back',
        why:
          file.tool.id === 'golang-migrate'
            ? 'A rollback changes the version, runs nothing, and leaves the schema as it is.'
            : 'A rollback has nothing to run.',
        fix: 'Write what takes it back, or say in a comment why nothing can.',
        // Written when somebody wants it.
        get remedies() {
          const sql = undoText(done, {how});
          return [{kind: 'counterpart', title: 'Write the down from the up', preferred: true, sql}] as const;
        },
      },
    ];
  },
};

const orders = 'CREATE TABLE orders (id bigint PRIMARY KEY, note text)';

export const proof = (): RuleProof => ({
  fires: [
    {name: 'no down file', sql: '«CREATE TABLE» a (id int);'},
    {name: 'an index of an existing table', history: orders, sql: '«CREATE INDEX» i ON orders (note);'},
  ],
  silent: [
    {name: 'there is one', counterpart: 'DROP TABLE a;', sql: 'CREATE TABLE a (id int);'},
    {name: 'it is empty, which is another matter', counterpart: '', sql: 'CREATE TABLE a (id int);'},
    {name: 'nothing to take back', history: orders, sql: 'ANALYZE orders;'},
    {name: 'the down file itself', direction: 'down', sql: 'DROP TABLE a;'},
  ],
  claims: [],
});
