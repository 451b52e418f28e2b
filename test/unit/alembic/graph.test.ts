import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {choose} from '../../../src/core/alembic/choose.ts';
import {headsOf, withAncestors} from '../../../src/core/alembic/graph.ts';
import {historyOf, readRows, stepsOf, type AlembicHistory} from '../../../src/core/alembic/history.ts';
import type {RevisionFile} from '../../../src/core/alembic/revision-file.ts';
import type {Goal} from '../../../src/core/migrations/plan.ts';
import {environmentAt} from '../../../src/frameworks/alembic/environment.ts';
import {readEnvironment} from '../../../src/frameworks/alembic/folder.ts';

/** `id <- parent parent ; dependency`, in the order of the files. */
function history(...lines: readonly string[]): AlembicHistory {
  return historyOf(
    lines.map((line, index): RevisionFile => {
      const [, id = '', parents = '', dependsOn = '', label = ''] =
        /^([^\s;@]+)(?: <- ([^;@]*))?(?:; ([^@]*))?(?:@(.*))?$/.exec(line) ?? [];
      const words = (text: string): readonly string[] => text.split(' ').filter(word => word !== '');
      return {
        kind: 'revision',
        revision: {
          path: `/v/${id}.py`,
          id,
          parents: words(parents),
          dependsOn: words(dependsOn),
          branchLabels: words(label),
          title: id,
          created: String(index).padStart(3, '0'),
        },
      };
    }),
  );
}

const diamond = history('r1', 'r2 <- r1', 'a <- r2', 'b <- r2', 'm <- a b', 'r3 <- m');
const two = history('r1', 'r2 <- r1', 'a <- r2', 'b <- r2', 's1@second', 's2 <- s1; a');

describe('a graph of revisions', () => {
  it('orders by what a revision needs, then by when it was made', () => {
    const {graph} = history('r3 <- r2', 'r2 <- r1', 'r1', 'x', 'm <- r3 x');
    expect(graph.order).toEqual(['r1', 'r2', 'r3', 'x', 'm']);
  });

  it('knows heads and ancestors through dependencies', () => {
    expect(headsOf(two.graph)).toEqual(['b', 's2']);
    expect([...withAncestors(two.graph, ['s2'])].toSorted()).toEqual(['a', 'r1', 'r2', 's1', 's2']);
    expect(history('a', 's@second', 't; second').graph.nodes.get('t')?.requires).toEqual(['s']);
  });

  it.each<[string, AlembicHistory, RegExp | string]>([
    ['a missing parent', history('a <- gone'), /a needs gone, which no file has/],
    ['a missing dependency', history('a; gone'), /a needs gone/],
    [
      'a circle',
      history('r', 'a <- c', 'b <- a', 'c <- b r', 'd <- c'),
      /^The revisions a, b, c need one another in a circle/,
    ],
    ['itself', history('a <- a'), /^The revisions a need/],
    ['two of one id', history('a', 'a'), 'duplicate-version'],
    ['two heads', two, /has 2 heads: b, s2/],
    ['a long id', history('x'.repeat(33)), /holds 32/],
  ])('tells of %s', (_what, {problems}, words) => {
    const told = problems.map(problem => (problem.kind === 'other' ? problem.words : problem.kind));
    expect(told).toEqual([typeof words === 'string' ? words : expect.stringMatching(words)]);
  });

  it.each<[string, AlembicHistory, readonly string[], readonly string[], object]>([
    [
      'nothing',
      diamond,
      [],
      ['pending', 'pending', 'pending', 'pending', 'pending', 'pending'],
      {kind: 'none'},
    ],
    [
      'a branch',
      diamond,
      ['a'],
      ['applied', 'applied', 'applied', 'pending', 'pending', 'pending'],
      {kind: 'at', id: 'a'},
    ],
    [
      'two heads',
      diamond,
      ['b', 'a'],
      ['applied', 'applied', 'applied', 'applied', 'pending', 'pending'],
      {kind: 'heads', ids: ['a', 'b']},
    ],
    [
      'a dependency',
      two,
      ['s2'],
      ['applied', 'applied', 'applied', 'pending', 'applied', 'applied'],
      {kind: 'at', id: 's2'},
    ],
    [
      'an unknown one beside a known one',
      history('a', 'b <- a'),
      ['a', 'x'],
      ['applied', 'pending', 'missing-file'],
      {kind: 'heads', ids: ['a', 'x']},
    ],
  ])('reads the rows of %s', (_what, of, rows, states, position) => {
    const read = readRows(of, rows);
    expect(read.migrations.map(({state}) => state.kind)).toEqual(states);
    expect(read.position).toEqual(position);
  });

  it('tells of rows that stand for nothing', () => {
    expect(readRows(diamond, ['r1', 'a']).problems).toMatchObject([
      {refused: true, words: expect.stringContaining('overlaps')},
    ]);
  });
});

