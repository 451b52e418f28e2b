import {describe, expect, it} from 'vitest';
import {assess, partOf} from '../../../../src/core/health/assess.ts';
import type {Reading} from '../../../../src/core/health/parts.ts';
import {memoryValue, numberOf} from '../../../../src/core/health/settings/value.ts';
import {preloadStatement} from '../../../../src/core/health/preload.ts';
import {GB, look, MB, seen, server, settings, statements, tables} from './readings.ts';

const kB = (bytes: number): {readonly value: string; readonly unit: string} => ({
  value: String(bytes / 1024),
  unit: 'kB',
});
const pages = (bytes: number): {readonly value: string; readonly unit: string; readonly context: string} => ({
  value: String(bytes / 8192),
  unit: '8kB',
  context: 'postmaster',
});
const data = (bytes: number): Reading => server({databaseBytes: bytes});

describe('settings against the memory', () => {
  it.each([
    ['a quarter', 16 * GB, 500 * GB, 64 * GB, []],
    [
      'far less than a quarter, with much data',
      128 * MB,
      500 * GB,
      64 * GB,
      ['information: shared_buffers is 0.2 % of the memory'],
    ],
    ['far less, with data that fit', 2 * GB, GB, 64 * GB, []],
    ['far less, with little data', 128 * MB, 500 * MB, 64 * GB, []],
    ['far more', 40 * GB, 500 * GB, 64 * GB, ['information: shared_buffers is 63 % of the memory']],
    ['a small machine', 64 * MB, 2 * GB, 512 * MB, []],
    [
      'as initdb made it, for unknown memory',
      128 * MB,
      2 * GB,
      undefined,
      ['information: shared_buffers is 16384, as initdb made it, for 2 GB of data'],
    ],
    ['raised, for unknown memory', 4 * GB, 500 * GB, undefined, []],
  ])('shared_buffers: %s', async (_, buffers, bytes, memory, found) =>
    expect(
      await look('shared-buffers', [data(bytes), settings({shared_buffers: pages(buffers)})], memory),
    ).toEqual(found),
  );

  it.each([
    ['of the default', 4 * MB, '100', 8 * GB, []],
    ['of the default, on a small machine', 4 * MB, '100', 2 * GB + 256 * MB, []],
    ['that fits', 32 * MB, '100', 8 * GB, []],
    [
      'that does not fit',
      128 * MB,
      '100',
      8 * GB,
      ['warning: 100 connections with 131072 of work_mem each can take 13 GB'],
    ],
    ['with unknown memory', 128 * MB, '100', undefined, []],
    [
      'for hundreds, with unknown memory',
      256 * MB,
      '400',
      undefined,
      ['information: 400 connections with 262144 of work_mem each can take 100 GB'],
    ],
  ])('work_mem %s', async (_, each, connections, memory, found) =>
    expect(
      await look(
        'work-mem-risk',
        [
          settings({
            work_mem: kB(each),
            max_connections: connections,
            shared_buffers: pages(2 * GB),
            hash_mem_multiplier: '2',
          }),
        ],
        memory,
      ),
    ).toEqual(found),
  );

  it.each([
    [
      'the default and a large table',
      {maintenance_work_mem: kB(64 * MB)},
      50 * GB,
      64 * GB,
      ['information: maintenance_work_mem is 65536 with a table of 50 GB'],
    ],
    ['the default and small tables', {maintenance_work_mem: kB(64 * MB)}, GB, 64 * GB, []],
    ['the default on a small machine', {maintenance_work_mem: kB(64 * MB)}, 50 * GB, GB, []],
    ['unknown memory', {maintenance_work_mem: kB(64 * MB)}, 50 * GB, undefined, []],
    [
      'much for each worker',
      {
        maintenance_work_mem: kB(8 * GB),
        autovacuum_work_mem: {value: '-1', unit: 'kB'},
        autovacuum_max_workers: '3',
      },
      GB,
      64 * GB,
      ['warning: Autovacuum can take 24 GB, 38 % of the memory'],
    ],
    [
      'much, and less for autovacuum',
      {maintenance_work_mem: kB(8 * GB), autovacuum_work_mem: kB(GB), autovacuum_max_workers: '3'},
      GB,
      64 * GB,
      [],
    ],
  ])('maintenance_work_mem: %s', async (_, changes, bytes, memory, found) =>
    expect(await look('maintenance-work-mem', [settings(changes), tables([{bytes}])], memory)).toEqual(found),
  );

  it.each([
    [
      'the default on a large machine',
      4 * GB,
      500 * GB,
      64 * GB,
      ['information: effective_cache_size is 6 % of the memory'],
    ],
    ['more than the data', 4 * GB, 2 * GB, 64 * GB, []],
    ['three quarters', 48 * GB, 500 * GB, 64 * GB, []],
    [
      'more than the memory',
      96 * GB,
      2 * GB,
      64 * GB,
      ['information: effective_cache_size is 150 % of the memory'],
    ],
    ['unknown memory', 4 * GB, 500 * GB, undefined, []],
  ])('effective_cache_size: %s', async (_, size, bytes, memory, found) =>
    expect(
      await look(
        'effective-cache-size',
        [data(bytes), settings({effective_cache_size: pages(size)})],
        memory,
      ),
    ).toEqual(found),
  );

  it.each([
    ['few', '100', 8 * GB, []],
    ['as initdb makes it, on a small machine', '100', GB, []],
    ['more than the machine holds', '500', 8 * GB, ['warning: max_connections is 500']],
    ['many on a large machine', '800', 256 * GB, ['information: max_connections is 800']],
    ['many with unknown memory', '800', undefined, ['information: max_connections is 800']],
  ])('max_connections: %s', async (_, limit, memory, found) =>
    expect(await look('max-connections-high', [settings({max_connections: limit})], memory)).toEqual(found),
  );
});

