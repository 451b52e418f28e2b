import {describe, expect, it} from 'vitest';
import type {CompareOptions} from '../../../src/core/schema/compare/options.ts';
import type {SchemaObject} from '../../../src/core/schema/objects.ts';
import {object, orders, table, words} from './snapshots.ts';

const inPublic = {schema: 'public'};

describe('roles', () => {
  const all = ['DELETE', 'INSERT', 'REFERENCES', 'SELECT', 'TRIGGER', 'TRUNCATE', 'UPDATE'];
  const role = (name: string): SchemaObject => object('role', {name}, {});
  const owned = (owner: string, privileges?: Readonly<Record<string, readonly string[]>>): SchemaObject =>
    table('orders', {owner, ...(privileges ? {privileges} : {})});
  const replay = {sameRole: {expected: 'postgres', live: 'app'}};
  const old = [140_000, 140_000] as const;

  it.each<readonly [string, SchemaObject, SchemaObject, CompareOptions, readonly string[]]>([
    ['the owner of a replay is the one of the connection', owned('postgres'), owned('app'), replay, []],
    [
      'another owner is told',
      owned('postgres'),
      owned('intruder'),
      replay,
      ['information: Owner of table public.orders is intruder; expected is app.'],
    ],
    [
      'another owner is not told where owners are ignored',
      owned('a'),
      owned('b'),
      {roles: 'ignore'},
      ['gap: Owners are not compared, because roles may differ.'],
    ],
    [
      'a grant to the owner is none',
      owned('postgres', {postgres: all, app: ['SELECT']}),
      owned('app'),
      replay,
      [],
    ],
    [
      'grants are those of the owner',
      owned('postgres', {postgres: all, r: ['SELECT']}),
      owned('app', {app: all, r: ['SELECT']}),
      replay,
      [],
    ],
    [
      'a wider grant is a warning',
      owned('app'),
      owned('app', {app: all, r: ['SELECT']}),
      {},
      ['warning: Privileges of table public.orders are not as expected: SELECT for r is not expected.'],
    ],
    [
      'a narrower grant is an error',
      owned('app', {app: all, r: ['SELECT']}),
      owned('app'),
      {},
      ['error: Privileges of table public.orders are not as expected: SELECT for r is missing.'],
    ],
    [
      'a grant to everybody is an error',
      owned('app'),
      owned('app', {app: all, PUBLIC: ['SELECT']}),
      {},
      ['error: Privileges of table public.orders are not as expected: SELECT for PUBLIC is not expected.'],
    ],
    [
      'an owner that lost a privilege is an error',
      owned('app'),
      owned('app', {app: all.slice(1)}),
      {},
      ['error: Privileges of table public.orders are not as expected: DELETE for app is missing.'],
    ],
    [
      'a grant to a role of one side only is ignored',
      owned('app'),
      owned('app', {app: all, r: ['SELECT']}),
      {roles: 'ignore'},
      ['gap: Privileges of roles that one side does not have are not compared: r.'],
    ],
  ])('%s', async (_, expected, live, options, said) => {
    expect(await words([expected, role('r')], [live], options, old)).toEqual(said);
  });

  it('an owner that the history says is compared where owners are ignored', async () => {
    const said = await words(
      [owned('r'), role('r')],
      [owned('app'), role('r')],
      {roles: 'ignore', ...replay},
      old,
    );
    expect(said).toEqual(['information: Owner of table public.orders is app; expected is r.']);
  });

  it('the owner of an extension is whoever could make it', async () => {
    const made = (owner: string): SchemaObject =>
      object('extension', {name: 'citext'}, {owner, version: '1', schema: 'public'});
    expect(await words([made('postgres')], [made('admin')], replay)).toEqual([]);
  });

  it('grants to roles of both sides are compared where owners are ignored', async () => {
    const live = owned('b', {b: all, r: ['SELECT']});
    expect(await words([owned('a'), role('r')], [live, role('r')], {roles: 'ignore'}, old)).toEqual([
      'warning: Privileges of table public.orders are not as expected: SELECT for r is not expected.',
      'gap: Owners are not compared, because roles may differ.',
    ]);
  });

  it('GRANT ALL is the same before and after MAINTAIN', async () => {
    const newer = owned('app', {app: [...all, 'MAINTAIN'], r: [...all, 'MAINTAIN']});
    const older = owned('app', {app: all, r: all});
    expect(await words([newer], [older], {}, [180_000, 160_000])).toEqual([]);
  });
});

describe('what a version does not have', () => {
  const notNull = object(
    'constraint',
    {name: 'own', of: orders},
    {type: 'not null', definition: 'NOT NULL a', columns: ['a']},
  );
  const unique = (nullsNotDistinct?: true): SchemaObject =>
    object(
      'constraint',
      {name: 'u', of: orders},
      {
        type: 'unique',
        definition: nullsNotDistinct ? 'UNIQUE NULLS NOT DISTINCT (a)' : 'UNIQUE (a)',
        columns: ['a'],
        ...(nullsNotDistinct ? {nullsNotDistinct} : {}),
      },
    );
  const view = (options?: Readonly<Record<string, string>>): SchemaObject =>
    object('view', {...inPublic, name: 'v'}, {definition: 'SELECT 1 AS a', ...(options ? {options} : {})});
  const extension = (version: string): SchemaObject =>
    object('extension', {name: 'pgcrypto'}, {version, schema: 'public'});

  it.each<
    readonly [string, SchemaObject, readonly SchemaObject[], readonly [number, number], readonly string[]]
  >([
    [
      'is a gap where it is used',
      notNull,
      [],
      [180_000, 170_000],
      [
        'gap: A NOT NULL constraint of its own is not compared, because PostgreSQL 17 does not have it: constraint own of table public.orders.',
      ],
    ],
    [
      'is a difference where both have it',
      notNull,
      [],
      [180_000, 180_004],
      ['information: Constraint own of table public.orders is missing.'],
    ],
    [
      'hides no definition',
      unique(true),
      [unique()],
      [180_000, 140_000],
      [
        'gap: Treatment of nulls is not compared, because PostgreSQL 14 does not have it: constraint u of table public.orders.',
      ],
    ],
    [
      'is taken out of options',
      view({security_invoker: 'true', security_barrier: 'true'}),
      [view({security_barrier: 'true'})],
      [160_000, 140_000],
      ['gap: security_invoker is not compared, because PostgreSQL 14 does not have it: view public.v.'],
    ],
    [
      'leaves the other options',
      view({security_invoker: 'true', security_barrier: 'true'}),
      [view()],
      [160_000, 140_000],
      [
        'error: Options of view public.v are none; expected is security_barrier=true.',
        'gap: security_invoker is not compared, because PostgreSQL 14 does not have it: view public.v.',
      ],
    ],
    [
      'is the version of an extension',
      extension('1.4'),
      [extension('1.3')],
      [180_000, 140_000],
      ['gap: Version is not compared between PostgreSQL 14 and 18: extension pgcrypto.'],
    ],
  ])('%s', async (_, expected, live, versions, said) => {
    expect(await words([table('orders'), expected], [table('orders'), ...live], {}, versions)).toEqual(said);
  });
});
