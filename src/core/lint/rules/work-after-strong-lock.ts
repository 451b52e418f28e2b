import {levelOf} from '../../rehearse/locks.ts';
import {written} from '../../sql/objects.ts';
import type {FileDraft, FileRule, RuleProof, Situation} from '../rule.ts';
import {transactionsOf} from './support/blocks.ts';
import {longWorkOf, type LongWork} from './support/long-work.ts';
import {isSameName} from './support/relation-names.ts';
import {takenBy, type TakenLock} from './support/taken-locks.ts';

export const rule: FileRule = {
  id: 'work-after-strong-lock',
  severity: 'warning',
  title: 'Works for long while an earlier statement keeps a table locked',
  about: `PostgreSQL keeps every lock until the transaction ends. A statement that needs a strong lock for a moment only,
such as ADD COLUMN, blocks its table for as long as everything takes that stands behind it in the same transaction: an
index that is built, rows that are checked or updated.

What is quick under a strong lock goes into one migration, what takes long into the next.`,
  checkFile: (_, situations) => transactionsOf(situations).flatMap(inTransaction),
};

interface Held {
  readonly lock: TakenLock;
  readonly by: Situation;
}

function inTransaction(situations: readonly Situation[]): readonly FileDraft[] {
  const drafts: FileDraft[] = [];
  const held: Held[] = [];
  for (const situation of situations) {
    const [first] =
      held.length === 0 ? [] : longWorkOf(situation).flatMap(work => worse(work, held, situation));
    if (first) drafts.push(draft(situation, first.work, first.held, situations));
    const strong = takenBy(situation).filter(
      ({mode, name}) => levelOf(mode) >= levelOf('SHARE ROW EXCLUSIVE') && !situation.isHarmless(name),
    );
    for (const lock of strong) if (!isHeld(lock, held)) held.push({lock, by: situation});
  }
  return drafts;
}

/** As strongly, and by the same name. */
function isHeld({name, mode}: TakenLock, held: readonly Held[]): boolean {
  return held.some(
    ({lock}) =>
      lock.name.name === name.name && lock.name.schema === name.schema && levelOf(lock.mode) >= levelOf(mode),
  );
}

/** A lock that the statement takes as strongly itself is a matter of that statement. */
function worse(
  work: LongWork,
  held: readonly Held[],
  situation: Situation,
): readonly {readonly work: LongWork; readonly held: Held}[] {
  if (isOwnValidation(situation, held)) return [];
  const found = held
    .filter(
      ({lock}) =>
        !work.mode ||
        levelOf(lock.mode) > levelOf(work.mode) ||
        !isSameName(situation.before, lock.name, work.table),
    )
    .toSorted((a, b) => levelOf(b.lock.mode) - levelOf(a.lock.mode))[0];
  return found ? [{work, held: found}] : [];
}

/** A constraint that the same transaction adds has a rule of its own. */
function isOwnValidation({statement, before, file}: Situation, held: readonly Held[]): boolean {
  return statement.actions.some(({subtype, node}) => {
    const added = held.find(({by}) =>
      by.statement.actions.some(action => action.subtype === 'AT_AddConstraint'),
    );
    const name = typeof node['name'] === 'string' ? node['name'] : '';
    const constraint = added && before.relation(added.lock.name)?.constraints.get(name);
    return subtype === 'AT_ValidateConstraint' && constraint?.made?.path === file.path;
  });
}

function draft(
  {statement, index, file}: Situation,
  work: LongWork,
  {lock, by}: Held,
  situations: readonly Situation[],
): FileDraft {
  const table = written(lock.name);
  const isReading = lock.mode === 'ACCESS EXCLUSIVE';
  const earlier = file.statements[by.index];
  const isLast = situations.at(-1)?.index === index;
  return {
    statement: index,
    at: work.at,
    what: `${table} stays blocked for ${isReading ? 'reads and writes' : 'writes'} while ${work.words}`,
    why: `${by.statement.command} before it in the same transaction took ${lock.mode} on ${table}, which is kept until the transaction ends.`,
    fix: 'Put it into a migration of its own behind this one.',
    lock: {mode: lock.mode, on: [lock.name]},
    ...(file.direction === 'down' ? {severity: 'information'} : {}),
    related: earlier
      ? [{path: file.path, start: earlier.span.start, end: earlier.span.end, words: `Locks ${table}`}]
      : [],
    remedies: isLast
      ? [
          {
            kind: 'steps',
            title: 'Move it into a migration of its own',
            steps: [{sql: statement.sql, how: 'own', title: titleOf(statement.command, work), undo: ''}],
          },
        ]
      : [],
  };
}

