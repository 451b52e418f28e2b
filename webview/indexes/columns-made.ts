import {formatBytes} from '../../src/core/catalog/format.ts';
import type {IndexRow} from '../../src/core/health/parts/indexes.ts';
import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {figureColumn, wordColumn, type ColumnContext, type IndexColumn} from './column-kinds.ts';
import * as words from './words.ts';

/** What an index takes, and what it costs. */
export function madeColumns(context: ColumnContext): readonly IndexColumn[] {
  const {listing} = context;
  return [
    figureColumn({
      id: 'size',
      label: 'Size',
      hint: 'With the bar as part of the largest index',
      width: 92,
      value: ({bytes}) => bytes,
      text: formatBytes,
      bar: ({bytes}) => bytes / Math.max(1, largest(listing().rows)),
    }),
    figureColumn({
      id: 'bloat',
      label: 'Bloat',
      hint: 'Bytes that a rebuild would free, estimated; the bar is their part of the index',
      width: 96,
      value: ({bloat}) => bloat?.bytes,
      text: bytes => `≈ ${formatBytes(bytes)}`,
      bar: ({bloat}) => bloat?.share ?? 0,
      title: ({bloat}) => bloat && words.bloatWords(bloat),
    }),
    wordColumn(context, {
      id: 'state',
      label: 'State',
      hint: 'Whether queries can use it',
      width: 96,
      text: row => words.stateWords(row) || 'Valid',
      cell: row => {
        const state = words.stateWords(row);
        return state === ''
          ? element('span', {class: 'faint'}, 'Valid')
          : element('span', {class: 'invalid'}, icon('warning'), state);
      },
    }),
    figureColumn({
      id: 'rows',
      label: 'Entries',
      hint: 'As of the last VACUUM or ANALYZE',
      width: 92,
      value: ({rows}) => rows,
      text: words.figure,
    }),
    figureColumn({
      id: 'writes',
      label: 'Writes',
      hint: 'Rows of the table that were inserted, updated past HOT, or deleted: what the index costs',
      width: 92,
      value: ({tableOid}) => words.writesOf(listing().tables.get(tableOid)),
      text: words.figure,
    }),
    wordColumn(context, {
      id: 'method',
      label: 'Method',
      width: 74,
      text: ({method}) => method,
    }),
  ];
}

let measured: {readonly rows: readonly IndexRow[]; readonly bytes: number} | undefined;

function largest(rows: readonly IndexRow[]): number {
  if (measured?.rows !== rows)
    measured = {rows, bytes: rows.reduce((most, {bytes}) => Math.max(most, bytes), 0)};
  return measured.bytes;
}
