import {expect, it} from 'vitest';
import {isBlank} from '../../../../src/core/golang-migrate/pieces.ts';
import {splitPieces} from '../../../../src/frameworks/golang-migrate/multi-statement.ts';

it.each<[string, number, readonly string[], boolean]>([
  ['a;b;', 0, ['a;', 'b;'], false],
  ['a;b', 0, ['a;', 'b'], false],
  ['a; \n', 0, ['a;', ' \n'], false],
  [';;', 0, [';', ';'], false],
  ['', 0, [], false],
  ['$$ a; b $$;', 0, ['$$ a;', ' b $$;'], false],
  ['-- a; b\nc;', 0, ['-- a;', ' b\nc;'], false],
  ["'é;🐘';", 0, ["'é;", "🐘';"], false],
  [`a;${'b'.repeat(4095)};`, 0, ['a;', `${'b'.repeat(4095)};`], false],
  [`a;${'b'.repeat(4096)};c;`, 0, ['a;'], true],
  [`a;${'b'.repeat(4096)}`, 0, ['a;'], true],
  [`a;${'b'.repeat(4095)}`, 0, ['a;', 'b'.repeat(4095)], false],
  [`${'é'.repeat(2500)};`, 0, [], true],
  [`${'b'.repeat(4999)};`, 5000, [`${'b'.repeat(4999)};`], false],
])('splits %.20j with a limit of %i bytes', (sql, limit, pieces, tooLong) => {
  const split = splitPieces(sql, limit);
  expect(split.pieces.map(({start, end}) => sql.slice(start, end))).toEqual(pieces);
  expect(split.tooLong).toBe(tooLong);
});

it.each([
  ['', true],
  [' \t\r\n\f\v\u0085\u00A0\u2003', true],
  ['-- nothing', false],
  [';', false],
  ['\uFEFF', false],
])('is %j blank to Go: %s', (text, blank) => expect(isBlank(text)).toBe(blank));
