/** Longer lines are broken for the eye, so that a plan in one line of megabytes can be drawn. */
const longestLine = 2000;

/** Lines of a text, found once and cut out when they are drawn. */
export interface Lines {
  readonly count: number;
  /** Characters of the longest line that is drawn. */
  readonly width: number;
  at(index: number): string;
}

export function linesOf(text: string): Lines {
  const starts: number[] = [];
  let width = 0;
  for (let start = 0; start <= text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    for (let from = start; from === start || from < end; from += longestLine) starts.push(from);
    width = Math.max(width, Math.min(end - start, longestLine));
    start = end + 1;
  }
  // A newline at the end begins no line.
  if (starts.length > 1 && text.endsWith('\n')) starts.pop();
  return {
    count: starts.length,
    width,
    at: index => {
      const from = starts[index] ?? 0;
      return text.slice(from, starts[index + 1] ?? text.length).replace(/\r?\n$/, '');
    },
  };
}

/** @returns the lines that hold the text, which is in lower case. */
export function matchingLines(lines: Lines, wanted: string): readonly number[] {
  const found: number[] = [];
  if (wanted === '') return found;
  for (let index = 0; index < lines.count; index++)
    if (lines.at(index).toLowerCase().includes(wanted)) found.push(index);
  return found;
}

/**
 * Puts JSON on lines without reading it, so that every number and every string stays as the server wrote it.
 * @param json valid JSON
 */
export function indentJson(json: string): string {
  let depth = 0;
  const broken = (by: number): string => {
    depth += by;
    return `\n${'  '.repeat(Math.max(0, depth))}`;
  };
  return json.replaceAll(token, found => {
    if (found.startsWith('"')) return found;
    if (/^[[{]\s*[\]}]$/.test(found)) return `${found[0] ?? ''}${found.at(-1) ?? ''}`;
    if (found === '{' || found === '[') return `${found}${broken(1)}`;
    if (found === '}' || found === ']') return `${broken(-1)}${found}`;
    if (found === ',') return `,${broken(0)}`;
    return found === ':' ? ': ' : '';
  });
}

const token = /"(?:[^"\\]|\\.)*"|[[{]\s*[\]}]|[{}[\],:]|\s+/g;
