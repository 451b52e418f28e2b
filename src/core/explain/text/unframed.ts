/** The name of EXPLAIN's one column. */
const header = 'QUERY PLAN';

/**
 * Takes away what stands around a plan when it is copied from somewhere: psql's frames in all its borders and line
 * styles, expanded, as CSV, and wrapped unless its border is 0; Markdown's fences and tables; and the `>` of a mail. What is around the frame,
 * such as a prompt or `(12 rows)`, is left.
 * @returns the lines, each with its own indentation or one blank more
 */
export function unframed(text: string): readonly string[] {
  const lines = text.replaceAll('\u00A0', ' ').split(/\r\n|\r|\n/);
  const steps = [withoutMailMarks, withoutFences, fromCsv, withoutBorders, fromExpanded, unwrapped, joined];
  return steps.reduce<readonly string[]>((current, step) => step(current), lines);
}

type Lines = readonly string[];

function most(lines: Lines, pattern: RegExp): boolean {
  let filled = 0;
  let matching = 0;
  for (const line of lines) {
    if (line.trim() === '') continue;
    filled += 1;
    if (pattern.test(line)) matching += 1;
  }
  return matching * 2 > filled;
}

function withoutMailMarks(lines: Lines): Lines {
  return most(lines, /^>/) ? lines.map(line => line.replace(/^(?:> ?)+/, '')) : lines;
}

function withoutFences(lines: Lines): Lines {
  return lines.map(line => (/^\s*(?:```|~~~)/.test(line) ? '' : line));
}

/** Psql's CSV, and what a grid's copy puts into quotes. */
function fromCsv(lines: Lines): Lines {
  const first = lines.findIndex(line => line.trim() !== '');
  const start = lines.findIndex(line => line === header || line === `"${header}"`);
  const from = start === -1 ? first : start + 1;
  if (!lines[from]?.startsWith('"') && start === -1) return lines;
  const rows: string[] = lines.slice(0, Math.max(from, 0));
  let open: string | undefined;
  for (const line of lines.slice(from)) {
    const piece: string = open === undefined ? line : `${open}\n${line}`;
    const quoted = open !== undefined || line.startsWith('"');
    if (!quoted) rows.push(line);
    else if (closes(open === undefined ? line.slice(1) : line)) {
      // A value can have more lines than a call may have arguments.
      for (const row of unquotedCsv(piece)) rows.push(row);
      open = undefined;
    } else open = piece;
  }
  return open === undefined ? rows : lines;
}

/** A quote inside is doubled, so that an odd number of them ends the value. */
function closes(line: string): boolean {
  const quotes = /"+$/.exec(line.trimEnd())?.[0].length ?? 0;
  return quotes % 2 === 1;
}

function unquotedCsv(value: string): readonly string[] {
  return value.trimEnd().slice(1, -1).replaceAll('""', '"').split('\n');
}

const ruleCharacters = /^[\s+\-|=:\u2500-\u256C]+$/;
const record = /^[\s+\-\u2500-\u256C]*\[ \p{L}+ \d+ \][\s+\-\u2500-\u256C]*$|^\* \p{L}+ \d+\s*$/u;
const sides = '|\u2502\u2551';

function isRule(line: string): boolean {
  return ruleCharacters.test(line) && /[-=\u2500\u2550]{3}/.test(line);
}

/** A line of dashes can also be part of a text in the plan: a frame's own has corners or stands at the header. */
function isFrame(lines: Lines, index: number): boolean {
  const line = lines[index] ?? '';
  if (record.test(line)) return true;
  if (!isRule(line)) return false;
  return /^\s*[+\u250C\u251C\u2514\u2554\u2560\u255A]/.test(line) || isHeader(lines[index - 1]);
}

function isHeader(line: string | undefined): boolean {
  return line !== undefined && (insideOf(line) ?? line).trim() === header;
}

/** @returns what is between the sides; undefined for a line that does not begin with one */
function insideOf(line: string): string | undefined {
  const text = line.trim();
  if (text === '' || !sides.includes(text.charAt(0))) return undefined;
  const closed = text.length > 1 && sides.includes(text.charAt(text.length - 1));
  return text.slice(1, closed ? -1 : undefined).trimEnd();
}

function withoutBorders(lines: Lines): Lines {
  const boxed = most(
    lines.filter(line => !isRule(line)),
    /^\s*[|\u2502\u2551]/,
  );
  let inBox = false;
  return lines.map((line, index) => {
    const ofFrame = isFrame(lines, index);
    const inner = boxed || inBox ? insideOf(line) : undefined;
    inBox = ofFrame || inner !== undefined;
    return ofFrame || isHeader(line) ? '' : (inner ?? line);
  });
}

const expanded = new RegExp(`^ ?${header}(?: [|\\u2502] |[|\\u2502]| )(.*)$`, 's');
const continued = new RegExp(`^ ? {${header.length}}(?: [|\\u2502:] | )(.*)$`, 's');

function fromExpanded(lines: Lines): Lines {
  if (!lines.some(line => expanded.test(line))) return lines;
  return lines
    .filter((line, index) => line.trim() !== '' || !expanded.test(lines[index + 1] ?? ''))
    .map(line => (expanded.exec(line) ?? continued.exec(line))?.[1] ?? line);
}

/** One value of many lines has a mark at the end of each but the last; a single such line says nothing. */
function joined(lines: Lines): Lines {
  const marked = lines.map(line => /[+\u21B5]\s?$/.test(line));
  return lines.map((line, index) => {
    const isOne = marked[index] && (marked[index - 1] || marked[index + 1]);
    return isOne ? line.trimEnd().slice(0, -1).trimEnd() : line;
  });
}

/** A line too long for the window ends with a mark, and the next begins with it. */
function unwrapped(lines: Lines): Lines {
  const whole: string[] = [];
  let pieces: string[] = [];
  let mark: string | undefined;
  for (const line of lines) {
    const goesOn = mark !== undefined && line.startsWith(mark);
    if (!goesOn && pieces.length > 0) {
      whole.push(pieces.join('') + (mark ?? ''));
      pieces = [];
    }
    mark = /[.\u2026]$/.exec(line)?.[0];
    pieces.push(line.slice(goesOn ? 1 : 0, mark === undefined ? undefined : -1));
  }
  return [...whole, pieces.join('') + (mark ?? '')];
}
