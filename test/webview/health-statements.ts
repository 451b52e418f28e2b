import type {StatementRow} from '../../src/core/health/parts/statements.ts';
import {GB, at, hour, minute} from './health-units.ts';

export function statement(
  id: string,
  query: string | undefined,
  more: Partial<StatementRow> = {},
): StatementRow {
  return {
    id,
    user: 'shop',
    ...(query === undefined ? {} : {query}),
    calls: 1000,
    totalMs: 2000,
    meanMs: 2,
    minMs: 0.4,
    maxMs: 61,
    deviationMs: 1.2,
    rows: 4000,
    blocksHit: 90_000,
    blocksRead: 1200,
    blocksDirtied: 0,
    blocksWritten: 0,
    temporaryRead: 0,
    temporaryWritten: 0,
    readMs: 120,
    writeMs: 0,
    walBytes: 0,
    walRecords: 0,
    topLevel: true,
    ...more,
  };
}

export const someStatements: readonly StatementRow[] = [
  statement(
    '-8123712893712312',
    'SELECT date_trunc($1, created_at) AS day, sum(total) FROM orders GROUP BY 1 ORDER BY 1',
    {
      user: 'reporting',
      calls: 412,
      totalMs: 61 * minute,
      meanMs: 435,
      minMs: 6020,
      maxMs: 48_120,
      deviationMs: 3912,
      rows: 300_760,
      blocksHit: 812_000,
      blocksRead: 41_800_000,
      temporaryWritten: 812_000,
      temporaryRead: 812_000,
      readMs: 38 * minute,
    },
  ),
  statement(
    '991283712837',
    'SELECT id, status, total\n  FROM orders\n WHERE customer_id = $1\n ORDER BY created_at DESC\n LIMIT $2',
    {
      calls: 18_412_220,
      totalMs: 34 * minute,
      meanMs: 0.111,
      maxMs: 162_000,
      deviationMs: 41,
      rows: 201_000_200,
      blocksHit: 311_000_000,
      blocksRead: 412_000,
    },
  ),
  statement('172387', 'UPDATE carts SET updated_at = now(), items = $1 WHERE id = $2', {
    calls: 2_120_331,
    totalMs: 12 * minute,
    meanMs: 0.34,
    rows: 2_120_331,
    walBytes: 9.2 * GB,
    walRecords: 8_312_110,
    blocksDirtied: 1_300_220,
  }),
  statement('88127', 'INSERT INTO events (kind, payload, created_at) VALUES ($1, $2, $3)', {
    calls: 41_002_118,
    totalMs: 9 * minute,
    meanMs: 0.013,
    rows: 41_002_118,
    walBytes: 31 * GB,
    walRecords: 84_112_000,
  }),
  statement('5512', undefined, {user: 'billing', calls: 312, totalMs: 41_000, meanMs: 131}),
  ...Array.from({length: 40}, (_, index) =>
    statement(String(7000 + index), `SELECT name FROM products WHERE category_id = $1 AND shard = ${index}`, {
      totalMs: 900 - index * 20,
      calls: 400,
    }),
  ),
];

/** The look before, an hour earlier; since then the second statement has become slower. */
export const someStatementsBefore = {
  at: at - hour,
  rows: someStatements.slice(0, 4).map(({id, calls, totalMs}, index) => ({
    id,
    calls: calls - 7200,
    totalMs: totalMs - (index === 1 ? 7200 * 0.9 : 7200 * 0.1),
  })),
};
