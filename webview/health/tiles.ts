import {formatBytes} from '../../src/core/explain/words.ts';
import type {Sample} from '../../src/core/health/series.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import type {SparklineView} from '../ui/sparkline.ts';
import {bytesPerSecond, duration, percent, short} from './format.ts';
import {seen} from './model.ts';

/** One figure that changes from look to look. */
export interface Tile {
  readonly id: string;
  readonly title: string;
  /** What the curve is of, in words for screen readers. */
  readonly unit: string;
  readonly hint: string;
  readonly value: (sample: Sample) => number | undefined;
  readonly words: (value: number) => string;
  /** What stands beside the figure. */
  readonly more?: (view: HealthView, sample: Sample | undefined) => string;
  /** Worth a look. */
  readonly marked?: (value: number, view: HealthView) => boolean;
  readonly scale?: (
    view: HealthView,
    values: readonly number[],
  ) => Pick<SparklineView, 'bottom' | 'top' | 'limit'>;
  /** False where there is nothing to show. */
  readonly shown?: (view: HealthView) => boolean;
}

const nearly = 0.8;
/** A transaction that is open for longer keeps VACUUM from its work. */
const longMs = 5 * 60_000;

const maxOf = ({reading}: HealthView): number | undefined => seen(reading, 'sessions')?.maxConnections;

const replicates = ({reading, samples}: HealthView): boolean =>
  (seen(reading, 'replication')?.receivers.length ?? 0) > 0 ||
  samples.some(({replayLag}) => replayLag !== undefined);

export const tiles: readonly Tile[] = [
  {
    id: 'connections',
    title: 'Connections',
    unit: 'connections',
    hint: 'Sessions of clients, against max_connections.',
    value: ({connections}) => connections,
    words: short,
    more: (view, sample) => {
      const max = maxOf(view);
      if (sample === undefined) return '';
      const {active = 0, idleInTransaction: idle = 0} = sample;
      const open = idle === 0 ? '' : `, ${idle} idle in transaction`;
      return `${max === undefined ? '' : `of ${max}, `}${active} active${open}`;
    },
    marked: (value, view) => value >= nearly * (maxOf(view) ?? Infinity),
    scale: view => {
      const limit = maxOf(view);
      return limit === undefined ? {} : {limit};
    },
  },
  {
    id: 'transactions',
    title: 'Transactions',
    unit: 'transactions per second',
    hint: 'Committed and rolled back per second, in this database.',
    value: ({rates}) => rates?.transactions,
    words: value => `${short(value)}/s`,
    more: (_, sample) => {
      const {transactions = 0, rollbacks = 0} = sample?.rates ?? {};
      return rollbacks > 0 && transactions > 0 ? `${percent(rollbacks / transactions)} rolled back` : '';
    },
  },
  {
    id: 'cache',
    title: 'Cache hit',
    unit: 'percent of blocks found in shared buffers',
    hint: 'Share of the blocks that were asked for and found in shared buffers.',
    value: ({rates}) => rates?.cacheHit,
    words: percent,
    more: (_, sample) => {
      const read = sample?.rates?.blocksRead;
      return read === undefined || read === 0 ? '' : `${bytesPerSecond(read * 8192)} read`;
    },
    // Above nine tenths the rest is what counts.
    scale: (_, values) => ({bottom: Math.min(1, ...values) >= 0.9 ? 0.9 : 0, top: 1}),
  },
  {
    id: 'written',
    title: 'Rows written',
    unit: 'rows written per second',
    hint: 'Rows inserted, updated and deleted per second, in this database.',
    value: ({rates}) => rates?.rowsWritten,
    words: value => `${short(value)}/s`,
  },
  {
    id: 'wal',
    title: 'WAL',
    unit: 'of WAL per second',
    hint: 'Write-ahead log that is written, on a standby replayed, per second.',
    value: ({rates}) => rates?.walBytes,
    words: bytesPerSecond,
  },
  {
    id: 'longest',
    title: 'Longest transaction',
    unit: 'the longest open transaction',
    hint: 'How long the oldest transaction of a client is open.',
    value: ({longestTransaction}) => longestTransaction,
    words: duration,
    marked: value => value >= longMs,
  },
  {
    id: 'waiting',
    title: 'Waiting',
    unit: 'sessions that wait for a lock',
    hint: 'Sessions that wait for a lock that another one holds.',
    value: ({waiting}) => waiting,
    words: short,
    marked: value => value > 0,
  },
  {
    id: 'temporary',
    title: 'Temporary files',
    unit: 'of temporary files per second',
    hint: 'Written to files because it did not fit into work_mem, in this database.',
    value: ({rates}) => rates?.temporaryBytes,
    words: bytesPerSecond,
    shown: view => !replicates(view),
  },
  {
    id: 'lag',
    title: 'Replay lag',
    unit: 'that the replica farthest behind has not replayed',
    hint: 'WAL that the receiver farthest behind has not replayed.',
    value: ({replayLag}) => replayLag,
    words: formatBytes,
    shown: replicates,
  },
];
