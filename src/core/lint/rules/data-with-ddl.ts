import {field, written} from '../../sql/objects.ts';
import type {FileDraft, FileRule, RuleProof, Situation} from '../rule.ts';
import {transactionsOf} from './support/blocks.ts';
import {dataChanges, type DataChange} from './support/data-change.ts';
import {headAt} from './support/statement-places.ts';
import {blocksWrites, takenBy, type TakenLock} from './support/taken-locks.ts';

export const rule: FileRule = {
  id: 'data-with-ddl',
  severity: 'information',
  title: 'Changes many rows and then the schema in one transaction',
  about: `The rows stay locked while the schema change waits for its own lock, and when that fails or is cancelled, the change
of the rows has to be done again. With deferred constraints \`ALTER TABLE\` fails outright, because the table has “pending
trigger events” (55006).

Data and schema in two migrations can be tried again one by one. The other way round, rows behind a schema change, is
\`work-after-strong-lock\`.`,
  direction: 'up',
  checkFile: (_, situations) => transactionsOf(situations).flatMap(inTransaction),
};

interface Changed {
  readonly situation: Situation;
  readonly change: DataChange;
}

function inTransaction(situations: readonly Situation[]): readonly FileDraft[] {
  let first: Changed | undefined;
  let isLocked = false;
  for (const situation of situations) {
    const lock = takenBy(situation).find(each => blocksWrites(each) && !situation.isHarmless(each.name));
    if (lock && first) return [draft(first, situation, lock)];
    isLocked ||= lock !== undefined;
    const change = dataChanges(situation).find(
      ({reach, command, name}) =>
        command !== 'INSERT' && (reach === 'every' || reach === 'many') && !situation.isHarmless(name),
    );
    if (change && !isLocked) first ??= {situation, change};
  }
  return [];
}

function draft(
  {situation: {statement, index, file}, change: {name, node, isWhole, command}}: Changed,
  behind: Situation,
  lock: TakenLock,
): FileDraft {
  const location = field(node, 'relation')['location'];
  const rows = written(name);
  const later = file.statements[behind.index];
  return {
    statement: index,
    at: isWhole ? headAt(statement, location) : statement.nameAt(location),
    what: `Rows of ${rows} stay locked while ${behind.statement.command} waits for ${written(lock.name)}`,
    why: `Both are in one transaction: the ${command} is kept open until the schema change has its ${lock.mode} lock, and is undone when that fails.`,
    fix: 'Put the rows and the schema into two migrations.',
    related: later
      ? [
          {
            path: file.path,
            start: later.span.start,
            end: later.span.end,
            words: `Waits for ${written(lock.name)}`,
          },
        ]
      : [],
    remedies: [],
  };
}

const orders = 'CREATE TABLE orders (id bigint PRIMARY KEY, state text)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'filled, then NOT NULL',
      history: orders,
      sql: "«UPDATE orders» SET state = 'new' WHERE state IS NULL;\nALTER TABLE orders ALTER state SET NOT NULL;",
    },
  ],
  silent: [
    {
      name: 'rows of a lookup table',
      history: orders,
      sql: "INSERT INTO orders VALUES (1, 'x');\nALTER TABLE orders ADD COLUMN a int;",
    },
    {
      name: 'one row',
      history: orders,
      sql: "UPDATE orders SET state = 'new' WHERE id = 1;\nALTER TABLE orders ADD COLUMN a int;",
    },
    {
      name: 'each by itself',
      history: orders,
      transaction: 'none',
      sql: "UPDATE orders SET state = 'new';\nALTER TABLE orders ALTER state SET NOT NULL;",
    },
    {
      name: 'only a new table',
      history: orders,
      sql: "UPDATE orders SET state = 'new';\nCREATE TABLE t (a int);\nALTER TABLE t ADD COLUMN b int;",
    },
  ],
  claims: [
    {
      setup:
        'ALTER TABLE items ADD CONSTRAINT later FOREIGN KEY (order_id) REFERENCES orders DEFERRABLE INITIALLY DEFERRED; INSERT INTO items VALUES (1, 1)',
      sql: 'UPDATE items SET order_id = 2; ALTER TABLE items ADD COLUMN n int',
      does: {fails: '55006'},
    },
  ],
});
