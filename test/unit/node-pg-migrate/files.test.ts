import {describe, expect, it} from 'vitest';
import {
  compareFileNames,
  ignoredBy,
  kindOf,
  recordedName,
  titleOf,
} from '../../../src/core/node-pg-migrate/file-names.ts';
import {partsOf} from '../../../src/core/node-pg-migrate/markers.ts';
import {formatOf, nextPrefix} from '../../../src/core/node-pg-migrate/new-name.ts';
import {orderProblem} from '../../../src/core/node-pg-migrate/order.ts';

describe('file names of node-pg-migrate', () => {
  it.each([
    ['0001_a.sql', 'sql', '0001_a', 'a'],
    ['0001_a.SQL', 'sql', '0001_a', 'a'],
    ['0001_a.up.sql', 'sql', '0001_a.up', 'a.up'],
    ['1700000000000_add-note.ts', 'program', '1700000000000_add-note', 'add-note'],
    ['1-b.mjs', 'program', '1-b', 'b'],
    ['1b.cts', 'program', '1b', 'b'],
    ['1_types.d.ts', 'other', '1_types.d', 'types.d'],
    ['1_notes.md', 'other', '1_notes', 'notes'],
    ['1_bare', 'other', '1_bare', 'bare'],
    ['.sql', 'other', '.sql', '.sql'],
  ])('reads %s', (fileName, kind, name, title) => {
    expect(kindOf(fileName)).toBe(kind);
    expect(recordedName(fileName)).toBe(name);
    expect(titleOf(name)).toBe(title);
  });

  it.each([
    [
      ['10_a.sql', '9_b.sql', '0001_c.sql'],
      ['0001_c.sql', '9_b.sql', '10_a.sql'],
    ],
    // 17 digits are a moment: this one lies before the 13 digits of a later one.
    [
      ['1700000000000_b.sql', '20200101000000000_a.sql'],
      ['20200101000000000_a.sql', '1700000000000_b.sql'],
    ],
    // 14 digits are no moment but a large number.
    [
      ['20200101000000_late.sql', '1700000000000_b.sql'],
      ['1700000000000_b.sql', '20200101000000_late.sql'],
    ],
    [
      ['1_step10.sql', '1_step9.sql'],
      ['1_step9.sql', '1_step10.sql'],
    ],
    [
      ['1_b.sql', '1-a.sql'],
      ['1-a.sql', '1_b.sql'],
    ],
    // No month 13: the words decide, in which the digits are one large number.
    [
      ['20201301000000000_x.sql', '5_y.sql'],
      ['5_y.sql', '20201301000000000_x.sql'],
    ],
  ])('orders %j', (names, expected) => {
    expect(names.toSorted(compareFileNames)).toEqual(expected);
  });

  it.each<[string | undefined, string, boolean | undefined]>([
    [undefined, '.DS_Store', true],
    [undefined, 'README.md', false],
    ['', '.DS_Store', true],
    [String.raw`.*\.md`, 'README.md', true],
    // An own pattern takes the place of the one for dots.
    [String.raw`.*\.md`, '.DS_Store', false],
    ['README', 'README.md', false],
    ['(', 'README.md', undefined],
  ])('ignores by %s the file %s: %s', (pattern, name, expected) => {
    expect(ignoredBy(pattern)?.(name)).toBe(expected);
  });
});

describe('markers of node-pg-migrate', () => {
  it.each<[string, string, string | undefined]>([
    ['SELECT 1;', 'SELECT 1;', undefined],
    ['-- Up Migration\na\n-- Down Migration\nb', '-- Up Migration\na', '\n-- Down Migration\nb'],
    ['-- Down Migration\nb\n-- Up Migration\na', '\n-- Up Migration\na', '-- Down Migration\nb'],
    ['-- Up Migration\na', '-- Up Migration\na', undefined],
    ['header\n--up  migration\na', '\n--up  migration\na', undefined],
    ['a\n-- --DOWN MIGRATION: b', 'a\n-- --DOWN MIGRATION: b', '\n-- --DOWN MIGRATION: b'],
    [
      '-- upward migration\na\n  -- not down migration',
      '-- upward migration\na\n  -- not down migration',
      undefined,
    ],
  ])('cuts %j', (text, up, down) => {
    const parts = partsOf(text);
    const trimmed = (span?: {readonly start: number; readonly end: number}): string | undefined =>
      span && text.slice(span.start, span.end).trim();
    expect(trimmed(parts.up)).toBe(up.trim());
    expect(trimmed(parts.down)).toBe(down?.trim());
  });

  it('tells where applying runs the part for down as well', () => {
    expect(partsOf('a\n-- Down Migration\nb').upHasAll).toBe(true);
    expect(partsOf('-- Up Migration\na\n-- Down Migration\nb').upHasAll).toBe(false);
  });
});

describe('names of new files', () => {
  const now = new Date('2024-05-06T07:08:09.010Z');

  it.each<[readonly string[], string]>([
    [[], '1714979289010'],
    [['1600000000000_a'], '1714979289010'],
    [['1800000000000_a'], '1800000000001'],
    [['20230101000000000_a'], '20240506070809010'],
    [['20990101000000999_a'], '20990101000001000'],
    [['0001_a', '0009_b'], '0010'],
    [['9_b'], '10'],
    [['20230101000000_a'], '20230101000001'],
  ])('numbers behind %j', (names, expected) => {
    expect(nextPrefix(names, formatOf(names), now)).toBe(expected);
  });

  it('begins as the settings say', () => {
    expect(nextPrefix([], formatOf([], 'index'), now)).toBe('0001');
    expect(nextPrefix([], formatOf([], 'utc'), now)).toBe('20240506070809010');
  });
});

describe('the check of the order', () => {
  const files = ['1_a', '2_b', '3_c'].map(id => ({id, label: id, title: '', up: `/m/${id}.sql`}));

  it.each<[readonly string[], string | undefined, RegExp]>([
    [[], undefined, /^$/],
    [['1_a', '2_b'], undefined, /^$/],
    [['1_a', '2_b', '3_c', '4_gone'], undefined, /^$/],
    [['1_a', '3_c'], '2_b', /2_b has not been run, but its place is before 3_c/],
    [['1_a', 'x', '2_b'], '2_b', /x was run in the place where the files have 2_b, and has no file/],
    [['2_b', '1_a'], '1_a', /1_a and 2_b were run in another order/],
  ])('of %j stops at %s', (recorded, id, words) => {
    const problem = orderProblem(recorded, files);
    expect(problem?.kind === 'other' ? problem.id : undefined).toBe(id);
    expect(problem?.kind === 'other' ? problem.words : '').toMatch(words);
  });
});
