import {text, written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {isJoinedByNext, madeLater} from './support/made-later.ts';
import {relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'rename-table',
  severity: 'warning',
  title: 'A table or view that clients use gets another name',
  about: `From the moment the migration commits, every query with the old name fails with 42P01 (undefined table): those of
the program that is still running, of jobs, of reports and of functions, whose bodies are text. Views, foreign keys and
policies follow a rename, as they hold the table and not its name.

In one transaction with the rename, a view with the old name keeps old clients working: a plain
\`CREATE VIEW old AS SELECT * FROM new\` can be written to as well. When nobody uses it any more, drop it.

The lock is \`ACCESS EXCLUSIVE\`, for a moment.`,
  direction: 'up',
  kinds: ['RenameStmt'],
  check: situation => {
    const {node} = situation.statement;
    const name = relationNamed(situation.statement);
    const kind = text(node['renameType']) ?? '';
    if (!name || !renamed.has(kind) || situation.isNew(name)) return [];
    return isNotTable(situation, name) || madeLater(situation, name) ? [] : [draft(situation, name, kind)];
  },
};

const renamed = new Set(['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE']);

/** ALTER TABLE renames indexes, too. */
function isNotTable({before}: Situation, name: QualifiedName): boolean {
  const relation = before.relation(name);
  return relation ? relation.temporary : before.index(name) !== undefined;
}

function draft(situation: Situation, name: QualifiedName, kind: string): Draft {
  const {statement} = situation;
  const to = text(statement.node['newname']) ?? '';
  const view = `CREATE VIEW ${written(name)} AS SELECT * FROM ${written({...name, name: to})}`;
  const clause = statement.find('RENAME TO') ?? statement.whole;
  return {
    at: {start: clause.start, end: statement.whole.end},
    what: `Queries that name ${short(name)} fail from now on`,
    why: 'Clients that are running, functions and reports know the old name only; to them the table is gone (SQLSTATE 42P01).',
    fix: 'Make a view with the old name in the same transaction, and drop it when nobody uses it any more.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
    remedies:
      kind === 'OBJECT_TABLE' && isJoinedByNext(situation) && to !== ''
        ? [
            {
              title: `Keep ${quoteWhereNeeded(name.name)} as a view`,
              kind: 'after',
              preferred: true,
              sql: view,
            },
          ]
        : [],
  };
}

const orders = 'CREATE TABLE orders (id int PRIMARY KEY)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a table of an earlier migration',
      history: orders,
      sql: 'ALTER TABLE orders «RENAME TO purchases»;',
      fixed: 'ALTER TABLE orders RENAME TO purchases;\nCREATE VIEW orders AS SELECT * FROM purchases;',
    },
    {
      name: 'however few rows it has',
      history: orders,
      rows: {orders: 1},
      sql: 'ALTER TABLE IF EXISTS orders «RENAME TO purchases»;',
    },
    {
      name: 'a view',
      history: `${orders}; CREATE VIEW notes AS SELECT id FROM orders`,
      sql: 'ALTER VIEW notes «RENAME TO "Notes"»;',
    },
    {
      name: 'the old name is taken outside of a transaction',
      history: orders,
      transaction: 'none',
      sql: 'ALTER TABLE orders «RENAME TO purchases»; CREATE VIEW orders AS SELECT * FROM purchases;',
    },
  ],
  silent: [
    {
      name: 'with a view in its place',
      history: orders,
      sql: 'ALTER TABLE orders RENAME TO purchases; CREATE VIEW orders AS SELECT * FROM purchases;',
    },
    {
      name: 'another table takes its place',
      history: `${orders}; CREATE TABLE fresh (id int)`,
      sql: 'ALTER TABLE orders RENAME TO old; ALTER TABLE fresh RENAME TO orders; CREATE VIEW fresh AS TABLE orders;',
    },
    {name: 'a table of this file', sql: 'CREATE TABLE a (id int); ALTER TABLE a RENAME TO b;'},
    {
      name: 'an index',
      history: `${orders}; CREATE INDEX i ON orders (id)`,
      sql: 'ALTER INDEX i RENAME TO j; ALTER TABLE j RENAME TO k;',
    },
    {name: 'a constraint', history: orders, sql: 'ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO k;'},
    {name: 'back again', history: orders, direction: 'down', sql: 'ALTER TABLE orders RENAME TO purchases;'},
  ],
  claims: [
    {sql: 'ALTER TABLE orders RENAME TO orders2', does: 'AE orders'},
    {sql: 'ALTER VIEW order_notes RENAME TO v2', does: 'AE order_notes'},
    {sql: 'ALTER TABLE orders RENAME TO o2; SELECT count(*) FROM orders', does: {fails: '42P01'}},
    {
      sql: 'ALTER TABLE orders RENAME TO o2; CREATE VIEW orders AS SELECT * FROM o2; INSERT INTO orders (id) VALUES (999)',
      does: 'AE orders',
    },
  ],
});
