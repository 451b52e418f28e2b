import type {FileRange} from '../migrations/plan.ts';
import {firstOffset} from '../sql/byte-order-mark.ts';
import type {Place, Span} from '../sql/positions.ts';

/**
 * Finds places in one text many times: the starts of its lines are looked for once.
 * @returns what makes a range in the file of UTF-16 offsets; lines and columns are those of `placeOf`
 */
export function rangesIn(path: string, text: string): (span: Span) => FileRange {
  const starts = lineStarts(text);
  const place = (offset: number): Place => placeIn(starts, Math.min(offset, text.length));
  return ({start, end}) => ({path, start: place(start), end: place(end)});
}

/** @returns the first line that holds more than blanks, for what has no better place. */
export function firstLineOf(text: string): Span {
  const start = Math.max(0, text.search(/[^\s\uFEFF]/));
  const length = /[\r\n]|$/.exec(text.slice(start))?.index ?? 0;
  return {start, end: start + length};
}

function lineStarts(text: string): readonly number[] {
  const starts = [firstOffset(text)];
  for (const {index, 0: ending} of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + ending.length);
  return starts;
}

function placeIn(starts: readonly number[], offset: number): Place {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return {line: low, column: Math.max(0, offset - (starts[low] ?? 0))};
}
