import type {Span} from '../sql/positions.ts';

/** How placeholders look in a project. */
export interface PlaceholderStyle {
  readonly prefix: string;
  readonly suffix: string;
}

/** A text with its placeholders filled in. */
export interface Filled {
  readonly text: string;
  /** Where in the file an offset of `text` is: inside of a value, at its placeholder. */
  readonly toFile: (offset: number) => number;
  /** The names that have no value; the tool refuses the file. */
  readonly missing: readonly string[];
}

interface Filling extends Span {
  readonly value: string;
}

/**
 * @param values by name; names are alike in either case
 */
export function fillPlaceholders(
  sql: string,
  values: ReadonlyMap<string, string>,
  {prefix, suffix}: PlaceholderStyle,
): Filled {
  const known = new Map([...values].map(([name, value]) => [name.toLowerCase(), value]));
  const fillings: Filling[] = [];
  const missing: string[] = [];
  for (let start = sql.indexOf(prefix); start >= 0; start = sql.indexOf(prefix, start + prefix.length)) {
    const end = sql.indexOf(suffix, start + prefix.length);
    if (end < 0) break;
    const name = sql.slice(start + prefix.length, end);
    const value = known.get(name.toLowerCase());
    if (value === undefined) missing.push(name);
    else fillings.push({start, end: end + suffix.length, value});
  }
  return {text: textOf(sql, fillings), toFile: offset => fileOffset(fillings, offset), missing};
}

function textOf(sql: string, fillings: readonly Filling[]): string {
  const parts = fillings.map(
    ({start, value}, index) => sql.slice(fillings[index - 1]?.end ?? 0, start) + value,
  );
  return parts.join('') + sql.slice(fillings.at(-1)?.end ?? 0);
}

function fileOffset(fillings: readonly Filling[], offset: number): number {
  let shift = 0;
  for (const {start, end, value} of fillings) {
    if (offset < start + shift) break;
    if (offset < start + shift + value.length) return start;
    shift += value.length - (end - start);
  }
  return offset - shift;
}
