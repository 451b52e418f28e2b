import {describe, expect, it} from 'vitest';
import type {GraphPlace, Migration, MigrationState, Status} from '../../../src/core/migrations/migration.ts';
import {counterpartOf, separateBooks} from '../../../src/core/reshape/counterpart.ts';
import {portable} from '../../../src/core/reshape/portable.ts';
import {rowDifferences, rowStatements, type DatabaseRows} from '../../../src/core/reshape/rows.ts';
import {sketchesOf} from '../../../src/core/reshape/sketch.ts';
import {
  archivedIn,
  archivedPath,
  correctionOf,
  squashedDown,
  squashedOf,
  standingOf,
} from '../../../src/core/reshape/squash.ts';
import {versionsFor, withVersion} from '../../../src/core/reshape/versions.ts';
import {failure, value} from '../../rig/sessions.ts';

const one: Migration = {id: '1', label: '1', title: 'one'};
const history: readonly Migration[] = ['1', '2', '3'].map(id => ({id, label: id, title: `step ${id}`}));

function statusOf(states: readonly MigrationState['kind'][]): Status {
  const failed = states.indexOf('failed');
  const stateOf = (kind: MigrationState['kind']): MigrationState =>
    kind === 'applied' ? {kind, current: false} : {kind};
  return {
    position: failed < 0 ? {kind: 'none'} : {kind: 'failed', id: String(failed + 1)},
    bookkeeping: {table: 'public.t', exists: true, elsewhere: []},
    migrations: states.map((kind, index) => ({
      migration: history[index] ?? one,
      state: stateOf(kind),
    })),
    problems: [],
  };
}

describe('versions', () => {
  it.each([
    {labels: ['1', '2', '10'], tool: 'dbmate', versions: ['01', '02', '10']},
    {labels: ['1', '2', '10'], tool: 'goose', versions: ['1', '2', '10']},
    {labels: ['000001', '000002'], tool: 'node-pg-migrate', versions: ['000001', '000002']},
    {labels: ['20240101000000'], tool: 'prisma', versions: ['20240101000000']},
    {labels: ['1.1', '1.2'], tool: 'dbmate', versions: undefined},
    {labels: ['ae10', 'be20'], tool: 'goose', versions: undefined},
    {labels: ['2', '1'], tool: 'goose', versions: undefined},
    {labels: ['1', '01'], tool: 'goose', versions: undefined},
  ] as const)('of $labels for $tool are $versions', ({labels, tool, versions}) => {
    expect(versionsFor(labels, tool)).toEqual(versions);
  });

  it.each([
    ['/m/000001_a1.up.sql', '/m/7_a1.up.sql'],
    ['/m2/V1__a.sql', '/m2/V7__a.sql'],
    ['/p/20240101000000_a/migration.sql', '/p/7_a/migration.sql'],
    ['C:\\m\\1_a.sql', 'C:\\m\\7_a.sql'],
  ])('take the place of the one in %s', (path, expected) => {
    expect(withVersion(path, '7')).toBe(expected);
  });
});

describe('a migration without its tool', () => {
  const scriptOf = (sql: string, how: 'query' | 'transaction' | 'bare' = 'query') => ({
    migration: one,
    direction: 'up' as const,
    sql,
    pieces: [{start: 0, end: sql.length, how}],
  });

  it.each([
    {sql: '-- migrate:up\nSELECT 1;\n', up: 'SELECT 1;\n'},
    {sql: '-- migrate:up transaction:false\nSELECT 1', up: 'SELECT 1;\n'},
    {sql: '-- +goose StatementBegin\nSELECT 1;\n-- +goose StatementEnd', up: 'SELECT 1;\n'},
    {sql: '-- Up Migration\n-- about\nSELECT 1 -- why', up: '-- about\nSELECT 1 -- why\n;\n'},
    {sql: 'SELECT 1; -- done', up: 'SELECT 1; -- done\n'},
    {sql: '  \n', up: ''},
  ])('is $up', ({sql, up}) => {
    expect(portable('dbmate', scriptOf(sql), undefined).up).toBe(up);
  });

  it.each([
    {tool: 'dbmate', how: 'query', sql: 'SELECT 1;', outside: true},
    {tool: 'dbmate', how: 'transaction', sql: 'SELECT 1;', outside: false},
    {tool: 'golang-migrate', how: 'query', sql: 'SELECT 1;', outside: false},
    {tool: 'golang-migrate', how: 'query', sql: 'DROP INDEX CONCURRENTLY a;', outside: true},
    {tool: 'flyway', how: 'bare', sql: 'SELECT 1;', outside: true},
  ] as const)(
    'of $tool, sent as $how, is outside of a transaction: $outside',
    ({tool, how, sql, outside}) => {
      expect(portable(tool, scriptOf(sql, how), undefined).outside).toBe(outside);
    },
  );
});

