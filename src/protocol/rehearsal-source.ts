import type {FileRange} from '../core/migrations/plan.ts';
import {withoutByteOrderMark} from '../core/sql/byte-order-mark.ts';
import type {SourceView} from './rehearsal-view.ts';

/** Lines that are shown before what is pointed at, and after. */
const around = {before: 2, after: 1};
/** UTF-16 units of a line that is shown, and of a statement's beginning. */
const longestLine = 400;
const longestStatement = 300;

const lineEnd = /\r\n|\n|\r/;

/** @returns the lines of a file, as an editor counts them */
export function linesOf(sql: string): readonly string[] {
  return withoutByteOrderMark(sql).split(lineEnd);
}

/** @returns the lines around a place; a place over several lines points at the rest of its first one */
export function sourceAt(lines: readonly string[], {start, end}: FileRange): SourceView {
  const first = Math.max(0, start.line - around.before);
  const line = lines[start.line] ?? '';
  const to = end.line === start.line ? end.column : line.length;
  // The blank after the last line says nothing.
  const after = lines[start.line + around.after]?.trim() === '' ? 0 : around.after;
  // What is far to the right in a very long line is shown without what is before it.
  const cut = start.column > longestLine ? start.column - longestLine / 2 : 0;
  return {
    first: first + 1,
    lines: lines
      .slice(first, start.line + after + 1)
      .map(each => each.slice(cut, cut + longestLine))
      .map(each => each.trimEnd()),
    line: start.line + 1,
    start: start.column - cut,
    length: Math.max(1, Math.min(to, cut + longestLine) - start.column),
  };
}

/** @returns the beginning of a statement on one line, without the comments before it */
export function textAt(lines: readonly string[], {start, end}: FileRange): string {
  const kept: string[] = [];
  let length = 0;
  for (let at = start.line; at <= end.line && length < longestStatement * 2; at += 1) {
    const line = lines[at] ?? '';
    const part = line.slice(at === start.line ? start.column : 0, at === end.line ? end.column : undefined);
    kept.push(part.trim());
    length += part.length;
  }
  const text = kept.filter(Boolean).join(' ').replaceAll(/\s+/g, ' ');
  return text.length > longestStatement ? `${text.slice(0, longestStatement - 1).trimEnd()}…` : text;
}
