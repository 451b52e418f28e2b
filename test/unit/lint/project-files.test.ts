import {expect, it} from 'vitest';
import {placeOfFile, type ProjectFiles} from '../../../src/core/lint/project-files.ts';
import type {Migration, MigrationState, Status} from '../../../src/core/migrations/migration.ts';

function migration(number: number): Migration {
  const label = String(number).padStart(3, '0');
  return {id: String(number), label, title: 'x', up: `/m/${label}_x.up.sql`, down: `/m/${label}_x.down.sql`};
}

function project(numbers: readonly number[], more: Partial<ProjectFiles> = {}): ProjectFiles {
  return {
    history: {migrations: numbers.map(migration), problems: []},
    edited: new Set(),
    arrivals: new Map(),
    ...more,
  };
}

function status(at: number, states: Readonly<Record<number, MigrationState>>): Status {
  return {
    position: {kind: 'at', id: String(at)},
    bookkeeping: {table: 'public.schema_migrations', exists: true, elsewhere: []},
    migrations: Object.entries(states).map(([number, state]) => ({
      migration: migration(Number(number)),
      state,
    })),
    problems: [],
  };
}

const applied: MigrationState = {kind: 'applied', current: false};

it('knows the direction and the other file', () => {
  expect(placeOfFile('/m/002_x.down.sql', project([1, 2]))).toMatchObject({
    direction: 'down',
    state: 'unknown',
    counterpart: '/m/002_x.up.sql',
    history: {id: '2', label: '002'},
  });
  expect(placeOfFile('/m/readme.md', project([1, 2]))).toBeUndefined();
});

it('knows no other file where one has both directions', () => {
  const path = '/m/1_x.sql';
  const history = {migrations: [{id: '1', label: '1', title: 'x', up: path, down: path}], problems: []};
  const place = placeOfFile(path, project([], {history}));
  expect([place?.direction, place?.counterpart]).toEqual(['up', undefined]);
});

it.each([
  [[1, 2, 4], '/m/004_x.up.sql', '002'],
  [[1, 2, 3], '/m/003_x.up.sql', undefined],
  [[1, 2, 4, 9], '/m/009_x.up.sql', undefined],
  [[1, 5], '/m/005_x.up.sql', undefined],
])('of %j, %s comes after a gap behind %s', (numbers, path, after) => {
  expect(placeOfFile(path, project(numbers))?.history.gapAfter).toBe(after);
});

it('knows from git which file came too late, where no target says it', () => {
  const arrivals = new Map([
    ['/m/001_x.up.sql', -5],
    ['/m/002_x.up.sql', Infinity],
    ['/m/003_x.up.sql', -3],
    ['/m/004_x.up.sql', -3],
  ]);
  const files = project([1, 2, 3, 4], {arrivals});
  const behind = (path: string): string | undefined => placeOfFile(path, files)?.history.neverRuns?.behind;
  expect(['001', '002', '003', '004'].map(label => behind(`/m/${label}_x.up.sql`))).toEqual([
    undefined,
    '004',
    undefined,
    undefined,
  ]);
});

it('believes the target more than git', () => {
  const files = project([1, 2, 3], {
    arrivals: new Map([
      ['/m/001_x.up.sql', Infinity],
      ['/m/003_x.up.sql', -1],
    ]),
    status: status(3, {1: applied, 2: {kind: 'never-runs'}, 3: {kind: 'applied', current: true}}),
  });
  expect(placeOfFile('/m/001_x.up.sql', files)?.history.neverRuns).toBeUndefined();
  expect(placeOfFile('/m/002_x.up.sql', files)?.history.neverRuns).toEqual({behind: '003'});
});

it('tells an edit only of what is applied', () => {
  const files = project([1, 2], {
    edited: new Set(['/m/001_x.up.sql', '/m/002_x.up.sql']),
    status: status(1, {1: {kind: 'applied', current: true}, 2: {kind: 'pending'}}),
    target: 'staging',
  });
  expect(placeOfFile('/m/001_x.up.sql', files)).toMatchObject({
    state: 'applied',
    history: {editedAfterApply: {by: 'git', target: 'staging'}},
  });
  expect(placeOfFile('/m/002_x.up.sql', files)?.history.editedAfterApply).toBeUndefined();
});

it('knows the other files of the same version, also of one that the history leaves out', () => {
  const paths = ['/m/002_x.up.sql', '/m/002_y.up.sql'];
  const files: ProjectFiles = {
    ...project([1, 2]),
    history: {
      migrations: [migration(1), migration(2)],
      problems: [{kind: 'duplicate-version', id: '2', paths}],
    },
    freeLabel: '003',
  };
  expect(placeOfFile('/m/002_x.up.sql', files)?.history).toMatchObject({duplicates: ['/m/002_y.up.sql']});
  expect(placeOfFile('/m/002_y.up.sql', files)?.history).toMatchObject({
    duplicates: ['/m/002_x.up.sql'],
    freeLabel: '003',
  });
});
