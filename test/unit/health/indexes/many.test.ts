import {expect, it} from 'vitest';
import {checks} from '../../../../src/core/health/checks.ts';
import type {ForeignKeyRow} from '../../../../src/core/health/parts/indexes.ts';
import {overlapsOf} from '../../../../src/core/health/indexes/overlap.ts';
import {rollUpIndexes} from '../../../../src/core/health/indexes/roll-up.ts';
import {indexRow, keyOf, now, partOf, tableRow} from '../../../rig/index-rows.ts';

const range = (count: number): readonly number[] => Array.from({length: count}, (_, at) => at);

function foreignKey(oid: number, tableOid: number): ForeignKeyRow {
  const columns = [{column: 9, name: 'c9', type: 'integer', nullable: true}];
  return {
    oid,
    name: `fk${oid}`,
    tableOid,
    columns,
    referencesOid: 1,
    referencesSchema: 'public',
    referencesTable: 'orders',
    referencedColumns: [{column: 1, name: 'c1', type: 'integer', nullable: false}],
    match: 'simple',
    validated: true,
    enforced: true,
    onDelete: 'no-action',
    onUpdate: 'no-action',
  };
}

const own =
  /^(index-(unused|duplicate|redundant|invalid|rarely-used)|foreign-key-(without-index|duplicate))$/;

// What compared each with each would not end within the time that a test has.
it('looks through 50,000 indexes, 20,000 of them of one table, in one go', () => {
  const tables = range(10_001).map(at => tableRow({oid: at + 1, name: `t${at}`}));
  const indexes = range(50_000).map(at =>
    indexRow({
      oid: 100_000 + at,
      name: `i${at}`,
      tableOid: at < 20_000 ? 1 : 2 + (at % 10_000),
      keys: [keyOf(1), keyOf(2 + (at % 7)), keyOf(at)],
    }),
  );
  const foreignKeys = tables.slice(1, 5001).map(({oid}) => foreignKey(200_000 + oid, oid));
  const value = partOf({tables, indexes, foreignKeys});
  const reading = {indexes: {kind: 'seen', value, at: now, serverMs: 0, rows: 0, gaps: []}} as const;
  const found = checks
    .filter(({id}) => own.test(id))
    .map(check => {
      const looked = check.look(reading, {now, part: () => undefined});
      return [check.id, looked.kind === 'looked' ? looked.findings.length : looked.why];
    });
  expect(Object.fromEntries(found)).toEqual({
    'index-unused': 50_000,
    'index-duplicate': 0,
    'index-redundant': 0,
    'index-invalid': 0,
    'index-rarely-used': 0,
    'foreign-key-without-index': 5000,
    'foreign-key-duplicate': 0,
  });
});

it('keeps of 10,000 that are the same the one with most scans', () => {
  const indexes = range(10_000).map(at =>
    indexRow({oid: 100 + at, name: `i${at}`, scans: at === 77 ? 5 : 0}),
  );
  const {duplicates} = overlapsOf(partOf({indexes}));
  expect(duplicates).toHaveLength(9999);
  expect(new Set(duplicates.map(({by}) => by.name))).toEqual(new Set(['i77']));
});

it('adds partitions up through several levels', () => {
  const rows = [
    indexRow({oid: 1, partitioned: true, bytes: 0}),
    indexRow({oid: 2, partitioned: true, bytes: 0, parent: 1}),
    indexRow({oid: 3, parent: 2, bytes: 10, scans: 1, rows: 5, lastScan: 7}),
    indexRow({oid: 4, parent: 1, bytes: 20, scans: 2, rows: 6, lastScan: 9}),
    indexRow({oid: 5, parent: 2, bytes: 30, scans: 3}),
  ];
  expect(
    rollUpIndexes(rows).map(({oid, bytes, scans, rows: entries, lastScan}) => [
      oid,
      bytes,
      scans,
      entries,
      lastScan,
    ]),
  ).toEqual([
    // How many entries the fifth has is not known.
    [1, 60, 6, undefined, 9],
    [2, 40, 4, undefined, 7],
    [3, 10, 1, 5, 7],
    [4, 20, 2, 6, 9],
    [5, 30, 3, undefined, undefined],
  ]);
});
