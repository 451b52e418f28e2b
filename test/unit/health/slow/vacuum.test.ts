import {describe, expect, it} from 'vitest';
import {assess} from '../../../../src/core/health/assess.ts';
import type {Reading} from '../../../../src/core/health/parts.ts';
import {GB, look, now, seen, server, settings, table, tables} from './readings.ts';

const database = (name: string, frozenAge: number, multixactAge = 0): Reading => ({
  database: seen({
    counters: {
      commits: 1,
      rollbacks: 0,
      blocksRead: 0,
      blocksHit: 0,
      rowsReturned: 0,
      rowsFetched: 0,
      rowsInserted: 0,
      rowsUpdated: 0,
      rowsDeleted: 0,
      conflicts: 0,
      temporaryFiles: 0,
      temporaryBytes: 0,
      deadlocks: 0,
      sessions: 1,
      sessionsAbandoned: 0,
      sessionsFatal: 0,
      sessionsKilled: 0,
      activeMs: 0,
      idleInTransactionMs: 0,
    },
    databases: [{name, bytes: GB, frozenAge, multixactAge, connections: 1, template: false}],
    checksums: true,
    damaged: [],
  }),
});

describe('transaction numbers that run out', () => {
  it.each([
    ['an age at which autovacuum comes as it should', {frozenAge: 290_000_000}, []],
    ['an age that a large setting allows', {frozenAge: 900_000_000, freezeAt: 1_000_000_000}, []],
    [
      'an age that no setting should allow',
      {frozenAge: 1_610_000_000, freezeAt: 2_000_000_000},
      [
        'error: orders holds transactions that are 1,610,000,000 old, 75 % of the way to a server that takes no more writes',
      ],
    ],
    [
      'an age far beyond the setting',
      {frozenAge: 600_000_000},
      [
        'warning: orders holds transactions that are 600,000,000 old, 28 % of the way to a server that takes no more writes',
      ],
    ],
    [
      'an age from which VACUUM drops everything else',
      {frozenAge: 1_700_000_000},
      [
        'error: orders holds transactions that are 1,700,000,000 old, 79 % of the way to a server that takes no more writes',
      ],
    ],
    [
      'multixacts',
      {multixactAge: 700_000_000},
      [
        'warning: orders holds multixacts that are 700,000,000 old, 33 % of the way to a server that takes no more writes',
      ],
    ],
    [
      'a TOAST table, by the name of its table',
      {
        kind: 'toast' as const,
        schema: 'pg_toast',
        name: 'pg_toast_1',
        main: {schema: 'a', name: 'b'},
        frozenAge: 600_000_000,
      },
      [
        'warning: a.b holds transactions that are 600,000,000 old, 28 % of the way to a server that takes no more writes',
      ],
    ],
  ])('%s', async (_, changes, found) =>
    expect(await look('wraparound-near', [tables([changes])])).toEqual(found),
  );

  it.each([
    ['shop', 1_900_000_000, 0, ['error: The database shop holds transactions that are 1,900,000,000 old']],
    ['other', 400_000_000, 0, []],
    ['other', 600_000_000, 0, ['warning: The database other holds transactions that are 600,000,000 old']],
    ['other', 0, 1_700_000_000, ['error: The database other holds multixacts that are 1,700,000,000 old']],
  ])('database %s of %i and %i', async (name, xids, multixacts, found) =>
    expect(await databaseSays(tables([]), database(name, xids, multixacts))).toEqual(found),
  );

  it('are those of a table, where one of this database is old', async () =>
    expect(await databaseSays(tables([{frozenAge: 1_900_000_000}]), database('shop', 1_900_000_000))).toEqual(
      ['error: orders holds transactions that are 1,900,000,000 old'],
    ));

  it.each([
    [900_000_000, 0, []],
    [1_610_000_000, 0, ['error: The database other holds transactions that are 1,610,000,000 old']],
    [1_000_000_000, 700_000_000, ['warning: The database other holds multixacts that are 700,000,000 old']],
  ])('database of %i and %i, under a large setting', async (xids, multixacts, found) =>
    expect(
      await databaseSays(
        tables([]),
        database('other', xids, multixacts),
        settings({autovacuum_freeze_max_age: '1500000000', autovacuum_multixact_freeze_max_age: '400000000'}),
      ),
    ).toEqual(found),
  );

  async function databaseSays(...parts: readonly Reading[]): Promise<readonly string[]> {
    return (await look('wraparound-near', parts)).map(text => text.replace(/ old,.*$/, ' old'));
  }

  it('lets VACUUM run on the table that a TOAST table belongs to', async () => {
    const {findings} = await assess(
      tables([
        {
          kind: 'toast',
          schema: 'pg_toast',
          name: 'pg_toast_1',
          main: {schema: 'a', name: 'b'},
          frozenAge: 600_000_000,
        },
      ]),
    );
    expect(findings[0]?.actions).toEqual([
      {kind: 'maintain', command: 'vacuum-freeze', object: {schema: 'a', name: 'b'}},
    ]);
  });
});

