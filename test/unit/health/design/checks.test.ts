import {describe, expect, it} from 'vitest';
import type {Check, CheckContext} from '../../../../src/core/health/check.ts';
import {check as neverNull} from '../../../../src/core/health/checks/column-never-null.ts';
import {check as indexBloated} from '../../../../src/core/health/checks/index-bloated.ts';
import {check as integerKey} from '../../../../src/core/health/checks/integer-key-exhausted.ts';
import {check as seqScans} from '../../../../src/core/health/checks/seq-scans-want-index.ts';
import {check as sequenceExhausted} from '../../../../src/core/health/checks/sequence-exhausted.ts';
import {check as tableBloated} from '../../../../src/core/health/checks/table-bloated.ts';
import {notNullMigrations} from '../../../../src/core/health/design/not-null.ts';
import type {HealthFinding} from '../../../../src/core/health/finding.ts';
import type {DesignPart, SequenceRow, SmallKey} from '../../../../src/core/health/parts/design.ts';
import type {Bloat, IndexesPart, IndexRow} from '../../../../src/core/health/parts/indexes.ts';
import type {Reading} from '../../../../src/core/health/parts.ts';
import type {StatementRow} from '../../../../src/core/health/parts/statements.ts';
import type {TableRow} from '../../../../src/core/health/parts/tables.ts';
import {indexRow, partOf, tableRow} from '../../../rig/index-rows.ts';

const now = Date.UTC(2026, 10, 21);
const day = 86_400_000;
const gb = 1024 ** 3;

function seen<T>(value: T): {
  readonly kind: 'seen';
  value: T;
  at: number;
  serverMs: number;
  rows: number;
  gaps: readonly string[];
} {
  return {kind: 'seen', value, at: now, serverMs: 0, rows: 0, gaps: []};
}

function look(check: Check, reading: Reading): readonly HealthFinding[] {
  const context: CheckContext = {
    now,
    part: name => {
      const part = reading[name];
      return part?.kind === 'seen' ? part.value : undefined;
    },
  };
  const looked = check.look(reading, context);
  if (looked.kind !== 'looked') expect.fail(looked.why);
  return looked.findings;
}

const design = (change: Partial<DesignPart>): Reading => ({
  design: seen({
    sequences: [],
    withoutKey: [],
    unvalidated: [],
    nullable: [],
    smallKeys: [],
    checkedTogether: [],
    ...change,
  }),
});

const sequence = (change: Partial<SequenceRow>): SequenceRow => ({
  schema: 'public',
  name: 'ids',
  type: 'integer',
  min: 1,
  max: 2_147_483_647,
  increment: 1,
  cycle: false,
  ...change,
});
const column = {schema: 'public', table: 'orders', name: 'id', type: 'integer', identity: false};

describe('a sequence', () => {
  it.each([
    ['never asked', {}, undefined],
    ['hidden', {hidden: 'rights'}, undefined],
    ['below three quarters', {last: 1_600_000_000}, undefined],
    ['from three quarters on', {last: 1_620_000_000}, 'warning'],
    ['from nine tenths on', {last: 1_940_000_000}, 'error'],
    ['at its end', {last: 2_147_483_647}, 'error'],
    ['that begins again', {last: 2_147_483_647, cycle: true}, undefined],
    ['whose column is smaller', {last: 32_000, cycle: true, column: {...column, type: 'smallint'}}, 'error'],
    ['downwards', {min: -2_147_483_648, max: -1, increment: -1, last: -2_000_000_000}, 'error'],
    ['downwards, at its beginning', {min: -2_147_483_648, max: -1, increment: -1, last: -1}, undefined],
    [
      'downwards into a smaller column',
      {min: -2_147_483_648, max: -1, increment: -1, last: -30_000, column: {...column, type: 'smallint'}},
      'error',
    ],
    ['of bigint with a bound', {type: 'bigint', max: 1000, last: 980}, 'error'],
    ['of a numeric column', {last: 2_000_000_000, column: {...column, type: 'numeric'}}, 'error'],
  ] as const)('%s', (_, change, severity) => {
    const [finding] = look(sequenceExhausted, design({sequences: [sequence(change)]}));
    expect(finding?.severity).toBe(severity);
  });

  it('counts what is left by its increment', () => {
    const [finding] = look(
      sequenceExhausted,
      design({sequences: [sequence({last: 2_147_483_547, increment: 10})]}),
    );
    expect(finding?.why).toContain('so 10 are left');
  });
});

