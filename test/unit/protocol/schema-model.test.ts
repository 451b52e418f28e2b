import {describe, expect, it} from 'vitest';
import type {Difference} from '../../../src/core/schema/comparison.ts';
import {identityOf} from '../../../src/core/schema/key.ts';
import type {SchemaObject, SchemaSnapshot} from '../../../src/core/schema/objects.ts';
import {
  countsOf,
  ignoredGroups,
  ignoredView,
  objectViews,
  pageOf,
  pageOfObjects,
  ruleText,
  tableViews,
  treePlace,
  type ObjectsModel,
} from '../../../src/protocol/schema-model.ts';

const orders = {...identityOf('table', {schema: 'public', name: 'orders'}), attributes: {}};
const users = {...identityOf('table', {schema: 'public', name: 'Users'}), attributes: {}};
const note = {
  ...identityOf('column', {name: 'note', of: {kind: 'table', schema: 'public', name: 'orders'}}),
  attributes: {type: 'text', position: 1},
};
const index: SchemaObject = {
  ...identityOf('index', {schema: 'public', name: 'orders_note_idx'}),
  parent: orders.key,
  attributes: {method: 'btree', keys: ['note']},
};

function snapshot(...objects: readonly SchemaObject[]): SchemaSnapshot {
  return {
    versionNumber: 180000,
    database: 'shop',
    user: 'app',
    objects: new Map(objects.map(object => [object.key, object])),
    needs: new Map(),
    gaps: [],
  };
}

const missing = (object: SchemaObject, severity: Difference['severity'] = 'error'): Difference => ({
  object,
  severity,
  words: `${object.key} is missing.`,
  kind: 'missing',
});

function model(differences: readonly Difference[], more: Partial<ObjectsModel> = {}): ObjectsModel {
  return {
    differences,
    expected: snapshot(orders, users, note, index),
    live: snapshot(orders, users),
    origins: [],
    rows: new Map([
      ['public.orders', {estimate: 12}],
      ['public."Users"', {estimate: null}],
    ]),
    showPath: path => path.replace('/work/', ''),
    showMigration: id => `${id}_name`,
    ...more,
  };
}

describe('differences grouped by object', () => {
  it('puts a part under what it is part of, the gravest first', () => {
    const views = objectViews(model([missing(index, 'warning'), missing(users, 'warning'), missing(note)]));
    expect(
      views.map(({name, rows, differences}) => [name, rows, differences.map(({index}) => index)]),
    ).toEqual([
      ['public.orders', 12, [2, 0]],
      ['public."Users"', null, [1]],
    ]);
  });

  it('says where each comes from, with a line that counts from 1', () => {
    const at = {path: '/work/db/1.up.sql', start: {line: 3, column: 2}, end: {line: 3, column: 9}};
    const origins = [{blame: {kind: 'by-hand', migration: '1'} as const, at}, undefined];
    const [group] = objectViews(model([missing(note), missing(index)], {origins}));
    expect(group?.differences.map(({blame, place}) => ({blame, place}))).toEqual([
      {blame: {kind: 'by-hand', migration: '1_name'}, place: {file: 'db/1.up.sql', line: 4}},
      {blame: {kind: 'unknown', migration: null}, place: null},
    ]);
  });

  it.each([
    ['text', 'text'],
    [100, '100'],
    [true, 'true'],
    [['a', 'b'], 'a, b'],
    [{fillfactor: '70', autovacuum_enabled: 'off'}, 'fillfactor: 70\nautovacuum_enabled: off'],
    [{app: ['INSERT', 'SELECT']}, 'app: INSERT, SELECT'],
    ['x'.repeat(3000), `${'x'.repeat(2000)}…`],
  ])('writes the value %j', (value, text) => {
    const changed: Difference = {...missing(note), kind: 'changed', attribute: 'default', expected: value};
    const [group] = objectViews(model([changed]));
    expect(group?.differences[0]).toMatchObject({expected: text, live: null, attribute: 'default'});
  });
});

it.each([
  ['a table', missing(orders), {schema: 'public', relation: 'orders', index: null}],
  [
    'a missing part, as what it is part of',
    missing(note),
    {schema: 'public', relation: 'orders', index: null},
  ],
  ['a missing index, as its table', missing(index), {schema: 'public', relation: 'orders', index: null}],
])('finds the place in the tree of %s', (_, difference, place) => {
  expect(treePlace(difference, model([]))).toEqual(place);
});

it('finds an index that is there, and nothing for what is gone', () => {
  expect(treePlace(missing(index), model([], {live: snapshot(orders, index)}))).toMatchObject({
    index: 'orders_note_idx',
  });
  expect(treePlace(missing(orders), model([], {live: snapshot()}))).toBeUndefined();
});

it('lists every table with its rows and differences', () => {
  const one = model([missing(note)]);
  expect(tableViews(one, objectViews(one))).toEqual([
    {name: 'public."Users"', rows: null, differences: 0},
    {name: 'public.orders', rows: 12, differences: 1},
  ]);
});

it('counts what each rule covers', () => {
  const rule = {kind: 'column', name: 'public.*', reason: 'Because.'};
  const builtIn = {name: 'public.schema_migrations'};
  const groups = ignoredGroups([
    {difference: missing(note), rule},
    {difference: missing(index), rule},
    {difference: missing(users), rule: builtIn},
  ]);
  expect(groups.map(group => ignoredView(group, [rule]))).toEqual([
    {
      words: `${note.key} is missing.`,
      count: 2,
      rule: 'column public.*',
      reason: 'Because.',
      restorable: true,
    },
    {
      words: `${users.key} is missing.`,
      count: 1,
      rule: 'public.schema_migrations',
      reason: null,
      restorable: false,
    },
  ]);
});

it.each([
  [{kind: 'index'}, 'index'],
  [{kind: 'table', name: 'a.*', attribute: 'comment'}, 'table a.* (comment)'],
])('writes the rule %j', (rule, text) => {
  expect(ruleText(rule)).toBe(text);
});

it('counts by severity', () => {
  expect(countsOf([missing(note), missing(users, 'warning'), missing(index, 'warning')])).toEqual({
    error: 1,
    warning: 2,
    information: 0,
  });
});

it('pages what is long, without losing or repeating anything', () => {
  const differences = Array.from({length: 1000}, (_, at) =>
    missing({...identityOf('table', {schema: 'public', name: `t${at}`}), attributes: {}}),
  );
  const objects = objectViews(model(differences));
  const seen: string[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const page: ReturnType<typeof pageOfObjects> = pageOfObjects(objects, offset);
    expect(page.items.length).toBeLessThanOrEqual(200);
    seen.push(...page.items.map(({key}) => key));
    offset = page.next;
  }
  expect(seen).toEqual(objects.map(({key}) => key));
  expect(pageOf([1, 2, 3], 0)).toEqual({items: [1, 2, 3], next: null});
  expect(pageOf(differences, 500)).toMatchObject({next: null});
});