describe('files that are not written yet', () => {
  it('are the migrations that they will be', () => {
    const files = ['/m/1_a_b.up.sql', '/m/1_a_b.down.sql', '/p/2_c/migration.sql', '/p/lock.toml'];
    const sketches = sketchesOf(files.map(path => ({path, text: path})));
    expect(sketches.map(({migration}) => migration)).toEqual([
      {id: '1_a_b', label: '1', title: 'a b', up: files[0], down: files[1]},
      {id: '2_c', label: '2', title: 'c', up: files[2], down: files[2]},
    ]);
    expect(sketches[0]?.texts).toEqual({up: files[0], down: files[1]});
  });
});

describe('rows', () => {
  const now = Date.parse('2026-01-02T03:04:05Z');
  const column = {random: false, identity: false, moment: false};
  const rowsOf = (...rows: readonly (string | null)[][]): DatabaseRows => ({
    tables: [
      {
        table: 'public.t',
        columns: [
          {...column, name: 'a'},
          {...column, name: 'made', moment: true},
          {...column, name: 'token', random: true},
        ],
        rows,
      },
    ],
    sequences: [{name: 'public.s', last: '3', called: true}],
  });

  it('are equal in any order, but for when they were written and what is drawn', () => {
    const before = rowsOf(['1', '2026-01-02 03:00:00+00', 'x'], [null, null, 'y']);
    const after = rowsOf([null, null, 'z'], ['1', '2026-01-02 02:00:00+00', 'w']);
    expect(rowDifferences(before, after, now)).toEqual([]);
  });

  it.each([
    {made: rowsOf(['2', null, null]), words: /Rows of table public\.t differ: 1 row/},
    {made: rowsOf(), words: /Table public\.t has 0 rows and should have 1/},
    {made: {...rowsOf(['1', null, null]), sequences: []}, words: /Sequence public\.s stands at nothing/},
  ])('differ: $words', ({made, words}) => {
    expect(rowDifferences(rowsOf(['1', null, null]), made, now)).toEqual([expect.stringMatching(words)]);
  });

  it('are written as they are, and a moment of the run as now()', () => {
    const [insert, setval] = rowStatements(rowsOf(["it's", '2026-01-02 03:00:00+00', 'a\\b']), now);
    expect(insert).toBe("INSERT INTO public.t (a, made, token) VALUES\n  ('it''s', now(), E'a\\\\b');");
    expect(setval).toBe("SELECT pg_catalog.setval('public.s', 3, true);");
  });
});

describe('a database', () => {
  it.each([
    {states: ['applied', 'applied', 'pending'], id: '2'},
    {states: ['applied', 'edited', 'applied'], id: '3'},
    {states: ['pending', 'pending', 'pending'], id: undefined},
  ] as const)('with $states is at $id of the other history', ({states, id}) => {
    const position = value(counterpartOf(statusOf(states), history, history));
    expect(position).toEqual(id === undefined ? {kind: 'none'} : {kind: 'at', id});
  });

  it.each([
    {states: ['applied', 'pending', 'applied'], reason: 'invalid-input'},
    {states: ['applied', 'failed', 'pending'], reason: 'dirty'},
    {states: ['missing-file', 'applied', 'pending'], reason: 'invalid-input'},
  ] as const)('with $states is at no place of it: $reason', ({states, reason}) => {
    expect(failure(counterpartOf(statusOf(states), history, history)).reason).toBe(reason);
  });

  it.each([
    {states: ['applied', 'applied', 'pending'], count: 2, standing: 'all'},
    {states: ['pending', 'pending', 'pending'], count: 2, standing: 'none'},
  ] as const)('with $states has run $standing of the first $count', ({states, count, standing}) => {
    expect(value(standingOf(statusOf(states), history.slice(0, count)))).toBe(standing);
  });

  it('in the middle of them is told what it lacks', () => {
    const states = statusOf(['applied', 'pending', 'pending']);
    expect(failure(standingOf(states, history)).message).toContain('2 and 3');
  });

  it('has one table for two tools that call theirs the same', () => {
    const table = '"public"."schema_migrations"';
    expect(failure(separateBooks(['golang-migrate', 'dbmate'], table)).advice).toContain('RENAME');
    expect(separateBooks(['golang-migrate', 'goose'], table).ok).toBe(true);
    expect(separateBooks(['golang-migrate', 'dbmate'], 'public.mine').ok).toBe(true);
  });
});

