import {describe, expect, it} from 'vitest';
import {ago, duration, oneLine, percent, short, time} from '../../webview/health/format.ts';
import {applied, findingKeys} from '../../webview/health/model.ts';
import {trendsOf} from '../../webview/health/query-columns.ts';
import {nextSorting, sorted, type SortKey} from '../../webview/ui/grid-order.ts';
import {healthView} from './health-rig.ts';
import {someFindings} from './health-findings.ts';
import {statement} from './health-statements.ts';
import {at} from './health-units.ts';
import {seenPart, someReading, someSamples} from './health-values.ts';

describe('words of numbers', () => {
  it.each([
    [0, '0 s'],
    [4, '4 ms'],
    [400, '0.4 s'],
    [949, '0.9 s'],
    [999, '1 s'],
    [12_900, '12 s'],
    [60_000, '1 min'],
    [245_000, '4 min 5 s'],
    [11_040_000, '3 h 4 min'],
    [86_400_000 * 12 + 3_600_000 * 4, '12 d 4 h'],
    [-5, '0 s'],
  ])('%d ms go on for %s', (ms, words) => expect(duration(ms)).toBe(words));

  it.each([
    [0.111, '0.111 ms'],
    [8883, '8.88 s'],
    [34 * 60_000, '34 min'],
  ])('%d ms took %s', (ms, words) => expect(time(ms)).toBe(words));

  it.each([
    [0, '0'],
    [0.001, '< 0.01'],
    [0.42, '0.42'],
    [7.34, '7.3'],
    [120, '120'],
    [4300, '4,300'],
    [12_412, '12.4 k'],
    [999_700, '1 M'],
    [3_120_000, '3.1 M'],
    [210_000_000, '210 M'],
    [41_000_000_000, '41 G'],
  ])('%d is %s', (value, words) => expect(short(value)).toBe(words));

  it.each([
    [0, '0 %'],
    [0.0004, '< 0.1 %'],
    [0.028, '2.8 %'],
    [0.42, '42 %'],
    [0.99, '99 %'],
    [0.9954, '99.54 %'],
    [0.99999, '99.99 %'],
    [1, '100 %'],
  ])('a share of %d is %s', (share, words) => expect(percent(share)).toBe(words));

  it('says never', () => {
    expect([ago(undefined, at), ago(at - 7_500_000, at)]).toEqual(['never', '2 h ago']);
  });

  it('puts a query on one line', () => {
    expect(oneLine('SELECT 1,\n\n   2')).toBe('SELECT 1, 2');
    expect(oneLine('x'.repeat(50), 10)).toBe(`${'x'.repeat(10)}…`);
  });
});

describe('sorting', () => {
  const columns = [
    {id: 'name', value: ({name}: Row) => name},
    {id: 'size', align: 'end', value: ({size}: Row) => size},
  ] as const;
  interface Row {
    readonly name: string;
    readonly size: number | undefined;
  }
  const rows: readonly Row[] = [
    {name: 't10', size: 5},
    {name: 't2', size: undefined},
    {name: 'T1', size: 9},
    {name: 'a', size: 5},
  ];
  it.each<[string, readonly SortKey[], string]>([
    ['as they were given', [], 't10 t2 T1 a'],
    ['numbers within words as numbers', [{column: 'name', descending: false}], 'a T1 t2 t10'],
    ['what is not known last', [{column: 'size', descending: false}], 't10 a T1 t2'],
    ['what is not known last, the other way as well', [{column: 'size', descending: true}], 'T1 t10 a t2'],
    [
      'by two',
      [
        {column: 'size', descending: true},
        {column: 'name', descending: false},
      ],
      'T1 a t10 t2',
    ],
    ['not by a column that is gone', [{column: 'gone', descending: true}], 't10 t2 T1 a'],
  ])('%s', (_, sorting, names) => {
    expect(
      sorted(rows, sorting, columns)
        .map(({name}) => name)
        .join(' '),
    ).toBe(names);
  });

  it('goes round with each click: the larger first, the smaller first, not at all', () => {
    const [name, size] = columns;
    const click = (sorting: readonly SortKey[]): readonly SortKey[] => nextSorting(sorting, size, false);
    const once = click([]);
    expect([once, click(once), click(click(once))]).toEqual([
      [{column: 'size', descending: true}],
      [{column: 'size', descending: false}],
      [],
    ]);
    expect(nextSorting(once, name, true)).toEqual([...once, {column: 'name', descending: false}]);
    expect(nextSorting([...once, {column: 'name', descending: true}], name, true)).toEqual(once);
    expect(nextSorting([...once, {column: 'name', descending: true}], name, false)).toEqual([
      {column: 'name', descending: false},
    ]);
  });
});

describe('changes', () => {
  const nothing = {view: {}, reading: {}, samples: [], now: at};
  it('leave what they do not name as it is', () => {
    const view = healthView();
    const next = applied(view, {...nothing, view: {looking: true}});
    expect(next).toEqual({...view, looking: true});
    expect(next.findings).toBe(view.findings);
    expect(next.reading.tables).toBe(view.reading.tables);
    expect(next.samples).toBe(view.samples);
  });

  it('replace a part, and add samples up to a limit', () => {
    const view = healthView({samples: someSamples(720)});
    const progress = seenPart({rows: []});
    const next = applied(view, {...nothing, reading: {progress}, samples: [{at: at + 1}]});
    expect(next.reading).toEqual({...someReading, progress});
    expect([next.samples.length, next.samples.at(-1)?.at]).toEqual([720, at + 1]);
  });
});

it('names findings by what they are about, not by their figures', () => {
  const [first] = someFindings;
  if (!first) throw new Error('no finding');
  const keys = findingKeys([
    first,
    {...first, what: 'other figures'},
    {...first, subject: {kind: 'session', pid: 1}},
  ]);
  expect(new Set(keys).size).toBe(3);
  expect(findingKeys([{...first, what: 'other figures'}])[0]).toBe(keys[0]);
});

describe('the trend of a statement', () => {
  const reading = (calls: number, totalMs: number): Parameters<typeof trendsOf>[0] =>
    healthView({
      reading: {
        statements: seenPart({
          rows: [statement('1', 'SELECT 1', {calls, totalMs})],
          totals: {statements: 1, calls, totalMs},
          extensionVersion: '1.10',
          max: 5000,
          ioTiming: false,
        }),
      },
      statementsBefore: {at: at - 10_000, rows: [{id: '1', calls: 100, totalMs: 1000}]},
    });
  it.each([
    ['calls and their mean', 150, 1500, {callsPerSecond: 5, meanMs: 10}],
    ['no mean without calls', 100, 1000, {callsPerSecond: 0}],
    ['nothing after a reset', 7, 20, undefined],
  ])('is %s', (_, calls, totalMs, trend) => {
    expect(trendsOf(reading(calls, totalMs))[0]?.trend).toEqual(trend);
  });
});
