/** A line as Go's scanner gives it: without the line feed and one carriage return before it. */
export interface Line {
  readonly text: string;
  /** 0-based. */
  readonly number: number;
  /** Offset in the file. */
  readonly start: number;
  /** Offset of the line behind it. */
  readonly next: number;
}

export function* linesOf(text: string): Generator<Line> {
  let number = 0;
  for (let start = 0; start < text.length; number += 1) {
    const feed = text.indexOf('\n', start);
    const next = feed < 0 ? text.length : feed + 1;
    const end = feed < 0 ? text.length : feed;
    yield {text: text.slice(start, end).replace(/\r$/, ''), number, start, next};
    start = next;
  }
}

/** What Go's `unicode.IsSpace` takes for a blank: no byte order mark, unlike JavaScript. */
const blanks = String.raw`[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+`;
const leading = new RegExp(`^${blanks}`);
const trailing = new RegExp(`${blanks}$`);
const between = new RegExp(blanks);

export function trimStart(text: string): string {
  return text.replace(leading, '');
}

export function trim(text: string): string {
  return trimStart(text).replace(trailing, '');
}

/** Whether the last word that stands before a comment ends in a semicolon. */
export function endsStatement(line: string): boolean {
  const words = trim(line).split(between);
  const comment = words.findIndex(word => word.startsWith('--'));
  return (comment < 0 ? words : words.slice(0, comment)).at(-1)?.endsWith(';') ?? false;
}
