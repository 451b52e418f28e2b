import type {FileRule, RuleProof} from '../rule.ts';
import {fileAt} from './support/history-place.ts';

export const rule: FileRule = {
  id: 'version-gap',
  severity: 'hint',
  title: 'A number is missing before it',
  about: `In a history that is numbered without gaps, one that is missing is often a file that was not committed, or one that
was removed after it had been applied somewhere.`,
  direction: 'up',
  checkFile: file => {
    const {gapAfter, label} = file.history;
    if (gapAfter === undefined) return [];
    return [
      {
        ...fileAt(file),
        what: `No migration between ${gapAfter} and ${label ?? 'this one'}, where all others follow one another`,
        why: 'The one between may be a file that was forgotten, or one that was removed.',
        fix: 'Look whether a file is missing.',
        remedies: [],
      },
    ];
  },
};

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'the only number that is missing',
      file: {history: {id: '5', label: '000005', gapAfter: '000003'}},
      sql: '«CREATE TABLE» a (id int);',
    },
  ],
  silent: [{name: 'no gap', sql: 'CREATE TABLE a (id int);'}],
  claims: [],
});
