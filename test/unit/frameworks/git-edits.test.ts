import {execFileSync} from 'node:child_process';
import {appendFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {expect, it} from 'vitest';
import {readEdits} from '../../../src/frameworks/git-edits.ts';
import {commit, init, repository, type Act} from './git-repository.ts';

const begun: readonly Act[] = [init, ...commit('1', '2', '3')];

it.each<[string, readonly Act[], readonly string[], readonly string[]]>([
  ['nothing, as long as files only arrive', [...begun, ...commit('4')], [], []],
  ['what is changed and not committed', begun, ['2'], ['2']],
  ['what is new and not committed is no edit', [...begun, '5'], ['5'], []],
  ['what is changed and staged', begun, ['1', '3'], ['1', '3']],
])('names %s', async (_name, acts, changed, expected) => {
  const folder = repository(acts);
  for (const name of changed) appendFileSync(join(folder, name), ' changed');
  expect([...(await readEdits(folder))].map(path => basename(path)).toSorted()).toEqual(expected);
  rmSync(join(folder, '../..'), {recursive: true});
});

it('names what a later commit changed', async () => {
  const folder = repository(begun);
  appendFileSync(join(folder, '2'), ' changed');
  const author = ['-c', 'user.name=t', '-c', 'user.email=t@example.org'];
  execFileSync('git', [...author, 'commit', '-am', 'later'], {cwd: folder, stdio: 'ignore'});
  expect([...(await readEdits(folder))]).toEqual([join(folder, '2')]);
  rmSync(join(folder, '../..'), {recursive: true});
});

it('names nothing without a repository', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'howdah-no-git-'));
  expect(await readEdits(folder)).toEqual(new Set());
  rmSync(folder, {recursive: true});
});