describe('a goal', () => {
  it.each<[string, AlembicHistory, readonly string[], Goal, readonly string[], string]>([
    ['all', diamond, [], {kind: 'apply-all'}, ['r1', 'r2', 'b', 'a', 'm', 'r3'], 'heads'],
    ['the next', diamond, ['r2', 'b'], {kind: 'apply-next'}, ['a'], 'a'],
    ['one with what it needs', two, [], {kind: 'apply-to', id: 's2'}, ['s1', 'r1', 'r2', 'a', 's2'], 's2'],
    ['the last', diamond, ['r3'], {kind: 'roll-back-last'}, ['r3'], '-1'],
    ['down to a parent of a merge', diamond, ['m'], {kind: 'roll-back-to', id: 'a'}, ['m'], 'a'],
    ['down to the branch point', diamond, ['m'], {kind: 'roll-back-to', id: 'r2'}, ['m', 'b', 'a'], 'r2'],
    [
      'down with what depends on it',
      two,
      ['s2', 'b'],
      {kind: 'roll-back-to', id: 'r2'},
      ['b', 's2', 'a'],
      'r2',
    ],
    ['the last of one branch', two, ['a'], {kind: 'roll-back-last'}, ['a'], '-1'],
    ['the only base', two, ['s1'], {kind: 'roll-back-last'}, ['s1'], '-1'],
    ['everything', diamond, ['a', 'b'], {kind: 'roll-back-all'}, ['b', 'a', 'r2', 'r1'], 'base'],
  ])('of %s', (_what, {graph}, heads, goal, ids, destination) => {
    expect(choose(graph, heads, goal)).toMatchObject({value: {destination}});
    const chosen = choose(graph, heads, goal);
    expect(chosen.ok && chosen.value.ids.toSorted()).toEqual(ids.toSorted());
    const places = new Map(chosen.ok ? chosen.value.ids.map((id, index) => [id, index]) : []);
    for (const id of chosen.ok ? chosen.value.ids : [])
      for (const below of graph.nodes.get(id)?.below ?? []) {
        const [before, after] = [places.get(below), places.get(id)];
        if (before === undefined || after === undefined) continue;
        expect(goal.kind.startsWith('apply') ? before < after : before > after).toBe(true);
      }
  });

  it.each<[string, AlembicHistory, readonly string[], Goal, string]>([
    ['all of all', diamond, ['r3'], {kind: 'apply-all'}, 'nothing-to-do'],
    ['what is applied', diamond, ['r3'], {kind: 'apply-to', id: 'a'}, 'invalid-input'],
    ['where it is', diamond, ['a'], {kind: 'apply-to', id: 'a'}, 'nothing-to-do'],
    ['nothing back', diamond, [], {kind: 'roll-back-last'}, 'nothing-to-do'],
    ['a step down from a merge', diamond, ['m'], {kind: 'roll-back-last'}, 'invalid-input'],
    ['a step down from two heads', diamond, ['a', 'b'], {kind: 'roll-back-last'}, 'invalid-input'],
    ['back to what is not applied', diamond, ['a'], {kind: 'roll-back-to', id: 'b'}, 'invalid-input'],
    ['back to where it is', diamond, ['a'], {kind: 'roll-back-to', id: 'a'}, 'nothing-to-do'],
    ['a revision without a file', diamond, [], {kind: 'apply-to', id: 'x'}, 'missing-file'],
  ])('of %s is refused', (_what, {graph}, heads, goal, reason) => {
    expect(choose(graph, heads, goal)).toMatchObject({failure: {reason}});
  });

  it('tells where each step leads, as the rows of the table', () => {
    const leads = (heads: readonly string[], goal: Goal): readonly unknown[] => {
      const chosen = choose(diamond.graph, heads, goal);
      return chosen.ok ? stepsOf(diamond, heads, chosen.value).map(step => step.leads) : [];
    };
    const at = (id: string): object => ({kind: 'at', id});
    const both = {kind: 'heads', ids: ['a', 'b']};
    expect(leads(['a'], {kind: 'apply-all'})).toEqual([both, at('m'), at('r3')]);
    expect(leads(['m'], {kind: 'roll-back-to', id: 'a'})).toEqual([both]);
    expect(leads(['r2'], {kind: 'roll-back-all'})).toEqual([at('r1'), {kind: 'none'}]);
  });
});

describe('a long history', () => {
  it('is read from 2,000 files, in order, and planned', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'howdah-alembic-long-'));
    const names = Array.from({length: 2000}, (_, index) => `r${index}`);
    await Promise.all(
      names.map((id, index) =>
        writeFile(
          join(folder, `${id}_x.py`),
          `"""${id}\n\nRevises: -\n"""\nfrom alembic import op\n\nrevision: str = '${id}'\ndown_revision = ${index === 0 ? 'None' : `'r${index - 1}'`}\n\n\ndef upgrade():\n    op.execute("SELECT ${index}")\n`,
        ),
      ),
    );
    const environment = {...environmentAt(folder, []), versions: [folder]};
    const started = performance.now();
    const read = await readEnvironment(environment);
    console.log(`2,000 revisions read in ${Math.round(performance.now() - started)} ms`);
    if (!read.ok) throw new Error(read.failure.message);
    const {history: long} = read.value;
    expect(long.migrations.map(({id}) => id)).toEqual(names);
    expect(long.problems).toEqual([]);
    const planned = performance.now();
    const chosen = choose(long.graph, [], {kind: 'apply-all'});
    expect(chosen.ok && stepsOf(long, [], chosen.value).map(({migration}) => migration.id)).toEqual(names);
    console.log(`planned in ${Math.round(performance.now() - planned)} ms`);
    await rm(folder, {recursive: true});
  });
});
