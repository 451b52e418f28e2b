import type {RuleProof, StatementRule} from '../rule.ts';
import {altered} from './support/altered.ts';
import {short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'set-logged',
  severity: 'warning',
  title: 'A table becomes unlogged, or logged again',
  about: `Both directions write the table and its indexes anew under an \`ACCESS EXCLUSIVE\` lock: nobody reads or writes it
meanwhile. \`SET LOGGED\` also writes all of it to the WAL.

An unlogged table is empty after a crash, and replicas do not have its rows at all.

Setting what the table is already does nothing.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const found = altered(situation, ['AT_SetLogged', 'AT_SetUnLogged']);
    if (!found) return [];
    const {table, relation} = found;
    return found.actions
      .filter(
        ({subtype}) => relation?.complete !== true || relation.unlogged === (subtype === 'AT_SetLogged'),
      )
      .map(({start, end, subtype}) => {
        const isLost = subtype === 'AT_SetUnLogged';
        return {
          at: {start, end},
          what: `Rewrites ${short(table)} and blocks its readers and writers meanwhile`,
          why: `The table and its indexes are written anew under an ACCESS EXCLUSIVE lock.${isLost ? ' From then on its rows are gone after a crash, and replicas do not have them.' : ''}`,
          fix: isLost
            ? 'Make an unlogged table of its own for rows that may be lost.'
            : 'Do it while nobody uses the table; or copy the rows into a new table in batches, and let it take the place.',
          lock: {mode: 'ACCESS EXCLUSIVE' as const, on: [table]},
          work: {kind: 'rewrite' as const, of: [table]},
        };
      });
  },
};

const orders = 'CREATE TABLE orders (id int PRIMARY KEY)';

export const proof = (): RuleProof => ({
  fires: [
    {name: 'unlogged', history: orders, sql: 'ALTER TABLE orders «SET UNLOGGED», ADD n int;'},
    {
      name: 'logged again',
      history: 'CREATE UNLOGGED TABLE orders (id int)',
      sql: 'ALTER TABLE orders «SET LOGGED»;',
    },
    {name: 'a table that nobody knows', sql: 'alter table shop.orders «set logged»;'},
  ],
  silent: [
    {name: 'it is logged', history: orders, sql: 'ALTER TABLE orders SET LOGGED;'},
    {name: 'it is unlogged', history: 'CREATE UNLOGGED TABLE t (id int)', sql: 'ALTER TABLE t SET UNLOGGED;'},
    {
      name: 'a new table',
      sql: 'CREATE UNLOGGED TABLE t (id int); INSERT INTO t VALUES (1); ALTER TABLE t SET LOGGED;',
    },
    {name: 'a small table', history: orders, rows: {orders: 5}, sql: 'ALTER TABLE orders SET UNLOGGED;'},
  ],
  claims: [
    {
      sql: 'ALTER TABLE lone SET UNLOGGED',
      does: 'AE lone, AE lone_a_idx, AE lone_pkey; rewrites lone; scans lone',
    },
    {
      setup: 'ALTER TABLE lone SET UNLOGGED',
      sql: 'ALTER TABLE lone SET LOGGED',
      does: 'AE lone, AE lone_a_idx, AE lone_pkey; rewrites lone; scans lone',
    },
    {sql: 'ALTER TABLE lone SET LOGGED', does: 'AE lone'},
  ],
});
