import type {Parts} from './parts.ts';

/** In ms. */
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** @returns how often something happened in a day; nothing where the counters are too young for that, or of unknown age */
export function perDay(count: number, resetAt: number | undefined, now: number): number | undefined {
  return resetAt === undefined || now - resetAt < hour ? undefined : (count / (now - resetAt)) * day;
}

/**
 * @returns since when the counters of a database count, at the latest; from 15 on one that was never reset does not say
 * so, and counts at most since the server's own counters began: when it was made, or crashed
 */
export function countedSince(
  {counters}: Parts['database'],
  writing: Parts['writing'] | undefined,
): number | undefined {
  if (counters.resetAt !== undefined || writing === undefined) return counters.resetAt;
  const began = [writing.resetAt, writing.walResetAt, writing.archive.resetAt].flatMap(at => at ?? []);
  return began.length === 0 ? undefined : Math.min(...began);
}