describe('settings against what was measured', () => {
  const disk = {random_page_cost: '4', seq_page_cost: '1'};
  const read = (ms: number): Reading =>
    statements([{blocksRead: 100_000, readMs: ms * 100_000}], {ioTiming: true});
  it.each([
    [
      'a fast disk',
      [settings(disk), read(0.1)],
      ['information: random_page_cost is 4, which is for rotating disks'],
    ],
    ['a slow disk', [settings(disk), read(6), data(500 * GB)], []],
    [
      'nothing measured, much data',
      [settings(disk), data(500 * GB)],
      ['information: random_page_cost is 4, which is for rotating disks'],
    ],
    ['nothing measured, little data', [settings(disk), data(GB)], []],
    ['set for an SSD', [settings({random_page_cost: '1.1'}), read(0.1)], []],
    ['both lowered for a cache', [settings({random_page_cost: '0.1', seq_page_cost: '0.1'}), read(0.1)], []],
  ])('random_page_cost: %s', async (_, readings, found) =>
    expect(await look('random-page-cost', readings)).toEqual(found),
  );

  it.each([
    [
      'hurts',
      {jitMs: 40_000, totalMs: 100_000},
      'on',
      ['information: Compiling took 40 % of the time of 1 statement'],
    ],
    ['is worth it', {jitMs: 10_000, totalMs: 100_000}, 'on', []],
    ['hurts, in all little', {jitMs: 400, totalMs: 1000}, 'on', []],
    ['is off', {jitMs: 40_000, totalMs: 100_000}, 'off', []],
    ['is not counted', {totalMs: 100_000}, 'on', []],
  ])('jit %s', async (_, row, jit, found) =>
    expect(await look('jit', [settings({jit}), statements([row])])).toEqual(found),
  );
});

describe('timeouts', () => {
  const name = 'idle_in_transaction_session_timeout';
  const off: Readonly<Record<string, {readonly value: string; readonly unit: string}>> = {
    [name]: {value: '0', unit: 'ms'},
  };
  it.each([
    ['off', settings(off), 1],
    ['on', settings({[name]: {value: '60000', unit: 'ms'}}), 0],
    [
      'replaced by that of transactions',
      settings({...off, transaction_timeout: {value: '60000', unit: 'ms'}}),
      0,
    ],
  ])('for what is idle: %s', async (_, reading, count) =>
    expect(await look('idle-in-transaction-timeout-off', [reading])).toHaveLength(count),
  );

  it('for what is idle: given to roles', async () => {
    const part = partOf(settings(off), 'settings');
    if (part === undefined) expect.fail();
    const reading = {settings: seen({...part, overrides: [{name, value: '10s', role: 'app', here: false}]})};
    expect(await look('idle-in-transaction-timeout-off', [reading])).toEqual([]);
  });
});

