import {describe, expect, it} from 'vitest';
import {filterIn} from '../../webview/indexes/choices.ts';
import {everything, type Filter} from '../../webview/indexes/model.ts';

describe('the filter that was saved', () => {
  const some: Filter = {text: 'orders', schema: 'shop', table: 7, finding: 'any'};

  it.each<[string, unknown, Filter]>([
    ['all of it', {filter: some}, some],
    ['one without a table', {filter: {...some, table: undefined}}, {...some, table: undefined}],
    ['nothing of a new page', undefined, everything],
    ['nothing of an earlier version', {connectionId: 'c', choices: {}}, everything],
    ['nothing of what is broken', {filter: {...some, table: 'orders'}}, everything],
  ])('is %s', (_, state, filter) => {
    expect(filterIn(state)).toEqual(filter);
  });

  it('is the one that shows everything where it hides nothing', () => {
    expect(filterIn({filter: {...everything}})).toBe(everything);
  });
});
