import {written} from '../../sql/objects.ts';
import type {FileRule, RuleProof} from '../rule.ts';
import {tableAt} from './support/statement-places.ts';
import {blocksWrites, takenBy} from './support/taken-locks.ts';
import {guardsOf, settingOf} from './support/timeouts.ts';

export const rule: FileRule = {
  id: 'statement-timeout-missing',
  severity: 'hint',
  title: 'Works for long under a strong lock without a statement_timeout',
  about: `\`lock_timeout\` limits how long a statement waits for its lock, not how long it holds it. A statement that reads or
writes all of a table under a lock that blocks others is as long as the table is large; \`statement_timeout\` is what ends it
when that was underestimated.

A weaker lock is the better answer, where there is one: other rules say so. This one is a hint, once for each file.`,
  direction: 'up',
  checkFile: (_, situations) => {
    const guards = guardsOf(situations);
    const found = situations.flatMap((situation, index) => {
      if (guards[index]?.statement_timeout === true) return [];
      const lock = takenBy(situation).find(
        each => each.work !== 'none' && blocksWrites(each) && !situation.isHarmless(each.name),
      );
      return lock ? [{situation, lock}] : [];
    })[0];
    if (!found) return [];
    const {situation, lock} = found;
    const {statement, index} = situation;
    const table = written(lock.name);
    const sql = settingOf('statement_timeout', '5min', situation);
    return [
      {
        statement: index,
        at: tableAt(statement, lock.location),
        what: `Holds ${lock.mode} on ${table} for as long as it runs, without a statement_timeout`,
        why: `It ${doing[lock.work]} all of ${table} while others wait, and nothing ends it when that takes longer than expected.`,
        fix: 'Set statement_timeout before it to what you can afford.',
        lock: {mode: lock.mode, on: [lock.name]},
        remedies:
          sql === undefined
            ? []
            : [{kind: 'first', title: 'Set statement_timeout at the top of the file', sql}],
      },
    ];
  },
};

const doing = {none: 'locks', scan: 'reads', build: 'reads', rewrite: 'rewrites'} as const;

const orders = 'CREATE TABLE orders (id bigint PRIMARY KEY, note text, total int)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a rewrite',
      history: orders,
      sql: "SET LOCAL lock_timeout = '5s';\nALTER TABLE «orders» ALTER total TYPE bigint;",
      fixed:
        "SET LOCAL statement_timeout = '5min';\nSET LOCAL lock_timeout = '5s';\nALTER TABLE orders ALTER total TYPE bigint;",
    },
    {name: 'an index', history: orders, sql: 'CREATE INDEX i ON «orders» (note);'},
  ],
  silent: [
    {
      name: 'with a statement_timeout',
      history: orders,
      sql: "SET LOCAL statement_timeout = '1min';\nALTER TABLE orders ALTER total TYPE bigint;",
    },
    {name: 'nothing to read', history: orders, sql: 'ALTER TABLE orders ADD COLUMN a int DEFAULT 7;'},
    {name: 'a new table', sql: 'CREATE TABLE t (a int);\nCREATE INDEX i ON t (a);'},
    {
      name: 'an index of ONLY a partitioned table',
      history: 'CREATE TABLE logs (at date) PARTITION BY RANGE (at)',
      sql: 'CREATE INDEX i ON ONLY logs (at);',
    },
    {
      name: 'a type that is stored alike, in UTC',
      history: 'CREATE TABLE logs (at timestamp)',
      sql: "SET LOCAL timezone = 'UTC';\nALTER TABLE logs ALTER at TYPE timestamptz;",
    },
    {
      name: 'a small table',
      history: orders,
      rows: {orders: 12},
      sql: 'ALTER TABLE orders ALTER total TYPE bigint;',
    },
    {
      name: 'a long scan that lets others write',
      history: `${orders}; ALTER TABLE orders ADD CONSTRAINT filled CHECK (note <> '') NOT VALID`,
      sql: 'ALTER TABLE orders VALIDATE CONSTRAINT filled;',
    },
  ],
  claims: [
    {
      sql: 'ALTER TABLE orders ALTER big TYPE bigint',
      does: 'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders',
    },
  ],
});