describe('a temporary table that nobody uses', () => {
  it('is dropped, because VACUUM cannot reach it', async () => {
    const {findings} = await assess(tables([{schema: 'pg_temp_7', name: 'left', frozenAge: 600_000_000}]));
    expect(findings[0]?.actions).toMatchObject([
      {sql: expect.stringContaining('DROP TABLE pg_temp_7."left";')},
    ]);
  });
});

describe('tables that were never analyzed', () => {
  const {lastAnalyze: _, rows: __, ...rest} = table({modifiedSinceAnalyze: 0, live: 0});
  it('are one finding where an upgrade left all of them so', async () => {
    const rows = Array.from({length: 7}, (___, index) => ({
      ...rest,
      oid: index,
      name: `t${index}`,
      modifiedSinceAnalyze: 0,
      live: 0,
    }));
    const reading: Reading = {tables: seen({rows, autovacuum: true})};
    expect(await look('table-never-analyzed', [reading])).toEqual(['warning: 7 tables were never analyzed']);
  });
  it.each([
    [
      'many',
      {modifiedSinceAnalyze: 700_000},
      ['warning: The statistics of orders are old: 700,000 rows changed since'],
    ],
    ['many, a moment ago', {modifiedSinceAnalyze: 700_000, lastAutoanalyze: now - 60_000}, []],
    ['a fifth', {modifiedSinceAnalyze: 200_000}, []],
  ])('have old ones: %s changed', async (___, changes, found) =>
    expect(await look('table-never-analyzed', [tables([changes])])).toEqual(found),
  );
  it('are not those of which a reset of the counters forgot it', async () => {
    const {lastAnalyze: ___, ...forgotten} = table({modifiedSinceAnalyze: 10});
    expect(
      await look('table-never-analyzed', [{tables: seen({rows: [forgotten], autovacuum: true})}]),
    ).toEqual([]);
  });
  it.each([
    ['never', {partitionRows: 50_000}, ['information: The partitioned table p was never analyzed itself']],
    [
      'long ago',
      {partitionRows: 50_000, rows: 20_000, lastAnalyze: now},
      ['information: The statistics of the partitioned table p are old'],
    ],
    ['lately', {partitionRows: 50_000, rows: 49_000, lastAnalyze: now}, []],
    ['never, with few rows', {partitionRows: 500}, []],
  ])('partitioned: %s', async (___, changes, found) => {
    const partitioned = [{schema: 'public', name: 'p', partitions: 3, modifiedSinceAnalyze: 0, ...changes}];
    expect(await look('table-never-analyzed', [tables([], {partitioned})])).toEqual(found);
  });
});

describe('dead rows', () => {
  it.each([
    ['as many as the settings allow', {dead: 350_000}, []],
    ['twice as many', {dead: 410_000}, ['warning: 410,000 rows of orders are dead, 29 % of it']],
    ['few of a table with a low threshold', {dead: 20_000, vacuumAt: 1000}, []],
    ['where autovacuum is off, which another check tells', {dead: 410_000, vacuumAt: undefined}, []],
  ])('%s', async (_, changes, found) => {
    const {vacuumAt, ...row} = table({});
    const given = {vacuumAt, ...changes};
    const reading: Reading = {
      tables: seen({
        rows: [
          {...row, dead: given.dead, ...(given.vacuumAt === undefined ? {} : {vacuumAt: given.vacuumAt})},
        ],
        autovacuum: true,
      }),
    };
    expect(await look('table-dead-rows', [reading])).toEqual(found);
  });

  it('names who holds autovacuum back', async () => {
    const {findings} = await assess({
      ...server(),
      ...tables([{dead: 410_000}]),
      sessions: seen({
        rows: [],
        hidden: 0,
        maxConnections: 100,
        reserved: 3,
        deadlockTimeout: 1000,
        prepared: [{gid: 'transfer-7', owner: 'app', database: 'shop', preparedAt: now, age: 5_000_000}],
      }),
    });
    const [finding] = findings.filter(({check}) => check === 'table-dead-rows');
    expect(finding?.why).toContain(
      'The prepared transaction transfer-7 keeps what died in the last 5,000,000 transactions.',
    );
    expect(finding?.fix).toContain('until then no VACUUM removes them');
  });
});

