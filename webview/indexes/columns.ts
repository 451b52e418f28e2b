import {formatAge, formatBytes} from '../../src/core/catalog/format.ts';
import type {IndexRow} from '../../src/core/health/parts/indexes.ts';
import {element, type Child} from '../ui/element.ts';
import type {GridColumn} from '../ui/grid.ts';
import {icon} from '../ui/icon.ts';
import {sparkline} from '../ui/sparkline.ts';
import {gravest} from './model.ts';
import {ranksOf} from './ranks.ts';
import {servicesOf} from './serves.ts';
import type {Listing} from './store.ts';
import {severityIcons} from './severity.ts';
import * as words from './words.ts';

/** A column that can be written into a file as well. */
export interface IndexColumn extends GridColumn<IndexRow> {
  /** What the cell says, without its pictures. */
  readonly text: (row: IndexRow) => string;
  /** Not shown unless the user asks for it. */
  readonly extra?: boolean;
}

interface ColumnContext {
  readonly listing: () => Listing;
  readonly now: () => number;
}

/** Columns that tell something from a version on, or while samples are taken. */
export const columnIds = {lastScan: 'lastScan', rate: 'rate'} as const;

export function columnsFor(context: ColumnContext): readonly IndexColumn[] {
  const all = [...naming(context), ...using(context), ...making(context)];
  return order.flatMap(id => all.find(column => column.id === id) ?? []);
}

/** What decides about an index stands first: a narrow panel shows no more. */
const order = [
  'name',
  'table',
  'serves',
  'definition',
  'size',
  'scans',
  'rate',
  'lastScan',
  'bloat',
  'read',
  'fetched',
  'state',
  'rows',
  'writes',
  'hit',
  'method',
];

/** A figure: its bar is that part of the largest one. */
interface FigureOptions {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly width: number;
  readonly value: (row: IndexRow) => number | undefined;
  readonly text: (value: number, row: IndexRow) => string;
  readonly title?: (row: IndexRow) => string | undefined;
  /** Between 0 and 1. */
  readonly bar?: (row: IndexRow) => number;
  readonly extra?: boolean;
}

function figureColumn({text, bar, title, ...rest}: FigureOptions): IndexColumn {
  const written = (row: IndexRow): string => {
    const value = rest.value(row);
    return value === undefined ? '' : text(value, row);
  };
  return {
    ...rest,
    align: 'end',
    text: written,
    cell: row => (bar ? [barOf(bar(row)), element('span', {class: 'over-bar'}, written(row))] : written(row)),
    ...(title ? {title} : {}),
  };
}

function barOf(share: number): Child {
  if (share <= 0) return undefined;
  const bar = element('span', {class: 'cell-bar', 'aria-hidden': 'true'});
  bar.style.setProperty('inline-size', `${Math.min(1, share) * 100}%`);
  return bar;
}

/** Words, sorted by rank; the ranks are made when they are first asked for. */
function wordColumn(
  {listing}: ColumnContext,
  column: Omit<IndexColumn, 'value' | 'cell'> & Partial<Pick<IndexColumn, 'cell'>>,
): IndexColumn {
  let known: {readonly rows: readonly IndexRow[]; readonly rank: (row: IndexRow) => number | undefined};
  return {
    cell: column.text,
    ...column,
    value: row => {
      const {rows} = listing();
      if (known?.rows !== rows) known = {rows, rank: ranksOf(rows, column.text)};
      return known.rank(row);
    },
  };
}

function naming(context: ColumnContext): readonly IndexColumn[] {
  const {listing} = context;
  const servicesIn = (row: IndexRow): ReturnType<typeof servicesOf> =>
    servicesOf(row, listing().supports.get(row.oid) ?? []);
  return [
    wordColumn(context, {
      id: 'name',
      label: 'Index',
      width: 190,
      grow: true,
      text: ({name}) => name,
      title: ({schema, name}) => `${schema}.${name}`,
      cell: row => {
        const {findings, found} = listing();
        const severity = gravest(findings, found.byIndex.get(row.oid));
        const sign =
          severity &&
          element(
            'span',
            {class: `sign severity-${severity}`},
            icon(severityIcons[severity], words.severityNames[severity]),
          );
        return [sign, element('span', {class: 'index-name'}, row.name)];
      },
    }),
    wordColumn(context, {
      id: 'table',
      label: 'Table',
      width: 112,
      text: words.tableName,
      title: ({schema, table}) => `${schema}.${table}`,
    }),
    wordColumn(context, {
      id: 'serves',
      label: 'Serves',
      hint: 'What it is needed for, besides queries that it makes fast',
      width: 136,
      text: row =>
        servicesIn(row)
          .map(({text}) => text)
          .join(', '),
      title: row =>
        servicesIn(row)
          .map(({more}) => more)
          .join(' '),
      cell: row =>
        servicesIn(row).map(({icon: name, text, id}) =>
          element('span', {class: `service service-${id}`}, icon(name), text),
        ),
    }),
    wordColumn(context, {
      id: 'definition',
      label: 'Definition',
      hint: 'Keys, columns of INCLUDE, and the condition',
      width: 176,
      text: words.shape,
      title: words.shape,
      cell: row => element('code', {}, words.shape(row)),
    }),
  ];
}

function using({listing, now}: ColumnContext): readonly IndexColumn[] {
  const series = (): Listing['series'] => listing().series;
  return [
    figureColumn({
      id: 'scans',
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
      width: 124,
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
    figureColumn({
      id: columnIds.lastScan,
      label: 'Last use',
      hint: 'When it was scanned last; from PostgreSQL 16',
      width: 76,
      value: ({lastScan}) => lastScan,
      text: at => formatAge(new Date(at), new Date(now())),
      title: ({lastScan}) =>
        lastScan === undefined ? 'Not scanned since the counters began' : words.when(lastScan, now()),
    }),
    figureColumn({
      id: 'hit',
      label: 'Cache hit',
      hint: 'Share of its blocks that were found in shared buffers',
      width: 84,
      extra: true,
      value: hitShare,
      text: words.percent,
    }),
  ];
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

function making(context: ColumnContext): readonly IndexColumn[] {
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
      extra: true,
      value: ({rows}) => rows,
      text: words.figure,
    }),
    figureColumn({
      id: 'writes',
      label: 'Writes',
      hint: 'Rows of the table that were inserted, updated past HOT, or deleted: what the index costs',
      width: 92,
      extra: true,
      value: ({tableOid}) => words.writesOf(listing().tables.get(tableOid)),
      text: words.figure,
    }),
    wordColumn(context, {
      id: 'method',
      label: 'Method',
      width: 74,
      extra: true,
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
