import {expect, it} from 'vitest';
import {historyOf} from '../../../../src/frameworks/golang-migrate/history.ts';

function history(names: readonly string[]) {
  return historyOf(names.map(name => ({name, path: `/m/${name}`})));
}

it.each<[string, readonly string[], readonly string[]]>([
  ['numeric order', ['10_b.up.sql', '9_a.up.sql', '2_c.up.sql'], ['2', '9', '10']],
  ['numeric order across widths', ['010_b.up.sql', '2_c.up.sql'], ['2', '10']],
  ['gaps', ['1_a.up.sql', '7_b.up.sql'], ['1', '7']],
  ['both numberings', ['20240101000000_b.up.sql', '000003_a.up.sql'], ['3', '20240101000000']],
  ['other files', ['README.md', '1_a.up.sql', 'x.sql', '1_a.up'], ['1']],
  ['only a down file', ['1_a.down.sql'], ['1']],
  ['nothing', [], []],
])('lists %s', (_name, names, ids) => expect(history(names).migrations.map(({id}) => id)).toEqual(ids));

it.each<[string, readonly string[], readonly object[]]>([
  ['a pair', ['1_a.up.sql', '1_a.down.sql'], []],
  ['a pair with different titles', ['1_a.up.sql', '1_b.down.sql'], []],
  [
    'the same version twice',
    ['1_a.up.sql', '1_a.down.sql', '1_b.up.sql', '1_b.down.sql'],
    [
      {kind: 'duplicate-version', id: '1', paths: ['/m/1_a.up.sql', '/m/1_b.up.sql']},
      {kind: 'duplicate-version', id: '1', paths: ['/m/1_a.down.sql', '/m/1_b.down.sql']},
    ],
  ],
  [
    '1_ and 01_',
    ['1_a.up.sql', '01_a.up.sql', '1_a.down.sql'],
    [{kind: 'duplicate-version', id: '1', paths: ['/m/01_a.up.sql', '/m/1_a.up.sql']}],
  ],
  [
    'two extensions',
    ['1_a.up.sql', '1_a.up.sql.bak', '1_a.down.sql'],
    [{kind: 'duplicate-version', id: '1', paths: ['/m/1_a.up.sql', '/m/1_a.up.sql.bak']}],
  ],
  ['no down file', ['1_a.up.sql'], [{kind: 'missing-down', id: '1', paths: ['/m/1_a.up.sql']}]],
  ['no up file', ['1_a.down.sql'], [{kind: 'missing-up', id: '1', paths: ['/m/1_a.down.sql']}]],
])('sees problems: %s', (_name, names, problems) => expect(history(names).problems).toEqual(problems));

it('keeps the version as the file writes it', () =>
  expect(history(['000012_add.up.sql', '000012_add.down.sql']).migrations).toEqual([
    {id: '12', label: '000012', title: 'add', up: '/m/000012_add.up.sql', down: '/m/000012_add.down.sql'},
  ]));
