import {describe, expect, it} from 'vitest';
import {containsPattern, prefixPattern} from '../../../src/core/catalog/filter.ts';
import {pageOf} from '../../../src/core/catalog/page.ts';

describe('LIKE patterns', () => {
  it.each([
    ['orders', '%orders%', 'orders%'],
    ['50%_off', String.raw`%50\%\_off%`, String.raw`50\%\_off%`],
    [String.raw`a\b`, String.raw`%a\\b%`, String.raw`a\\b%`],
    ['', '%%', '%'],
  ])('%s is taken as it is', (typed, contains, prefix) => {
    expect([containsPattern(typed), prefixPattern(typed)]).toEqual([contains, prefix]);
  });
});

describe('pageOf', () => {
  const item = (name: string) => ({name, oid: name.length, more: true});
  it.each([
    [['a', 'b', 'c'], 2, ['a', 'b'], {name: 'b', oid: 1}],
    [['a', 'b'], 2, ['a', 'b'], undefined],
    [[], 2, [], undefined],
  ])('%j with room for %d', (names, limit, shown, next) => {
    const page = pageOf(names.map(item), limit);
    expect(page.items.map(({name}) => name)).toEqual(shown);
    expect(page.next).toEqual(next);
  });
});