describe('how a setting is changed', () => {
  it.each([
    [
      'a reload',
      {},
      'It takes a reload, and no restart.',
      ["ALTER SYSTEM SET fsync = 'on';\nSELECT pg_reload_conf();"],
    ],
    [
      'a restart',
      {context: 'postmaster'},
      'It takes a restart.',
      ["ALTER SYSTEM SET fsync = 'on';\n-- Then restart the server."],
    ],
    [
      'a managed service',
      {alterable: false},
      'set it where your provider has its settings',
      ["ALTER SYSTEM SET fsync = 'on';\nSELECT pg_reload_conf();"],
    ],
    ['the command line', {source: 'command line'}, 'which wins over ALTER SYSTEM', []],
    ['a role', {source: 'user'}, 'ALTER ROLE or ALTER DATABASE gives it to this role', []],
    ['the build', {context: 'internal'}, 'fixed when the server is built or initdb runs', []],
  ])('with %s', async (_, changes, words, statements) => {
    const {findings} = await assess({...server(), ...settings({fsync: {value: 'off', ...changes}})});
    const [finding] = findings.filter(({check}) => check === 'fsync-off');
    expect(finding?.fix).toContain(words);
    expect(finding?.actions.map(action => (action.kind === 'show-sql' ? action.sql : action.kind))).toEqual(
      statements,
    );
  });

  it.each([
    [undefined, "ALTER SYSTEM SET shared_preload_libraries = 'lib';"],
    ['', "ALTER SYSTEM SET shared_preload_libraries = 'lib';"],
    ['a, "b-c",lib', "ALTER SYSTEM SET shared_preload_libraries = 'a', 'b-c', 'lib';"],
  ])('for libraries %s', (now, statement) => expect(preloadStatement('lib', now)).toBe(statement));

  it.each([
    [{value: '16384', unit: '8kB'}, 128 * MB],
    [{value: '64', unit: 'MB'}, 64 * MB],
    [{value: '5', unit: 'min'}, 300_000],
    [{value: '-1', unit: 'kB'}, -1],
    [{value: '0.9'}, 0.9],
    [{value: 'on'}, undefined],
  ])('reads %o', (row, number) => {
    const part = partOf(settings({x: row}), 'settings');
    expect(part && numberOf(part, 'x')).toBe(number);
  });

  it.each([
    [4 * GB, '4GB'],
    [1.5 * GB, '1536MB'],
    [100, '1MB'],
  ])('writes %i bytes as %s', (bytes, text) => expect(memoryValue(bytes)).toBe(text));
});

describe('extension that counts statements', () => {
  const rows = (...names: readonly string[]): Reading => ({
    extensions: seen({
      rows: names.map(name => ({name, schema: 'public', installed: '1.0'})),
      absent: names.length === 0 ? ['pg_stat_statements'] : [],
    }),
  });
  const loaded = {'pg_stat_statements.max': '5000'};
  it.each([
    ['there', [rows('pg_stat_statements'), settings(loaded)], []],
    [
      'loaded only',
      [rows(), settings(loaded)],
      ['information: pg_stat_statements is loaded, and not installed in this database'],
    ],
    [
      'installed only',
      [rows('pg_stat_statements'), settings({})],
      ['information: The server does not load pg_stat_statements'],
    ],
    ['absent', [rows(), settings({})], ['information: The server does not load pg_stat_statements']],
    [
      'without ids',
      [rows('pg_stat_statements'), settings({...loaded, compute_query_id: 'off'})],
      ['information: pg_stat_statements counts nothing, because compute_query_id is off'],
    ],
  ])('%s', async (_, readings, found) =>
    expect(await look('statements-extension-missing', readings)).toEqual(found),
  );
});
