import {describe, expect, it} from 'vitest';
import type {SchemaObject} from '../../../src/core/schema/objects.ts';
import {column, object, orders, table, words} from './snapshots.ts';

const inPublic = {schema: 'public'};

const index = (name: string, unique?: true): SchemaObject => ({
  ...object('index', {...inPublic, name}, {method: 'btree', keys: ['note'], ...(unique ? {unique} : {})}),
  parent: 'table public.orders',
});

const check = (name: string, expression = '(a > 0)'): SchemaObject =>
  object('constraint', {name, of: orders}, {type: 'check', definition: `CHECK (${expression})`, expression});

describe('one difference', () => {
  it.each<readonly [string, readonly SchemaObject[], readonly SchemaObject[], readonly string[]]>([
    [
      'is told for a missing table, not for its parts',
      [table('orders'), column('note'), index('k'), check('c')],
      [],
      ['error: Table public.orders is missing.'],
    ],
    [
      'is told for an extra table with its sequence',
      [],
      [
        table('orders'),
        object(
          'sequence',
          {...inPublic, name: 'orders_id_seq'},
          {
            type: 'bigint',
            start: '1',
            increment: '1',
            minimum: '1',
            maximum: '9',
            cache: '1',
            ownedBy: 'public.orders.id',
          },
        ),
      ],
      ['warning: Table public.orders exists, and is not expected.'],
    ],
    [
      'is told for a schema',
      [object('schema', {name: 'audit'}, {}), object('table', {schema: 'audit', name: 't'}, {})],
      [],
      ['error: Schema audit is missing.'],
    ],
    [
      'is told for another name of a constraint',
      [table('orders'), check('orders_check')],
      [table('orders'), check('orders_check1')],
      ['information: Constraint orders_check of table public.orders has another name: orders_check1.'],
    ],
    [
      'is not told for a name where more differs',
      [table('orders'), check('a')],
      [table('orders'), check('b', '(a > 1)')],
      [
        'error: Constraint a of table public.orders is missing.',
        'warning: Constraint b of table public.orders exists, and is not expected.',
      ],
    ],
    [
      'is graver for a unique index',
      [table('orders'), index('k', true), index('l')],
      [table('orders')],
      [
        'error: Index k of table public.orders is missing.',
        'warning: Index l of table public.orders is missing.',
      ],
    ],
    [
      'is none for another number of a column',
      [table('orders'), column('a', {position: 1}), column('b', {position: 3})],
      [table('orders'), column('a', {position: 2}), column('b', {position: 7})],
      [],
    ],
    [
      'is one for another order',
      [table('orders'), column('a', {position: 1}), column('b', {position: 2})],
      [table('orders'), column('a', {position: 2}), column('b', {position: 1})],
      ['information: The columns of table public.orders stand in another order: b, a; expected is a, b.'],
    ],
    ['is none for a role', [object('role', {name: 'r'}, {})], [], []],
  ])('%s', async (_, expected, live, said) => {
    expect(await words(expected, live)).toEqual(said);
  });
});

describe('of a partition', () => {
  const parent = table('p', {partitionKey: 'RANGE (at)'});
  const child = table('p_1', {partitionOf: 'public.p', partitionBound: 'DEFAULT'});
  const columnOf = (name: string, type: string): SchemaObject =>
    object('column', {name: 'at', of: {kind: 'table', ...inPublic, name}}, {type, position: 1});

  it('what its parent has is told once', async () => {
    const before = [parent, child, columnOf('p', 'date'), columnOf('p_1', 'date')];
    const after = [parent, child, columnOf('p', 'timestamp'), columnOf('p_1', 'timestamp')];
    expect(await words(before, after)).toEqual([
      'error: Type of column at of table public.p is timestamp; expected is date.',
    ]);
    expect(await words(before, [parent, child])).toEqual(['error: Column at of table public.p is missing.']);
  });

  it('its presence can be left to a partition manager', async () => {
    expect(await words([parent], [parent, child], {ignorePartitions: true})).toEqual([
      'ignored: Table public.p_1 exists, and is not expected.',
    ]);
  });
});

it('pauses', async () => {
  let pauses = 0;
  const many = Array.from({length: 1200}, (_, number) => table(`t${number}`));
  await words(many, many, {pause: async () => void (pauses += 1)});
  expect(pauses).toBeGreaterThanOrEqual(4);
});
