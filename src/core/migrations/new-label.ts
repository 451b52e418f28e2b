/**
 * The version of a new migration: a UTC timestamp, or what comes behind the last file where that is not older.
 * @param last the version of the last file, as its name writes it
 */
export function timestampBehind(last: string | undefined, now: Date): string {
  const label = timestamp(now);
  if (last === undefined || last < label) return label;
  const moment = momentOf(last);
  return moment === undefined ? numberBehind(last) : timestamp(new Date(moment + 1000));
}

/** @returns the next number, with as many digits */
export function numberBehind(last: string): string {
  return (BigInt(last) + 1n).toString().padStart(last.length, '0');
}

export function isTimestamp(label: string): boolean {
  return momentOf(label) !== undefined;
}

function timestamp(date: Date): string {
  return date.toISOString().replaceAll(/\D/g, '').slice(0, 14);
}

function momentOf(label: string): number | undefined {
  const [year, month, day, hour, minute, second] =
    /^(\d{4})(..)(..)(..)(..)(..)$/.exec(label)?.slice(1) ?? [];
  const moment = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(moment) ? undefined : moment;
}
