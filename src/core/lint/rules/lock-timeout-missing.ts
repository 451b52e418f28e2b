import {field, written} from '../../sql/objects.ts';
import type {Draft, FileRule, RuleProof, Situation} from '../rule.ts';
import type {LintStatement} from '../statement.ts';
import {tableAt} from './support/statement-places.ts';
import {blocksWrites, takenBy, type TakenLock} from './support/taken-locks.ts';
import {guardsOf, settingOf, timeoutsSet} from './support/timeouts.ts';

export const rule: FileRule = {
  id: 'lock-timeout-missing',
  severity: 'information',
  title: 'Waits for a strong lock without a lock_timeout',
  about: `A statement that needs a strong lock waits until every transaction that uses the table has ended. Everybody who
comes after it queues up behind it, also readers, so one forgotten transaction is enough to stop a busy table for as long
as the migration waits.

With \`lock_timeout\` the migration gives up after a few seconds instead, and can be tried again. It counts for each
statement that waits, not for how long the lock is held afterwards.

Silent where \`lock_timeout\` or \`statement_timeout\` is set before in the file. A value of the role, of the database or of
the connection cannot be seen in a file.`,
  checkFile: (_, situations) => {
    const guards = guardsOf(situations);
    const first = situations.flatMap((situation, index) => {
      const guarded = guards[index];
      if (guarded?.lock_timeout === true || guarded?.statement_timeout === true) return [];
      const lock = waitedFor(situation);
      return lock ? [{situation, lock}] : [];
    })[0];
    if (!first || isSetLater(first.situation.index, situations)) return [];
    return [{...draft(first.situation, first.lock), statement: first.situation.index}];
  },
};

/** A rollback that drops a table has nobody left who uses it. */
function waitedFor(situation: Situation): TakenLock | undefined {
  const {statement, file} = situation;
  if (file.direction === 'down' && statement.kind === 'DropStmt') return undefined;
  if (isDetachedConcurrently(statement)) return undefined;
  if (statement.kind === 'LockStmt' && statement.node['nowait'] === true) return undefined;
  return takenBy(situation).find(lock => blocksWrites(lock) && !situation.isHarmless(lock.name));
}

/** It waits under a weaker lock, and to give up in the middle would leave a partition that is half detached. */
function isDetachedConcurrently({actions}: LintStatement): boolean {
  return actions.some(
    ({subtype, node}) =>
      subtype === 'AT_DetachPartition' && field(node['def'], 'PartitionCmd')['concurrent'] === true,
  );
}

/** That it comes too late is another rule's matter. */
function isSetLater(index: number, situations: readonly Situation[]): boolean {
  return situations
    .slice(index)
    .some(({statement}) => timeoutsSet(statement).some(({name, isOn}) => name === 'lock_timeout' && isOn));
}

function draft(situation: Situation, {name, mode, location}: TakenLock): Draft {
  const {statement, file} = situation;
  const table = written(name);
  const sql = settingOf('lock_timeout', '5s', situation);
  return {
    at: tableAt(statement, location),
    what: `Waits for ${mode} on ${table} without a lock_timeout`,
    why: `While it waits for a transaction that uses ${table}, everybody who comes later waits behind it${
      mode === 'ACCESS EXCLUSIVE' ? ', readers as well' : ''
    }.`,
    fix: `Set lock_timeout before it, so that the migration gives up after a few seconds and can be tried again.`,
    lock: {mode, on: [name]},
    ...(file.direction === 'down' ? {severity: 'hint'} : {}),
    remedies:
      sql === undefined ? [] : [{kind: 'first', title: 'Set lock_timeout at the top of the file', sql}],
  };
}

const orders = 'CREATE TABLE orders (id bigint PRIMARY KEY, note text)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a column for a table that is there',
      history: orders,
      sql: 'ALTER TABLE «orders» ADD COLUMN paid_at timestamptz;',
      fixed: "SET LOCAL lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN paid_at timestamptz;",
    },
    {
      name: 'only the first that waits',
      history: orders,
      sql: 'CREATE TABLE notes (id int);\n«DROP TABLE» orders;\nALTER TABLE notes ADD COLUMN t text;',
    },
    {
      name: 'switched off again',
      history: orders,
      sql: "SET lock_timeout = '5s';\nRESET lock_timeout;\nALTER TABLE «orders» DROP COLUMN note;",
    },
    {
      name: 'a foreign key locks the table that it references',
      history: orders,
      sql: 'CREATE TABLE items (id int PRIMARY KEY, order_id bigint REFERENCES «orders»);',
    },
    {
      name: 'outside of a transaction it is set for the session',
      history: orders,
      transaction: 'none',
      sql: 'ALTER TABLE «orders» ADD COLUMN paid_at timestamptz;',
      fixed: "SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN paid_at timestamptz;",
    },
  ],
  silent: [
    {
      name: 'set before',
      history: orders,
      sql: "SET LOCAL lock_timeout = '3s';\nALTER TABLE orders ADD COLUMN paid_at timestamptz;",
    },
    {
      name: 'set by a function',
      history: orders,
      sql: "SELECT set_config('lock_timeout', '3s', true);\nALTER TABLE orders ADD COLUMN paid_at timestamptz;",
    },
    {
      name: 'statement_timeout ends the wait as well',
      history: orders,
      sql: "SET statement_timeout = '10s';\nALTER TABLE orders ADD COLUMN paid_at timestamptz;",
    },
    {name: 'a new table', sql: 'CREATE TABLE notes (id int);\nALTER TABLE notes ADD COLUMN t text;'},
    {
      name: 'a small table of the target',
      history: orders,
      rows: {orders: 40},
      sql: 'ALTER TABLE orders ADD COLUMN paid_at timestamptz;',
    },
    {
      name: 'CONCURRENTLY waits without stopping anybody',
      history: orders,
      transaction: 'none',
      sql: 'CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);',
    },
    {
      name: 'a partition is detached CONCURRENTLY',
      history:
        'CREATE TABLE logs (at int) PARTITION BY RANGE (at); CREATE TABLE old PARTITION OF logs FOR VALUES FROM (1) TO (2)',
      transaction: 'none',
      sql: 'ALTER TABLE logs DETACH PARTITION old CONCURRENTLY;',
    },
    {
      name: 'a trigger that only a view can have',
      sql: 'CREATE TRIGGER t INSTEAD OF INSERT ON shown FOR EACH ROW EXECUTE FUNCTION f();',
    },
    {
      name: 'VALIDATE lets everybody read and write',
      history: `${orders}; ALTER TABLE orders ADD CONSTRAINT filled CHECK (note <> '') NOT VALID`,
      sql: 'ALTER TABLE orders VALIDATE CONSTRAINT filled;',
    },
    {
      name: 'a lock that does not wait',
      history: orders,
      sql: 'LOCK TABLE orders IN SHARE MODE NOWAIT;',
    },
    {name: 'rows only', history: orders, sql: "INSERT INTO orders VALUES (1, 'x');"},
    {
      name: 'a rollback drops a table',
      direction: 'down',
      history: orders,
      sql: 'DROP TABLE orders;',
    },
  ],
  claims: [
    {sql: 'ALTER TABLE orders ADD COLUMN paid_at timestamptz', does: 'AE orders'},
    {sql: 'CREATE TABLE k (id int REFERENCES orders)', does: 'SRE orders'},
    {sql: 'ALTER TABLE orders ALTER CONSTRAINT orders_customer_fk DEFERRABLE', does: 'AE orders'},
    {sql: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check', does: 'SUE orders; scans orders'},
  ],
});
