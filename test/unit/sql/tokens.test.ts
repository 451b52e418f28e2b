import {expect, it} from 'vitest';
import {tokenAt} from '../../../src/core/sql/tokens.ts';

it.each([
  ['SELECT nope FROM t', 7, 'nope'],
  ['SELECT größe FROM t', 7, 'größe'],
  ['SELECT "No ""pe" FROM t', 7, '"No ""pe"'],
  ['SELECT U&"d\\0061t" FROM t', 7, 'U&"d\\0061t"'],
  ["SELECT 'it''s' x", 7, "'it''s'"],
  ["SELECT E'it\\'s' x", 7, "E'it\\'s'"],
  ["SELECT 'a\nb' x", 7, "'a\nb'"],
  ["SELECT 'no end", 7, "'no end"],
  ['SELECT "no end', 7, '"no end'],
  ['AS $$ a; b $$ LANGUAGE', 3, '$$ a; b $$'],
  ['AS $b$ a $$ $b$ LANGUAGE', 3, '$b$ a $$ $b$'],
  ['WHERE id = $1', 11, '$1'],
  ['WHERE a <> b', 8, '<>'],
  ['SELECT 1 +-- c', 9, '+'],
  ['SELECT 1 */* c */ 2', 9, '*'],
  ['SELECT a::int', 8, '::'],
  ['f(a => 1)', 4, '=>'],
  ['SELECT 12.5e-3 x', 7, '12.5e-3'],
  ['SELECT .5', 7, '.5'],
  ['SELECT 0xFF x', 7, '0xFF'],
  ['SELECT (1', 7, '('],
  ['a$b c', 0, 'a$b'],
  ['\uFEFFSELECT 1', 0, '\uFEFFSELECT'],
  ['SELECT (1  \n', 12, '1'],
  ['SELECT 🐘 x', 7, '🐘'],
])('in %j the token at %i is %j', (sql, offset, token) => {
  const {start, end} = tokenAt(sql, offset);
  expect(sql.slice(start, end)).toBe(token);
});
