/** In ms. */
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** @returns how often something happened in a day; nothing where the counters are too young for that, or of unknown age */
export function perDay(count: number, resetAt: number | undefined, now: number): number | undefined {
  return resetAt === undefined || now - resetAt < hour ? undefined : (count / (now - resetAt)) * day;
}
