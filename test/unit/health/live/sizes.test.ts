import {expect, it} from 'vitest';
import {Sizes, sizesOf} from '../../../../src/postgres/health/sizes.ts';

const db = {query: () => Promise.reject(new Error('nobody asks'))};

it.each([
  ['at first', undefined, true],
  ['at once when it took nothing', 0, true],
  ['only after a while when it took long', 1_000_000, false],
] as const)('sizes are measured %s', (_, took, due) => {
  const sizes = new Sizes();
  if (took !== undefined) sizes.keep('this', took, {shop: 8192});
  expect(sizes.due('this')).toBe(due);
  expect(sizes.due('others')).toBe(true);
  expect(sizes.of('this', 'shop')).toBe(took === undefined ? undefined : 8192);
});

it('are remembered for a session', () => {
  sizesOf(db).keep('others', 1, {erp: 4096});
  expect(sizesOf(db).of('others', 'erp')).toBe(4096);
  expect(sizesOf({...db}).of('others', 'erp')).toBe(undefined);
});
