import type {RowEstimate, Size} from './relation.ts';

const byteUnits = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];

/**
 * @param bytes a whole number, not negative
 * @returns three digits at most with a unit of 1024: `512 bytes`, `8 kB`, `1.2 GB`
 * The units are those of `pg_size_pretty`, which means 1024 bytes when it says kB.
 * Source: https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-DBSIZE
 */
export function formatBytes(bytes: number): string {
  return scaled(bytes, 1024, byteUnits, ' ');
}

/** @returns `1.2 GB`, or `≈ 1.2 GB` when the size comes from the planner's page counts. */
export function formatSize(size: Size): string {
  return size.kind === 'measured' ? formatBytes(size.bytes) : `≈ ${formatBytes(size.bytes)}`;
}

/** @returns `≈ 12 M rows`, or `rows unknown` when the table was never analysed. */
export function formatRows(estimate: RowEstimate): string {
  if (estimate.kind === 'unknown') return 'rows unknown';
  const count = scaled(estimate.rows, 1000, ['', 'k', 'M', 'G', 'T'], ' ');
  return `≈ ${count} ${count === '1' ? 'row' : 'rows'}`;
}

const spans: readonly (readonly [seconds: number, unit: string])[] = [
  [365 * 86_400, 'y'],
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/**
 * @param from the moment that is `now - from` old
 * @returns the age in its largest unit, rounded down: `45 s`, `3 h`, `12 d`; a moment ahead of `now` is `0 s`
 */
export function formatAge(from: Date, now: Date): string {
  const age = Math.max(0, Math.floor((now.getTime() - from.getTime()) / 1000));
  const [seconds, unit] = spans.find(([span]) => age >= span) ?? [1, 's'];
  return `${Math.floor(age / seconds)} ${unit}`;
}

/** 999.6 of one unit would read as 1000, so the next unit takes over at what rounds up to it. */
function scaled(amount: number, base: number, units: readonly string[], gap: string): string {
  let value = amount;
  let unit = 0;
  while (Math.round(value) >= base && unit < units.length - 1) {
    value /= base;
    unit += 1;
  }
  const rounded = unit > 0 && value < 9.95 ? Number(value.toFixed(1)) : Math.round(value);
  return `${rounded}${units[unit] ? gap : ''}${units[unit] ?? ''}`;
}
