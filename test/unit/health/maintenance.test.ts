import {describe, expect, it} from 'vitest';
import {
  maintenanceSql,
  phaseWords,
  progressOfSeveral,
  rebuiltWords,
  type MaintenanceProgress,
  type MaintenanceRequest,
} from '../../../src/core/health/maintenance.ts';
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

describe('several, one after the other', () => {
  const index = (name: string): {readonly schema: string; readonly name: string} => ({
    schema: 'public',
    name,
  });
  const rebuild = (name: string): MaintenanceRequest => ({command: 'reindex', object: index(name)});
  const half = {phase: 'building index', share: 0.5};

  it.each<readonly [readonly string[], number, MaintenanceProgress]>([
    [['a'], 0, half],
    [['a', 'b'], 0, {phase: '1 of 2, a: building index', share: 0}],
    [['a', 'b', 'c', 'd'], 3, {phase: '4 of 4, d: building index', share: 0.75}],
  ])('are as far as what is done: %j, %i', (names, done, progress) => {
    expect(progressOfSeveral(names.map(rebuild), done, half)).toEqual(progress);
  });

  it('names the schema of an index that is not in public', () => {
    const requests = [rebuild('a'), {command: 'reindex', object: {schema: 'shop', name: 'b'}}] as const;
    expect(progressOfSeveral(requests, 1, {phase: 'running'}).phase).toBe('2 of 2, shop.b: running');
  });

  it.each<readonly [readonly string[], number, readonly string[]]>([
    [['a', 'b', 'c'], 0, ['Not rebuilt: a.', 'Not begun: b and c.']],
    [['a', 'b', 'c', 'd'], 2, ['Rebuilt: a and b.', 'Not rebuilt: c.', 'Not begun: d.']],
    [['a', 'b'], 1, ['Rebuilt: a.', 'Not rebuilt: b.']],
    [['a', 'b'], 2, ['Rebuilt: a and b.']],
  ])('tell which are rebuilt: %j, %i', (names, done, told) => {
    expect(rebuiltWords(names.map(index), done)).toEqual(told);
  });

  it('tell of very many how many more there are', () => {
    const names = Array.from({length: 50}, (_, at) => index(`i${at}`));
    expect(rebuiltWords(names, 50)).toEqual([expect.stringMatching(/^Rebuilt: i0, .*, i19 and 30 more\.$/)]);
  });
});
