import {formatAge, formatBytes} from '../../src/core/catalog/format.ts';
import type {IndexedTable, IndexRow} from '../../src/core/health/parts/indexes.ts';
import type {Series} from './series.ts';
import * as words from './words.ts';

export interface Fact {
  readonly name: string;
  readonly text: string;
  readonly title?: string;
}

interface Moments {
  /** When the counters began. */
  readonly since: number | undefined;
  readonly now: number;
}

/** @returns how an index was used, and what it takes */
export function usageFacts(row: IndexRow, series: Series, {since, now}: Moments): readonly Fact[] {
  const blocks = row.blocksHit + row.blocksRead;
  const scans = words.count(series.scansOf(row), 'scan');
  return [
    {name: 'Scans', text: since === undefined ? scans : `${scans} since ${words.date(since)}`},
    {name: 'Entries read', text: words.figure(series.tuplesReadOf(row))},
    {name: 'Rows fetched', text: words.figure(row.tuplesFetched)},
    ...(row.lastScan === undefined
      ? []
      : [
          {
            name: 'Last use',
            text: `${formatAge(new Date(row.lastScan), new Date(now))} ago`,
            title: words.when(row.lastScan, now),
          },
        ]),
    ...(blocks === 0 ? [] : [{name: 'Found in cache', text: words.percent(row.blocksHit / blocks)}]),
    {name: 'Size', text: formatBytes(row.bytes)},
    ...(row.rows === undefined ? [] : [{name: 'Entries', text: `≈ ${words.figure(row.rows)}`}]),
    ...(row.bloat ? [{name: 'Bloat', text: words.bloatWords(row.bloat)}] : []),
    ...(row.options.length === 0 ? [] : [{name: 'Options', text: row.options.join(', ')}]),
  ];
}

/** @returns what the table's counters say of the worth of its indexes */
export function tableFacts(table: IndexedTable): readonly Fact[] {
  const {rows, bytes, inserted, updated, hotUpdated, deleted, seqScans, seqRows, indexScans} = table;
  const hot = updated === 0 ? '' : `, ${words.percent(hotUpdated / updated)} of them HOT`;
  return [
    {name: 'Rows', text: rows === undefined ? 'unknown: never analyzed' : `≈ ${words.figure(rows)}`},
    {name: 'Size', text: formatBytes(bytes)},
    {name: 'Inserted', text: words.figure(inserted)},
    {name: 'Updated', text: `${words.figure(updated)}${hot}`},
    {name: 'Deleted', text: words.figure(deleted)},
    {name: 'Index scans', text: words.figure(indexScans)},
    {
      name: 'Sequential scans',
      text: `${words.figure(seqScans)}, which read ${words.count(seqRows, 'row')}`,
    },
  ];
}
