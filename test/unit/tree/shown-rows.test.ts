import {expect, it} from 'vitest';
import {TreeNode} from '../../../src/editor/tree/node.ts';
import {ShownRows} from '../../../src/editor/tree/shown-rows.ts';

const row = (name: string, parent?: TreeNode, text = name): TreeNode =>
  new TreeNode({kind: 'message', text}, name, parent);

it('keeps a row as the object that it was, with newer data', () => {
  const shown = new ShownRows();
  const [first, again] = [row('a'), row('a', undefined, 'newer')];
  shown.put(undefined, [first]);
  expect(shown.put(undefined, [again])).toBe(false);
  expect(shown.below()).toEqual([first]);
  expect(shown.below()?.[0]).toBe(first);
  expect(first.data).toBe(again.data);
});

it.each([
  ['the same rows', ['a', 'b'], ['a', 'b'], false],
  ['a new row', ['a'], ['a', 'b'], true],
  ['a row less', ['a', 'b'], ['a'], true],
  ['another order', ['a', 'b'], ['b', 'a'], true],
  ['no rows any more', ['a'], [], true],
] as const)('tells of other rows, but not of newer data: %s', (_title, before, after, moved) => {
  const shown = new ShownRows();
  shown.put(
    undefined,
    before.map(name => row(name)),
  );
  expect(
    shown.put(
      undefined,
      after.map(name => row(name)),
    ),
  ).toBe(moved);
});

it('forgets what is below a row, and keeps who the rows are', () => {
  const shown = new ShownRows();
  const [root, other] = [row('root'), row('root-2')];
  shown.put(undefined, [root, other]);
  const [child, grandchild, besides] = [row('child', root), row('x', row('child', root)), row('y', other)];
  shown.put(root, [child]);
  shown.put(child, [grandchild]);
  shown.put(other, [besides]);
  shown.forget(root);
  expect([shown.below(root), shown.below(child), shown.below(other)]).toEqual([
    undefined,
    undefined,
    [besides],
  ]);
  shown.put(root, [row('child', root)]);
  expect(shown.below(root)?.[0]).toBe(child);
});

it('lets go of a row that is gone, and of all below it', () => {
  const shown = new ShownRows();
  const root = row('root');
  shown.put(undefined, [root]);
  const child = row('child', root);
  shown.put(root, [child]);
  shown.put(child, [row('x', child)]);
  shown.put(root, []);
  expect([shown.has(child), shown.below(child)]).toEqual([false, undefined]);
  const later = row('child', root);
  shown.put(root, [later]);
  expect(shown.below(root)?.[0]).toBe(later);
});

it('names the rows that were opened below one, parents first', () => {
  const shown = new ShownRows();
  const [root, other] = [row('root'), row('other')];
  shown.put(undefined, [root, other]);
  const child = row('child', root);
  shown.put(root, [child]);
  shown.put(child, [row('x', child)]);
  shown.put(other, [row('y', other)]);
  expect(shown.readBelow(root)).toEqual([root, child]);
});
