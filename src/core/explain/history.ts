/** What is compared of one executed run. */
export interface TimedRun {
  readonly id: string;
  /** ms since 1970. */
  readonly at: number;
  readonly executionMs: number;
  /** Two plans with the same steps on the same objects have the same shape. */
  readonly shape: string;
}

/** Says that a run took much longer than the same statement usually does on the same connection. */
export interface SlowerRun {
  readonly executionMs: number;
  /** Median of the earlier runs, ms. */
  readonly usualMs: number;
  /** How many earlier runs the median is of. */
  readonly runs: number;
  /** The earlier run that is closest to the median, the latest of equals. */
  readonly compareWith: string;
  /** Whether this run's plan has other steps than the one it is compared with. */
  readonly planChanged: boolean;
}

/** Earlier runs without which nothing is called usual. */
const enoughRuns = 3;
/** How many times the usual time a run has to take. */
const slowerBy = 2;
/** ms more than usual below which nobody waits longer: short times double by chance. */
const noticeableMs = 10;

/**
 * @param run one executed run (ANALYZE)
 * @param others executed runs of the same statement on the same connection, in any order; later ones do not count
 * @returns the alert for a run that took at least twice the median of at least three earlier ones, and 10 ms more
 */
export function slowerThanUsual(run: TimedRun, others: readonly TimedRun[]): SlowerRun | undefined {
  const earlier = others.filter(({id, at}) => id !== run.id && at <= run.at);
  if (earlier.length < enoughRuns) return undefined;
  const usualMs = median(earlier.map(({executionMs}) => executionMs));
  if (run.executionMs < usualMs * slowerBy || run.executionMs - usualMs < noticeableMs) return undefined;
  const distance = ({executionMs}: TimedRun): number => Math.abs(executionMs - usualMs);
  const [closest] = earlier.toSorted((a, b) => distance(a) - distance(b) || b.at - a.at);
  return (
    closest && {
      executionMs: run.executionMs,
      usualMs,
      runs: earlier.length,
      compareWith: closest.id,
      planChanged: closest.shape !== run.shape,
    }
  );
}

/** The middle value, or the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? 0;
  const high = sorted[Math.floor(middle)] ?? 0;
  return (low + high) / 2;
}
