const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** @returns `41 GB`, in steps of 1024 as `pg_size_pretty` does. */
export function sizeWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${rounded(value)} ${units[unit] ?? 'B'}`;
}

/** @returns two significant digits below ten, whole numbers above: `0.4`, `7.3`, `320` */
export function rounded(value: number): string {
  if (value >= 9.95 || value === 0) return String(Math.round(value));
  return String(Number(value.toPrecision(2)));
}

/** @returns `12 days`, `3 hours`, `5 s` */
export function durationWords(seconds: number): string {
  if (seconds >= 2 * 86_400) return `${Math.round(seconds / 86_400)} days`;
  if (seconds >= 2 * 3600) return `${Math.round(seconds / 3600)} hours`;
  if (seconds >= 120) return `${Math.round(seconds / 60)} minutes`;
  return `${rounded(seconds)} s`;
}
