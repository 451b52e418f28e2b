import type {FileRule, RuleProof} from '../rule.ts';
import {fileAt} from './support/history-place.ts';

export const rule: FileRule = {
  id: 'never-runs',
  severity: 'warning',
  title: 'Is older than the version that is applied, so it is passed over',
  about: `A migration tool that remembers one version only applies what comes after it. A file with a smaller version that was
merged later is never run where that version was reached already, without a word: databases differ from there on. Give
it a version behind the newest one.`,
  direction: 'up',
  checkFile: file => {
    const {neverRuns, freeLabel, label} = file.history;
    if (!neverRuns) return [];
    return [
      {
        ...fileAt(file),
        what: `Never runs where ${neverRuns.behind} is applied already`,
        why: `${file.tool.name} applies what is newer than the current version only, and passes ${label ?? 'this one'} over without a word.`,
        fix: `Give it a version behind the newest one${freeLabel === undefined ? '' : `, such as ${freeLabel}`}.`,
        remedies:
          freeLabel === undefined ? [] : [{kind: 'renumber', title: `Give it the version ${freeLabel}`}],
      },
    ];
  },
};

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'merged after a newer one',
      file: {history: {id: '2', label: '000002', neverRuns: {behind: '000005'}, freeLabel: '000006'}},
      sql: '«ALTER TABLE» a ADD COLUMN b int;',
    },
  ],
  silent: [
    {name: 'the next one', sql: 'CREATE TABLE a (id int);'},
    {
      name: 'its way back',
      direction: 'down',
      file: {history: {id: '2', label: '000002', neverRuns: {behind: '000005'}}},
      sql: 'DROP TABLE a;',
    },
  ],
  claims: [],
});
