import {rmSync} from 'node:fs';
import {basename, join} from 'node:path';
import {expect, it} from 'vitest';
import {readArrivals} from '../../../src/frameworks/git-arrivals.ts';
import {type Act, commit, init, repository} from './git-repository.ts';

it.each<[string, readonly Act[], readonly (readonly string[])[]]>([
  ['one after the other', [init, ...commit('1'), ...commit('2')], [['1'], ['2']]],
  ['all at once', [init, ...commit('1', '2', '3')], [['1', '2', '3']]],
  [
    'an older one merged from a branch',
    [
      init,
      ...commit('1'),
      ['checkout', '-b', 'feature'],
      ...commit('2'),
      ['checkout', 'main'],
      ...commit('3'),
      ['merge', '--no-ff', '-m', 'm', 'feature'],
    ],
    [['1'], ['3'], ['2']],
  ],
  [
    'several merged together',
    [
      init,
      ...commit('1'),
      ['checkout', '-b', 'feature'],
      ...commit('2'),
      ...commit('4'),
      ['checkout', 'main'],
      ...commit('3'),
      ['merge', '--no-ff', '-m', 'm', 'feature'],
    ],
    [['1'], ['3'], ['2', '4']],
  ],
  [
    'a renumbered one',
    [init, ...commit('2'), ...commit('3'), ['mv', '2', '4'], ['commit', '-m', 'x']],
    [['2'], ['3'], ['4']],
  ],
  [
    'one that was removed and came back',
    [init, ...commit('1'), ...commit('2'), ['rm', '1'], ['commit', '-m', 'x'], ...commit('1')],
    [['1'], ['2']],
  ],
  ['uncommitted and staged ones', [init, ...commit('1'), '3', ['add', '3'], '2'], [['1'], ['2', '3']]],
  ['no commit', [init, '1'], []],
  ['no repository', ['1'], []],
])('ranks %s', async (_what, acts, ranked) => {
  const folder = repository(acts);
  const groups = new Map<number, string[]>();
  for (const [path, rank] of await readArrivals(folder))
    groups.set(rank, [...(groups.get(rank) ?? []), basename(path)].toSorted());
  const inOrder = [...groups].toSorted(([one], [other]) => one - other).map(([, names]) => names);
  expect(inOrder).toEqual(ranked);
  rmSync(join(folder, '..', '..'), {recursive: true});
});