describe('an integer key', () => {
  const key: SmallKey = {
    schema: 'public',
    table: 'orders',
    tableOid: 1,
    name: 'id',
    type: 'integer',
    smallest: 1,
    largest: 2_000_000_000,
  };
  const other = {schema: 'public', table: 'customers', name: 'id'};
  it.each([
    ['that is nearly full', {}, 'error'],
    ['spread as hashes are', {smallest: -2_000_000_000}, undefined],
    ['of smallint', {type: 'smallint', largest: 25_000}, 'warning'],
    ['that mirrors another of its type', {references: {...other, type: 'integer'}}, undefined],
    ['that refers to a larger one', {references: {...other, type: 'bigint'}}, 'error'],
  ] as const)('%s', (_, change, severity) => {
    const [finding] = look(integerKey, design({smallKeys: [{...key, ...change}]}));
    expect(finding?.severity).toBe(severity);
  });
});

const index = indexRow({
  name: 'orders_pkey',
  keys: [{text: 'id', column: 1, descending: false, nullsFirst: false}],
  bytes: 2 * gb,
  scans: 1,
});
const orders = tableRow({bytes: 100 * 1024 * 1024, seqScans: 20_000, seqRows: 20_000_000_000});
const indexes = (change: Partial<IndexesPart>): Reading => ({
  indexes: seen(partOf({indexes: [index], tables: [orders], since: now - 10 * day, ...change})),
});
const bloat = (bytes: number, share: number): Bloat => ({bytes, share, method: 'statistics'});

describe('bloat of an index', () => {
  it.each([
    ['half of it, and small', {bloat: bloat(5_000_000, 0.6)}, undefined],
    ['less than half', {bloat: bloat(gb, 0.45)}, undefined],
    ['some megabytes', {bloat: bloat(20_000_000, 0.6)}, 'information'],
    ['a gigabyte', {bloat: bloat(gb, 0.6)}, 'warning'],
    ['nobody knows', {}, undefined],
  ] as const)('%s', (_, change, severity) => {
    const [finding] = look(indexBloated, indexes({indexes: [{...index, ...change}]}));
    expect(finding?.severity).toBe(severity);
  });

  it('is rebuilt concurrently, but for an exclusion constraint', () => {
    const constraint = {name: 'orders_excl', kind: 'exclusion' as const, deferrable: false};
    const of = (change: Partial<IndexRow>): readonly HealthFinding['actions'][number]['kind'][] =>
      look(indexBloated, indexes({indexes: [{...index, bloat: bloat(gb, 0.6), ...change}]})).flatMap(
        ({actions}) => actions.map(({kind}) => kind),
      );
    expect(of({})).toEqual(['maintain']);
    expect(of({constraint})).toEqual(['migration']);
  });

  it('is measured where pgstattuple is installed', () => {
    const extensions = seen({
      rows: [{name: 'pgstattuple', schema: 'tools', installed: '1.5'}],
      absent: [],
    });
    const reading = {...indexes({indexes: [{...index, bloat: bloat(gb, 0.6)}]}), extensions};
    const [finding] = look(indexBloated, reading);
    expect(finding?.actions[1]).toMatchObject({
      kind: 'show-sql',
      sql: `SELECT * FROM tools.pgstatindex('public.orders_pkey');`,
    });
  });
});

