import {describe, expect, it} from 'vitest';
import {maintenanceSql, phaseWords, type MaintenanceRequest} from '../../../src/core/health/maintenance.ts';
import type {ProgressRow} from '../../../src/core/health/parts/progress.ts';

const object = {schema: 'public', name: 'orders'};

describe('a maintenance command', () => {
  it.each<readonly [MaintenanceRequest, string]>([
    [{command: 'vacuum', object}, 'VACUUM (ANALYZE) public.orders'],
    [{command: 'vacuum'}, 'VACUUM (ANALYZE)'],
    [{command: 'vacuum-freeze', object}, 'VACUUM (FREEZE) public.orders'],
    [{command: 'analyze', object}, 'ANALYZE public.orders'],
    [{command: 'reindex', object}, 'REINDEX INDEX CONCURRENTLY public.orders'],
    [{command: 'reindex-table', object}, 'REINDEX TABLE CONCURRENTLY public.orders'],
    [{command: 'checkpoint'}, 'CHECKPOINT'],
    [{command: 'analyze', object: {schema: 'My "S"', name: 'a; DROP'}}, 'ANALYZE "My ""S"""."a; DROP"'],
    [{command: 'analyze', object: {schema: 'user', name: 'Order'}}, 'ANALYZE "user"."Order"'],
  ])('%j is %s', (request, sql) => {
    expect(maintenanceSql(request)).toBe(sql);
  });
});

describe('how far it is', () => {
  const row: ProgressRow = {pid: 1, command: 'vacuum', title: 'VACUUM', phase: 'scanning heap'};
  it.each<readonly [ProgressRow | undefined, ReturnType<typeof phaseWords>]>([
    [undefined, {phase: 'running'}],
    [row, {phase: 'scanning heap'}],
    [
      {...row, done: 25, total: 100},
      {phase: 'scanning heap', share: 0.25},
    ],
    [{...row, done: 0, total: 0}, {phase: 'scanning heap'}],
    [
      {...row, done: 120, total: 100},
      {phase: 'scanning heap', share: 1},
    ],
  ])('of %j', (progress, words) => {
    expect(phaseWords(progress)).toEqual(words);
  });
});
