import {describe, expect, it} from 'vitest';
import type {HistoryProblem, Migration, Position} from '../../../src/core/migrations/migration.ts';
import type {Goal} from '../../../src/core/migrations/plan.ts';
import {planSteps} from '../../../src/core/migrations/planning.ts';
import {idsOf} from '../../../src/core/migrations/position.ts';

const history: readonly Migration[] = ['1', '3', '7'].map(id => ({
  id,
  label: `00${id}`,
  title: 't',
  up: `/m/${id}.up.sql`,
  ...(id === '3' ? {} : {down: `/m/${id}.down.sql`}),
}));
const none: Position = {kind: 'none'};
const at = (id: string): Position => ({kind: 'at', id});

function plan(position: Position, goal: Goal, problems: readonly HistoryProblem[] = []) {
  return planSteps(history, {position, problems}, goal);
}

describe('a plan', () => {
  it.each<[string, Position, Goal, readonly string[]]>([
    ['next from nothing', none, {kind: 'apply-next'}, ['up 1 → 1']],
    ['next', at('1'), {kind: 'apply-next'}, ['up 3 → 3']],
    ['all', at('1'), {kind: 'apply-all'}, ['up 3 → 3', 'up 7 → 7']],
    ['up to', none, {kind: 'apply-to', id: '3'}, ['up 1 → 1', 'up 3 → 3']],
    ['last', at('7'), {kind: 'roll-back-last'}, ['down 7 → 3']],
    ['the first', at('1'), {kind: 'roll-back-last'}, ['down 1 → none']],
    ['back to', at('7'), {kind: 'roll-back-to', id: '1'}, ['down 7 → 3', 'down 3 (no file) → 1']],
    ['all back', at('3'), {kind: 'roll-back-all'}, ['down 3 (no file) → 1', 'down 1 → none']],
  ])('%s', (_what, position, goal, steps) => {
    const planned = plan(position, goal);
    expect(
      planned.ok &&
        planned.value.map(
          ({migration, direction, path, leads}) =>
            `${direction} ${migration.id}${path === undefined ? ' (no file)' : ''} → ${idsOf(leads).join() || 'none'}`,
        ),
    ).toEqual(steps);
  });

  it.each<[string, Position, Goal, string]>([
    ['nothing to apply', at('7'), {kind: 'apply-all'}, 'nothing-to-do'],
    ['nothing to roll back', none, {kind: 'roll-back-all'}, 'nothing-to-do'],
    ['there already', at('3'), {kind: 'apply-to', id: '3'}, 'nothing-to-do'],
    ['dirty', {kind: 'failed', id: '3'}, {kind: 'apply-all'}, 'dirty'],
    ['dirty at -1', {kind: 'failed', id: '-1'}, {kind: 'roll-back-all'}, 'dirty'],
    ['no file for the current version', at('5'), {kind: 'apply-all'}, 'missing-file'],
    ['no file for the current version, back', at('5'), {kind: 'roll-back-to', id: '1'}, 'missing-file'],
    ['no file for the goal', at('3'), {kind: 'apply-to', id: '4'}, 'missing-file'],
    ['the wrong way up', at('7'), {kind: 'apply-to', id: '1'}, 'invalid-input'],
    ['the wrong way down', at('1'), {kind: 'roll-back-to', id: '7'}, 'invalid-input'],
  ])('is refused: %s', (_what, position, goal, reason) =>
    expect(plan(position, goal)).toMatchObject({failure: {reason}}),
  );

  it('is refused while a runner is in the middle of a migration', () => {
    const status = {
      position: {kind: 'failed', id: '3'},
      problems: [],
      runner: {pid: 7, user: 'app'},
    } as const;
    expect(planSteps(history, status, {kind: 'apply-all'})).toMatchObject({
      failure: {reason: 'locked', message: 'A runner is at work: pid 7, user app. Nothing has run.'},
    });
  });

  it('is refused for duplicates, naming the files', () => {
    const problem: HistoryProblem = {kind: 'duplicate-version', id: '3', paths: ['/m/3_a', '/m/03_b']};
    expect(plan(none, {kind: 'apply-all'}, [problem])).toMatchObject({
      failure: {reason: 'duplicate-version', message: 'Version 3 has more than one file: 3_a and 03_b.'},
    });
  });

  it('has nothing to do in an empty project', () =>
    expect(planSteps([], {position: none, problems: []}, {kind: 'apply-next'})).toMatchObject({
      failure: {reason: 'nothing-to-do'},
    }));
});
