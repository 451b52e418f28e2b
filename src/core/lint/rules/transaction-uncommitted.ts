import type {FileRule, RuleProof} from '../rule.ts';
import {openBy} from './support/session-state.ts';
import {commandAt} from './support/statement-places.ts';
import {commits, opensTransaction, rollsBack} from './support/transactions.ts';

export const rule: FileRule = {
  id: 'transaction-uncommitted',
  severity: 'error',
  title: 'BEGIN without COMMIT',
  about: `A transaction that the file begins and does not end is still open when the file is at its end. When the connection
is closed, PostgreSQL rolls all of it back, although each statement has succeeded. Until then its locks are held.`,
  checkFile: file => {
    const open = openBy(file);
    let begin: number | undefined;
    for (const [index, {statement}] of file.statements.entries()) {
      if (opensTransaction(statement) && open[index] !== 'tool') begin ??= index;
      if (commits(statement) || rollsBack(statement)) begin = undefined;
      if (statement.node['kind'] === 'TRANS_STMT_PREPARE') begin = undefined;
    }
    const placed = begin === undefined ? undefined : file.statements[begin];
    if (begin === undefined || !placed) return [];
    return [
      {
        statement: begin,
        at: commandAt(placed.statement),
        what: 'Opens a transaction that the file does not commit',
        why: 'It is still open at the end of the file. PostgreSQL rolls it back when the connection is closed, and keeps its locks until then.',
        fix: 'Write COMMIT at the end.',
        remedies: [{kind: 'last', title: 'Commit at the end', preferred: true, sql: 'COMMIT;'}],
      },
    ];
  },
};

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'no COMMIT',
      transaction: 'none',
      sql: '«BEGIN»;\nCREATE TABLE a (id int);',
      fixed: 'BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;',
    },
    {
      name: 'the second of two',
      transaction: 'none',
      sql: 'BEGIN;\nCREATE TABLE a (id int);\nEND;\n«START TRANSACTION»;\nCREATE TABLE b (id int);',
    },
  ],
  silent: [
    {
      name: 'with COMMIT',
      transaction: 'none',
      sql: 'BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;',
    },
    {name: 'with END', transaction: 'none', sql: 'BEGIN;\nCREATE TABLE a (id int);\nEND;'},
    {name: 'the tool commits', sql: 'BEGIN;\nCREATE TABLE a (id int);'},
    {name: 'BEGIN of a block', sql: 'DO $$ BEGIN PERFORM 1; END $$;'},
  ],
  claims: [],
});
