import type {IndexRow} from '../../src/core/health/parts/indexes.ts';
import type {IndexSample} from '../../src/protocol/index-panel.ts';
import type {SparklinePoint} from '../ui/sparkline.ts';

/** Samples that the curves show. */
const most = 60;

interface Taken {
  readonly at: number;
  readonly seconds: number;
  /** Scans since the sample before, by index; an absent one was not scanned. */
  readonly scanned: ReadonlyMap<number, number>;
}

/** What samples say of the indexes of one reading. */
export interface Series {
  /** Moments of the first and the last sample; nothing without any. */
  readonly range: readonly [from: number, to: number] | undefined;
  /** Scans in each second between the last two samples. */
  rateOf(oid: number): number | undefined;
  points(oid: number): readonly SparklinePoint[];
  /** The counters as of the last sample. */
  scansOf(row: IndexRow): number;
  tuplesReadOf(row: IndexRow): number;
}

export const noSeries: Series = {
  range: undefined,
  rateOf: () => undefined,
  points: () => [],
  scansOf: ({scans}) => scans,
  tuplesReadOf: ({tuplesRead}) => tuplesRead,
};

/** Adds samples to the curves of a reading. */
export interface SeriesRecorder {
  /** @returns the series with this sample in it */
  add(sample: IndexSample): Series;
}

/** @param at when the rows were read, by the server's clock */
export function recordSeries(rows: readonly IndexRow[], at: number): SeriesRecorder {
  const counters = new Map(rows.map(({oid, scans, tuplesRead}) => [oid, {scans, tuplesRead}]));
  let last = at;
  let taken: readonly Taken[] = [];
  const series = (): Series => {
    const kept = taken;
    const latest = kept.at(-1);
    const first = kept[0];
    return {
      range: first && latest && [first.at, latest.at],
      rateOf: oid => latest && (latest.scanned.get(oid) ?? 0) / latest.seconds,
      points: oid =>
        kept.map(({at: moment, seconds, scanned}) => [moment, (scanned.get(oid) ?? 0) / seconds]),
      scansOf: row => counters.get(row.oid)?.scans ?? row.scans,
      tuplesReadOf: row => counters.get(row.oid)?.tuplesRead ?? row.tuplesRead,
    };
  };
  return {
    add(sample) {
      if (sample.at <= last) return series();
      const scanned = new Map<number, number>();
      for (const [oid, scans, tuplesRead] of sample.scans) {
        const was = counters.get(oid)?.scans ?? scans;
        // A counter that went back was reset: what it has is what happened since.
        scanned.set(oid, scans >= was ? scans - was : scans);
        counters.set(oid, {scans, tuplesRead});
      }
      taken = [...taken, {at: sample.at, seconds: (sample.at - last) / 1000, scanned}].slice(-most);
      last = sample.at;
      return series();
    },
  };
}