describe('large tables', () => {
  it.each([
    ['beyond the memory', {bytes: 80 * GB}, 64 * GB, ['information: orders has 80 GB and no partitions']],
    ['within the memory', {bytes: 80 * GB}, 128 * GB, []],
    ['small, beyond a small memory', {bytes: 20 * GB}, 8 * GB, []],
    ['a partition', {bytes: 80 * GB, parent: 'public.p'}, 64 * GB, []],
    ['with unknown memory', {bytes: 200 * GB}, undefined, []],
    [
      'larger than most memories',
      {bytes: 300 * GB},
      undefined,
      ['information: orders has 300 GB and no partitions'],
    ],
  ])('%s', async (_, changes, memory, found) =>
    expect(await look('table-large-unpartitioned', [tables([changes])], memory)).toEqual(found),
  );

  it.each([
    [
      'late',
      {rows: 50_000_000, vacuumAt: 10_000_050, updated: 1_000_000},
      ['information: Autovacuum comes to orders only at 10,000,050 dead rows'],
    ],
    ['soon', {rows: 50_000_000, vacuumAt: 1_000_050, updated: 1_000_000}, []],
    ['only inserted into', {rows: 50_000_000, vacuumAt: 10_000_050}, []],
    ['not so large', {rows: 5_000_000, vacuumAt: 1_000_050, updated: 1_000_000}, []],
  ])('vacuumed %s', async (_, changes, found) =>
    expect(await look('autovacuum-settings-large-table', [tables([changes])])).toEqual(found),
  );

  it.each([
    [
      'many',
      {updated: 100_000, hotUpdated: 10_000},
      ['information: 90 % of the updates of orders write all its indexes'],
    ],
    ['few', {updated: 10_000, hotUpdated: 0}, []],
    ['HOT', {updated: 100_000, hotUpdated: 60_000}, []],
    ['of a small table', {updated: 100_000, hotUpdated: 0, heapBytes: 1000}, []],
  ])('updates: %s', async (_, changes, found) =>
    expect(await look('hot-updates-low', [tables([changes])])).toEqual(found),
  );
});

describe('partitions', () => {
  const two = (changes: Parameters<typeof table>[0]): readonly Parameters<typeof table>[0][] => [
    {oid: 1, name: 'sales_1', parent: 'public.sales', ...changes},
    {oid: 2, name: 'sales_2', parent: 'public.sales', bytes: 2 * GB, options: ['fillfactor=95'], ...changes},
    {oid: 3, name: 'lonely', parent: 'public.other', ...changes},
  ];
  it.each([
    [
      'autovacuum-off',
      {autovacuum: false},
      ['warning: Autovacuum is off for 2 partitions of sales', 'warning: Autovacuum is off for lonely'],
    ],
    [
      'table-dead-rows',
      {dead: 500_000},
      [
        'warning: 1,000,000 rows of 2 partitions of sales are dead, 33 % of it',
        'warning: 500,000 rows of lonely are dead, 33 % of it',
      ],
    ],
    [
      'hot-updates-low',
      {updated: 30_000},
      [
        'information: 100 % of the updates of 2 partitions of sales write all its indexes',
        'information: 100 % of the updates of lonely write all its indexes',
      ],
    ],
    [
      'autovacuum-settings-large-table',
      {rows: 20_000_000, vacuumAt: 4_000_050, updated: 30_000},
      [
        'information: Autovacuum comes to 2 partitions of sales only at 4,000,050 dead rows and more',
        'information: Autovacuum comes to lonely only at 4,000,050 dead rows',
      ],
    ],
  ])('of one table are one finding of %s', async (check, changes, found) => {
    expect(await look(check, [tables(two(changes))])).toEqual(found);
  });

  it('are changed together, and back to what each was', async () => {
    const {findings} = await assess(tables(two({updated: 30_000})));
    const [finding] = findings.filter(({check}) => check === 'hot-updates-low');
    expect(finding?.actions).toMatchObject([
      {
        migrations: [
          {
            up: 'ALTER TABLE public.sales_2 SET (fillfactor = 85);\nALTER TABLE public.sales_1 SET (fillfactor = 85);',
            down: 'ALTER TABLE public.sales_2 SET (fillfactor = 95);\nALTER TABLE public.sales_1 RESET (fillfactor);',
          },
        ],
      },
    ]);
  });
});

describe('a standby', () => {
  it.each([
    ['wraparound-near', {frozenAge: 1_700_000_000}],
    ['autovacuum-off', {autovacuum: false}],
    ['autovacuum-settings-large-table', {rows: 20_000_000, vacuumAt: 4_000_050, updated: 30_000}],
  ])('leaves %s to its primary', async (check, changes) => {
    expect(await look(check, [tables([changes])])).toHaveLength(1);
    expect(await look(check, [tables([changes]), server({standby: true})])).toEqual([]);
  });
});
