import {formatAge} from '../../src/core/catalog/format.ts';
import type {IndexRow} from '../../src/core/health/parts/indexes.ts';
import {element, type Child} from '../ui/element.ts';
import {sparkline} from '../ui/sparkline.ts';
import {figureColumn, type ColumnContext, type IndexColumn} from './column-kinds.ts';
import type {Listing} from './store.ts';
import * as words from './words.ts';

/** Columns that tell something from a version on, or while samples are taken. */
export const columnIds = {lastScan: 'lastScan', rate: 'rate', scans: 'scans'} as const;

/** How an index is used. */
export function useColumns({listing, now}: ColumnContext): readonly IndexColumn[] {
  const series = (): Listing['series'] => listing().series;
  return [
    figureColumn({
      id: columnIds.scans,
      label: 'Scans',
      hint: 'Times that it was scanned since the counters began; checks of uniqueness are not scans',
      width: 92,
      value: row => series().scansOf(row),
      text: words.figure,
    }),
    {
      id: columnIds.rate,
      label: 'Scans/s',
      hint: 'Scans in each second, counted while this panel is open',
      width: 130,
      align: 'end',
      value: ({oid}) => series().rateOf(oid),
      text: ({oid}) => {
        const rate = series().rateOf(oid);
        return rate === undefined ? '' : words.perSecond(rate);
      },
      cell: row => rateCell(row, series()),
    },
    figureColumn({
      id: 'read',
      label: 'Read',
      hint: 'Entries of the index that scans returned',
      width: 92,
      value: row => series().tuplesReadOf(row),
      text: words.figure,
    }),
    figureColumn({
      id: 'fetched',
      label: 'Fetched',
      hint: 'Live rows that plain index scans fetched; bitmap and index-only scans are not in it',
      width: 92,
      value: ({tuplesFetched}) => tuplesFetched,
      text: words.figure,
    }),
    {
      id: columnIds.lastScan,
      label: 'Last use',
      hint: 'When it was scanned last; from PostgreSQL 16',
      width: 76,
      align: 'end',
      value: ({lastScan}) => lastScan,
      text: row => lastUse(row, now()),
      cell: row =>
        row.lastScan === undefined
          ? element('span', {class: 'faint'}, lastUse(row, now()))
          : lastUse(row, now()),
      title: ({lastScan}) =>
        lastScan === undefined ? 'Not scanned since the counters began' : words.when(lastScan, now()),
    },
    figureColumn({
      id: 'hit',
      label: 'Cache hit',
      hint: 'Share of its blocks that were found in shared buffers',
      width: 84,
      value: hitShare,
      text: words.percent,
    }),
  ];
}

/** A scan from before the server was upgraded counts, but nobody knows when it was. */
function lastUse({lastScan, scans}: IndexRow, now: number): string {
  if (lastScan !== undefined) return formatAge(new Date(lastScan), new Date(now));
  return scans === 0 ? 'never' : '';
}

function hitShare({blocksHit, blocksRead}: IndexRow): number | undefined {
  const all = blocksHit + blocksRead;
  return all === 0 ? undefined : blocksHit / all;
}

function rateCell({oid, name}: IndexRow, series: Listing['series']): readonly Child[] {
  const rate = series.rateOf(oid);
  if (rate === undefined || !series.range) return [];
  const [from, to] = series.range;
  const points = series.points(oid);
  const curve = sparkline();
  // Where nothing happened, a line at the bottom would only be noise.
  const used = points.some(([, value]) => value !== 0);
  if (used) curve.show({points, from, to, label: words.rateLabel(name, rate)});
  return [used && curve.root, element('span', {class: 'rate'}, words.perSecond(rate))];
}
