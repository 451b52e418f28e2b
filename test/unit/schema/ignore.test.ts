import {describe, expect, it} from 'vitest';
import {compareSchemas} from '../../../src/core/schema/compare/compare.ts';
import type {IgnoreRule} from '../../../src/core/schema/comparison.ts';
import {readIgnoreRules} from '../../../src/core/schema/ignore.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {value} from '../../rig/sessions.ts';
import {column, object, orders, snapshot, table} from './snapshots.ts';

const parser = createParser();
const expected = snapshot([table('orders', {comment: 'old'}), column('note')]);
const live = snapshot([
  table('orders', {comment: 'new'}),
  table('tmp_1'),
  object('index', {schema: 'public', name: 'tmp_idx'}, {method: 'btree', keys: ['note'], definition: ''}),
  object('trigger', {name: 'audit', of: orders}, {definition: '', function: 'public.f'}),
]);

it.each<readonly [IgnoreRule, readonly string[]]>([
  [{name: 'public.tmp_*'}, ['table public.tmp_1', 'index public.tmp_idx']],
  [{name: 'public.tmp_?'}, ['table public.tmp_1']],
  [{kind: 'table', name: 'public.tmp_*'}, ['table public.tmp_1']],
  [
    {kind: 'table', name: 'public.orders'},
    ['column public.orders.note', 'table public.orders', 'trigger public.orders.audit'],
  ],
  [{kind: 'table', name: 'public.orders', attribute: 'comment'}, ['table public.orders']],
  [{attribute: 'comment'}, ['table public.orders']],
  [
    {kind: 'schema', name: 'public'},
    [
      'column public.orders.note',
      'table public.orders',
      'table public.tmp_1',
      'index public.tmp_idx',
      'trigger public.orders.audit',
    ],
  ],
  [{name: 'public.order'}, []],
  [{name: 'public.tmp.1'}, []],
])('ignores what %j covers', async (rule, keys) => {
  const {ignored} = await compareSchemas(parser, expected, live, {ignore: [rule]});
  expect(ignored.map(({difference}) => difference.object.key).toSorted()).toEqual(keys.toSorted());
});

it('ignores the books of migration tools with all that is theirs', async () => {
  const books = [
    table('schema_migrations'),
    table('goose_db_version'),
    object(
      'sequence',
      {schema: 'public', name: 'goose_db_version_id_seq'},
      {
        type: 'integer',
        start: '1',
        increment: '1',
        minimum: '1',
        maximum: '9',
        cache: '1',
        ownedBy: 'public.goose_db_version.id',
      },
    ),
  ];
  const {differences, ignored} = await compareSchemas(parser, snapshot([]), snapshot(books));
  expect(differences).toEqual([]);
  expect(ignored.map(({rule}) => rule.reason)).toEqual([
    'Bookkeeping of golang-migrate, dbmate or Rails.',
    'Bookkeeping of goose.',
  ]);
  const all = await compareSchemas(parser, snapshot([]), snapshot(books), {bookkeeping: 'compare'});
  expect(all.differences).toHaveLength(2);
});

describe('rules from settings', () => {
  it('are read', () => {
    const rules = [{kind: 'table', name: 'audit.*', reason: 'Made by a job'}, {attribute: 'comment'}];
    expect(value(readIgnoreRules(rules))).toEqual(rules);
  });

  it.each([
    [{}, 'no list'],
    [['public.*'], 'Rule 1 to ignore is none: it is no object'],
    [[{name: 'a'}, {name: 5}], 'Rule 2 to ignore is none: “name” is no text'],
    [[{names: 'a'}], 'Rule 1 to ignore is none: it has a field that no rule has'],
    [[{reason: 'because'}], 'Rule 1 to ignore would ignore everything'],
  ])('are refused: %j', (rules, words) => {
    const outcome = readIgnoreRules(rules);
    expect(!outcome.ok && outcome.failure.message).toContain(words);
  });
});
