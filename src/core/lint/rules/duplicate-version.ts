import {enumerated} from '../../words.ts';
import type {FileRule, RuleProof} from '../rule.ts';
import {fileAt, nameOfFile} from './support/history-place.ts';

export const rule: FileRule = {
  id: 'duplicate-version',
  severity: 'error',
  title: 'Two migrations have the same version',
  about: `Two branches have often taken the same number. The migration tool either refuses to run anything, or runs one of
both and counts the other as applied. Give the one that is not applied anywhere yet the next free version.`,
  checkFile: file => {
    const {duplicates = [], label, freeLabel} = file.history;
    if (duplicates.length === 0) return [];
    const others = enumerated(duplicates.map(nameOfFile));
    return [
      {
        ...fileAt(file),
        what: `Has the same version${label === undefined ? '' : ` ${label}`} as ${others}`,
        why: `${file.tool.name} cannot tell them apart: a version is one migration.`,
        fix: `Rename the one that is applied nowhere yet${freeLabel === undefined ? '' : `; ${freeLabel} is free`}.`,
        remedies:
          freeLabel === undefined ? [] : [{kind: 'renumber', title: `Give it the version ${freeLabel}`}],
      },
    ];
  },
};

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'two branches have taken the same number',
      file: {
        history: {
          id: '2',
          label: '000002',
          duplicates: ['/project/migrations/000002_other.up.sql'],
          freeLabel: '000007',
        },
      },
      sql: '«CREATE TABLE» a (id int);',
    },
  ],
  silent: [{name: 'its own version', sql: 'CREATE TABLE a (id int);'}],
  claims: [],
});
