/** What people read in the name of a migration's folder; to the tool all of it is the migration's name. */
export interface ParsedName {
  /** The digits before the first underscore, such as `20260731120000`; the whole name where it has none. */
  readonly label: string;
  readonly title: string;
}

export function parseName(name: string): ParsedName {
  const [, label, title] = /^(\d+)_([^]*)$/.exec(name) ?? [];
  return label === undefined || title === undefined ? {label: name, title: ''} : {label, title};
}

const collator = new Intl.Collator('en');

/** Orders the names of two migrations as the tool's command line does: with `localeCompare`. */
export function compareNames(one: string, other: string): number {
  return collator.compare(one, other);
}

/** A timestamp in UTC as the tool writes it: `20260731120000`. */
function stampOf(now: Date): string {
  return now.toISOString().replaceAll(/\D/g, '').slice(0, 14);
}

/**
 * @param names of the migrations that are there
 * @returns the number of the next one: the time, or where that does not sort last, the number behind the last one
 */
export function nextLabel(names: readonly string[], now: Date): string {
  const stamp = stampOf(now);
  const last = names.toSorted(compareNames).at(-1);
  if (last === undefined || compareNames(`${stamp}_`, last) > 0) return stamp;
  const [digits] = /^\d+/.exec(last) ?? [];
  return digits === undefined ? stamp : String(BigInt(digits) + 1n).padStart(digits.length, '0');
}
