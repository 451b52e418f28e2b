import type {StatementRow} from '../../src/core/health/parts/statements.ts';
import {formatBlocks, formatBytes, formatMs} from '../../src/core/explain/words.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {element} from '../ui/element.ts';
import type {GridColumn} from '../ui/grid.ts';
import {shareBar} from '../ui/share-bar.ts';
import {oneLine, percent, short, time} from './format.ts';
import {readAt, seen} from './model.ts';

export interface QueryRow {
  readonly row: StatementRow;
  /** Since the look before; absent where there was none, or the counters were reset. */
  readonly trend?: Trend;
}

export interface Trend {
  readonly callsPerSecond: number;
  /** Mean time of the calls since; absent without one. */
  readonly meanMs?: number;
}

/** @returns the statements with what they did since the look before */
export function trendsOf({reading, statementsBefore}: HealthView): readonly QueryRow[] {
  const rows = seen(reading, 'statements')?.rows ?? [];
  const seconds =
    statementsBefore === undefined ? 0 : (readAt(reading, 'statements') - statementsBefore.at) / 1000;
  const before = new Map(statementsBefore?.rows.map(one => [one.id, one]));
  return rows.map(row => {
    const was = before.get(row.id);
    const calls = row.calls - (was?.calls ?? 0);
    if (was === undefined || seconds <= 0 || calls < 0) return {row};
    const mean = calls === 0 ? {} : {meanMs: Math.max(0, row.totalMs - was.totalMs) / calls};
    return {row, trend: {callsPerSecond: calls / seconds, ...mean}};
  });
}

/** From here on the mean of the last calls is another one than that of all. */
const slower = 1.5;

/** @param total ms of all statements */
export function queryColumns(total: () => number): readonly GridColumn<QueryRow>[] {
  const share = ({row}: QueryRow): number => (total() > 0 ? row.totalMs / total() : 0);
  return [
    {
      id: 'query',
      label: 'Statement',
      width: 300,
      grow: true,
      value: ({row}) => row.query,
      cell: ({row}) => (row.query === undefined ? hidden() : element('code', {}, oneLine(row.query))),
    },
    {
      id: 'total',
      label: 'Total time',
      width: 156,
      align: 'end',
      hint: 'Execution time of all calls, and its share of that of all statements',
      value: ({row}) => row.totalMs,
      cell: one => [shareBar(share(one)), ` ${time(one.row.totalMs)}`],
      title: one => `${percent(share(one))} of the time of all statements`,
    },
    figure('calls', 'Calls', 84, 'How often it ran', row => row.calls, short),
    figure('mean', 'Mean', 84, 'Execution time of one call', row => row.meanMs, formatMs),
    {
      id: 'trend',
      label: 'Trend',
      width: 150,
      align: 'end',
      hint: 'Since the look before: calls per second, and their mean time against that of all calls',
      value: ({trend}) => trend?.callsPerSecond,
      cell: trendCell,
    },
    figure('max', 'Longest', 84, 'Execution time of the longest call', row => row.maxMs, time),
    figure('min', 'Shortest', 84, 'Execution time of the shortest call', row => row.minMs, formatMs),
    figure(
      'deviation',
      'Deviation',
      88,
      'Standard deviation of the execution time',
      row => row.deviationMs,
      formatMs,
    ),
    figure('rows', 'Rows', 84, 'Rows of all calls', row => row.rows, short),
    figure(
      'rows-per-call',
      'Rows/call',
      84,
      'Rows of one call',
      row => (row.calls > 0 ? row.rows / row.calls : undefined),
      short,
    ),
    figure(
      'cache',
      'Cache hit',
      84,
      'Share of its blocks that were found in shared buffers',
      cacheHit,
      percent,
    ),
    figure('read', 'Read', 84, 'Blocks that were not in shared buffers', row => row.blocksRead, formatBlocks),
    figure('io', 'I/O time', 84, 'Time of reading and writing blocks', ioTime, time),
    figure(
      'temporary',
      'Temporary',
      92,
      'Written to temporary files because it did not fit into work_mem',
      row => row.temporaryWritten,
      formatBlocks,
    ),
    figure('wal', 'WAL', 84, 'Write-ahead log that it made', row => row.walBytes, formatBytes),
    figure('dirtied', 'Dirtied', 84, 'Blocks that it changed first', row => row.blocksDirtied, formatBlocks),
    figure(
      'planning',
      'Planning',
      84,
      'Time of planning, where pg_stat_statements.track_planning is on',
      row => row.planMs,
      formatMs,
    ),
    {id: 'user', label: 'User', width: 110, value: ({row}) => row.user, cell: ({row}) => row.user},
  ];
}

function hidden(): HTMLElement {
  return element('span', {class: 'faint'}, 'not visible to this role');
}

function figure(
  id: string,
  label: string,
  width: number,
  hint: string,
  value: (row: StatementRow) => number | undefined,
  words: (value: number) => string,
): GridColumn<QueryRow> {
  return {
    id,
    label,
    width,
    hint,
    align: 'end',
    value: ({row}) => value(row),
    cell({row}) {
      const one = value(row);
      return one === undefined ? '' : one === 0 ? '0' : words(one);
    },
  };
}

function cacheHit({blocksHit, blocksRead}: StatementRow): number | undefined {
  const asked = blocksHit + blocksRead;
  return asked === 0 ? undefined : blocksHit / asked;
}

function ioTime({readMs, writeMs}: StatementRow): number | undefined {
  return readMs === undefined && writeMs === undefined ? undefined : (readMs ?? 0) + (writeMs ?? 0);
}

function trendCell({row, trend}: QueryRow): string | readonly (string | HTMLElement)[] {
  if (trend === undefined) return '';
  const rate = `${short(trend.callsPerSecond)}/s`;
  if (trend.meanMs === undefined || row.meanMs === 0) return rate;
  const factor = trend.meanMs / row.meanMs;
  const mean = `${rate} at ${formatMs(trend.meanMs)}`;
  return factor >= slower ? [element('strong', {class: 'worth'}, mean)] : mean;
}