function titleOf(command: string, {table}: LongWork): string {
  return `${command.toLowerCase()} ${table.name}`;
}

const orders =
  'CREATE TABLE orders (id bigint PRIMARY KEY, note text); CREATE TABLE items (id bigint PRIMARY KEY)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a column is filled where it is added',
      history: orders,
      sql: "ALTER TABLE orders ADD COLUMN state text;\n«UPDATE orders» SET state = 'new';",
      fixed: "ALTER TABLE orders ADD COLUMN state text;\n-- next migration\nUPDATE orders SET state = 'new';",
    },
    {
      name: 'another table is read as a whole',
      history: orders,
      sql: "ALTER TABLE orders ADD COLUMN state text;\n«UPDATE orders» SET state = 'many' WHERE id IN (SELECT id FROM items GROUP BY id HAVING count(*) > 9);",
    },
    {
      name: 'an index is built where nobody can read any more',
      history: orders,
      sql: 'ALTER TABLE orders ADD COLUMN state text;\n«CREATE INDEX» orders_state_idx ON orders (state);',
    },
    {
      name: 'one table waits for the rewrite of another',
      history: orders,
      sql: 'ALTER TABLE items ADD COLUMN n int;\nALTER TABLE orders «ALTER id TYPE text»;',
    },
    {
      name: 'rows are copied',
      history: orders,
      sql: 'ALTER TABLE orders RENAME TO orders_old;\nCREATE TABLE orders (id bigint PRIMARY KEY, note text);\n«INSERT» INTO orders SELECT * FROM orders_old;',
    },
  ],
  silent: [
    {
      name: 'rows of another table are looked for by a condition',
      history: orders,
      sql: 'ALTER TABLE orders ADD COLUMN state text;\nUPDATE orders SET note = NULL WHERE id IN (SELECT id FROM items WHERE id = 5);',
    },
    {
      name: 'each statement by itself',
      history: orders,
      transaction: 'none',
      sql: "ALTER TABLE orders ADD COLUMN state text;\nUPDATE orders SET state = 'new';",
    },
    {
      name: 'one row',
      history: orders,
      sql: "ALTER TABLE orders ADD COLUMN state text;\nUPDATE orders SET state = 'new' WHERE id = 1;",
    },
    {
      name: 'a new table',
      sql: 'CREATE TABLE t (a int);\nALTER TABLE t ADD COLUMN b int;\nCREATE INDEX i ON t (b);\nUPDATE t SET b = 1;',
    },
    {
      name: 'quick statements only',
      history: orders,
      sql: "ALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders ALTER a SET DEFAULT 1;\nCOMMENT ON TABLE orders IS 'x';",
    },
    {
      name: 'the scan has its own ACCESS EXCLUSIVE',
      history: orders,
      sql: 'ALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders ALTER note SET NOT NULL;',
    },
    {
      name: 'the work comes first',
      history: orders,
      sql: "UPDATE orders SET note = 'x';\nALTER TABLE orders ADD COLUMN a int;",
    },
    {
      name: 'small on the target',
      history: orders,
      rows: {orders: 50},
      sql: "ALTER TABLE orders ADD COLUMN state text;\nUPDATE orders SET state = 'new';",
    },
  ],
  claims: [
    {
      sql: "ALTER TABLE orders ADD COLUMN n int; UPDATE orders SET note = 'm'",
      does: 'AE orders; scans orders',
    },
    {
      sql: 'ALTER TABLE orders ADD COLUMN n int; CREATE INDEX i ON orders (n)',
      does: 'AE orders; scans orders',
    },
  ],
});
