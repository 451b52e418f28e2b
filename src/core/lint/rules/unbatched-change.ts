import {field, written} from '../../sql/objects.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import type {Remedy} from '../remedy.ts';
import {inBatches} from './support/batches.ts';
import {dataChanges, type DataChange} from './support/data-change.ts';
import {headAt} from './support/statement-places.ts';

export const rule: StatementRule = {
  id: 'unbatched-change',
  severity: 'warning',
  title: 'Changes most rows of a table in one statement',
  about: `One \`UPDATE\` or \`DELETE\` of very many rows keeps every row that it has touched locked until the transaction ends:
whoever wants to change one of them waits. Each changed row leaves a dead one behind, which VACUUM cannot remove before,
so the table can grow to twice its size; all of it goes through the WAL at once, so replicas fall behind; and an error
at the end starts all of it anew.

In batches of some thousand rows, each committed by itself, nobody waits for long. That has to run outside of the
migration tool's transaction.

A warning where the text says that every row is changed: no \`WHERE\`, one that is always true, only a join, a column that
is NULL because the file has just added it. Where it may be most of them, it is an information. A key, a range of keys, a
\`LIMIT\` and a constant that the column has to be equal to are taken for few.`,
  kinds: ['UpdateStmt', 'DeleteStmt', 'MergeStmt', 'InsertStmt', 'SelectStmt'],
  check: situation =>
    dataChanges(situation)
      .filter(
        ({command, reach, name}) =>
          command !== 'INSERT' && (reach === 'every' || reach === 'many') && !situation.isHarmless(name),
      )
      .map(change => draft(situation, change)),
};

function draft(situation: Situation, change: DataChange): Draft {
  const {statement, file} = situation;
  const {name, command, reach, node, isWhole} = change;
  const table = written(name);
  const verb = command === 'UPDATE' ? 'Updates' : 'Deletes';
  const location = field(node, 'relation')['location'];
  return {
    at: isWhole ? headAt(statement, location) : statement.nameAt(location),
    what: `${verb} ${reach === 'every' ? 'every row' : 'what may be most rows'} of ${table} in one statement`,
    why: `Each row stays locked until the transaction ends, dead rows cannot be removed before, and an error at the end undoes all of it.`,
    fix: 'Change some thousand rows at a time and commit after each batch, outside of a transaction.',
    lock: {mode: 'ROW EXCLUSIVE', on: [name]},
    ...(reach === 'many' || file.direction === 'down' ? {severity: 'information'} : {}),
    remedies: remediesOf(situation, change),
  };
}

function remediesOf({statement, before}: Situation, change: DataChange): readonly Remedy[] {
  const sql = inBatches(statement, change, before.relation(change.name));
  if (sql === undefined) return [];
  const title = `${change.command.toLowerCase()} ${change.name.name} in batches`;
  return [
    {
      kind: 'steps',
      title: `Write it as a loop over batches that are committed one by one`,
      steps: [{sql, how: 'alone', title, undo: ''}],
    },
  ];
}

const orders =
  'CREATE TABLE orders (id bigint PRIMARY KEY, code text UNIQUE, state text, note text NOT NULL, customer_id bigint); CREATE TABLE customers (id bigint PRIMARY KEY, name text)';

