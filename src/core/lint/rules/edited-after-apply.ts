import type {FileRule, RuleProof} from '../rule.ts';
import {fileAt} from './support/history-place.ts';

export const rule: FileRule = {
  id: 'edited-after-apply',
  severity: 'warning',
  title: 'Was changed after it had been applied',
  about: `A migration that is applied is not run again: what is changed in its file reaches no database that has it, only new
ones, and from there on they differ. A tool that keeps a checksum refuses to go on. Undo the change, and put it into a new
migration.`,
  checkFile: file => {
    const {editedAfterApply} = file.history;
    if (!editedAfterApply) return [];
    const {by, target} = editedAfterApply;
    const where = target === undefined ? '' : ` on ${target}`;
    return [
      {
        ...fileAt(file),
        ...(by === 'checksum' ? {severity: 'error'} : {}),
        what: `Was changed after it had been applied${where}`,
        why:
          by === 'checksum'
            ? `The checksum that ${file.tool.name} keeps${where} is another one. The change reaches new databases only.`
            : `Git shows a change since then. ${file.tool.name} does not run it again, so the change reaches new databases only.`,
        fix: 'Undo the change, and put it into a new migration.',
        remedies: [],
      },
    ];
  },
};

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'git shows a change',
      file: {
        state: 'applied',
        history: {id: '2', label: '000002', editedAfterApply: {by: 'git', target: 'staging'}},
      },
      sql: '«CREATE TABLE» a (id int);',
    },
    {
      name: 'another checksum',
      file: {state: 'applied', history: {id: '2', label: '000002', editedAfterApply: {by: 'checksum'}}},
      sql: '«CREATE TABLE» a (id int);',
    },
  ],
  silent: [
    {name: 'applied as it is', file: {state: 'applied'}, sql: 'CREATE TABLE a (id int);'},
    {name: 'not applied yet', file: {state: 'pending'}, sql: 'CREATE TABLE a (id int);'},
  ],
  claims: [],
});
