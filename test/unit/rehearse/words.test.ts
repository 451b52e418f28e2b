import {expect, it} from 'vitest';
import type {LockMode, ObservedLock, ObservedStatement} from '../../../src/core/rehearse/report.ts';
import {statementWords} from '../../../src/core/rehearse/words.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

const range = {path: '/m/1.sql', start: {line: 0, column: 0}, end: {line: 0, column: 1}};
const parser = createParser();

function observed(changes: Partial<ObservedStatement>): ObservedStatement {
  return {
    range,
    command: 'ALTER TABLE',
    milliseconds: 1,
    locks: [],
    rewrites: [],
    scans: [],
    rows: [],
    transaction: 'block',
    howLocksAreKnown: 'observed',
    words: [],
    ...changes,
  };
}

function lock(mode: LockMode, more: Partial<ObservedLock> = {}): ObservedLock {
  return {relation: 'public.orders', kind: 'table', mode, isNew: false, ...more};
}

const facts = {bytes: 41 * 1024 ** 3, writesPerSecond: 320.4};

it.each<readonly [name: string, Partial<ObservedStatement>, readonly string[]]>([
  [
    'a scan',
    {locks: [lock('ACCESS EXCLUSIVE', {facts})], scans: ['public.orders']},
    [
      'ACCESS EXCLUSIVE on public.orders (41 GB, 320 writes/s) for the length of a full scan: reads and writes wait.',
    ],
  ],
  [
    'a rewrite',
    {locks: [lock('ACCESS EXCLUSIVE')], rewrites: ['public.orders'], scans: ['public.orders']},
    ['ACCESS EXCLUSIVE on public.orders while it is rewritten: reads and writes wait.'],
  ],
  [
    'the scan of another table',
    {locks: [lock('SHARE ROW EXCLUSIVE')], scans: ['public.lines']},
    [
      'SHARE ROW EXCLUSIVE on public.orders while public.lines is scanned: writes wait; reads go on.',
      'public.lines is read from end to end.',
    ],
  ],
  [
    'what runs alone',
    {command: 'CREATE INDEX', transaction: 'alone', locks: [lock('SHARE UPDATE EXCLUSIVE')]},
    [
      'SHARE UPDATE EXCLUSIVE on public.orders while it runs: reads and writes go on; VACUUM, ANALYZE, CREATE INDEX and other schema changes wait.',
      'CREATE INDEX runs outside of transactions here: what it has done stays if something later fails.',
    ],
  ],
  ['a new table', {locks: [lock('ACCESS EXCLUSIVE', {isNew: true})]}, []],
  ['what only writers of data take', {locks: [lock('ROW EXCLUSIVE')]}, []],
  [
    'an index of the table',
    {locks: [lock('ACCESS EXCLUSIVE'), lock('ACCESS EXCLUSIVE', {relation: 'public.i', kind: 'index'})]},
    ['ACCESS EXCLUSIVE on public.orders for a moment: reads and writes wait.'],
  ],
  [
    'an index stronger than its table',
    {
      locks: [lock('ACCESS EXCLUSIVE', {relation: 'public.i', kind: 'index'}), lock('SHARE')],
      rewrites: ['public.i'],
    },
    [
      'ACCESS EXCLUSIVE on public.i while it is rewritten: reads and writes wait.',
      'SHARE on public.orders for a moment: writes wait; reads go on.',
    ],
  ],
])('says who waits for %s', async (_name, changes, words) => {
  const parsed = await parser.parse('ALTER TABLE orders ADD x int');
  const [statement] = parsed.ok ? parsed.value : [];
  if (!statement) expect.fail('no statement');
  expect(statementWords(observed(changes), {statement, after: [], realRows: false})).toEqual(words);
});

it.each<readonly [sql: string, realRows: boolean, words: readonly string[]]>([
  ['SELECT * FROM orders WHERE id = 1', false, []],
  ['UPDATE orders SET a = 1 WHERE id = 1', false, []],
  ['UPDATE orders SET a = 1', false, ['public.orders is read from end to end.']],
  ['DELETE FROM orders', false, ['public.orders is read from end to end.']],
  ['UPDATE orders SET a = 1 WHERE id = 1', true, ['public.orders is read from end to end.']],
])('says of %s that it scans only where that is certain', async (sql, realRows, words) => {
  const parsed = await parser.parse(sql);
  const [statement] = parsed.ok ? parsed.value : [];
  if (!statement) expect.fail('no statement');
  const seen = observed({locks: [lock('ROW EXCLUSIVE')], scans: ['public.orders']});
  expect(statementWords(seen, {statement, after: [], realRows})).toEqual(words);
});

it('says for how long a lock is kept', async () => {
  const parsed = await parser.parse('ALTER TABLE orders ADD x int');
  const [statement] = parsed.ok ? parsed.value : [];
  if (!statement) expect.fail('no statement');
  const after = [observed({}), observed({scans: ['public.lines'], rewrites: ['public.big']})];
  expect(
    statementWords(observed({locks: [lock('ACCESS EXCLUSIVE')]}), {statement, after, realRows: false}),
  ).toEqual([
    'ACCESS EXCLUSIVE on public.orders for a moment, and then until the file’s transaction ends, 2 statements later, through the scan or rewrite of public.big and public.lines: reads and writes wait.',
  ]);
});
