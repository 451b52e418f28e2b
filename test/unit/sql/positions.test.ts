import {describe, expect, it} from 'vitest';
import {offsetOfPosition, offsetsOfBytes, placeOf} from '../../../src/core/sql/positions.ts';

describe('a position of PostgreSQL', () => {
  it.each([
    ['SELECT x', 1, 0],
    ['SELECT x', 8, 7],
    ['SELECT x', 99, 8],
    ['é x', 3, 2],
    ['🐘 x', 3, 3],
    ['🐘🐘x', 3, 4],
    ['e\u0301 x', 4, 3],
    ['a\r\nb', 4, 3],
    ['', 1, 0],
  ])('%j: %i is UTF-16 offset %i', (sql, position, offset) => {
    expect(offsetOfPosition(sql, position)).toBe(offset);
  });
});

describe('an offset in a file', () => {
  it.each([
    ['a\nb', 2, 1, 0],
    ['a\r\nb', 3, 1, 0],
    ['a\r\nb', 2, 0, 2],
    ['a\rb', 2, 1, 0],
    ['\r\n\r\n  x', 6, 2, 2],
    ['🐘 x', 3, 0, 3],
    ['\uFEFFSELECT', 0, 0, 0],
    ['\uFEFFSELECT', 7, 0, 6],
    ['\uFEFF\nx', 2, 1, 0],
    ['ab', 99, 0, 2],
  ])('%j: %i is line %i, column %i', (text, offset, line, column) =>
    expect(placeOf(text, offset)).toEqual({line, column}),
  );
});

it.each([
  ['aé🐘b', [0, 1, 3, 7, 8], [0, 1, 2, 4, 5]],
  ['\uFEFFx', [0, 3], [0, 1]],
])('turns the byte offsets of %j into UTF-16 offsets', (sql, bytes, offsets) =>
  expect(offsetsOfBytes(sql, bytes)).toEqual(offsets),
);
