import {describe, expect, it} from 'vitest';
import type {StatementRow} from '../../../../src/core/health/parts/statements.ts';
import {excerpt, explainActions} from '../../../../src/core/health/statement-words.ts';
import {day, look, MB, now, settings, statement, statements} from './readings.ts';

const slow: Partial<StatementRow> = {calls: 1000, totalMs: 600_000, meanMs: 600};

describe('statements that take much of all time', () => {
  it.each([
    [
      'slow, and much of all',
      slow,
      {},
      ['warning: “SELECT * FROM orders WHERE id = $1” takes 60 % of the time of all statements'],
    ],
    [
      'fast, and most of all',
      {calls: 600_000, totalMs: 600_000, meanMs: 1},
      {},
      ['information: “SELECT * FROM orders WHERE id = $1” takes 60 % of the time of all statements'],
    ],
    ['fast, and much of all', {calls: 300_000, totalMs: 300_000, meanMs: 1}, {}, []],
    ['slow, and little of all', {calls: 100, totalMs: 100_000, meanMs: 1000}, {}, []],
    ['run twice', {...slow, calls: 2}, {}, []],
    ['of a server that sleeps', slow, {resetAt: now - 900 * day}, []],
    [
      'counted for hours only',
      slow,
      {resetAt: now - day / 4},
      ['warning: “SELECT * FROM orders WHERE id = $1” takes 60 % of the time of all statements'],
    ],
    ['that maintains', {...slow, query: 'CREATE INDEX ON orders (id)'}, {}, []],
    ['of a dump', {...slow, query: 'COPY public.orders (id) TO stdout'}, {}, []],
  ])('%s', async (_, row, more, found) =>
    expect(await look('statement-slow', [statements([row], more)])).toEqual(found),
  );
});

describe('statements that vary', () => {
  const wavering = {calls: 100, totalMs: 10_000, meanMs: 100, maxMs: 4000, deviationMs: 400};
  it.each([
    [
      'much',
      wavering,
      ['information: “SELECT * FROM orders WHERE id = $1” takes 100 ms on average and up to 4 s'],
    ],
    ['little', {...wavering, deviationMs: 200}, []],
    ['in what nobody notices', {...wavering, maxMs: 900}, []],
    ['in a few calls', {...wavering, calls: 10}, []],
  ])('%s', async (_, row, found) =>
    expect(await look('statement-variance', [statements([row])])).toEqual(found),
  );
});

describe('statements that sort on disk', () => {
  const blocks = (bytes: number): number => bytes / 8192;
  it.each([
    [
      'much',
      {calls: 100, temporaryWritten: blocks(2000 * MB)},
      ['information: “SELECT * FROM orders WHERE id = $1” writes 20 MB of temporary files in each call'],
    ],
    [
      'very much',
      {calls: 100, temporaryWritten: blocks(100_000 * MB)},
      ['warning: “SELECT * FROM orders WHERE id = $1” writes 1000 MB of temporary files in each call'],
    ],
    ['little in each call', {calls: 10_000, temporaryWritten: blocks(2000 * MB)}, []],
    ['little in all', {calls: 1, temporaryWritten: blocks(100 * MB)}, []],
    [
      'to build an index',
      {calls: 1, temporaryWritten: blocks(2000 * MB), query: 'create index on orders (id)'},
      [],
    ],
  ])('%s', async (_, row, found) =>
    expect(await look('statement-temporary-files', [statements([row])])).toEqual(found),
  );
});

describe('statements that are forgotten', () => {
  it.each([
    [0, 10, []],
    [5, 10, []],
    [500, 10, ['information: pg_stat_statements forgot statements 500 times']],
  ])('%i times in %i days', async (deallocations, days, found) =>
    expect(
      await look('statements-evicted', [
        statements([], {deallocations, resetAt: now - days * day}),
        settings({'pg_stat_statements.max': '5000'}),
      ]),
    ).toEqual(found),
  );
});

describe('the beginning of a statement', () => {
  it.each([
    ['SELECT 1', 'SELECT 1'],
    ['/* app:web */ SELECT\n\t*\nFROM orders -- all of them', 'SELECT * FROM orders'],
    [`SELECT ${'x'.repeat(100)}`, `SELECT ${'x'.repeat(53)}…`],
  ])('of %s', (query, words) => expect(excerpt(statement({query}))).toBe(words));
});

describe('what can be explained', () => {
  it.each([
    ['SELECT 1', 1],
    ['/* web */ with a as (select 1) select * from a', 1],
    ['(SELECT 1) UNION (SELECT 2)', 1],
    ['MERGE INTO a USING b ON true WHEN MATCHED THEN DO NOTHING', 1],
    ['CALL tidy_up()', 0],
    ['REFRESH MATERIALIZED VIEW sums', 0],
    [`SELECT ${'1, '.repeat(7000)}1`, 0],
  ])('%s', (query, count) => expect(explainActions(statement({query}))).toHaveLength(count));
});