const loop = (change: string): string => `DO $$
DECLARE
  batch_from orders.id%TYPE := (SELECT id FROM orders ORDER BY id LIMIT 1);
  batch_next orders.id%TYPE;
BEGIN
  WHILE batch_from IS NOT NULL LOOP
    batch_next := (SELECT id FROM orders WHERE id >= batch_from ORDER BY id OFFSET 10000 LIMIT 1);
    ${change};
    COMMIT;
    batch_from := batch_next;
  END LOOP;
END $$;`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'UPDATE without WHERE',
      history: orders,
      sql: "«UPDATE orders» SET state = 'new';",
      fixed: loop(
        "UPDATE orders SET state = 'new'\n    WHERE orders.id >= batch_from AND (batch_next IS NULL OR orders.id < batch_next)",
      ),
    },
    {
      name: 'a condition stays, an alias as well',
      history: orders,
      sql: "«UPDATE orders» AS o SET state = 'new' WHERE o.state IS NULL OR o.state = '';",
      fixed: loop(
        "UPDATE orders AS o SET state = 'new' WHERE (o.state IS NULL OR o.state = '')\n      AND o.id >= batch_from AND (batch_next IS NULL OR o.id < batch_next)",
      ),
    },
    {name: 'DELETE without WHERE', history: orders, sql: '«DELETE FROM orders»;'},
    {
      name: 'a column that has just been added',
      history: orders,
      sql: 'ALTER TABLE orders ADD COLUMN total int;\n«UPDATE orders» SET total = 0 WHERE total IS NULL;',
    },
    {
      name: 'a join alone',
      history: orders,
      sql: '«UPDATE orders» o SET state = c.name FROM customers c WHERE c.id = o.customer_id;',
    },
    {name: 'always true', history: orders, sql: "«UPDATE orders» SET state = '' WHERE note IS NOT NULL;"},
    {name: 'ids from 1', history: orders, sql: "«UPDATE orders» SET state = '' WHERE id > 0;"},
    {
      name: 'MERGE with a table',
      history: orders,
      sql: '«MERGE INTO orders» o USING customers c ON c.id = o.customer_id WHEN MATCHED THEN UPDATE SET note = c.name;',
    },
    {
      name: 'behind a WITH',
      history: orders,
      sql: 'WITH c AS (SELECT id, name FROM customers)\n«UPDATE orders» o SET state = c.name FROM c WHERE c.id = o.customer_id;',
    },
    {
      name: 'in a WITH',
      history: orders,
      sql: 'CREATE TABLE old (LIKE orders);\nWITH moved AS (DELETE FROM «orders» RETURNING *) INSERT INTO old SELECT * FROM moved;',
    },
  ],
  silent: [
    {
      name: 'MERGE with rows that it lists',
      history: orders,
      sql: "MERGE INTO orders o USING (VALUES (1, 'a')) AS v (id, note) ON v.id = o.id WHEN MATCHED THEN UPDATE SET note = v.note;",
    },
    {
      name: 'MERGE that only inserts',
      history: orders,
      sql: 'MERGE INTO customers c USING orders o ON c.id = o.customer_id WHEN NOT MATCHED THEN INSERT (id) VALUES (o.id);',
    },
    {name: 'one row', history: orders, sql: "UPDATE orders SET state = 'new' WHERE id = 7;"},
    {
      name: 'one row, which a template names',
      history: orders,
      sql: 'DELETE FROM orders WHERE id = {{ .Id }};',
    },
    {name: 'some keys', history: orders, sql: "DELETE FROM orders WHERE code IN ('a', 'b');"},
    {
      name: 'a range of keys',
      history: orders,
      sql: "UPDATE orders SET state = 'new' WHERE id >= 1000 AND id < 2000 AND state IS NULL;",
    },
    {
      name: 'a batch with LIMIT',
      history: orders,
      sql: 'DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE state IS NULL LIMIT 1000);',
    },
    {name: 'one value of a column', history: orders, sql: "UPDATE orders SET state = 'b' WHERE state = 'a';"},
    {
      name: 'a list of values',
      history: orders,
      sql: "UPDATE orders o SET state = v.state FROM (VALUES (1, 'a'), (2, 'b')) AS v(id, state) WHERE o.id = v.id;",
    },
    {
      name: 'a list in a temporary table, or in a WITH',
      history: orders,
      sql: 'CREATE TEMP TABLE fix (id bigint, state text);\nUPDATE orders o SET state = f.state FROM fix f WHERE f.id = o.id;\nWITH f AS (SELECT id FROM orders WHERE state IS NULL LIMIT 10) UPDATE orders o SET state = 7 FROM f WHERE f.id = o.id;',
    },
    {name: 'a new table', sql: 'CREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\nUPDATE t SET a = 2;'},
    {
      name: 'a small table',
      history: orders,
      rows: {orders: 200},
      sql: "UPDATE orders SET state = 'new';",
    },
    {name: 'a temporary table', sql: 'CREATE TEMP TABLE t (a int);\nDELETE FROM t;'},
  ],
  claims: [
    {sql: "UPDATE orders SET note = 'm'", does: 'RX orders; scans orders'},
    {
      sql: "DO $$ BEGIN UPDATE orders SET note = 'm' WHERE id < 10; COMMIT; END $$",
      does: {fails: '2D000'},
    },
  ],
});