describe('bloat of a table', () => {
  const table: TableRow = {
    oid: 1,
    schema: 'public',
    name: 'orders',
    kind: 'table',
    bytes: 3 * gb,
    heapBytes: 2 * gb,
    indexBytes: gb,
    toastBytes: 0,
    live: 1000,
    dead: 0,
    modifiedSinceAnalyze: 0,
    insertedSinceVacuum: 0,
    seqScans: 0,
    seqRows: 0,
    indexScans: 0,
    inserted: 0,
    updated: 0,
    hotUpdated: 0,
    deleted: 0,
    frozenAge: 0,
    multixactAge: 0,
    freezeAt: 200_000_000,
    multixactFreezeAt: 400_000_000,
    autovacuum: true,
    fillfactor: 100,
    blocksRead: 0,
    blocksHit: 0,
  };
  const tables = (change: Partial<TableRow>): Reading => ({
    tables: seen({rows: [{...table, ...change}], partitioned: [], autovacuum: true}),
  });
  it.each([
    ['below half', {bloat: bloat(gb, 0.49)}, undefined, []],
    ['a small one', {bloat: bloat(10_000_000, 0.9)}, undefined, []],
    ['a large one', {bloat: bloat(gb, 0.5)}, 'warning', ['show-sql']],
    ['with dead rows', {bloat: bloat(100_000_000, 0.5), dead: 500}, 'information', ['maintain', 'show-sql']],
  ] as const)('%s', (_, change, severity, actions) => {
    const [finding] = look(tableBloated, tables(change));
    expect(finding?.severity).toBe(severity);
    expect((finding?.actions ?? []).map(({kind}) => kind)).toEqual(actions);
  });
});

describe('sequential scans', () => {
  const statement: StatementRow = {
    id: '1',
    user: 'app',
    query: 'SELECT * FROM orders WHERE customer_id = $1',
    calls: 20_000,
    totalMs: 1_000_000,
    meanMs: 50,
    minMs: 1,
    maxMs: 90,
    deviationMs: 1,
    rows: 60_000,
    blocksHit: 20_000 * 12_800,
    blocksRead: 0,
    blocksDirtied: 0,
    blocksWritten: 0,
    temporaryRead: 0,
    temporaryWritten: 0,
    walBytes: 0,
    walRecords: 0,
    topLevel: true,
  };
  const statements = (change: Partial<StatementRow>, totalMs = 2_000_000): Reading => ({
    statements: seen({
      rows: [{...statement, ...change}],
      totals: {statements: 1, calls: 1, totalMs},
      extensionVersion: '1.10',
      max: 5000,
      ioTiming: false,
    }),
  });

  it.each([
    ['often', {}, {}, 'warning'],
    ['often, in little of the time', {}, {totalMs: 10_000}, 'information'],
    ['of a small table', {tables: [{...orders, bytes: 100_000}]}, {}, undefined],
    ['of few rows', {tables: [{...orders, rows: 5000}]}, {}, undefined],
    ['rarely', {tables: [{...orders, seqRows: 500_000_000}]}, {}, undefined],
    ['of a partition, which its parent tells', {tables: [{...orders, parent: 5}]}, {}, undefined],
    ['with young counters', {since: now - day + 1}, {}, undefined],
    ['with counters of unknown age', {since: now}, {}, undefined],
    ['while nothing counts', {countersOff: true}, {}, undefined],
    ['because all rows are wanted', {}, {query: 'SELECT * FROM orders', rows: 20_000_000_000}, undefined],
    ['because most rows are wanted', {}, {rows: 20_000 * 500_000}, undefined],
    [
      'to sum up what is not comparable',
      {},
      {query: 'SELECT count(*) FROM orders WHERE note LIKE $1'},
      undefined,
    ],
    ['to sum up a few', {}, {query: 'SELECT count(*) FROM orders WHERE customer_id = $1'}, 'warning'],
    ['by nobody knows what', {}, {query: 'SELECT * FROM other WHERE id = $1'}, 'information'],
    ['by a text with that name', {}, {query: `SELECT * FROM other WHERE kind = 'orders'`}, 'information'],
    ['by a table of another schema', {}, {query: 'SELECT * FROM old.orders WHERE id = $1'}, 'information'],
  ] as const)('%s', (_, part, change, severity) => {
    const reading = {...indexes(part), ...statements(change)};
    expect(look(seqScans, reading).map(finding => finding.severity)).toEqual(severity ? [severity] : []);
  });

  it('by what may not be seen', () => {
    const {query: _, ...hidden} = statement;
    const {statements: known} = statements({});
    if (known?.kind !== 'seen') expect.fail('there are no statements');
    const reading = {...indexes({}), statements: {...known, value: {...known.value, rows: [hidden]}}};
    expect(look(seqScans, reading).map(({severity}) => severity)).toEqual(['information']);
  });

  it.each([
    [
      'an index that begins with the column',
      [{...index, keys: [{...index.keys[0], text: 'customer_id'}]}],
      {},
      ['explain'],
    ],
    [
      'an expression over the column',
      [{...index, keys: [{...index.keys[0], text: 'abs(customer_id)'}]}],
      {},
      ['explain'],
    ],
    ['an index of another column', [index], {}, ['migration', 'explain']],
    ['a LIMIT', [index], {query: 'SELECT * FROM orders WHERE customer_id = $1 LIMIT 5'}, ['explain']],
    ['a range alone', [index], {query: 'SELECT * FROM orders WHERE at > $1'}, ['explain']],
    ['two percent of the rows', [index], {rows: 20_000 * 20_000}, ['explain']],
  ] as const)('propose columns with care: %s', (_, own, change, actions) => {
    const rows = own.map(each => ({
      ...index,
      ...each,
      keys: each.keys.map(key => ({
        ...index.keys[0],
        ...key,
        text: key.text ?? '',
        descending: false,
        nullsFirst: false,
      })),
    }));
    const [finding] = look(seqScans, {...indexes({indexes: rows}), ...statements(change)});
    expect(finding?.actions.map(({kind}) => kind)).toEqual(actions);
  });
});

