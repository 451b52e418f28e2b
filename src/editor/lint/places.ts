import {Position, Range} from 'vscode';
import type {Span} from '../../core/sql/positions.ts';

type PlaceOf = (span: Span) => Range;

/** Whoever asks about a text asks about it many times. */
let last: {readonly text: string; readonly placeOf: PlaceOf} | undefined;

/** @returns the editor's range of a span in a text, whether or not any editor has it open. Lines are found once. */
export function placesIn(text: string): PlaceOf {
  if (last?.text !== text) last = {text, placeOf: linesOf(text)};
  return last.placeOf;
}

function linesOf(text: string): PlaceOf {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }
  const positionOf = (offset: number): Position => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return new Position(low, offset - (starts[low] ?? 0));
  };
  return ({start, end}) => new Range(positionOf(start), positionOf(end));
}
