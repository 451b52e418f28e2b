import {written} from '../../sql/objects.ts';
import type {FileRule, RuleProof, Situation} from '../rule.ts';
import {blocksWrites, takenBy, type TakenLock} from './support/taken-locks.ts';
import {guardsOf, timeoutsSet} from './support/timeouts.ts';

export const rule: FileRule = {
  id: 'timeout-after-lock',
  severity: 'warning',
  title: 'Sets lock_timeout behind the statement that waits',
  about: `\`lock_timeout\` counts for statements that begin after it is set. A statement before it has waited for its lock
without any limit already, and in a transaction the lock is held from there on.`,
  checkFile: (_, situations) => {
    const guards = guardsOf(situations);
    let waited: {readonly lock: TakenLock; readonly situation: Situation} | undefined;
    for (const [index, situation] of situations.entries()) {
      if (guards[index]?.lock_timeout === true) return [];
      const isSet = timeoutsSet(situation.statement).some(({name, isOn}) => name === 'lock_timeout' && isOn);
      if (isSet && waited) return [draft(situation, waited)];
      if (isSet) return [];
      const lock = takenBy(situation).find(each => blocksWrites(each) && !situation.isHarmless(each.name));
      if (lock && !waited && guards[index]?.statement_timeout !== true) waited = {lock, situation};
    }
    return [];
  },
};

function draft(
  {statement, index}: Situation,
  {lock: {mode, name}, situation}: {readonly lock: TakenLock; readonly situation: Situation},
): ReturnType<FileRule['checkFile']>[number] {
  const table = written(name);
  const {file} = situation;
  const earlier = file.statements[situation.index];
  return {
    statement: index,
    at: statement.find('lock_timeout') ?? statement.whole,
    what: `lock_timeout is set after the wait for ${table}`,
    why: `${situation.statement.command} needs ${mode} on ${table} and stands before it, so it waits without a limit.`,
    fix: 'Set it at the beginning of the file.',
    lock: {mode, on: [name]},
    related: earlier
      ? [{path: file.path, start: earlier.span.start, end: earlier.span.end, words: `Waits for ${table}`}]
      : [],
    remedies: [{kind: 'first', title: 'Set lock_timeout at the top of the file', sql: `${statement.sql};`}],
  };
}

const orders = 'CREATE TABLE orders (id bigint PRIMARY KEY, note text)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'set between two statements',
      history: orders,
      sql: "ALTER TABLE orders ADD COLUMN a int;\nSET LOCAL «lock_timeout» = '5s';\nALTER TABLE orders ADD COLUMN b int;",
      fixed:
        "SET LOCAL lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN a int;\nSET LOCAL lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN b int;",
    },
  ],
  silent: [
    {
      name: 'set first',
      history: orders,
      sql: "SET LOCAL lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN a int;",
    },
    {
      name: 'raised for the second of two',
      history: orders,
      sql: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN a int;\nSET lock_timeout = '9s';\nALTER TABLE orders ADD COLUMN b int;",
    },
    {
      name: 'only a new table before it',
      history: orders,
      sql: "CREATE TABLE notes (id int);\nALTER TABLE notes ADD COLUMN a int;\nSET LOCAL lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN b int;",
    },
    {
      name: 'switched off behind it',
      history: orders,
      sql: 'ALTER TABLE orders ADD COLUMN a int;\nSET lock_timeout = 0;',
    },
  ],
  claims: [],
});
