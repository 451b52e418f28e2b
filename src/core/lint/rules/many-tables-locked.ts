import {field, written, type QualifiedName} from '../../sql/objects.ts';
import {enumerated} from '../../words.ts';
import type {FileDraft, FileRule, RuleProof, Situation} from '../rule.ts';
import {transactionsOf} from './support/blocks.ts';
import {isSameName} from './support/relation-names.ts';
import {headAt} from './support/statement-places.ts';
import {blocksWrites, takenBy} from './support/taken-locks.ts';
import {guardsOf} from './support/timeouts.ts';

export const rule: FileRule = {
  id: 'many-tables-locked',
  severity: 'information',
  title: 'Locks several tables that are in use in one transaction',
  about: `Locks are kept until the transaction ends. With the lock on one table it waits for the next one, and everybody who
needs the first waits with it. A program that uses the same tables in another order can deadlock with it, and one of both
is cancelled.

From three tables on, or from two without a \`lock_timeout\`. Tables that the transaction locks only because a new table
references them do not count.`,
  direction: 'up',
  checkFile: (_, situations) => {
    const guards = guardsOf(situations);
    return transactionsOf(situations).flatMap(block =>
      inTransaction(
        block,
        block.every(({index}) => guards[index]?.lock_timeout !== true),
      ),
    );
  },
};

interface Locked {
  readonly name: QualifiedName;
  readonly index: number;
}

/** One statement that needs several tables, such as a foreign key, cannot be had otherwise. */
function inTransaction(situations: readonly Situation[], isUnlimited: boolean): readonly FileDraft[] {
  const locked: Locked[] = [];
  const enough = isUnlimited ? 2 : 3;
  for (const situation of situations) {
    locked.push(...newlyLocked(situation, locked));
    const statements = new Set(locked.map(({index}) => index));
    if (locked.length >= enough && statements.size > 1 && statements.has(situation.index))
      return [draft(situation, locked)];
  }
  return [];
}

/** Whoever still uses a table that is dropped has other worries. */
function newlyLocked(situation: Situation, locked: readonly Locked[]): readonly Locked[] {
  const {statement, before, index} = situation;
  if (statement.kind === 'CreateStmt' || statement.kind === 'DropStmt') return [];
  const found: Locked[] = [];
  for (const lock of takenBy(situation)) {
    const isKnown = [...locked, ...found].some(({name}) => isSameName(before, name, lock.name));
    if (blocksWrites(lock) && !isKnown && !situation.isHarmless(lock.name))
      found.push({name: lock.name, index});
  }
  return found;
}

function draft({statement, index}: Situation, locked: readonly Locked[]): FileDraft {
  const names = locked.map(({name}) => written(name));
  const others = enumerated(names.slice(0, -1));
  return {
    statement: index,
    at: headAt(statement, field(statement.node, 'relation')['location']),
    what: `Waits for ${names.at(-1)} while ${others} ${names.length > 2 ? 'are' : 'is'} locked already`,
    why: `The locks of this transaction are kept until it ends, so everybody who uses ${others} waits with it, and a program that locks these tables in another order can deadlock with it.`,
    fix: 'Change one table in each migration.',
    remedies: [],
  };
}

const tables =
  'CREATE TABLE orders (id bigint PRIMARY KEY); CREATE TABLE items (id bigint PRIMARY KEY); CREATE TABLE users (id bigint PRIMARY KEY)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'two without a lock_timeout',
      history: tables,
      sql: 'ALTER TABLE orders ADD COLUMN a int;\n«ALTER TABLE items» ADD COLUMN b int;',
    },
    {
      name: 'three with one',
      history: tables,
      sql: "SET LOCAL lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN a int;\nALTER TABLE items ADD COLUMN b int;\n«ALTER TABLE users» ADD COLUMN c int;",
    },
  ],
  silent: [
    {
      name: 'one table',
      history: tables,
      sql: 'ALTER TABLE orders ADD COLUMN a int;\nALTER TABLE public.orders ADD COLUMN b int;',
    },
    {
      name: 'two with a lock_timeout',
      history: tables,
      sql: "SET LOCAL lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN a int;\nALTER TABLE items ADD COLUMN b int;",
    },
    {
      name: 'a new table that references others',
      history: tables,
      sql: 'CREATE TABLE lines (id int PRIMARY KEY, o bigint REFERENCES orders, i bigint REFERENCES items, u bigint REFERENCES users);',
    },
    {
      name: 'one statement that needs two',
      history: `${tables}; ALTER TABLE items ADD COLUMN order_id bigint`,
      sql: 'ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders NOT VALID;',
    },
    {name: 'tables that go', history: tables, sql: 'DROP TABLE items;\nDROP TABLE orders;'},
    {
      name: 'each statement by itself',
      history: tables,
      transaction: 'none',
      sql: 'ALTER TABLE orders ADD COLUMN a int;\nALTER TABLE items ADD COLUMN b int;',
    },
  ],
  claims: [
    {
      sql: 'ALTER TABLE lone ADD COLUMN n int; ALTER TABLE quiet ADD COLUMN n int',
      does: 'AE lone, AE quiet',
    },
  ],
});
