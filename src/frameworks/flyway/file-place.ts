import type {FileRange} from '../../core/migrations/plan.ts';
import {placeOf} from '../../core/sql/positions.ts';

/** @returns the place in the file of a place in the text that was sent, in which placeholders are filled in */
export function inFile(
  {path, start, end}: FileRange,
  sent: string,
  file: string,
  toFile: (offset: number) => number,
): FileRange {
  const place = (at: FileRange['start']): FileRange['start'] => placeOf(file, toFile(offsetOf(sent, at)));
  return {path, start: place(start), end: place(end)};
}

function offsetOf(text: string, {line, column}: FileRange['start']): number {
  let offset = 0;
  for (let passed = 0; passed < line; passed += 1) {
    const [end = ''] = /\r\n|\r|\n|$/.exec(text.slice(offset)) ?? [];
    offset += text.slice(offset).search(/\r\n|\r|\n|$/) + end.length;
  }
  return offset + column;
}
