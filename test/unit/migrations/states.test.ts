import {describe, expect, it} from 'vitest';
import {lateIds, sight, unseenIds, type Sighting} from '../../../src/core/migrations/sighting.ts';
import type {LinearPosition} from '../../../src/core/migrations/position.ts';
import {statesOf} from '../../../src/core/migrations/states.ts';
import {compareIds} from '../../../src/core/golang-migrate/grammar.ts';

const order = ['1', '2', '10'];
const history = order.map(id => ({id, label: id, title: ''}));
const at = (id: string): LinearPosition => ({kind: 'at', id});

it.each<[string, LinearPosition, readonly string[], readonly string[]]>([
  ['nothing', {kind: 'none'}, [], ['1 pending', '2 pending', '10 pending']],
  ['the middle', at('2'), [], ['1 applied', '2 applied current', '10 pending']],
  ['the end', at('10'), ['2'], ['1 applied', '2 never-runs', '10 applied current']],
  ['the current one is never a late one', at('2'), ['2'], ['1 applied', '2 applied current', '10 pending']],
  ['a failure', {kind: 'failed', id: '2'}, [], ['1 applied', '2 failed', '10 pending']],
  ['a version without a file', at('5'), [], ['1 applied', '2 applied', '5 missing-file', '10 pending']],
  [
    'a failed one without a file',
    {kind: 'failed', id: '5'},
    [],
    ['1 applied', '2 applied', '5 failed', '10 pending'],
  ],
  ['a failed first down', {kind: 'failed', id: '-1'}, [], ['1 pending', '2 pending', '10 pending']],
  ['a version beyond all', at('99'), [], ['1 applied', '2 applied', '10 applied', '99 missing-file']],
])('states at %s', (_what, position, neverRan, states) =>
  expect(
    statesOf(history, position, new Set(neverRan), compareIds).map(
      ({migration, state}) =>
        `${migration.id} ${state.kind}${state.kind === 'applied' && state.current ? ' current' : ''}`,
    ),
  ).toEqual(states),
);

describe('files that came after the database had passed their place', () => {
  it.each<[string, LinearPosition, Sighting, readonly string[]]>([
    ['one is new', at('10'), {position: at('10'), ids: ['1', '10']}, ['2']],
    ['the database has moved on since', at('10'), {position: at('2'), ids: ['2']}, ['1']],
    ['the database has gone back since', at('2'), {position: at('10'), ids: ['10']}, []],
    ['all were seen', at('10'), {position: at('10'), ids: order}, []],
    ['it was not past it then', at('10'), {position: at('1'), ids: ['1', '10']}, []],
    ['nothing was applied then', at('10'), {position: {kind: 'none'}, ids: []}, []],
    ['it is dirty now', {kind: 'failed', id: '10'}, {position: at('10'), ids: []}, []],
    ['the file of then is gone', at('10'), {position: at('7'), ids: []}, []],
  ])('by an earlier look: %s', (_what, now, earlier, ids) =>
    expect(unseenIds(order, now, earlier)).toEqual(ids),
  );

  it('stay unseen in the next look', () => {
    const sighting = sight(order, at('10'), ['2']);
    expect(sighting).toEqual({position: at('10'), ids: ['1', '10']});
    expect(unseenIds(order, at('10'), sighting)).toEqual(['2']);
  });

  it.each<[string, LinearPosition, Readonly<Record<string, number>>, readonly string[]]>([
    ['after the current one', at('10'), {1: 1, 2: 3, 10: 2}, ['2']],
    ['with the current one', at('10'), {1: 1, 2: 2, 10: 2}, []],
    ['not committed yet', at('10'), {1: 1, 2: Infinity, 10: 2}, ['2']],
    ['nor is the current one', at('10'), {1: 1, 2: Infinity, 10: Infinity}, []],
    ['not judged', at('10'), {1: 1, 10: 2}, []],
    ['pending ones do not count', at('2'), {1: 1, 2: 2, 10: 3}, []],
    ['nothing is known', at('10'), {}, []],
  ])('by their arrival: %s', (_what, position, arrivals, ids) =>
    expect(lateIds(order, position, new Map(Object.entries(arrivals)))).toEqual(ids),
  );
});
