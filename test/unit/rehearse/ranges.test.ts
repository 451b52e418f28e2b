import {expect, it} from 'vitest';
import {firstLineOf, rangesIn} from '../../../src/core/rehearse/ranges.ts';
import {placeOf} from '../../../src/core/sql/positions.ts';

const texts = ['', 'a', 'a\nb\r\nc\rd', '\uFEFFa\n😀b\n\n', '\r\n\r\nx\r'];

it.each(texts)('places every offset of %j where the editor does', text => {
  const rangeOf = rangesIn('/f', text);
  for (let offset = 0; offset <= text.length; offset += 1) {
    // Between CR and LF there is no place of its own.
    if (text[offset - 1] === '\r' && text[offset] === '\n') continue;
    expect(rangeOf({start: offset, end: offset}).start).toEqual(placeOf(text, offset));
  }
});

it.each([
  ['', ''],
  ['\n\n  a b \nc', 'a b '],
  ['\uFEFF-- x\r\ny', '-- x'],
])('finds the first line with something in %j', (text, line) => {
  const {start, end} = firstLineOf(text);
  expect(text.slice(start, end)).toBe(line);
});
