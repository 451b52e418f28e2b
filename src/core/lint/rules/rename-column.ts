import {text} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {RuleProof, StatementRule} from '../rule.ts';
import {isMadeHere} from './support/made-here.ts';
import {relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'rename-column',
  severity: 'warning',
  title: 'A column that clients use gets another name',
  about: `From the moment the migration commits, every query with the old name fails with 42703 (undefined column): those
of the program that is still running, of jobs, of reports and of functions, whose bodies are text. Views, indexes,
constraints and policies follow a rename.

To rename without an outage: add a column with the new name, let a trigger keep both equal, fill the old rows in batches,
let all clients use the new one, and drop the old one. Or rename the table, and give clients a view with the old names.

The lock is \`ACCESS EXCLUSIVE\`, for a moment.`,
  direction: 'up',
  kinds: ['RenameStmt'],
  check: situation => {
    const {statement, before} = situation;
    const {renameType, subname, newname} = statement.node;
    const table = relationNamed(statement);
    if (!table || (renameType !== 'OBJECT_COLUMN' && renameType !== 'OBJECT_ATTRIBUTE')) return [];
    const relation = before.relation(table);
    const column = relation?.columns.get(text(subname) ?? '');
    const isHere = isMadeHere(column?.made, situation) || isMadeHere(before.type(table)?.made, situation);
    if (situation.isNew(table) || relation?.temporary === true || isHere) return [];
    const clause = statement.find('RENAME') ?? statement.whole;
    return [
      {
        at: {start: clause.start, end: statement.whole.end},
        what: `Queries that name ${quoteWhereNeeded(text(subname) ?? '')} of ${short(table)} fail from now on`,
        why: 'Clients that are running, functions and reports know the old name only; to them the column is gone (SQLSTATE 42703).',
        fix: `Add ${quoteWhereNeeded(text(newname) ?? '')} as a new column, let a trigger keep both equal, fill it in batches, and drop the old one when nobody uses it any more.`,
        lock: {mode: 'ACCESS EXCLUSIVE', on: [table]},
      },
    ];
  },
};

const orders = 'CREATE TABLE orders (id int PRIMARY KEY, note text)';

export const proof = (): RuleProof => ({
  fires: [
    {name: 'a column', history: orders, sql: 'ALTER TABLE orders «RENAME COLUMN note TO remark»;'},
    {
      name: 'without the word',
      history: orders,
      rows: {orders: 1},
      sql: 'alter table orders «rename note to "Remark"»;',
    },
    {name: 'of a table that nobody knows', sql: 'ALTER TABLE shop.orders «RENAME note TO remark»;'},
    {
      name: 'of a view',
      history: `${orders}; CREATE VIEW v AS SELECT id FROM orders`,
      sql: 'ALTER VIEW v «RENAME COLUMN id TO key»;',
    },
    {
      name: 'an attribute of a type',
      history: 'CREATE TYPE pair AS (a int, b int)',
      sql: 'ALTER TYPE pair «RENAME ATTRIBUTE a TO c»;',
    },
  ],
  silent: [
    {name: 'of a new table', sql: 'CREATE TABLE t (a int); ALTER TABLE t RENAME a TO b;'},
    {
      name: 'a column of this file',
      history: orders,
      sql: 'ALTER TABLE orders ADD a int; ALTER TABLE orders RENAME a TO b;',
    },
    {name: 'a constraint', history: orders, sql: 'ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO k;'},
    {
      name: 'back again',
      history: orders,
      direction: 'down',
      sql: 'ALTER TABLE orders RENAME note TO remark;',
    },
  ],
  claims: [
    {sql: 'ALTER TABLE orders RENAME note TO note2', does: 'AE orders'},
    {sql: 'ALTER TABLE orders RENAME note TO n2; SELECT note FROM orders', does: {fails: '42703'}},
    {
      sql: 'ALTER TABLE orders RENAME note TO n2; SELECT note FROM order_notes',
      does: 'AE orders, AS order_notes; scans orders',
    },
  ],
});
