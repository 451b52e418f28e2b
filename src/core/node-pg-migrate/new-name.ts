import {prefixOf} from './file-names.ts';

/** The tool's words for how a file name begins. */
export type PrefixFormat = 'timestamp' | 'utc' | 'index';

/** @returns how the folder's last file begins; what the settings say comes first, the tool's own habit last */
export function formatOf(names: readonly string[], configured?: PrefixFormat): PrefixFormat {
  if (configured !== undefined) return configured;
  const last = names.at(-1);
  if (last === undefined) return 'timestamp';
  const {length} = prefixOf(last);
  return length === 17 ? 'utc' : length === 13 ? 'timestamp' : 'index';
}

/**
 * The prefix of a new file, always behind the last one, because the tool refuses to run a file that came too late.
 * @param names the folder's files in the tool's order
 */
export function nextPrefix(names: readonly string[], format: PrefixFormat, now: Date): string {
  if (format === 'index') return nextIndex(names);
  const last = names.at(-1);
  const write = format === 'utc' ? utc : epoch;
  const at = last === undefined ? undefined : momentOf(prefixOf(last));
  return write(at === undefined ? now.getTime() : Math.max(now.getTime(), at + 1));
}

/** As the tool: as wide as the widest, four digits for the first. */
function nextIndex(names: readonly string[]): string {
  const prefixes = names.map(prefixOf).filter(prefix => prefix !== '');
  const width = Math.max(0, ...prefixes.map(({length}) => length));
  const last = prefixes.reduce((most, prefix) => (BigInt(prefix) > most ? BigInt(prefix) : most), 0n);
  return (last + 1n).toString().padStart(width === 0 ? 4 : width, '0');
}

function epoch(milliseconds: number): string {
  return milliseconds.toString();
}

function utc(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replaceAll(/\D/g, '');
}

/** Only of a prefix that is a moment: behind an index every moment comes anyway. */
function momentOf(prefix: string): number | undefined {
  if (prefix.length === 13) return Number(prefix);
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(prefix)?.slice(1);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second, millisecond] = parts;
  const moment = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`);
  return Number.isNaN(moment) ? undefined : moment;
}