describe('a squash', () => {
  const graph = (parents: readonly string[], more: Partial<GraphPlace> = {}): GraphPlace => ({
    parents,
    dependsOn: [],
    branchLabels: [],
    ...more,
  });
  const places = (...all: readonly GraphPlace[]): readonly Migration[] =>
    all.map((place, index) => ({id: `${index + 1}`, label: `${index + 1}`, title: '', graph: place}));

  it.each<[string, readonly Migration[]]>([
    ['a branch in the middle', places(graph([]), graph(['1']), graph(['2']), graph(['1']))],
    ['two bases', places(graph([]), graph([]), graph(['1', '2']))],
    ['a label', places(graph([]), graph(['1'], {branchLabels: ['mine']}))],
    ['a dependency from later', places(graph([]), graph(['1']), graph(['2'], {dependsOn: ['1']}))],
  ])('of revisions with %s is refused, and the advice is to go less far', (_, all) => {
    const {reason, advice} = failure(squashedOf('alembic', all, '2'));
    expect(reason).toBe('unsupported');
    expect(advice).toContain('before that');
  });

  it('of revisions is for what is one line, whatever branches begin at its end', () => {
    const all = places(graph([]), graph(['1']), graph(['2']), graph(['2']));
    expect(value(squashedOf('alembic', all, '2'))).toEqual(all.slice(0, 2));
  });

  it('leaves repeatable migrations as they are', () => {
    const all = [...history, {...one, id: 'R:x', up: '/db/R__views.sql'}];
    expect(failure(squashedOf('flyway', all, 'R:x')).reason).toBe('unsupported');
    expect(value(squashedOf('flyway', all, '3'))).toHaveLength(3);
  });

  it('takes the migrations up to one, two at least', () => {
    expect(value(squashedOf('goose', history, '2'))).toEqual(history.slice(0, 2));
    expect(failure(squashedOf('goose', history, '1')).reason).toBe('invalid-input');
    expect(failure(squashedOf('goose', [], '')).message).toContain('not two migrations here');
  });

  it('undoes the last one first, or refuses', () => {
    const all = history.map(migration => ({
      migration,
      title: migration.title,
      up: '',
      down: `DROP TABLE t${migration.id};\n`,
      outside: false,
    }));
    expect(squashedDown(all)).toMatch(/t3;[^]*t2;[^]*t1;/);
    expect(squashedDown(all.map(each => ({...each, outside: true})))).toContain('RAISE EXCEPTION');
    expect(squashedDown(all.map(each => ({...each, down: ''})))).toContain('RAISE EXCEPTION');
  });

  it('keeps the old files beside the folder, under names that no tool reads', () => {
    expect(archivedPath('/a/migrations', '/a/migrations/1_a.up.sql')).toBe(
      '/a/migrations.squashed/squashed-1_a.up.sql.txt',
    );
    const archived = archivedPath('/a/migrations', '/a/migrations/2024_made/migration.sql');
    expect(archivedIn([archived])({id: '2024_made', label: '2024', title: 'made'})).toBe(true);
  });

  it.each([
    ['nothing, where each row has its file', ['applied', 'applied', 'pending'], ['1'], undefined],
    [
      'the rows without files, and leaves the last that is applied',
      ['missing-file', 'applied', 'applied'],
      ['1', '2'],
      {position: {kind: 'at', id: '3'}, goes: ['1']},
    ],
    [
      'what is in front of an edited file',
      ['missing-file', 'edited', 'pending'],
      ['1', '2'],
      {position: {kind: 'at', id: '2'}, goes: ['1']},
    ],
  ] as const)('takes out %s', (_name, states, squashed, expected) => {
    const isSquashed = ({id}: Migration): boolean => squashed.some(each => each === id);
    expect(value(correctionOf(statusOf(states), isSquashed))).toEqual(expected);
  });

  it.each([
    ['of a file that was not squashed', ['missing-file', 'missing-file', 'applied'], ['1']],
    ['where no file is applied', ['missing-file', 'pending', 'pending'], ['1']],
  ] as const)('takes out no row %s', (_name, states, squashed) => {
    const isSquashed = ({id}: Migration): boolean => squashed.some(each => each === id);
    expect(failure(correctionOf(statusOf(states), isSquashed)).reason).toBe('invalid-input');
  });

  it.each([
    ['000001_users.up.sql', {id: '1', label: '1'}],
    ['000001_users.sql', {id: '1', label: '000001'}],
    ['20240101000000_users.sql', {id: '20240101000000', label: '20240101000000'}],
    ['1700000000000_users.cjs', {id: '1700000000000_users', label: '1700000000000_users'}],
    ['V1_2__users.sql', {id: '1.2', label: '1.2'}],
    ['ae10c5_add_users.py', {id: 'ae10c5', label: 'ae10c5'}],
  ])('knows what it moved from %s', (name, row) => {
    const isSquashed = archivedIn([archivedPath('/a/migrations', `/a/migrations/${name}`)]);
    expect(isSquashed({...row, title: ''})).toBe(true);
    expect(isSquashed({id: '2', label: '2', title: ''})).toBe(false);
  });
});
