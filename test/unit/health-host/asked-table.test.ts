import {describe, expect, it} from 'vitest';
import {wantedIn, type AskedTable} from '../../../src/editor/health/indexes/asked-table.ts';
import type {WantedRows} from '../../../src/protocol/index-panel.ts';
import {indexRow, partOf, tableRow} from '../../rig/index-rows.ts';

describe('the table that the panel is opened for', () => {
  const part = partOf({
    tables: [
      tableRow({oid: 1}),
      tableRow({oid: 2, schema: 'archive'}),
      tableRow({oid: 3, name: 'plain'}),
      tableRow({oid: 4, name: 'lines'}),
    ],
    indexes: [
      indexRow({oid: 10}),
      indexRow({oid: 20, tableOid: 2, schema: 'archive'}),
      indexRow({oid: 40, name: 'lines_idx', tableOid: 4, table: 'lines'}),
    ],
  });
  const orders = {schema: 'public', name: 'orders'};

  it.each<[string, AskedTable, WantedRows | undefined]>([
    ['a table', orders, {table: 1, leastUsedFirst: false}],
    ['a table of that schema', {...orders, schema: 'archive'}, {table: 2, leastUsedFirst: false}],
    ['a table without an index', {schema: 'public', name: 'plain'}, {table: 3, leastUsedFirst: false}],
    ['one index of it', {...orders, index: 'orders_idx'}, {table: 1, index: 10, leastUsedFirst: false}],
    ['no index of another table', {...orders, index: 'lines_idx'}, {table: 1, leastUsedFirst: false}],
    ['its least used first', {...orders, leastUsedFirst: true}, {table: 1, leastUsedFirst: true}],
    ['nothing that is not there', {schema: 'public', name: 'gone'}, undefined],
  ])('is %s', (_, asked, wanted) => {
    expect(wantedIn(part, asked)).toEqual(wanted);
  });
});