it('makes columns NOT NULL in three steps that can be undone', () => {
  const steps = notNullMigrations({schema: 'shop', name: 'Orders'}, ['note', 'Total']);
  expect(steps.map(({up}) => up)).toEqual([
    `ALTER TABLE shop."Orders" ADD CONSTRAINT "Orders_not_null_1" CHECK (note IS NOT NULL) NOT VALID;
ALTER TABLE shop."Orders" ADD CONSTRAINT "Orders_not_null_2" CHECK ("Total" IS NOT NULL) NOT VALID;`,
    `ALTER TABLE shop."Orders" VALIDATE CONSTRAINT "Orders_not_null_1";
ALTER TABLE shop."Orders" VALIDATE CONSTRAINT "Orders_not_null_2";`,
    `ALTER TABLE shop."Orders" ALTER COLUMN note SET NOT NULL;
ALTER TABLE shop."Orders" ALTER COLUMN "Total" SET NOT NULL;
ALTER TABLE shop."Orders" DROP CONSTRAINT "Orders_not_null_1";
ALTER TABLE shop."Orders" DROP CONSTRAINT "Orders_not_null_2";`,
  ]);
});

it('tells of the ten largest tables with columns that could be NOT NULL, and of the others at once', () => {
  const nullable = Array.from({length: 12}, (_, number) => ({
    schema: 'public',
    table: `t${number}`,
    name: 'active',
    rows: 1000 + number,
    reason: 'default' as const,
  }));
  const found = look(neverNull, design({nullable}));
  expect(found.map(({what}) => what)).toEqual([
    ...[11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map(number => `active of t${number} may be NULL and never is`),
    '2 columns of 2 other tables may be NULL and never are',
  ]);
  expect(found.at(-1)?.evidence).toEqual(['They are t1.active and t0.active.']);
});
